"""The book as a reader of one language sees it: words, addresses, citations. For the templates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from pathlib import Path

import yaml
from babel import Locale

from scripts import book_map
from scripts.citation import STYLES, Work
from scripts.contact import report_url
from scripts.content.book import Book, Entry, Event, address
from scripts.content.dates import Period
from scripts.content.model import Case, Direction, Erratum, Expectation, Horizon, Sector, Verdict
from scripts.content.teaching import Level, Question, Unit
from scripts.exports import KINDS

Filter = tuple[str, str, list[tuple[str, str]]]  # name, label, and the values that occur with their labels
STRINGS = Path(__file__).resolve().parent.parent / "overrides/strings.yml"


def views(book: Book, site_url: str, repository: str, branch: str, contact: str = "") -> dict[str, View]:
    """The book in each language, with the templates' words."""
    strings = yaml.safe_load(STRINGS.read_text(encoding="utf-8"))
    return {
        locale: View(book, locale, words, site_url, repository, branch, contact) for locale, words in strings.items()
    }


@dataclass
class View:
    book: Book
    locale: str
    strings: dict[str, str]
    site_url: str
    repository: str
    branch: str
    contact: str = ""

    def t(self, key: str, *values: object, **named: object) -> str:
        """The template's word for `key`; KeyError when a template asks for one that is not there."""
        return self.strings[key].format(*values, **named) if values or named else self.strings[key]

    def url(self, key: str, locale: str | None = None) -> str:
        """Address below the site's root: `en/cases/roblox/`."""
        return address(key, locale or self.locale)

    def absolute(self, key: str, locale: str | None = None) -> str:
        return self.site_url.rstrip("/") + "/" + self.url(key, locale)

    def moved_away(self, key: str) -> list[tuple[str, str, str]]:
        """Ids that a page once had: the id, the page that has it now, and its id there."""
        pages = {self.url(k): k for k in self.book.entries}
        here = self.url(key)
        return [
            (name, pages[to], anchor)
            for (at, name), (to, anchor) in self.book.moves.items()
            if at == here != to and name and to in pages
        ]

    @property
    def other(self) -> str:
        return "en" if self.locale == "ko" else "ko"

    @property
    def site_title(self) -> str:
        return self.book.site.title[self.locale]

    def title(self, key: str) -> str:
        """An entry's name; a quiz or guide is called by its chapter's number."""
        entry = self.book.entries[key]
        if entry.kind in ("quizzes", "teach/guides"):
            return self.t(f"title_{entry.kind.rpartition('/')[2]}", self.book.entries[entry.chapter].data.number)
        return entry.title(self.locale)

    def long_title(self, key: str) -> str:
        """A title that says of a chapter which one it is: `Chapter 3: …`."""
        entry = self.book.entries[key]
        number = self.t("kind_chapters", entry.data.number) + ": " if entry.kind == "chapters" else ""
        return number + self.title(key)

    def date(self, value: object) -> str:
        """A day or a period in the reader's words."""
        period = value if isinstance(value, Period) else Period.parse(value)
        return period.show(self.locale)

    def minutes(self, key: str) -> int:
        return self.book.minutes(key, self.locale)

    def reading_minutes(self, units: list[Unit]) -> int:
        """Of all chapters and cases of a plan's units."""
        return sum(self.minutes(key) for key in _read_in(units))

    def picks(self, units: list[Unit]) -> str:
        """What the units read, as the assignment builder takes it in its address."""
        return ",".join(_read_in(units))

    @property
    def plans(self) -> list[Entry]:
        """The shortest first."""
        return sorted(self.book.of_kind("teach/plans"), key=lambda e: sum(unit.minutes for unit in e.data.units))

    @property
    def package_kinds(self) -> tuple[str, ...]:
        return KINDS

    @property
    def levels(self) -> list[Level]:
        return list(Level)

    def objectives(self, chapter: str) -> list[str]:
        """A chapter's learning objectives, in order."""
        return self._items(chapter, "objectives")

    def discussion(self, chapter: str) -> list[str]:
        """A chapter's discussion questions, in order."""
        return self._items(chapter, "discussion")

    def _items(self, key: str, heading: str) -> list[str]:
        return [text for _, text in self.book.entries[key].pages[self.locale].document.items(heading)]

    def next_chapter(self, key: str) -> str | None:
        keys = [chapter.key for chapter in self.book.of_kind("chapters")]
        return next(iter(keys[keys.index(key) + 1 :]), None)

    def key_number(self, question: Question) -> str:
        """The answer to a numeric question, as one types it."""
        return f"{self.book.key_number(question).normalize():f}"

    def countries(self, codes: list[str]) -> str:
        return ", ".join(Locale(self.locale).territories.get(code, code) for code in codes)

    def report_pages(self, pages: list[int]) -> str:
        """`report p. 3`, `report pp. 3–5`."""
        return self.t("pages_many" if len(pages) > 1 else "pages", self.runs(pages))

    def runs(self, pages: list[int]) -> str:
        """`3–5, 15`, with each language's own dash."""
        dash = "~" if self.locale == "ko" else "–"
        runs = []
        for _, group in groupby(enumerate(sorted(pages)), lambda pair: pair[1] - pair[0]):
            run = [page for _, page in group]
            runs.append(str(run[0]) if len(run) == 1 else f"{run[0]}{dash}{run[-1]}")
        return ", ".join(runs)

    def backlinks(self, key: str) -> list[Entry]:
        return [self.book.entries[k] for k in self.book.backlinks.get(key, ()) if k in self.book.entries]

    def linked(self, entry: Entry, kind: str) -> list[Entry]:
        """The entries of a kind that the page's prose links to, in the order of the prose."""
        keys = [k for k in entry.pages[self.locale].targets if k != entry.key and k in self.book.entries]
        return [self.book.entries[k] for k in keys if self.book.entries[k].kind == kind]

    @cached_property
    def years(self) -> list[tuple[int, list[Event]]]:
        return [(y, list(g)) for y, g in groupby(self.book.events, lambda e: e.fact.date.start.year)]

    @cached_property
    def errata(self) -> list[tuple[str, list[tuple[Erratum, Entry]]]]:
        """Under their kinds, substance first."""
        return [(kind.value, list(g)) for kind, g in groupby(self.book.errata, lambda pair: pair[0].kind)]

    def case_dates(self, case: Case) -> str:
        """From the first to the last year of what the report states."""
        if not case.years:
            return ""
        first, last = case.years[0], case.years[-1]
        return self.date(first) if first == last else self.date(f"{first}/{last}")

    @property
    def expectations(self) -> list[tuple[str, list[Expectation]]]:
        """What the report expects, by horizon."""
        outlook = self.book.entries["outlook"].data
        return [(h.value, [x for x in outlook.expectations if x.horizon == h]) for h in Horizon]

    @cached_property
    def filters(self) -> list[Filter]:
        """What the timeline can be narrowed by."""
        return self._filters([e.entry.data for e in self.book.events if e.entry.kind == "cases"])

    @cached_property
    def case_filters(self) -> list[Filter]:
        """What the list of cases can be narrowed by."""
        cases = [e.data for e in self.book.of_kind("cases")]
        years = sorted({year for case in cases for year in case.years})
        return [
            *self._filters(cases),
            ("year", self.t("filter_year"), [(str(y), self.t("year", y)) for y in years]),
            ("verdict", self.t("verdict"), [(v.value, self.t(f"verdict_{v.value}")) for v in Verdict]),
        ]

    def _filters(self, cases: list[Case]) -> list[Filter]:
        sectors = {s for case in cases for s in case.sector}
        countries = sorted({c for case in cases for c in case.country}, key=lambda c: self.countries([c]))
        return [
            ("direction", self.t("direction"), [(d.value, self.t(f"direction_{d.value}")) for d in Direction]),
            ("sector", self.t("sector"), [(s.value, self.t(f"sector_{s.value}")) for s in Sector if s in sectors]),
            ("horizon", self.t("horizon"), [(h.value, self.t(f"horizon_{h.value}")) for h in Horizon]),
            ("country", self.t("country"), [(c, self.countries([c])) for c in countries]),
        ]

    @cached_property
    def map(self) -> book_map.Map:
        """The map of the book, with chapters under their numbers."""

        def label(key: str) -> str:
            entry = self.book.entries[key]
            return (f"{entry.data.number}. " if entry.kind == "chapters" else "") + self.title(key)

        return book_map.draw(self.book, label)

    def rank(self, value: StrEnum) -> int:
        """Its place in the model's order, to sort by."""
        return list(type(value)).index(value)

    def sorted(self, kind: str) -> list[Entry]:
        """Chapters in their order, other entries by name."""
        entries = self.book.of_kind(kind)
        return entries if kind == "chapters" else sorted(entries, key=self._by_title)

    def _by_title(self, entry: Entry) -> str:
        return entry.title(self.locale).casefold()

    def terms(self, locale: str) -> list[tuple[str, list[Entry]]]:
        """Terms under their initials in a language: 가, 나 … or A, B …"""
        terms = sorted(self.book.of_kind("glossary"), key=lambda e: e.title(locale).casefold())
        return [(k, list(g)) for k, g in groupby(terms, lambda e: initial(e.title(locale)))]

    def citation_users(self, number: int) -> list[Entry]:
        """The site's entries that rest on a number of the report's bibliography."""
        return [
            e for e in self.book.entries.values()
            if number in e.data.citations or any(number in f.citations for f in e.data.facts)
        ]  # fmt: skip

    @property
    def with_sources(self) -> list[Entry]:
        """Entries that have sources: first those whose sources are due first."""
        found = [entry for entry in self.book.entries.values() if entry.data.sources]
        return sorted(found, key=lambda e: (min(s.due for s in e.data.sources), self.title(e.key).casefold()))

    def edit_url(self, path: str) -> str | None:
        return f"{self.repository.rstrip('/')}/edit/{self.branch}/{path}" if self.repository else None

    def report_url(self, key: str) -> str | None:
        """Where a reader reports an error on a page; None where the site names no such place."""
        page = self.absolute(key)
        return report_url(self.contact, self.repository or "", page, self.t("report_subject", self.title(key), page))

    def work(self, entry: Entry) -> Work:
        """A page of the site, to be cited; the home page stands for the site."""
        site = self.book.site
        home = entry.key == "index"
        return Work(
            id=f"metaverse-ai-{entry.key.replace('/', '-')}-{self.locale}-{site.edition.date.year}",
            kind="site" if home else "page",
            locale=self.locale,
            author=site.authors[self.locale],
            title=self.site_title if home else self.title(entry.key),
            day=site.edition.date,
            container="" if home else self.site_title,
            version=self.t("edition_short", site.edition.version),
            url=self.absolute(entry.key),
        )

    def report_work(self) -> Work:
        """The report itself, to be cited."""
        report = self.book.site.report
        return Work(
            id=f"spri-{report.number.lower()}-{self.locale}",
            kind="report",
            locale=self.locale,
            author=report.author[self.locale],
            title=report.title[self.locale],
            day=report.date,
            number=self.t("report_series", report.number),
            publisher=report.publisher[self.locale],
        )

    def cite(self, work: Work, style: str) -> str:
        """In one of the styles or formats of `citation.STYLES`."""
        return STYLES[style](work)


def _read_in(units: list[Unit]) -> list[str]:
    """Keys of the chapters and cases of a plan's units, in their order."""
    return [f"{kind}/{slug}" for unit in units for kind in ("chapters", "cases") for slug in getattr(unit, kind)]


def initial(name: str) -> str:
    """가 for names from 가 to 깋, and so on; capitals for Latin names."""
    letter = name[0]
    if "가" <= letter <= "힣":
        return "가가나다다라마바바사사아자자차카타파하"[(ord(letter) - 0xAC00) // 588]
    return letter.upper()
