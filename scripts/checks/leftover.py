"""No mark of unfinished work is published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.content.book import Book, key_of
from scripts.findings import Finding

ID = "leftover"
MARK = re.compile(
    r"\b(?:TODO|FIXME|XXX|TBD|TBA|lorem ipsum|placeholder)\b|작성\s?(?:예정|중입니다)|추후\s?(?:작성|보완)|내용을?\s?(?:채|써\s?넣)",
    re.IGNORECASE,
)


def check(book: Book) -> Iterator[Finding]:
    for path, text in book.texts.items():
        if not book.is_judged(key_of(path)):
            continue
        for number, line in enumerate(text.split("\n"), 1):
            for match in MARK.finditer(line):
                yield Finding(path, number, match.start() + 1, ID, f"{match[0]} is left over; write what belongs here")
