"""No Korean sentence on an English page, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.checks import _prose
from scripts.content.book import Book
from scripts.findings import Finding

ID = "language"


def check(book: Book) -> Iterator[Finding]:
    for page in book.pages:
        for number, line in _prose.lines(page):
            for match in re.finditer(r"[^.!?。]+[.!?。]*", line):
                sentence = match[0]
                hangul = len(re.findall("[가-힣]", sentence))
                latin_words = re.findall(r"[A-Za-z]{2,}", sentence)
                column = match.start() + len(sentence) - len(sentence.lstrip()) + 1
                if page.locale == "en" and hangul > 8 and hangul > sum(map(len, latin_words)):
                    yield Finding(
                        page.path, number, column, ID, "a Korean sentence on the English page; write it in English"
                    )
                elif page.locale == "ko" and not hangul and len(latin_words) >= 5:
                    yield Finding(
                        page.path, number, column, ID, "an English sentence on the Korean page; write it in Korean"
                    )
