"""Every heading has an explicit id, once on a page, and sections begin at level two without a jump."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.content.book import Book
from scripts.findings import Finding

ID = "heading-id"


def check(book: Book) -> Iterator[Finding]:
    for page in book.pages:
        seen: dict[str, int] = {}
        level = 1
        for heading in page.document.headings:

            def finding(message: str, path: str = page.path, line: int = heading.line) -> Finding:
                return Finding(path, line, 1, ID, message)

            if heading.level == 1:
                yield finding("the page's title comes from its data; begin sections with ##")
            elif heading.level > level + 1:
                yield finding(f"jumps from level {level} to {heading.level}; use {'#' * (level + 1)}")
            level = heading.level
            if not heading.id:
                example = _example(book, page.key, page.locale, heading.line)
                yield finding(
                    f"‘{heading.text}’ has no id; end the line with {{#{example}}}, the same in both languages"
                )
            elif not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", heading.id):
                yield finding(f"the id {heading.id!r} is not lower-case ASCII words with hyphens")
            elif heading.id in seen:
                yield finding(f"the id {heading.id!r} is taken by line {seen[heading.id]}; choose another")
            seen.setdefault(heading.id or "", heading.line)


def _example(book: Book, key: str, locale: str, line: int) -> str:
    """The id at the same place in the other language, if it has one."""
    entry = book.entries.get(key)
    if entry:
        here = [h.line for h in entry.pages[locale].document.headings].index(line)
        there = entry.pages["en" if locale == "ko" else "ko"].document.headings
        if here < len(there) and there[here].id:
            return there[here].id
    return "an-id"
