"""What an editor would look at twice: long sentences and turns of phrase that sound translated.

Advice blocks nothing, because each of them is sometimes right. The Korean turns are those that style guides of Korean
list as translated from English or Japanese; CONTRIBUTING says how we write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.checks._prose import Passage, passages, sentences, unquoted
from scripts.content.book import LOCALES, Book
from scripts.content.markdown import JOINER
from scripts.findings import Finding

LONG, WORDING = "long-sentence", "turn"
LETTERS, WORDS = 110, 40  # of a Korean and of an English sentence
_TURNS = {
    "ko": (
        (r"에 의(?:해|하여)", "누가 하는지를 주어로 쓰세요"),
        (r"에 있어서", "‘에서’나 ‘을’로 충분합니다"),
        (r"[가-힣]를? 가지고 있|[을를] (?:갖|가진)는?다", "‘있다’로 쓰세요"),
        (r"되어[지진졌]|여지[는고다]", "‘되다’ 하나로 충분합니다"),
        (r"[을를] 통(?:해|하여)", "무엇으로 하는지를 ‘-로’나 ‘-에서’로 쓰세요"),
        (r"(?<!그)로부터", "‘에서’나 ‘에게서’로 쓰세요"),
        (r"에 대한|에 대하여|에 대해", "‘을’이나 ‘의’로 쓸 수 있는지 보세요"),
        (r"중의? 하나", "‘가운데 하나’로 쓰거나 빼세요"),
        (r"필요로 하", "‘필요하다’나 ‘있어야 한다’로 쓰세요"),
        (r"에도 불구하고", "‘-지만’이나 ‘-어도’로 쓰세요"),
        (r"[으]?로 인(?:해|하여|한)", "‘때문에’나 ‘-로’로 쓰세요"),
        (r"라고 할 수 있다", "‘-이다’로 쓰세요"),
        (r"고 있는 중이", "‘-고 있다’로 충분합니다"),
        (r"혁신적|획기적", "무엇이 달라졌는지를 쓰세요"),
    ),
    "en": (
        (r"\butiliz\w+", "write use"),
        (r"\bleverag\w+", "write use"),
        (r"\b[Ii]n order to\b", "to is enough"),
        (r"\b[Dd]ue to the fact that\b", "write because"),
        (r"\bthe fact that\b", "say the fact itself"),
        (r"\b[Ii]t (?:is important to note|should be noted|is worth noting)\b", "say it without announcing it"),
        (r"\bplays? an? \w+ role\b", "say what it does"),
        (r"\bin terms of\b", "say in what"),
        (r"\b(?:with regard|in regard|with respect) to\b", "write about or of"),
        (r"\bvarious\b", "name some, or leave it out"),
        (r"\b(?:cutting-edge|revolutionary|seamless(?:ly)?|groundbreaking|state-of-the-art|delve\w*)\b", "say what it does"),
        (r"\b(?:[Mm]oreover|[Ff]urthermore),", "and is enough, or nothing"),
    ),
}  # fmt: skip


def advice(book: Book) -> list[Finding]:
    """In the form of findings; none of them has to be followed."""
    found = [one for locale in LOCALES for passage in passages(book, locale) for one in _of(passage, locale)]
    return sorted(set(found))


def _of(passage: Passage, locale: str) -> Iterator[Finding]:
    text = passage.text
    for match in sentences(text):
        bare = " ".join(match[0].replace(JOINER, "").replace("*", "").split())
        length, most, unit = (len(bare), LETTERS, "letters") if locale == "ko" else (len(bare.split()), WORDS, "words")
        if length > most:
            start = match.start() + len(match[0]) - len(match[0].lstrip(f" {JOINER}*"))
            yield passage.finding(start, LONG, f"a sentence of {length} {unit}; {most} are easier to follow, try two")
    for pattern, reason in _TURNS[locale]:
        for match in re.finditer(pattern, unquoted(text)):
            yield passage.finding(match.start(), WORDING, f"‘{match[0]}’: {reason}")
