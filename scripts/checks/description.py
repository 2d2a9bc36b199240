"""Descriptions fit where they are shown: tooltips, search results, previews.

Lengths: definitions 120 Korean letters or 30 English words (what a tooltip
holds); the rest 110 Korean letters or 160 English characters (what search
engines show).
"""

from __future__ import annotations

from collections.abc import Iterator

from scripts.content.book import Book
from scripts.findings import Finding

ID = "description"


def check(book: Book) -> Iterator[Finding]:
    for entry in book.entries.values():
        for locale, page in entry.pages.items():
            text = str(page.meta.get("description", ""))
            place = page.places.get(("description",), (1, 1))
            if entry.kind == "glossary":
                size, limit, unit = (len(text), 120, "letters") if locale == "ko" else (len(text.split()), 30, "words")
            else:
                size, limit, unit = (len(text), 110, "letters") if locale == "ko" else (len(text), 160, "characters")
            if text and len(text.split()) < 2:
                yield Finding(
                    page.path, *place, ID, f"{text} says too little; say in a sentence what readers find here"
                )
            if size > limit:
                yield Finding(page.path, *place, ID, f"{size} {unit}; shorten the description to {limit}")
