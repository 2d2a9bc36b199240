"""File names are lower-case ASCII words with hyphens, and nothing that the toolchain swallows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.content.book import Book
from scripts.findings import Finding

ID = "slug"

_AT_THE_ROOT = ("docs/sw.js",)  # a service worker reaches only what lies below it
# What folders hold that are not of pages.
_KINDS = {"docs/assets": (".css", ".js", ".svg"), "docs/figures": (".svg", ".yml")}


def check(book: Book) -> Iterator[Finding]:
    yield from _other_files(book)
    for path in sorted(book.texts):
        name = path.rpartition("/")[2]
        stem = name.partition(".")[0]
        if name.endswith(".md") and not re.search(r"\.(ko|en)\.md$", name):
            swallowed = re.fullmatch(r"(.+)\.([a-z]{2})\.md", name)
            reason = (
                f"the ending .{swallowed[2]}.md is taken for a language and the page vanishes"
                if swallowed
                else "says no language"
            )
            yield Finding(path, 1, 1, ID, f"{reason}; name it {_slug(name)}.ko.md or {_slug(name)}.en.md")
        elif not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", stem) or name.count(".") > (
            2 if name.endswith(".md") else 1
        ):
            yield Finding(
                path, 1, 1, ID, f"{name} is not a slug; use lower-case ASCII words with hyphens: {_slug(name)}"
            )


def _other_files(book: Book) -> Iterator[Finding]:
    """What is no page, data or drawing would be published as it is, or silently passed over."""
    for path in book.files:
        folder, _, name = path.rpartition("/")
        wanted = _KINDS.get(folder, (".md", ".yml"))
        if folder and path not in _AT_THE_ROOT and not name.endswith(wanted):
            yield Finding(path, 1, 1, ID, f"{name} is no file for {folder}/, which holds {' and '.join(wanted)} only")


def _slug(name: str) -> str:
    stem = re.sub(r"(\.(ko|en))?\.(md|yml|svg)$", "", name)
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "my-page"
