"""Dates as precise as they are known: a year, a quarter, a month, a day, or a span of these.

Written in data as `2025`, `2025-Q1`, `2025-05`, `2025-05-01`, `2023-09/2023-11`
(from, to) and `2022/` (since). Shown in each language's own form.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

MONTHS = tuple(calendar.month_name)[1:]
_POINT = re.compile(r"(?P<y>\d{4})(?:-(?:Q(?P<q>[1-4])|(?P<m>\d{2})(?:-(?P<d>\d{2}))?))?")


@dataclass(frozen=True, order=True)
class Point:
    """One date, known to the year, quarter, month or day; unknown parts are 0."""

    year: int
    quarter: int = 0
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> Point:
        """Raises ValueError with what is wrong."""
        match = _POINT.fullmatch(text)
        if not match:
            raise ValueError(f"{text!r} is not a date; write 2025, 2025-Q1, 2025-05 or 2025-05-01")
        point = cls(*(int(match[part] or 0) for part in "yqmd"))
        if point.month > 12 or (match["m"] and not point.month):
            raise ValueError(f"{text!r} has no month {match['m']}")
        if match["d"]:
            try:
                date(point.year, point.month, point.day)
            except ValueError:
                raise ValueError(f"{text!r} is not a day of the calendar") from None
        return point

    @property
    def iso(self) -> str:
        """For `<time datetime>`: HTML knows no quarters, so a quarter becomes its year."""
        if self.day:
            return f"{self.year}-{self.month:02}-{self.day:02}"
        return f"{self.year}-{self.month:02}" if self.month else str(self.year)

    @property
    def first_day(self) -> date:
        """The earliest day it can mean, for sorting and comparing."""
        month = self.month or (self.quarter * 3 - 2 if self.quarter else 1)
        return date(self.year, month, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day it can mean."""
        month = self.month or (self.quarter * 3 if self.quarter else 12)
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def coarser(self) -> set[Point]:
        """Itself and what follows from it: a day lies in its month, a month in its year."""
        points = {self, Point(self.year)}
        if self.month:
            points |= {Point(self.year, month=self.month)}
        return points

    def show(self, locale: str) -> str:
        if locale == "ko":
            parts = [f"{self.year}년"]
            parts += [f"{self.quarter}분기"] if self.quarter else []
            parts += [f"{self.month}월"] if self.month else []
            parts += [f"{self.day}일"] if self.day else []
            return " ".join(parts)
        if self.quarter:
            return f"Q{self.quarter} {self.year}"
        parts = [str(self.day)] if self.day else []
        parts += [MONTHS[self.month - 1]] if self.month else []
        return " ".join([*parts, str(self.year)])


@dataclass(frozen=True, order=True)
class Period:
    """A point, a span (`end` set), or everything since a point (`open`)."""

    start: Point
    end: Point | None = None
    open: bool = False

    @classmethod
    def parse(cls, value: object) -> Period:
        """From data. Raises ValueError with what is wrong."""
        text = str(value)
        first, slash, last = text.partition("/")
        start = Point.parse(first)
        if not slash:
            return cls(start)
        if not last:
            return cls(start, open=True)
        end = Point.parse(last)
        if end.first_day < start.first_day:
            raise ValueError(f"{text!r} ends before it begins")
        return cls(start, end)

    @property
    def points(self) -> set[Point]:
        return {self.start, self.end} if self.end else {self.start}

    @property
    def last_day(self) -> date:
        """The latest day it surely covers: of an open period, that of its beginning."""
        return (self.end or self.start).last_day

    def show(self, locale: str) -> str:
        """In words, as a reader of `locale` writes it."""
        start, end = self.start, self.end
        if self.open:
            return f"{start.show(locale)}~" if locale == "ko" else f"since {start.show(locale)}"
        if not end:
            return start.show(locale)
        first, last = start.show(locale).split(), end.show(locale).split()
        if len(first) != len(last):
            return f"{start.show(locale)}{'~' if locale == 'ko' else '–'}{end.show(locale)}"
        if locale == "ko":  # 2023년 9~11월, 2026년 5월 30일~6월 2일
            same = _same(first, last)
            if same == len(first) - 1:
                first[-1] = re.match(r"\d+", first[-1])[0]
            return f"{' '.join(first)}~{' '.join(last[same:])}"
        same = _same(first[::-1], last[::-1])  # 11–12 May 2026
        return f"{' '.join(first[: len(first) - same])}–{' '.join(last)}"


def _same(one: list[str], other: list[str]) -> int:
    """With how many words both begin; the last word is never one of them."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one[:-1], other[:-1], strict=True)))
