"""One rendering for each term, as docs/term-base.yml has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.checks import _prose
from scripts.content.book import LOCALES, Book
from scripts.findings import Edit, Finding

ID = "term-base"


def check(book: Book) -> Iterator[Finding]:
    rules = {locale: list(_rules(book, locale)) for locale in LOCALES}
    for page in book.pages:
        for number, line in _prose.lines(page):
            for pattern, right in rules[page.locale]:
                for match in pattern.finditer(line):
                    edit = Edit(len(match[0]), right) if page.locale == "ko" else None
                    yield Finding(page.path, number, match.start() + 1, ID, f"‘{match[0]}’: write ‘{right}’", edit)


def _rules(book: Book, locale: str) -> Iterator[tuple[re.Pattern[str], str]]:
    for rule in book.term_base.terms:
        right = getattr(rule, locale)
        for wrong in rule.avoid[locale]:
            text = re.escape(wrong).replace(r"\ ", r"\s+")
            if locale == "en":
                text = rf"(?<![\w-]){text}(?:s)?(?![\w-])"
                yield re.compile(text, re.IGNORECASE), right
            else:
                yield re.compile(text), right
