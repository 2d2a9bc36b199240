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
            for pattern, right in rules:
                for match in pattern.finditer(text):
                    edit = Edit(len(match[0]), right) if locale == "ko" else None
                    yield passage.finding(match.start(), ID, f"‘{match[0]}’: write ‘{right}’", edit)


def _rules(book: Book, locale: str) -> Iterator[tuple[re.Pattern[str], str]]:
    for rule in book.term_base.terms:
        right = getattr(rule, locale)
        for wrong in rule.avoid[locale]:
            text = re.escape(wrong).replace(r"\ ", r"\s+")
            if locale == "en":
                text = rf"(?<![\w-]){text}(?:s)?(?![\w-])"
                yield re.compile(text, re.IGNORECASE), right
            else:
                yield re.compile(rf"(?<![가-힣]){text}"), right
