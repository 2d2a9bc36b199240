"""What the data files may say: chapters, cases, terms, their facts and sources.

One class an idea, validated by pydantic; unknown keys are refused. Sentences
live in Markdown, so these hold only what is true in both languages and the
short wordings of a fact in each.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from babel import Locale
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    WithJsonSchema,
    model_validator,
)

from scripts.content.dates import Period

REPORT_DATE = date(2025, 8, 20)


def _plain_text(text: str) -> str:
    if re.search(r"[<>]", text):
        raise ValueError("holds < or >; data is plain text, without markup")
    if re.search(r"[\x00-\x1f\x7f-\x9f]", text):
        raise ValueError("holds a line break or control character; write one line")
    if re.search(r"\]\(|&#?\w+;", text):
        raise ValueError("holds a link or an entity; data is plain text, without markup")
    if not text.strip():
        raise ValueError("is empty")
    return text


def _slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text):
        raise ValueError(f"{text!r} is not a slug; write lower-case ASCII words joined by hyphens")
    return text


def _version(text: str) -> str:
    if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)*", text):
        raise ValueError(f'{text!r} is not the name of an edition; write numbers and points in quotes, such as "0.3"')
    return text


def _url(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s\"'<>`\\]+", text) or re.match(
        r"https?://(?:localhost|127\.|[^./]+(?:/|$|:))", text
    ):
        raise ValueError(f"{text!r} is not a web address (https://…, no spaces or quotes)")
    return text


def _country(text: str) -> str:
    known = Locale("en").territories
    if not re.fullmatch("[A-Z]{2}", text) or text not in known or text in ("ZZ", "XA", "XB", "QO", "UN", "EZ"):
        near = (
            text.upper() if text.upper() in known else next((code for code, name in known.items() if name == text), "")
        )
        raise ValueError(
            f"{text!r} is no code of ISO 3166-1" + (f"; did you mean {near}?" if near else ", such as KR, US, GB or EU")
        )
    return text


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"{value!r} is not a day; write 2026-11-22") from None


def _written(pattern: str, description: str, *more: str) -> WithJsonSchema:
    """How an editor is told what a value looks like; the validator beside it is what decides."""
    kind = ["string", *more] if more else "string"
    return WithJsonSchema({"type": kind, "pattern": pattern, "description": description})


_DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_POINT = rf"(\d{{4}}(-(Q[1-4]|0[1-9]|1[0-2]))?|{_DAY})"

Text = Annotated[str, AfterValidator(_plain_text), _written(r"^[^<>\n]*\S[^<>\n]*$", "Plain text in one line")]
Slug = Annotated[
    str, AfterValidator(_slug), _written(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Lower-case ASCII words, joined by hyphens")
]
Version = Annotated[str, AfterValidator(_version), _written(r"^[0-9]+(\.[0-9]+)*$", "Numbers and points: 0.3")]
Url = Annotated[str, AfterValidator(_url), _written(r"^https?://[^\s\"'<>`\\]+$", "Web address")]
Country = Annotated[str, AfterValidator(_country), _written("^[A-Z]{2}$", "ISO 3166-1: KR")]
Day = Annotated[date, BeforeValidator(_day), _written(f"^{_DAY}$", "A day: 2026-11-22")]
When = Annotated[
    Period,
    BeforeValidator(Period.parse),
    _written(
        f"^{_POINT}(/{_POINT}?)?$", "2025, 2025-Q1, 2025-05, 2025-05-01, 2023-09/2023-11, or 2022/ for since", "integer"
    ),
]
ReportPage = Annotated[int, Field(ge=1, le=20)]
Citation = Annotated[int, Field(ge=1, le=43)]


class Misplaced(ValueError):
    """A fault of a whole model that stands at one of its keys."""

    def __init__(self, message: str, *where: str | int) -> None:
        super().__init__(message)
        self.where = where


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, arbitrary_types_allowed=True)

    @classmethod
    def keys_in_order(cls) -> list[str]:
        """The keys in the order in which data files have them."""
        return list(cls.model_fields)


class Wording(Strict):
    """The same thing said in each language."""

    ko: Text
    en: Text

    def __getitem__(self, locale: str) -> str:
        return getattr(self, locale)


class Names(Strict):
    """Other names of an entry, by language: spellings, acronyms, the report's own form."""

    ko: list[Text] = []
    en: list[Text] = []

    def __getitem__(self, locale: str) -> list[str]:
        return getattr(self, locale)


class Direction(StrEnum):
    """Which of the two drives the other in a case."""

    AI_TO_METAVERSE = "ai-to-metaverse"
    METAVERSE_TO_AI = "metaverse-to-ai"
    BOTH = "both"


class Sector(StrEnum):
    GAMES = "games"
    SOCIAL = "social"
    EDUCATION = "education"
    MANUFACTURING = "manufacturing"
    HEALTH = "health"
    DEFENSE = "defense"
    MEDIA = "media"
    RETAIL = "retail"
    ROBOTICS = "robotics"
    DEVICES = "devices"
    CITIES = "cities"
    PUBLIC = "public"
    RESEARCH = "research"


class Horizon(StrEnum):
    """When the report expects it to matter (pp. 15-16)."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class Verdict(StrEnum):
    """What reading public sources gave. `unverified` is never "false"."""

    CONFIRMED = "confirmed"
    PARTLY = "partly"
    DIFFERS = "differs"
    UNVERIFIED = "unverified"


class SourceKind(StrEnum):
    PRIMARY = "primary"  # by the organisation itself
    LAW = "law"
    STANDARD = "standard"  # by a standards body
    RESEARCH = "research"
    OFFICIAL_COPY = "official-copy"  # the text of a release or law on another site
    PRESS = "press"
    PRESS_COPY = "press-copy"  # a press article on an aggregator
    SECONDARY = "secondary"  # blog, wiki, explainer


class Source(Strict):
    """A public source that was opened and read on the day `read`."""

    id: Slug
    url: Url
    title: Text
    publisher: Text
    date: When | None = None  # None: the source gives no date
    kind: SourceKind
    says: Wording
    read: Day

    @property
    def due(self) -> date:
        """The day from which it is to be looked at again: a year after it was read."""
        return date(self.read.year + 1, self.read.month, self.read.day - (self.read.month == 2 and self.read.day == 29))


class Fact(Strict):
    """One claim, stated by the report (`report`: its page) or by a source.

    `value` counts in `unit`; `date` is when it was so, and puts the fact on the
    timeline; `planned` says that this still lay ahead of who stated it. A claim
    of the report carries the `verdict` of checking it and the sources that were
    the `evidence`.
    """

    model_config = ConfigDict(
        json_schema_extra={  # `_stands_somewhere`, for editors
            "oneOf": [
                {"required": ["report", "verdict"], "not": {"required": ["source"]}},
                {"required": ["source"], "not": {"anyOf": [{"required": ["report"]}, {"required": ["verdict"]}]}},
            ],
            "dependencies": {"value": ["unit"], "unit": ["value"]},
        }
    )

    id: Slug
    report: ReportPage | None = None
    source: Slug | None = None
    date: When | None = None
    planned: bool = False
    value: int | float | None = None
    unit: Literal["people", "percent", "count", "usd", "krw", "words-per-minute"] | None = None
    approximate: bool = False
    wording: Wording
    verdict: Verdict | None = None
    evidence: list[Slug] = []
    citations: list[Citation] = []

    @model_validator(mode="after")
    def _stands_somewhere(self) -> Fact:
        if (self.report is None) == (self.source is None):
            raise ValueError("give either report: PAGE or source: ID, so that the fact stands somewhere")
        if (self.report is None) != (self.verdict is None):
            raise ValueError("a verdict belongs to every claim of the report, and to no other fact")
        if (self.value is None) != (self.unit is None):
            raise ValueError("value and unit belong together")
        return self

    @property
    def is_later(self) -> bool:
        """Said by a source of the time after the report came out."""
        return bool(self.source and self.date and self.date.start.first_day > REPORT_DATE)


class ErratumClass(StrEnum):
    """In the order in which readers should see them."""

    SUBSTANTIVE = "substantive"
    DATED = "dated"
    OMISSION = "omission"
    REFERENCES = "references"
    WORDING = "wording"
    TYPOGRAPHY = "typography"
    QUERY = "query"


class Erratum(Strict):
    """A place where the report differs from sources or from itself."""

    id: Slug
    kind: ErratumClass
    pages: list[ReportPage]  # empty: cover and contents
    report_says: Wording
    found: Wording
    suggestion: Wording
    evidence: list[Slug] = []  # empty: the report's own text shows it
    confidence: Literal["high", "medium", "low"]


class Related(Strict):
    case: Slug
    why: Wording


# The order of keys in the data of pages: what it is, where the report speaks of it, what is claimed and by whom.
KEYS_OF_PAGES = (
    "number", "name", "aliases", "plain", "standard", "link_first", "organization", "country", "sector", "direction",
    "horizon", "pages", "figures", "citations", "checked", "related", "unit", "units", "session", "rubric", "questions",
    "expectations", "cited", "facts", "sources", "errata",
)  # fmt: skip


class Data(Strict):
    """What any page may carry beside its prose."""

    pages: list[ReportPage] = []
    citations: list[Citation] = []
    facts: list[Fact] = []
    sources: list[Source] = []
    errata: list[Erratum] = []

    @classmethod
    def keys_in_order(cls) -> list[str]:
        return [key for key in KEYS_OF_PAGES if key in cls.model_fields]

    @model_validator(mode="after")
    def _ids_hold(self) -> Data:
        for kind in ("facts", "sources", "errata"):
            ids = [item.id for item in getattr(self, kind)]
            for index, name in enumerate(ids):
                if name in ids[:index]:
                    raise Misplaced(f"the id {name!r} is given twice", kind, index, "id")
        known = {source.id for source in self.sources}
        used = [(f.source, ("facts", i, "source")) for i, f in enumerate(self.facts) if f.source]
        for kind in ("facts", "errata"):
            for i, item in enumerate(getattr(self, kind)):
                used += [(name, (kind, i, "evidence", at)) for at, name in enumerate(item.evidence)]
        for name, where in used:
            if name not in known:
                sources = ", ".join(sorted(known)) or "none"
                raise Misplaced(f"no source has the id {name!r}; sources here: {sources}", *where)
        return self

    def source(self, source_id: str) -> Source:
        return next(source for source in self.sources if source.id == source_id)

    def fact(self, fact_id: str) -> Fact:
        return next(fact for fact in self.facts if fact.id == fact_id)


class Named(Data):
    name: Wording
    aliases: Names = Names()


class Chapter(Named):
    number: Annotated[int, Field(ge=1)]


class Case(Named):
    pages: Annotated[list[ReportPage], Field(min_length=1)]
    organization: Wording
    country: list[Country]  # ISO 3166-1; EU for the Union
    sector: list[Sector] = Field(min_length=1)
    direction: Direction
    horizon: Horizon
    figures: list[Annotated[int, Field(ge=1, le=12)]] = []
    checked: Day
    related: list[Related] = []
    facts: list[Fact] = Field(min_length=1)

    @property
    def verdict(self) -> Verdict:
        """Drawn from the claims: one voice if they agree, else what weighs most."""
        verdicts = {fact.verdict for fact in self.facts if fact.verdict}
        if len(verdicts) == 1:
            return verdicts.pop()
        return Verdict.DIFFERS if Verdict.DIFFERS in verdicts else Verdict.PARTLY

    @property
    def years(self) -> list[int]:
        """Every year of which it has something dated up to the report; of an open period, its first."""
        dates = [fact.date for fact in self.facts if fact.date and not fact.is_later]
        return sorted({year for d in dates for year in range(d.start.year, d.last_day.year + 1)})

    @property
    def later(self) -> list[Fact]:
        return sorted((f for f in self.facts if f.is_later), key=lambda f: f.date)


class Term(Named):
    plain: Text | None = None  # the plain-language Korean form, where the National Institute gives one
    standard: Slug | None = None  # the source that defines it with authority
    link_first: bool = True  # false for a word that stands on every page, such as AI
    related: list[Slug] = []

    @model_validator(mode="after")
    def _standard_is_a_source(self) -> Term:
        if self.standard and self.standard not in {source.id for source in self.sources}:
            raise Misplaced(f"no source has the id {self.standard!r}", "standard")
        return self


class OutlookField(StrEnum):
    """What an expectation is about, in the order of the report's pp. 15-16."""

    CONTENT = "content"
    EXPERIENCE = "experience"
    INDUSTRY = "industry"
    DEVICES = "devices"
    DIGITAL_HUMANS = "digital-humans"
    TRAINING = "training"
    DAILY_LIFE = "daily-life"
    SOCIETY = "society"
    ECONOMY = "economy"


class Expectation(Strict):
    """One forecast of the report: a horizon without a year, and the cases that carry it."""

    id: Slug
    horizon: Horizon
    field: OutlookField
    page: ReportPage
    wording: Wording
    cases: list[Slug] = []


class Outlook(Data):
    """outlook.yml: what the report expects, by horizon and field."""

    expectations: list[Expectation]


class References(Data):
    """references.yml: on which pages the report cites each number of its bibliography."""

    cited: dict[Citation, list[ReportPage]]


class ReportItem(Strict):
    """One thing that the report states, and the words with which a page of ours states it in each language."""

    id: Slug
    page: Annotated[int, Field(ge=0, le=20)]  # 0: cover, contents, summaries
    claim: Wording
    at: str  # the page, such as cases/roblox
    stated: Wording


class Inventory(Strict):
    """docs/inventory.yml: everything the report states, page by page."""

    items: list[ReportItem]


LABEL = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")  # where a word of a figure stands in its drawing


class Figure(Strict):
    """figures/<slug>.yml: the words of a drawing; <slug>.svg is the drawing itself."""

    title: Wording
    labels: dict[str, Wording]


class TermRule(Strict):
    """One rendering of a concept; the others are mistakes."""

    ko: Text
    en: Text
    avoid: Names = Names()

    def __getitem__(self, locale: str) -> str:
        return getattr(self, locale)


class TermBase(Strict):
    terms: list[TermRule]
    readings: dict[str, Text] = {}  # Latin word → how Koreans read it, for its particle


class Words(Strict):
    """Words that are right and stand in no dictionary of hunspell, without particles and endings."""

    ko: list[Text] = []
    en: list[Text] = []


class Person(Strict):
    family: Text
    given: Text
    whole: Text  # as it is written out


class Author(Strict):
    """A person's name in each language."""

    ko: Person
    en: Person

    def __getitem__(self, locale: str) -> Person:
        return getattr(self, locale)


class Report(Strict):
    """The report that the site restructures."""

    number: Text
    title: Wording
    author: Author
    publisher: Wording
    date: Day
    pages: int
    citations: int


class Edition(Strict):
    """A published state of the book: its tag, its day, what is new in it, and what changed in chapters, by their slug."""

    version: Version
    date: Day
    new: Wording
    chapters: dict[Slug, Wording] = {}

    @property
    def anchor(self) -> str:
        """Of its section on the page of editions."""
        return f"edition-{self.version.replace('.', '-')}"


class Site(Strict):
    """docs/site.yml: the site's own name, its editions, newest first, and the report."""

    title: Wording
    authors: Wording
    editions: list[Edition] = Field(min_length=1)
    report: Report

    @property
    def edition(self) -> Edition:
        """The newest, which the sources are."""
        return self.editions[0]


class Published(RootModel[dict[str, list[str]]]):
    """docs/published.yml: every address below the site's root that an edition had, such as `/en/cases/roblox/`, with the
    ids that readers may have linked to."""


class Redirects(RootModel[dict[str, str]]):
    """docs/redirects.yml: where pages and headings moved, without language: `cases/old: cases/new`,
    `cases/roblox#people: cases/roblox#players`."""


class PageFrontMatter(Strict):
    """Of a page without a name in data: home, about, timeline."""

    title: Text
    description: Text
    template: Text | None = None


class EntryFrontMatter(Strict):
    """Of a chapter, case or term; the description of a term is its definition."""

    description: Text
