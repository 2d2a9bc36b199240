"""Numbers and dates as they are written in Korean and English prose, read by value.

9,700만, 97 million and 97,000,000 are one number; `2023년 9~11월` and
`September–November 2023` are the same two months. Everything works on text in
which code, links' targets and names with digits have been blanked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from scripts.content.dates import MONTHS, Point

DIGIT = re.compile(r"\d")
_MONTH = "|".join([*MONTHS, *(m[:3] for m in MONTHS)])
_DASH = r"\s*(?:[-–~∼]|부터|에서|to|and|and into|through)\s*"


@dataclass(frozen=True)
class Found:
    """A quantity or date in a line of prose; `start`/`end` are offsets in that line."""

    value: Quantity | Point
    start: int
    end: int


@dataclass(frozen=True, order=True)
class Quantity:
    """A number with its scale applied; percent is kept apart, 75% is not 75 people."""

    number: Decimal
    percent: bool = False

    def __str__(self) -> str:
        number = f"{self.number:,f}"
        number = number.rstrip("0").rstrip(".") if "." in number else number
        return number + ("%" if self.percent else "")


# What carries digits but states no quantity: report pages, chapters, figures, citations.
POINTERS = re.compile(
    r"\b(?:pp?|p\.p)\.\s?\d+(?:[-–]\d+)?|\b(?:pages?|chapters?|figures?|figs?\.|articles?|weeks?)\s\d+"
    r"(?:(?:[-–]|\sand\s|\sor\s|,\s)\d+)*"
    r"|\d+(?:[~∼–-]\d+)?(?:쪽|장|주차|차원)|그림\s?\d+|제\d+(?:조|호|항|장)|\[\d+(?:,\s?\d+)*\]",
    re.IGNORECASE,
)

_DATES = {
    "ko": [
        # 2026년 5월 30일~6월 2일, 2026년 5월 11~12일, 2023년 9~11월, 2023년 9월부터 11월까지, 2024년 1~3분기
        (re.compile(r"(\d{4})년\s?(\d{1,2})월\s?(\d{1,2})일" + _DASH + r"(\d{1,2})월\s?(\d{1,2})일"), "y m d m2 d2"),
        (re.compile(r"(\d{4})년\s?(\d{1,2})월\s?(\d{1,2})일?" + _DASH + r"(\d{1,2})일"), "y m d d2"),
        (re.compile(r"(\d{4})년\s?(\d{1,2})월?" + _DASH + r"(\d{1,2})월"), "y m m2"),
        (re.compile(r"(\d{4})년\s?(\d{1,2})월\s?(\d{1,2})일"), "y m d"),
        (re.compile(r"(\d{4})년\s?(\d{1,2})월"), "y m"),
        (re.compile(r"(\d{4})년\s?(\d)(?:분기)?" + _DASH + r"(\d)분기"), "y q q2"),
        (re.compile(r"(\d{4})년\s?(\d)분기"), "y q"),
        (re.compile(r"(\d{4})" + _DASH + r"(\d{4})년"), "y y2"),
        (re.compile(r"(\d{4})년"), "y"),
    ],
    "en": [
        # 30 May–2 June 2026, 11–12 May 2026, May 11–12, 2026, September–November 2023
        (
            re.compile(rf"\b(\d{{1,2}})\s({_MONTH})" + _DASH + rf"(\d{{1,2}})\s({_MONTH})\.?,?\s(\d{{4}})"),
            "d m d2 m2 y",
        ),
        (re.compile(r"\b(\d{1,2})" + _DASH + rf"(\d{{1,2}})\s({_MONTH})\.?,?\s(\d{{4}})"), "d d2 m y"),
        (re.compile(rf"\b({_MONTH})\.?\s(\d{{1,2}})" + _DASH + r"(\d{1,2}),\s(\d{4})"), "m d d2 y"),
        (re.compile(rf"\b({_MONTH})" + _DASH + rf"({_MONTH})\.?\s(\d{{4}})"), "m m2 y"),
        (re.compile(rf"\b(\d{{1,2}})\s({_MONTH})\.?,?\s(\d{{4}})"), "d m y"),
        (re.compile(rf"\b({_MONTH})\.?\s(\d{{1,2}}),\s(\d{{4}})"), "m d y"),
        (re.compile(rf"\b({_MONTH})\.?,?\s(\d{{4}})"), "m y"),
        (re.compile(r"\bQ(\d)" + _DASH + r"Q(\d)\s(?:of\s)?(\d{4})"), "q q2 y"),
        (re.compile(r"\bQ(\d)\s(?:of\s)?(\d{4})"), "q y"),
        (re.compile(r"\b(\d{4})" + _DASH + r"(\d{4})\b"), "y y2"),
        (re.compile(r"(?<![\d.,$€£₩])\b((?:19|20)\d{2})s?\b(?![.,]?\d|\s?(?:%|percent|people|million))"), "y"),
    ],
}

_KO_SCALE = {"천": 10**3, "만": 10**4, "억": 10**8, "조": 10**12}
_EN_SCALE = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_BOUND = r"(?<![A-Za-z0-9_.,-])"
_KO_NUMBER = re.compile(
    rf"{_BOUND}(?P<parts>{_DIGITS}\s?(?:천만|백만|[천만억조])(?:\s?{_DIGITS}\s?[천만억])*"
    rf"(?:\s?(?:\d,\d{{3}}|\d{{1,4}})(?![\d.,]*[\d천만억조%A-Za-z]))?|{_DIGITS})"
    r"(?P<percent>\s?(?:%|퍼센트|프로(?![가-힣])))?(?![A-Za-z0-9])"
)
_EN_NUMBER = re.compile(
    rf"{_BOUND}(?P<parts>{_DIGITS})(?P<scale>[\s-](?:{'|'.join(_EN_SCALE)})s?\b)?"
    r"(?P<percent>\s?(?:%|percent\b|per cent\b))?(?![\w])"
)
_KO_PART = re.compile(rf"({_DIGITS})\s?(천만|백만|[천만억조])?")


def read(line: str, locale: str) -> list[Found]:
    """All dates and quantities of a line, in order. Pointers such as `p. 8` are left out."""
    found: list[Found] = []
    if not DIGIT.search(line):
        return found
    line = POINTERS.sub(lambda m: " " * len(m[0]), line)
    for pattern, shape in _DATES[locale]:
        for match in list(pattern.finditer(line)):
            found += [Found(point, *match.span()) for point in _points(match, shape)]
            line = line[: match.start()] + " " * len(match[0]) + line[match.end() :]
    pattern = _KO_NUMBER if locale == "ko" else _EN_NUMBER
    for match in pattern.finditer(line):
        number = _korean(match["parts"]) if locale == "ko" else _english(match)
        found.append(Found(Quantity(number, bool(match["percent"])), *match.span()))
    return sorted(found, key=lambda f: f.start)


def _points(match: re.Match[str], shape: str) -> list[Point]:
    part = {key: _number(text) for key, text in zip(shape.split(), match.groups(), strict=True)}
    first = Point(*(part.get(key, 0) for key in "yqmd"))
    if len({key[0] for key in part}) == len(part):
        return [first]
    return [first, Point(*(part.get(f"{key}2", part.get(key, 0)) for key in "yqmd"))]


def _number(text: str) -> int:
    """Of digits, or of a month's name."""
    if text.isdigit():
        return int(text)
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(text[:3]))


def _plain(digits: str) -> Decimal:
    return Decimal(digits.rstrip(",").replace(",", ""))


def _english(match: re.Match[str]) -> Decimal:
    scale = (match["scale"] or "").strip(" -\n").removesuffix("s")
    return _plain(match["parts"]) * _EN_SCALE.get(scale, 1)


def _korean(parts: str) -> Decimal:
    total = Decimal(0)
    for digits, unit in _KO_PART.findall(parts):
        scale = 1
        for letter in unit.replace("백", ""):
            scale *= _KO_SCALE[letter]
        total += _plain(digits) * scale * (100 if "백" in unit else 1)
    return total


# What a number counts, where a word right beside it says so. Words that could mean several things are left out.
_UNITS = {
    "ko": [
        ("percentage points", r"\s?(?:%p|%포인트|포인트|퍼센트\s?포인트)"), ("percent", r"\s?(?:%|퍼센트)"),
        ("people", r"\s?여?\s?(?:명|사람)(?![가-힣]{3})"), ("won", r"\s?여?\s?원(?![가-힣]{3})"), ("dollars", r"\s?여?\s?달러"),
        ("euros", r"\s?여?\s?유로"), ("milliseconds", r"\s?밀리초"), ("seconds", r"\s?초"), ("minutes", r"\s?분(?!기|의|야|석)"),
        ("hours", r"\s?시간"), ("days", r"\s?일(?![가-힣]{3})"), ("weeks", r"\s?주(?!차|[가-힣]{3})"), ("months", r"\s?(?:개월|달(?!러))"),
        ("years", r"\s?년"), ("kilometers", r"\s?(?:킬로미터|km)"), ("meters", r"\s?(?:미터|m\b)"),
    ],
    "en": [
        ("percentage points", r"%?\s?(?:percentage|percent)?[ -]points?\b"), ("percent", r"\s?(?:%|per ?cent\b)"),
        ("people", r"\s(?:people|persons)\b"), ("won", r"\s(?:won|KRW)\b"), ("dollars", r"\s(?:(?:US|U\.S\.)\s)?(?:dollars?|USD)\b"),
        ("euros", r"\s(?:euros?|EUR)\b"), ("milliseconds", r"[\s-](?:milliseconds?|ms)\b"), ("seconds", r"[\s-]seconds?\b"),
        ("minutes", r"[\s-]minutes?\b"), ("hours", r"[\s-]hours?\b"), ("days", r"[\s-]days?\b"), ("weeks", r"[\s-]weeks?\b"),
        ("months", r"[\s-]months?\b"), ("years", r"[\s-]years?\b"), ("kilometers", r"[\s-]?(?:kilomet(?:er|re)s?|km)\b"),
        ("meters", r"[\s-]?(?:met(?:er|re)s?|m)\b"),
    ],
}  # fmt: skip
_AFTER = {locale: [(name, re.compile(pattern)) for name, pattern in units] for locale, units in _UNITS.items()}
_BEFORE = {"$": "dollars", "₩": "won", "€": "euros"}


def unit(line: str, found: Found, locale: str) -> str | None:
    """What a quantity counts by the word or sign right beside it: people, dollars, seconds …; None if nothing says so."""
    if not isinstance(found.value, Quantity):
        return None
    if sign := _BEFORE.get(line[found.start - 1 : found.start]):
        return sign
    end = (
        found.end
        if not found.value.percent
        else found.start + len(line[found.start : found.end].rstrip("%퍼센트프로perctn "))
    )
    return next((name for name, pattern in _AFTER[locale] if pattern.match(line, end)), None)


_WORDS = {
    "ko": dict(zip(["다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두", "열세", "스무", "서른", "마흔"], (5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 30, 40), strict=True)),
    "en": dict(zip(["five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "twenty", "thirty", "forty"], (5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 30, 40), strict=True)),
}  # fmt: skip
_WORD = {
    "ko": re.compile(rf"(?<![가-힣])({'|'.join(sorted(_WORDS['ko'], key=len, reverse=True))})(?= [가-힣])"),
    "en": re.compile(rf"\b({'|'.join(_WORDS['en'])})\b(?!-)", re.IGNORECASE),
}


def words(line: str, locale: str) -> list[tuple[int, int]]:
    """Counts from five on that are written as words, with their offsets; smaller ones are too often mere articles."""
    return [(match.start(), _WORDS[locale][match[1].lower()]) for match in _WORD[locale].finditer(line)]
