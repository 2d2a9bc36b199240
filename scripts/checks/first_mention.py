"""The first mention of a case or term on a page links to it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from scripts.content.book import Book
from scripts.content.mentions import mentions
from scripts.findings import Edit, Finding

ID = "first-mention"


def check(book: Book) -> Iterator[Finding]:
    common = {term.key for term in book.of_kind("glossary") if not term.data.link_first}
    for page in (p for p in book.pages if book.is_judged(p.key)):
        settled = {page.key, *common}
        for mention in mentions(book, page):
            if mention.key in settled:
                continue
            if mention.linked in book.page_keys and mention.linked != mention.key:
                continue  # part of another page's link text
            settled.add(mention.key)
            if mention.linked is None:
                target = posixpath.relpath(mention.key + ".md", posixpath.dirname(page.key) or ".")
                linked = f"[{mention.name}]({target})"
                yield Finding(
                    page.path,
                    *page.document.place(mention.start),
                    ID,
                    f"{mention.name} is mentioned here first and not linked; write {linked}",
                    Edit(mention.end - mention.start, linked),
                )
