"""Every source that is listed carries something, and no claim is confirmed without one."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.content.book import Book
from scripts.content.model import Verdict
from scripts.findings import Finding

ID = "source"


def check(book: Book) -> Iterator[Finding]:
    for entry in book.entries.values():
        data = entry.data
        used = {s for f in data.facts for s in [*f.evidence, *([f.source] if f.source else [])]}
        used |= {s for e in data.errata for s in e.evidence} | {getattr(data, "standard", None)}
        for index, source in enumerate(data.sources):
            if source.id not in used:
                place = entry.places.get(("sources", index), (1, 1))
                yield Finding(
                    entry.data_path, *place, ID, f"{source.id} supports nothing here; cite it in a fact or remove it"
                )
            if source.date and source.date.start.first_day > source.read:
                place = entry.places.get(("sources", index, "date"), (1, 1))
                yield Finding(entry.data_path, *place, ID, f"{source.id} is dated after the day it was read")
        for index, fact in enumerate(data.facts):
            if fact.verdict in (Verdict.CONFIRMED, Verdict.DIFFERS) and not fact.evidence:
                place = entry.places.get(("facts", index, "verdict"), (1, 1))
                yield Finding(
                    entry.data_path, *place, ID,
                    f"{fact.id} is {fact.verdict.value} without evidence; name the source, or write unverified",
                )  # fmt: skip
