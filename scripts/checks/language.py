"""No Korean sentence in English text, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.checks import _prose
from scripts.content.book import LOCALES, Book
from scripts.content.markdown import JOINER
from scripts.findings import Finding

ID = "language"


# An English phrase inside Korean: four words or more, two of them without a capital, so that it is no name.
_PHRASE = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:[,:;]? [A-Za-z][A-Za-z'’-]*){3,}")
_ASIDE = re.compile(r"\([^()\n]*\)")
_TERM_WORDS = 3  # Korean words that English may name in a row, such as 대규모 언어 모델


def check(book: Book) -> Iterator[Finding]:
    for locale in LOCALES:
        for passage in _prose.passages(book, locale):
            text = _prose.unquoted(passage.text).replace(JOINER, " ")
            for start in sorted(_faults(text, locale)):
                language, wanted = (
                    ("a Korean sentence in the English", "English")
                    if locale == "en"
                    else ("an English sentence in the Korean", "Korean")
                )
                yield passage.finding(start, ID, f"{language} text; write it in {wanted}")


def _faults(text: str, locale: str) -> set[int]:
    """Where the other language begins: whole sentences or cells, and phrases inside a sentence."""
    found = set()
    for match in re.finditer(r"[^.!?。|]+[.!?。]*", text):
        sentence = match[0]
        hangul = len(re.findall("[가-힣]", sentence))
        words = re.findall(r"[A-Za-z][A-Za-z'’-]+", sentence)
        start = match.start() + len(sentence) - len(sentence.lstrip())
        if locale == "en":
            bare = _ASIDE.sub(lambda m: " " * len(m[0]), sentence)
            run = re.search(rf"[가-힣]+(?:[ ,·]+[가-힣]+){{{_TERM_WORDS},}}", bare)
            if (hangul > 8 and hangul > sum(map(len, words))) or (re.search("[가-힣]{2}", bare) and not words):
                found.add(start)
            elif run:
                found.add(match.start() + run.start())
        elif not hangul and (len(words) >= 5 or sum(w[0].islower() for w in words) >= 2):
            found.add(start)
        else:
            bare = _ASIDE.sub(lambda m: " " * len(m[0]), sentence)
            for phrase in _PHRASE.finditer(bare):
                if sum(w[0].islower() for w in phrase[0].split()) >= 2:
                    found.add(match.start() + phrase.start())
    return found
