"""Plans name chapters and cases that exist, and none twice."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from scripts.content.book import Book
from scripts.findings import Finding

ID = "plan"


def check(book: Book) -> Iterator[Finding]:
    for entry in book.of_kind("teach/plans"):
        for kind in ("chapters", "cases"):
            known = [one.slug for one in book.of_kind(kind)]
            seen: set[str] = set()
            for number, unit in enumerate(entry.data.units):
                for index, slug in enumerate(getattr(unit, kind)):
                    place = entry.place(("units", number, kind, index))
                    if slug in seen:
                        yield Finding(entry.data_path, *place, ID, f"{kind}: {slug} is planned twice")
                    elif slug not in known and f"{kind}/{slug}" not in book.broken:
                        near = get_close_matches(slug, known, 1)
                        hint = f"; did you mean {near[0]}?" if near else ""
                        yield Finding(entry.data_path, *place, ID, f"{kind}: {slug} does not exist{hint}")
                    seen.add(slug)
