"""No Korean sentence in English text, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.checks import _prose
from scripts.content.book import LOCALES, Book
from scripts.findings import Finding

ID = "language"


def check(book: Book) -> Iterator[Finding]:
    for locale in LOCALES:
        for passage in _prose.passages(book, locale):
            for match in re.finditer(r"[^.!?。]+[.!?。]*", _prose.unquoted(passage.text)):
                sentence = match[0]
                hangul = len(re.findall("[가-힣]", sentence))
                latin_words = re.findall(r"[A-Za-z]{2,}", sentence)
                start = match.start() + len(sentence) - len(sentence.lstrip())
                if locale == "en" and hangul > 8 and hangul > sum(map(len, latin_words)):
                    yield passage.finding(start, ID, "a Korean sentence in the English text; write it in English")
                elif locale == "ko" and not hangul and len(latin_words) >= 5:
                    yield passage.finding(start, ID, "an English sentence in the Korean text; write it in Korean")
