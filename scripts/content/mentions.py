"""Where a page names a case or a term, under any of its names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.content.book import Book, Page, resolve


@dataclass(frozen=True)
class Mention:
    """`key` is the entry that is named; `linked` is the page or address that the words link to, if any."""

    key: str
    name: str
    start: int
    end: int
    linked: str | None


def mentions(book: Book, page: Page) -> Iterator[Mention]:
    """In order, headings left out."""
    text = page.document.prose
    headings = {heading.line for heading in page.document.headings}
    for start, end, key in book.names[page.locale].find(text):
        if page.document.place(start)[0] in headings:
            continue
        link = next((x for x in page.document.links if x.start <= start < x.end and not x.image), None)
        linked = (resolve(page.key, link.target)[0] or link.target) if link else None
        yield Mention(key, " ".join(text[start:end].split()), start, end, linked)
