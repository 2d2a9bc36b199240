"""The editions in site.yml go from the newest to the oldest, each once, and name chapters that exist."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import pairwise

from scripts.content.book import Book
from scripts.findings import Finding

ID = "edition"
FILE = "docs/site.yml"


def check(book: Book) -> Iterator[Finding]:
    if book.site is None:
        return
    places = book.file_places[FILE]
    editions = book.site.editions
    for index, (newer, older) in enumerate(pairwise(editions)):
        if _number(newer.version) <= _number(older.version) or newer.date < older.date:
            yield Finding(
                FILE, *places["editions", index, "version"], ID,
                f"{newer.version} ({newer.date}) stands above {older.version} ({older.date}); put the newest first, each once",
            )  # fmt: skip
    chapters = sorted(key.removeprefix("chapters/") for key in book.page_keys if key.startswith("chapters/"))
    for index, edition in enumerate(editions):
        for slug in edition.chapters:
            if slug not in chapters and f"chapters/{slug}" not in book.redirects:
                near = get_close_matches(slug, chapters, 1)
                hint = f"; did you mean {near[0]}?" if near else f"; known: {', '.join(chapters)}"
                yield Finding(FILE, *places["editions", index, "chapters", slug], ID, f"{slug} is no chapter{hint}")


def _number(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
