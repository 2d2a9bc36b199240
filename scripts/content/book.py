"""The book: every page and entry of docs/ with the links between them. `loading.py` reads it."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel

from scripts.content import yaml_tree
from scripts.content.markdown import JOINER, Document, Link
from scripts.content.model import (
    Case,
    Chapter,
    Data,
    Erratum,
    ErratumClass,
    Fact,
    Figure,
    Inventory,
    Site,
    Term,
    TermBase,
    Wording,
    Words,
)
from scripts.content.names import NameIndex
from scripts.content.teaching import Guide, Plan, Question, Quiz

LOCALES = ("ko", "en")
# Folders whose pages are entries, and what their data may say.
KINDS: dict[str, type[Data]] = {
    "chapters": Chapter,
    "cases": Case,
    "glossary": Term,
    "quizzes": Quiz,
    "teach/guides": Guide,
    "teach/plans": Plan,
}


@dataclass
class Page:
    """One page in one language. `key` is its address without language: `cases/roblox`."""

    key: str
    locale: str
    path: str
    text: str
    meta: dict[str, object]
    places: dict[yaml_tree.Path, yaml_tree.Place]
    document: Document

    @cached_property
    def targets(self) -> dict[str, Link]:
        """Pages it links to, with the first link to each."""
        found: dict[str, Link] = {}
        for link in self.document.links:
            key, _ = resolve(self.key, link.target)
            if key is not None and not link.image:
                found.setdefault(key, link)
        return found

    @cached_property
    def drawings(self) -> dict[str, Link]:
        """Names of the drawings that it shows, with the images."""
        images = [link for link in self.document.links if link.image]
        return {posixpath.basename(link.target).removesuffix(".svg"): link for link in images}


@dataclass
class Entry:
    """The siblings of one page: what is true in any language, and its prose in each."""

    key: str
    data: Data
    data_path: str | None
    places: dict[yaml_tree.Path, yaml_tree.Place]
    pages: dict[str, Page]

    @property
    def slug(self) -> str:
        return self.key.rpartition("/")[2]

    @property
    def kind(self) -> str:
        """The folder, one of KINDS, or `page` for a page that is no entry."""
        folder = self.key.rpartition("/")[0]
        return folder if folder in KINDS and self.slug != "index" else "page"

    def place(self, where: yaml_tree.Path) -> yaml_tree.Place:
        """Line and column of a key of the data file, or of the nearest one around it."""
        while where not in self.places and where:
            where = where[:-1]
        return self.places.get(where, (1, 1))

    @cached_property
    def wordings(self) -> list[tuple[yaml_tree.Path, Wording]]:
        """Every wording of its data, with its path in the data file."""
        return list(wordings(self.data))

    def title(self, locale: str) -> str:
        name = getattr(self.data, "name", None)
        return name[locale] if name else str(self.pages[locale].meta.get("title", ""))

    @property
    def chapter(self) -> str:
        """Of a quiz or guide: the key of its chapter, which has the same slug."""
        return f"chapters/{self.slug}"

    def description(self, locale: str) -> str:
        return str(self.pages[locale].meta.get("description", ""))

    def text(self, locale: str) -> str:
        """All that a reader of the page reads there: description, prose, and the wordings of its data."""
        prose = self.pages[locale].document.prose.replace(JOINER, "").replace("*", "")
        parts = [self.title(locale), self.description(locale), prose, *(said[locale] for _, said in self.wordings)]
        return re.sub(r"\s+", " ", " ".join(parts))


@dataclass(frozen=True)
class Event:
    """A dated fact on the timeline, and the entry that owns it."""

    fact: Fact
    entry: Entry


@dataclass
class Book:
    root: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    site: Site | None = None
    term_base: TermBase = field(default_factory=lambda: TermBase(terms=[]))
    words: Words = field(default_factory=Words)
    inventory: Inventory = field(default_factory=lambda: Inventory(items=[]))
    inventory_places: dict[yaml_tree.Path, yaml_tree.Place] = field(default_factory=dict)
    published: dict[str, list[str]] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    file_places: dict[str, dict[yaml_tree.Path, yaml_tree.Place]] = field(default_factory=dict)
    figure_places: dict[str, dict[yaml_tree.Path, yaml_tree.Place]] = field(default_factory=dict)
    term_base_places: dict[yaml_tree.Path, yaml_tree.Place] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)  # all that docs/ holds, and mkdocs.yml
    texts: dict[str, str] = field(default_factory=dict)  # as they should be encoded; `raw` has those that are not
    raw: dict[str, str] = field(default_factory=dict)
    assets: dict[str, str] = field(default_factory=dict)  # style sheets and scripts
    pages: list[Page] = field(default_factory=list)
    page_keys: set[str] = field(default_factory=set)
    judged: frozenset[str] | None = None  # keys of the pages whose wording is to be checked; None: all

    def is_judged(self, key: str | None) -> bool:
        """Whether the wording of a page is to be checked; of a file that belongs to no page (None) always."""
        return self.judged is None or key is None or key in self.judged

    @property
    def broken(self) -> set[str]:
        """Pages that could not become entries; what depends on them cannot be judged."""
        return self.page_keys - set(self.entries)

    def of_kind(self, kind: str) -> list[Entry]:
        entries = [e for e in self.entries.values() if e.kind == kind]
        if kind == "chapters":
            return sorted(entries, key=lambda e: e.data.number)
        return entries

    @cached_property
    def names(self) -> dict[str, NameIndex]:
        """Every name of a case or term, by the language in whose prose it is looked for."""
        return {locale: NameIndex(names) for locale, names in self.key_of_name.items()}

    @cached_property
    def names_with_digits(self) -> NameIndex:
        """Names such as Genie 2, whose digits are no quantity."""
        both = {name: keys[0] for locale in LOCALES for name, keys in self._names(locale).items()}
        return NameIndex({name: key for name, key in both.items() if any(c.isdigit() for c in name)})

    @cached_property
    def key_of_name(self) -> dict[str, dict[str, str]]:
        """The entry that each name of a case or term means, by language. A name of two entries means none: the check
        `duplicate` tells of it once, and no other check of every page that uses it."""
        return {
            locale: {name: keys[0] for name, keys in self._names(locale).items() if len(keys) == 1}
            for locale in LOCALES
        }

    def _names(self, locale: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for kind in ("glossary", "cases"):
            for entry in self.of_kind(kind):
                for name in {entry.data.name[locale], *entry.data.aliases[locale]}:
                    found[name].append(entry.key)
        return found

    @cached_property
    def backlinks(self) -> dict[str, list[str]]:
        """For each page the pages whose prose links to it: chapters first, then as the book goes."""
        order = {kind: place for place, kind in enumerate([*KINDS, "page"])}
        found: dict[str, set[str]] = defaultdict(set)
        for page in self.pages:
            for key in page.targets:
                if key != page.key:
                    found[key].add(page.key)
        return {
            key: sorted(sources, key=lambda k: (order[self.entries[k].kind] if k in self.entries else 9, k))
            for key, sources in found.items()
        }

    @cached_property
    def events(self) -> list[Event]:
        """Dated facts, oldest first. What sources say of a term is its background, not an event."""
        dated = [
            Event(fact, entry)
            for entry in self.entries.values()
            for fact in entry.data.facts
            if fact.date and not (entry.kind == "glossary" and fact.source)
        ]
        return sorted(dated, key=lambda x: (x.fact.date.start.first_day, x.entry.key, x.fact.id))

    @cached_property
    def key_at(self) -> dict[str, str]:
        """The key of the page at each address below the site's root."""
        return {address(key, locale): key for key in sorted(self.page_keys) for locale in LOCALES}

    def written(self, address: str) -> str:
        """How redirects.yml names the page at an address, also where there is none any more."""
        return self.key_at.get(address) or address.removeprefix("en/").removesuffix("/") or "index"

    @cached_property
    def moves(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Where what was published stands today: address and id to address and id, in each language. Without an id, the
        whole page moved."""

        def place(written: str, locale: str) -> tuple[str, str]:
            key, _, anchor = written.partition("#")
            return address(key, locale), anchor

        return {place(old, locale): place(new, locale) for old, new in self.redirects.items() for locale in LOCALES}

    @cached_property
    def errata(self) -> list[tuple[Erratum, Entry]]:
        """Substantive ones first, then by page of the report."""
        rank = list(ErratumClass)
        found = [(x, e) for e in self.entries.values() for x in e.data.errata]
        return sorted(found, key=lambda pair: (rank.index(pair[0].kind), pair[0].pages, pair[0].id))

    def key_number(self, question: Question) -> Decimal:
        """The answer to a numeric question: its fact's value, counted as the question asks for it."""
        key, _, name = question.fact.partition("#")
        return Decimal(str(self.entries[key].data.fact(name).value)) / question.per

    def minutes(self, key: str, locale: str) -> int:
        """Reading time at the rate that about.yml gives with its source, at least one minute."""
        rate = self.entries["about"].data.fact(f"reading-rate-{locale}").value
        return max(1, round(self.entries[key].pages[locale].document.words / rate))


def wordings(value: object, where: yaml_tree.Path = ()) -> Iterator[tuple[yaml_tree.Path, Wording]]:
    """Every wording inside a model, with its path in the data file."""
    if isinstance(value, Wording):
        yield where, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from wordings(getattr(value, name), (*where, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from wordings(item, (*where, index))


def key_of(path: str) -> str | None:
    """The page that a file of docs/ belongs to: `cases/roblox`; of a drawing `figures/loop`; None for mkdocs.yml."""
    match = re.fullmatch(r"docs/(.+?)(?:\.(?:ko|en))?\.(?:md|yml|svg)", path)
    return match[1] if match else None


def address(key: str, locale: str) -> str:
    """Where a page lives below the site's root: `en/cases/roblox/`."""
    path = "" if key == "index" else key.removesuffix("index") if key.endswith("/index") else key + "/"
    return ("en/" if locale == "en" else "") + path


def resolve(key: str, target: str) -> tuple[str | None, str]:
    """The page key and anchor that a link of page `key` goes to; (None, …) when it leaves the pages.

    Links name the sibling without its language: `../glossary/xr.md#in-the-report`.
    """
    path, _, anchor = target.partition("#")
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", target):
        return None, ""
    if not path:
        return key, anchor
    if not path.endswith(".md"):
        return None, anchor
    return posixpath.normpath(posixpath.join(posixpath.dirname(key), path))[:-3], anchor
