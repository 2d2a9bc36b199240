"""Every case and term is linked from the text of some other page, or readers never meet it."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.content.book import Book
from scripts.findings import Finding

ID = "orphan"


def check(book: Book) -> Iterator[Finding]:
    for entry in book.entries.values():
        if entry.kind in ("cases", "glossary") and not [k for k in book.backlinks.get(entry.key, ()) if k != entry.key]:
            message = "no page's text links here, so readers never meet it; link it where it is spoken of"
            yield Finding(entry.pages["ko"].path, 1, 1, ID, message)
