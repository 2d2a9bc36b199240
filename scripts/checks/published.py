"""No page that an edition published disappears without a redirect, and every redirect leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from scripts.content.book import LOCALES, Book, address
from scripts.findings import Finding

ID = "published"
FILE = "docs/published.yml"
REDIRECTS = "docs/redirects.yml"


def check(book: Book) -> Iterator[Finding]:
    there = book.key_at
    for written in book.published:
        at = written.removeprefix("/")
        if written.endswith("/") and at not in there and (at, "") not in book.moves:
            near = get_close_matches(at, sorted(there), 1)
            yield Finding(
                FILE, *_place(book, FILE, written), ID,
                f"{written} was published and has no page; name it again, or add ‘{book.written(at)}: "
                f"{there[near[0]] if near else '…'}’ with the page that took its place to {REDIRECTS}",
            )  # fmt: skip
    for old, new in book.redirects.items():
        if message := _fault(book, old, new):
            yield Finding(REDIRECTS, *_place(book, REDIRECTS, old), ID, message)


def _fault(book: Book, old: str, new: str) -> str | None:
    """What is wrong with a redirect, or None."""
    key, _, anchor = old.partition("#")
    target = new.partition("#")[0]
    was = [a for a in book.published if a.removeprefix("/") in (address(key, locale) for locale in LOCALES)]
    if not was:
        known = sorted({book.written(a.removeprefix("/")) for a in book.published})
        near = get_close_matches(key.strip("/").removesuffix(".md"), known, 1)
        return f"{key} was never published" + (f"; did you mean {near[0]}?" if near else "; remove the line")
    if anchor and not any(anchor in book.published[a] for a in was):
        near = get_close_matches(anchor, sorted({i for a in was for i in book.published[a]}), 1)
        return f"{key} never had the id {anchor}" + (f"; did you mean #{near[0]}?" if near else "; remove the line")
    if not anchor and key in book.page_keys:
        return f"{key} is a page, and a redirect would hide it; remove the line"
    if anchor and any(anchor == h.id for page in book.pages if page.key == key for h in page.document.headings):
        return f"{key} still has the heading {anchor}; remove the line"
    if target in book.redirects and target not in book.page_keys:
        return f"{target} has moved itself; write {book.redirects[target]}"
    if target not in book.page_keys:
        near = get_close_matches(target.strip("/").removesuffix(".md"), sorted(book.page_keys), 1)
        return f"leads to {target}, which does not exist" + (f"; did you mean {near[0]}?" if near else "")
    return None


def _place(book: Book, file: str, key: str) -> tuple[int, int]:
    return book.file_places[file].get((key,), (1, 1))
