"""How each page stands: when its languages last changed, whether one waits for the other, how old its sources are."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scripts import history
from scripts.checks import structure
from scripts.content.book import LOCALES, Book
from scripts.content.loading import load
from scripts.content.model import Source
from scripts.environment import CannotRun
from scripts.messages import say

LANGUAGE = {"ko": "Korean", "en": "English"}
HEAD = ("page", "Korean", "English", "followed", "structure", "sources read")
UNKNOWN = "unknown"


@dataclass
class Standing:
    """One page. None: unknown."""

    key: str
    changed: dict[str, date | None]
    waiting: str | None  # the language that has not followed; "" if both stand together
    equal: bool | None
    sources: list[Source]
    due: list[Source]

    @property
    def read(self) -> date | None:
        """The day on which the source that waits longest was read."""
        return min((source.read for source in self.sources), default=None)


@dataclass
class Status:
    today: date
    pages: list[Standing]
    history: str  # whole, partial or unknown


def status(root: Path, today: date) -> Status:
    """Raises CannotRun where there is no docs/ folder."""
    if not (root / "docs").is_dir():
        raise CannotRun(f"{root} has no docs/ folder; run this in the project")
    book, _ = load(root)
    known = history.read(root)
    unequal = {finding.path for finding in structure.check(book)}
    pages = [_standing(book, key, known, unequal, today) for key in sorted(book.page_keys)]
    return Status(today, pages, UNKNOWN if known is None else "partial" if known.partial else "whole")


def _standing(book: Book, key: str, known: history.History | None, unequal: set[str], today: date) -> Standing:
    texts = (known and known.pages.get(key)) or history.Texts()
    entry = book.entries.get(key)
    sources = entry.data.sources if entry else []
    return Standing(
        key=key,
        changed={locale: texts.changed.get(locale) for locale in LOCALES},
        waiting=(texts.waiting or "") if texts.settled else None,
        equal=not unequal & {page.path for page in entry.pages.values()} if entry else None,
        sources=sources,
        due=[source for source in sources if source.due <= today],
    )


def as_json(found: Status) -> str:
    """Days as 2026-11-22, what is unknown as null; no `waiting` is "", no source no day of reading."""
    pages = [
        {
            "page": one.key,
            "korean": _iso(one.changed["ko"]),
            "english": _iso(one.changed["en"]),
            "waiting": one.waiting,
            "structure_equal": one.equal,
            "sources": len(one.sources),
            "read": _iso(one.read),
            "due": [source.id for source in one.due],
        }
        for one in found.pages
    ]
    return json.dumps({"today": str(found.today), "history": found.history, "pages": pages}, indent=2)


def _iso(day: date | None) -> str | None:
    return str(day) if day else None


def as_text(found: Status, language: str) -> str:
    """A table, what is due, and a count."""
    rows = [[say(words, language) for words in HEAD], *([*_row(one, language)] for one in found.pages)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    lines.append("")
    for one in found.pages:
        for source in one.due:
            lines.append(say(f"due for another look: {one.key}#source-{source.id}, read on {source.read}", language))
    waiting = sum(bool(one.waiting) for one in found.pages)
    unequal, due = sum(one.equal is False for one in found.pages), sum(len(one.due) for one in found.pages)
    lines.append(
        say(
            f"pages: {len(found.pages)}, waiting for the other language: {waiting}, "
            f"of unequal structure: {unequal}, sources due for another look: {due}",
            language,
        )
    )
    if found.history == UNKNOWN:
        lines.append(say("git knows nothing of these files, so when they changed is unknown", language))
    elif found.history == "partial":
        said = (
            "this clone holds the newest commits only, so what changed before them is unknown (git fetch --unshallow)"
        )
        lines.append(say(said, language))
    return "\n".join(lines)


def _row(one: Standing, language: str) -> Iterable[str]:
    yield one.key
    for locale in LOCALES:
        yield _iso(one.changed[locale]) or say(UNKNOWN, language)
    followed = UNKNOWN if one.waiting is None else f"{LANGUAGE[one.waiting]} waits" if one.waiting else "yes"
    yield say(followed, language)
    yield say(UNKNOWN if one.equal is None else "equal" if one.equal else "differs", language)
    yield f"{one.read} ({len(one.sources)})" if one.read else "–"


def _width(text: str) -> int:
    """Columns of a terminal: Korean letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
