"""No mark of unfinished work is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from scripts.content.book import Book, key_of
from scripts.findings import Finding

ID = "leftover"
_LATIN = re.compile(
    r"(?-i:\bTO DO\b)|\b(?:TO-?DO|FIX[ -]?ME|XXX+|TB[ADC]|WIP|lorem ipsum|dolor sit amet|place[ -]?holder|coming soon"
    r"|work in progress|insert \w+ here|citation needed|your text here)\b"
    r"|(?:^|[.:\[(]\s*)to be (?:written|added|done|announced|determined|confirmed|continued)\b",
    re.IGNORECASE,
)
_KOREAN = re.compile(
    r"(?:작성|집필|추가|보완|보충|수정|업데이트|번역|게시|공개)\s?(?:할\s)?(?:예정(?!일)|중입니다|중이다|중임|바람|필요\b)"
    r"|(?:작성|준비|공사|번역)\s?중(?![가-힣])|추후\s?(?:작성|보완|추가|확정|공개|업데이트)"
    r"|내용을?\s?(?:채|써\s?넣|입력|추가하)|여기에\s?(?:입력|내용)|미작성|미완성\s?글|(?:출처|확인)\s?필요(?![가-힣])"
)
_SIGNS = re.compile(r"\?{3,}|^(?:<{7}|>{7}|={7})(?=\s|$)|[○◯]{2,}")
# A pattern is tried on lines that hold one of its words, which is much faster.
_TRIED = (
    (_LATIN, ("to_do", "todo", "to-do", "fix", "xxx", "tba", "tbd", "tbc", "wip", "ipsum", "dolor", "holder", "soon", "progress", "insert", "needed", "text_here", "to_be_")),
    (_KOREAN, ("예정", "중", "바람", "필요", "추후", "내용", "여기에", "미작성", "미완성")),
    (_SIGNS, ("???", "<<<", ">>>", "===", "○", "◯")),
)  # fmt: skip


def check(book: Book) -> Iterator[Finding]:
    for path, text in book.texts.items():
        if not book.is_judged(key_of(path)):
            continue
        for number, line in enumerate(text.split("\n"), 1):
            small = line.lower().replace(" ", "_")
            found = (p.finditer(line) for p, words in _TRIED if any(word in small for word in words))
            for match in chain.from_iterable(found):
                yield Finding(path, number, match.start() + 1, ID, f"{match[0]} is left over; write what belongs here")
