"""Every source that is listed carries something, no claim is confirmed without one, no day lies where it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scripts.content.book import Book, Entry
from scripts.content.model import Case, Fact, Verdict
from scripts.findings import Finding

ID = "source"


def check(book: Book) -> Iterator[Finding]:
    # A day may be ahead by a time zone; a clock that is behind the edition itself says nothing.
    latest = max(date.today() + timedelta(days=1), book.site.edition.date if book.site else date.min)
    for entry in book.entries.values():
        data = entry.data
        days = {("sources", index, "read"): source.read for index, source in enumerate(data.sources)}
        days |= {("checked",): data.checked} if isinstance(data, Case) else {}
        for path, day in days.items():
            if day > latest:
                place = entry.place(path)
                yield Finding(entry.data_path, *place, ID, f"{path[-1]}: {day} lies in the future")
        if book.site:
            for path, day in days.items():
                if day < book.site.report.date:
                    message = f"{path[-1]}: {day} is earlier than the report, so it cannot be right"
                    yield Finding(entry.data_path, *entry.place(path), ID, message)
        read = max((source.read for source in data.sources), default=None)
        if isinstance(data, Case) and read and read > data.checked:
            message = f"checked: {data.checked} is earlier than the last reading of a source, {read}"
            yield Finding(entry.data_path, *entry.place(("checked",)), ID, message)
        addresses: dict[str, str] = {}
        for index, source in enumerate(data.sources):
            if source.url in addresses:
                message = f"{source.id} has the address of {addresses[source.url]}; name each source once"
                yield Finding(entry.data_path, *entry.place(("sources", index, "url")), ID, message)
            addresses.setdefault(source.url, source.id)
        used = {s for f in data.facts for s in [*f.evidence, *([f.source] if f.source else [])]}
        used |= {s for e in data.errata for s in e.evidence} | {getattr(data, "standard", None)}
        for index, source in enumerate(data.sources):
            if source.id not in used:
                place = entry.place(("sources", index))
                yield Finding(
                    entry.data_path, *place, ID, f"{source.id} supports nothing here; cite it in a fact or remove it"
                )
            if source.date and source.date.start.first_day > source.read:
                place = entry.place(("sources", index, "date"))
                yield Finding(entry.data_path, *place, ID, f"{source.id} is dated after the day it was read")
        for index, fact in enumerate(data.facts):
            if fact.verdict not in (None, Verdict.UNVERIFIED) and not fact.evidence:
                place = entry.place(("facts", index, "verdict"))
                yield Finding(
                    entry.data_path, *place, ID,
                    f"{fact.id} is {fact.verdict.value} without evidence; name the source, or write unverified",
                )  # fmt: skip
            known = _last_day_known(fact, entry, book)
            ahead = bool(fact.date and known and fact.date.start.first_day > known)
            if ahead and not fact.planned:
                message = f"{fact.id} is dated after {known}, when it was stated; write planned: true, or mend the date"
                yield Finding(entry.data_path, *entry.place(("facts", index, "date")), ID, message)
            elif fact.planned and not ahead:
                message = f"{fact.id} is not dated after what states it, so it was not planned; remove planned"
                yield Finding(entry.data_path, *entry.place(("facts", index, "planned")), ID, message)


def _last_day_known(fact: Fact, entry: Entry, book: Book) -> date | None:
    """The last day of which those who state the fact could know: it came out or, without a date, was read on it."""
    if fact.report:
        return book.site.report.date if book.site else None
    source = entry.data.source(fact.source)
    return source.date.last_day if source.date else source.read
