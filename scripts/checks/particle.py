"""Korean particles fit the sound before them, stand once, and are not torn off Latin words.

The sound of a Latin word is how Koreans read it: the names of letters for an
acronym (AI 에이아이, XR 엑스알), docs/term-base.yml for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.checks import _prose
from scripts.content.book import Book
from scripts.content.markdown import JOINER
from scripts.findings import Edit, Finding

ID = "particle"
# after a consonant, after a vowel
PAIRS = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"), ("이라는", "라는"), ("이나", "나"))
# letters whose Korean name ends in a consonant: 엘 엠 엔 알
_CONSONANT_LETTERS = {"L": "ㄹ", "M": "ㅁ", "N": "ㄴ", "R": "ㄹ"}
_CONSONANT_DIGITS = {"0": "ㅇ", "1": "ㄹ", "3": "ㅁ", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ"}
_FORMS = "|".join(sorted({form for pair in PAIRS for form in pair}, key=len, reverse=True))
_AFTER_LATIN = re.compile(rf"(?P<word>[A-Za-z][A-Za-z0-9+.-]*)(?P<close>[’”\)\]*\u2060]*)(?P<form>{_FORMS})(?![가-힣])")
_TORN = re.compile(
    r"(?P<word>\b[A-Za-z][A-Za-z0-9-]*)\u2060*(?P<gap> +)(?P<form>은|는|가|을|를|의|와|에서|에게)(?=[ ,.]|$)"
    r"|(?P<noun>[가-힣]{2,})(?P<space> )(?P<after>은|는|을|를|에서|에게)(?=[ ,.]|$)"
)
_TWO_FORMS = re.compile(
    r"[가-힣A-Za-z0-9]\s?(?:은\(는\)|는\(은\)|을\(를\)|를\(을\)|이\(가\)|가\(이\)|과\(와\)|와\(과\)|\(으\)로|\(이\)라)"
)
_DOUBLED = re.compile(
    r"(?<=[가-힣A-Za-z0-9])(?:는는|를를|(?<![가마노고])을을|과과|에게에게|부터부터|을를|를을|은는|는은|와와|에에|으로로|에서에서)(?![가-힣])"
)
_IMPOSSIBLE = re.compile(r"(?P<word>[가-힣])[’”*\u2060]*(?P<form>를|와)(?![가-힣])")


# 을 and 은 after a vowel: these are whole words or forms of verbs that lose their ㅅ (짓다, 낫다 …).
_AFTER_VOWEL = re.compile(r"(?P<word>[가-힣])[’”*\u2060]*(?P<form>을|은)(?![가-힣])")
_AFTER_VOWEL_LONG = re.compile(r"(?P<word>[가-힣])[’”)*\u2060]*(?P<form>으로)(?![가-힣])")
_WHOLE_WORDS = re.compile(r"(?:가을|마을|노을|고을|은은|보은|(?<![가-힣])[가-힣]?[이지나부그저주쏘모][을은])$")
_HANGUL = re.compile("[가-힣]*$")
_NAMED = re.compile(rf"[’”*\u2060]*(?P<form>{_FORMS})(?![가-힣])")


def check(book: Book) -> Iterator[Finding]:
    readings = _readings(book)
    passages = list(_prose.passages(book, "ko"))
    nouns = _nouns(passages)
    for passage in passages:
        text = passage.text
        found = {}
        for start, message, edit in (
            *_faults(text, readings),
            *_faults_of_names(text, book, nouns),
            *_faults_of_nouns(text, nouns),
        ):
            found.setdefault(start, (message, edit))
        for start, (message, edit) in found.items():
            yield passage.finding(start, ID, message, edit)


def _faults(line: str, readings: dict[str, str]) -> Iterator[tuple[int, str, Edit | None]]:
    for match in _AFTER_LATIN.finditer(line):
        aside = line.rfind("(", 0, match.start()) if ")" in match["close"] else -1
        if aside > 0:  # 연합(ITU)과: the particle goes with the word before the brackets
            right = _fitting(match["form"], _final(line[aside - 1])) if "가" <= line[aside - 1] <= "힣" else None
        else:
            right = _right(match["word"], match["form"], readings)
        if right and right != match["form"]:
            word = match["word"] + match["close"].replace(JOINER, "")
            message = f"{word}{match['form']}: write {word}{right}"
            yield match.start("form"), message, Edit(len(match["form"]), right)
    for match in _TORN.finditer(line):
        word, gap, form = match.group("word", "gap", "form") if match["word"] else match.group("noun", "space", "after")
        at = match.start("gap" if match["word"] else "space")
        yield at, f"‘{word} {form}’: particles join the word, {word}{form}", Edit(len(gap), "")
    for match in _TWO_FORMS.finditer(line):
        yield match.start() + 1, f"‘{match[0][1:].strip()}’: choose one particle, by the sound before it", None
    doubled = [match.span() for match in _DOUBLED.finditer(line)]
    for start, end in doubled:
        yield start, f"‘{line[start:end]}’: the particle stands twice", None
    for match in _AFTER_VOWEL_LONG.finditer(line):
        if _final(match["word"]) in ("", "ㄹ"):
            right = "로"
            yield match.start("form"), f"‘{_seen(match)}’: after a vowel write {right}", Edit(2, right)
    for match in _IMPOSSIBLE.finditer(line):
        at = match.start("form")
        if _final(match["word"]) and not any(start <= at < end for start, end in doubled):
            right = {"를": "을", "와": "과"}[match["form"]]
            yield at, f"‘{_seen(match)}’: after a consonant write {right}", Edit(1, right)


def _seen(match: re.Match[str]) -> str:
    """What readers see of it."""
    return match[0].replace(JOINER, "")


def _faults_of_names(line: str, book: Book, nouns: set[str]) -> Iterator[tuple[int, str, Edit | None]]:
    """Names of cases and terms, after which every particle is known to be one."""
    told = set()
    for _, end, _ in book.names["ko"].find(line):
        match = _NAMED.match(line, end)
        if match and "가" <= line[end - 1] <= "힣":
            right = _fitting(match["form"], _final(line[end - 1]))
            if right != match["form"]:
                told.add(match.start("form"))
                word = line[:end].rpartition(" ")[2].replace(JOINER, "")
                yield (
                    match.start("form"),
                    f"{word}{match['form']}: write {word}{right}",
                    Edit(len(match["form"]), right),
                )
    for match in _AFTER_VOWEL.finditer(line):
        start = match.start("form")
        verb = _WHOLE_WORDS.search(line[: match.end()]) and _HANGUL.search(line[:start])[0] not in nouns
        if start not in told and not _final(match["word"]) and not verb:
            right = {"을": "를", "은": "는"}[match["form"]]
            yield start, f"‘{_seen(match)}’: after a vowel write {right}", Edit(1, right)


def _faults_of_nouns(line: str, nouns: set[str]) -> Iterator[tuple[int, str, Edit | None]]:
    """는 after a consonant may be the ending of a verb (있는), but not after a word that the book uses as a noun."""
    for match in re.finditer(r"(?<![가-힣])(?P<word>[가-힣]{2,})(?P<form>는)(?![가-힣])", line):
        if _final(match["word"][-1]) and match["word"] in nouns:
            right = "은"
            yield (
                match.start("form"),
                f"‘{_seen(match)}’: after a consonant write {right}",
                Edit(1, right),
            )


def _nouns(passages: list[_prose.Passage]) -> set[str]:
    """Words of the book that stand before a particle that no verb takes."""
    pattern = re.compile(r"(?<![가-힣])([가-힣]{2,}?)(?:의|과|에서|에는|에게|으로|부터|까지|이라는|이다)(?![가-힣])")
    return {match[1] for passage in passages for match in pattern.finditer(passage.text)}


def _readings(book: Book) -> dict[str, str]:
    readings = {k.lower(): v for k, v in book.term_base.readings.items()}
    for kind in ("cases", "glossary"):
        for entry in book.of_kind(kind):
            name = entry.data.name
            if name.ko[-1] >= "가" and " " not in name.en:
                readings.setdefault(name.en.lower(), name.ko)
    return readings


def _right(word: str, form: str, readings: dict[str, str]) -> str | None:
    """The form that fits, or None where the sound is not known."""
    sound = _sound(word, readings)
    return None if sound is None else _fitting(form, sound)


def _fitting(form: str, sound: str) -> str:
    """The form of a particle after a final consonant ("" for a vowel)."""
    for after_consonant, after_vowel in PAIRS:
        if form in (after_consonant, after_vowel):
            if after_vowel == "로" and sound == "ㄹ":
                return "로"
            return after_consonant if sound else after_vowel
    return form


def _sound(word: str, readings: dict[str, str]) -> str | None:
    """The final consonant of a Latin word as read in Korean; "" for a vowel, None if unknown."""
    word = word.rstrip(".-")
    if word.lower() in readings:
        return _final(readings[word.lower()][-1])
    last = re.split(r"[-.]", word)[-1]
    if last != word and last.lower() in readings:
        return _final(readings[last.lower()][-1])
    if last and last[-1].isdigit():
        return _CONSONANT_DIGITS.get(last[-1], "")
    if (last.isupper() and len(last) <= 5) or re.fullmatch(r"\d+[A-Z]", last):
        return _CONSONANT_LETTERS.get(last[-1], "")
    return None


def _final(syllable: str) -> str:
    """The final consonant of a Hangul syllable ("" if none); only ㄹ is told apart."""
    index = (ord(syllable) - 0xAC00) % 28
    return "ㄹ" if index == 8 else ("ㄱ" if index else "")
