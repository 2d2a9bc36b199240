"""One rendering for each term, as docs/term-base.yml has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.checks import _prose
from scripts.content.book import LOCALES, Book
from scripts.findings import Edit, Finding

ID = "term-base"


def check(book: Book) -> Iterator[Finding]:
    for locale in LOCALES:
        rules = list(_rules(book, locale))
        for passage in _prose.passages(book, locale):
            text = _prose.unquoted(passage.text)
            small = text.lower()
            for first_word, pattern, right in rules:
                for match in pattern.finditer(text) if first_word in small else ():
                    edit = Edit(len(match[0]), right) if locale == "ko" else None
                    yield passage.finding(match.start(), ID, f"‘{match[0]}’: write ‘{right}’", edit)


def _rules(book: Book, locale: str) -> Iterator[tuple[str, re.Pattern[str], str]]:
    """The first word of a mistake in small letters (without it the mistake is not there), its pattern, and what is right."""
    for rule in book.term_base.terms:
        right = getattr(rule, locale)
        for wrong in rule.avoid[locale]:
            first_word = wrong.lower().split()[0]
            text = re.escape(wrong).replace(r"\ ", r"\s+")
            if locale == "en":
                text = rf"(?<![\w-]){text}(?:s)?(?![\w-])"
                yield first_word, re.compile(text, re.IGNORECASE), right
            else:
                yield first_word, re.compile(rf"(?<![가-힣]){text}"), right
