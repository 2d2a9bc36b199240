"""Every heading has an explicit id, once on a page, and sections begin at level two without a jump."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.content.book import LOCALES, Book, Page
from scripts.content.markdown import Heading, plain
from scripts.findings import Edit, Finding

ID = "heading-id"


SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check(book: Book) -> Iterator[Finding]:
    for page in book.pages:
        seen: dict[str, int] = {}
        lines = page.text.split("\n")
        level = 1
        for index, heading in enumerate(page.document.headings):

            def finding(
                message: str, edit: Edit | None = None, path: str = page.path, line: int = heading.line
            ) -> Finding:
                return Finding(path, line, 1, ID, message, edit)

            if heading.level == 1:
                yield finding("the page's title comes from its data; begin sections with ##")
            elif heading.level > level + 1:
                yield finding(f"jumps from level {level} to {heading.level}; use {'#' * (level + 1)}")
            level = heading.level
            line = lines[heading.line - 1]
            if not heading.text.strip():
                yield finding("the heading has no words; write what the section is about")
            if re.search(r"\{:?[ \t]*#[^\s}]*[ \t]+[^\s}]", line):
                mark = "{#one-id}"
                yield finding(f"the braces hold more than an id; write {mark}")
            if not heading.id:
                right = _right(book, page, index)
                yield finding(
                    f"‘{heading.text}’ has no id; end the line with {{#{right or 'an-id'}}}, the same in both languages",
                    _edit(page, heading, right),
                )
            elif not SLUG.fullmatch(heading.id):
                yield finding(
                    f"the id {heading.id!r} is not lower-case ASCII words with hyphens",
                    _edit(page, heading, _right(book, page, index)),
                )
            elif heading.id in seen:
                yield finding(f"the id {heading.id!r} is taken by line {seen[heading.id]}; choose another")
            seen.setdefault(heading.id or "", heading.line)


def _right(book: Book, page: Page, index: int) -> str | None:
    """The id at the same place in the other language; without one, what the English heading says, if it is new."""
    entry = book.entries.get(page.key)
    if not entry:
        return None
    headings = {locale: entry.pages[locale].document.headings for locale in LOCALES}
    if len({len(ones) for ones in headings.values()}) != 1:
        return None
    there = headings["en" if page.locale == "ko" else "ko"][index]
    if there.id and SLUG.fullmatch(there.id):
        return there.id
    said = re.sub(r"[^a-z0-9]+", "-", plain(headings["en"][index].text).lower()).strip("-")
    taken = {heading.id for ones in headings.values() for heading in ones}
    return said if said and said not in taken else None


def _edit(page: Page, heading: Heading, right: str | None) -> Edit | None:
    """The line with its id."""
    if not right:
        return None
    line = page.text.split("\n")[heading.line - 1].rstrip("\r")
    bare = re.sub(r"[ \t]*\{:?[ \t]*#[^}]*\}[ \t]*#*$", "", line).rstrip()
    return Edit(len(line), f"{bare} {{#{right}}}")
