"""Links between pages, to headings and to drawings lead somewhere."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from difflib import get_close_matches
from html import unescape

from scripts.content.book import Book, Page, resolve
from scripts.content.markdown import Link
from scripts.findings import Edit, Finding

ID = "dead-link"


def check(book: Book) -> Iterator[Finding]:
    for page in book.pages:
        for link in page.document.links:
            if message := fault(book, page, link):
                edit = _moved(book, page, link)
                yield Finding(page.path, link.target_line, link.target_column, ID, message, edit)


def _moved(book: Book, page: Page, link: Link) -> Edit | None:
    """The repair of a link that names one language, or a page that stands in another folder under the same name."""
    key, _ = resolve(page.key, link.target)
    path = link.target.partition("#")[0]
    if key is None or key in book.page_keys:
        return None
    plain = key[:-3] if key.endswith((".ko", ".en")) else key
    slug = posixpath.basename(plain)
    found = [plain] if plain in book.page_keys else [k for k in book.page_keys if posixpath.basename(k) == slug]
    written = page.text.split("\n")[link.target_line - 1][link.target_column - 1 :]
    if len(found) != 1 or slug == "index" or not written.startswith(path):
        return None
    return Edit(len(path), posixpath.relpath(found[0] + ".md", posixpath.dirname(page.key) or "."))


def fault(book: Book, page: Page, link: Link) -> str | None:
    """What is wrong with a link, or None."""
    target = link.target
    if not target:
        return "the link goes nowhere; give it a target"
    if target.endswith("#"):
        return f"{target} names no heading; write its id behind #, or leave # out"
    key, anchor = resolve(page.key, target)
    if key is None:
        return _file_fault(book, page, target, link.image)
    if key.endswith((".ko", ".en")):
        return f"{target} names one language; write {target.replace(key[-3:] + '.md', '.md')}, the reader's language is found"
    if key not in book.page_keys:
        near = _nearest_page(book, page, key)
        return f"{target} does not exist" + (f"; did you mean {near}?" if near else "")
    if anchor and key in book.entries:
        known = [h.id for h in book.entries[key].pages[page.locale].document.headings if h.id]
        if anchor not in known and not _made_by_template(key, anchor, book):
            near = get_close_matches(anchor, known, 1)
            return f"{target}: no heading has the id {anchor}" + (f"; did you mean #{near[0]}?" if near else "")
    return None


def _made_by_template(key: str, anchor: str, book: Book) -> bool:
    """The references page has a row for each number, the errata page one for each erratum."""
    if key == "references":
        return anchor.removeprefix("ref-").isdigit()
    return key == "errata" and anchor in {erratum.id for erratum, _ in book.errata}


def _file_fault(book: Book, page: Page, target: str, image: bool) -> str | None:
    if ":" in unescape(target).split("/")[0] or target.startswith("//"):
        return None
    path = posixpath.normpath(posixpath.join("docs", posixpath.dirname(page.key), target.partition("#")[0]))
    if path in book.files:
        published = path.startswith("docs/assets/") or (image and path.startswith("docs/figures/"))
        return None if published else f"{target} is not published; link to a page, or show a drawing with ![…]"
    if path.endswith("/") or "." not in posixpath.basename(path):
        return f"{target} is no file; link to the page's .md file"
    if (
        path.endswith((".html", ".htm"))
        and (key := posixpath.splitext(path)[0].removeprefix("docs/")) in book.page_keys
    ):
        return f"{target} does not exist" + f"; did you mean {_nearest_page(book, page, key)}?"
    near = get_close_matches(path, [name for name in book.files if not name.endswith((".md", ".yml"))], 1)
    relative = posixpath.relpath(near[0], posixpath.join("docs", posixpath.dirname(page.key))) if near else ""
    return f"{target} does not exist" + (f"; did you mean {relative}?" if near else "")


def _nearest_page(book: Book, page: Page, key: str) -> str | None:
    """The page that was most likely meant: by the end of its name, by its names, by likeness."""
    slug = posixpath.basename(key)
    by_slug = {posixpath.basename(k): k for k in sorted(book.page_keys)}
    by_name = {
        alias.lower().replace(" ", "-"): entry.key
        for kind in ("cases", "glossary")
        for entry in book.of_kind(kind)
        for locale in ("ko", "en")
        for alias in (entry.data.name[locale], *entry.data.aliases[locale])
    }
    whole = get_close_matches(key, sorted(book.page_keys), 1, 0.9)  # a chapter, its quiz and its guide share their slug
    initials = {"".join(w[0] for w in s.split("-") if w): k for s, k in by_slug.items() if "-" in s}
    near = get_close_matches(slug, list(by_slug), 1, 0.7)
    found = (
        (whole[0] if whole else None)
        or by_slug.get(slug)
        or by_name.get(slug)
        or initials.get(slug)
        or (by_slug[near[0]] if near else None)
    )
    if not found:
        return None
    return posixpath.relpath(found + ".md", posixpath.dirname(page.key) or ".")
