"""Where a page names a case or a term, under any of its names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.content.book import Book, Page, resolve


@dataclass(frozen=True)
class Mention:
    """`key` is the entry that is named; `linked` is the page or address that the words link to, if any."""

    key: str
    name: str
    start: int
    end: int
    linked: str | None


def names(book: Book, locale: str) -> dict[str, str]:
    """Every name of a case or term in a language → the entry's key."""
    found: dict[str, str] = {}
    for kind in ("glossary", "cases"):
        for entry in book.of_kind(kind):
            for name in (entry.data.name[locale], *entry.data.aliases[locale]):
                found.setdefault(name, entry.key)
    return found


def pattern_of(known: list[str]) -> re.Pattern[str] | None:
    """Finds names, the longest first. Whole Latin words only (a plural s is allowed); Korean names take
    particles, so nothing is asked of what follows them. Names without capitals match in any case."""
    if not known:
        return None
    return re.compile("|".join(_one(name) for name in sorted(known, key=len, reverse=True)))


def _one(name: str) -> str:
    text = re.escape(name).replace(r"\ ", r"\s+")
    if not name.isascii() and re.search("[가-힣]$", name):
        return rf"(?<![가-힣A-Za-z0-9-]){text}"
    if not re.search("[A-Z]", name):
        text = f"(?i:{text})"
    elif name[0].islower():  # Generative AI at the start of a sentence
        text = f"[{name[0]}{name[0].upper()}]{text[1:]}"
    return rf"(?<![A-Za-z0-9-]){text}(?:e?s)?(?![A-Za-z0-9])"


def mentions(book: Book, page: Page) -> Iterator[Mention]:
    """In order, headings left out."""
    known = names(book, page.locale)
    pattern = pattern_of(list(known))
    if not pattern:
        return
    keys = {name.lower(): key for name, key in known.items()}
    headings = {heading.line for heading in page.document.headings}
    for match in pattern.finditer(page.document.prose):
        line, _ = page.document.place(match.start())
        if line in headings:
            continue
        name = re.sub(r"\s+", " ", match[0])
        key = next(keys[form] for form in (name.lower(), name.lower()[:-1], name.lower()[:-2]) if form in keys)
        link = next((x for x in page.document.links if x.start <= match.start() < x.end and not x.image), None)
        linked = (resolve(page.key, link.target)[0] or link.target) if link else None
        yield Mention(key, name, match.start(), match.end(), linked)
