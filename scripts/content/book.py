"""The book: every page and entry of docs/, read once, with the links between them."""

from __future__ import annotations

import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ValidationError

from scripts.content import yaml_tree
from scripts.content.markdown import JOINER, Document, Link
from scripts.content.model import (
    Case,
    Chapter,
    Data,
    EntryFrontMatter,
    Erratum,
    Fact,
    Figure,
    Inventory,
    Outlook,
    PageFrontMatter,
    References,
    Site,
    Term,
    TermBase,
    Wording,
)
from scripts.content.names import NameIndex
from scripts.findings import Finding

LOCALES = ("ko", "en")
KINDS: dict[str, type[Data]] = {"chapters": Chapter, "cases": Case, "glossary": Term}
PAGES_WITH_DATA_OF_THEIR_OWN: dict[str, type[Data]] = {"references": References, "outlook": Outlook}
FOLDERS_WITHOUT_PAGES = ("assets", "figures")


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
        """`chapters`, `cases`, `glossary`, or `page` for one without a name in data."""
        folder = self.key.partition("/")[0]
        return folder if folder in KINDS and self.slug != "index" else "page"

    def title(self, locale: str) -> str:
        name = getattr(self.data, "name", None)
        return name[locale] if name else str(self.pages[locale].meta.get("title", ""))

    def description(self, locale: str) -> str:
        return str(self.pages[locale].meta.get("description", ""))

    def text(self, locale: str) -> str:
        """All that a reader of the page reads there: description, prose, and the wordings of its data."""
        prose = self.pages[locale].document.prose.replace(JOINER, "").replace("*", "")
        parts = [self.title(locale), self.description(locale), prose, *_wordings(self.data, locale)]
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
    inventory: Inventory = field(default_factory=lambda: Inventory(items=[]))
    inventory_places: dict[yaml_tree.Path, yaml_tree.Place] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    page_keys: set[str] = field(default_factory=set)

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
        return {locale: NameIndex(self._names(locale)) for locale in LOCALES}

    @cached_property
    def names_with_digits(self) -> NameIndex:
        """Names such as Genie 2, whose digits are no quantity."""
        both = self._names("ko") | self._names("en")
        return NameIndex({name: key for name, key in both.items() if any(c.isdigit() for c in name)})

    def _names(self, locale: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for kind in ("glossary", "cases"):
            for entry in self.of_kind(kind):
                for name in (entry.data.name[locale], *entry.data.aliases[locale]):
                    found.setdefault(name, entry.key)
        return found

    @cached_property
    def backlinks(self) -> dict[str, list[str]]:
        """For each page the pages whose prose links to it: chapters first, then as the book goes."""
        order = {"chapters": 0, "cases": 1, "glossary": 2, "page": 3}
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
    def errata(self) -> list[tuple[Erratum, Entry]]:
        """Substantive ones first, then by page of the report."""
        rank = list(type(Erratum.model_fields["kind"].annotation("query")))
        found = [(x, e) for e in self.entries.values() for x in e.data.errata]
        return sorted(found, key=lambda pair: (rank.index(pair[0].kind), pair[0].pages, pair[0].id))

    def minutes(self, key: str, locale: str) -> int:
        """Reading time at the rate that about.yml gives with its source, at least one minute."""
        rate = self.entries["about"].data.fact(f"reading-rate-{locale}").value
        return max(1, round(self.entries[key].pages[locale].document.words / rate))


def _wordings(value: object, locale: str) -> Iterator[str]:
    """Every wording inside a model, in one language."""
    if isinstance(value, Wording):
        yield value[locale]
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _wordings(getattr(value, name), locale)
    elif isinstance(value, list):
        for item in value:
            yield from _wordings(item, locale)


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


def load(root: Path) -> tuple[Book, list[Finding]]:
    """Reads `root`/docs. What cannot be read or breaks the model is left out of the book and reported."""
    book, findings = Book(root), []
    data: dict[str, str] = {}
    pages: dict[str, dict[str, str]] = defaultdict(dict)
    config = root / "mkdocs.yml"
    for path in [*sorted(_files(root / "docs")), *([config] if config.is_file() else [])]:
        name = path.relative_to(root).as_posix()
        if path.suffix in (".md", ".yml", ".svg"):
            try:
                book.texts[name] = path.read_bytes().decode("utf-8")
            except UnicodeDecodeError as error:
                findings.append(Finding(name, 1, 1, "encoding", f"is not UTF-8 (byte {error.start}); save it as UTF-8"))
                book.texts[name] = ""
        if path == config:
            continue
        inside = name.removeprefix("docs/")
        if inside.partition("/")[0] in FOLDERS_WITHOUT_PAGES:
            continue
        if match := re.fullmatch(r"(.+)\.(ko|en)\.md", inside):
            pages[match[1]][match[2]] = name
        elif path.suffix == ".yml":
            data[inside.removesuffix(".yml")] = name
    book.page_keys = set(pages)
    book.site = _site_file(book, data.pop("site", None), Site, findings)
    book.term_base = _site_file(book, data.pop("term-base", None), TermBase, findings) or book.term_base
    if name := data.pop("inventory", None):
        inventory, book.inventory_places = _model(book.texts[name], name, Inventory, findings)
        book.inventory = inventory or book.inventory
    for name in sorted(n for n in book.texts if re.fullmatch(r"docs/figures/[^/]+\.yml", n)):
        if figure := _model(book.texts[name], name, Figure, findings)[0]:
            book.figures[Path(name).stem] = figure
    for key in sorted(pages):
        _read_entry(book, key, pages[key], data.get(key), findings)
    for key in sorted(set(data) - set(pages)):
        missing = " and ".join(f"{key.rpartition('/')[2]}.{locale}.md" for locale in LOCALES)
        findings.append(Finding(data[key], 1, 1, "siblings", f"has no pages beside it; write {missing}, or remove it"))
    return book, findings


def _files(folder: Path) -> list[Path]:
    return [
        Path(where) / name
        for where, folders, names in os.walk(folder)
        for name in names
        if not name.startswith(".") and not folders.sort()
    ]


def _site_file(book: Book, name: str | None, model: type, findings: list[Finding]):
    return _model(book.texts[name], name, model, findings)[0] if name else None


def _read_entry(book: Book, key: str, paths: dict[str, str], data_path: str | None, findings: list[Finding]) -> None:
    folder, _, slug = key.rpartition("/")
    kind = KINDS.get(folder) if slug != "index" else None
    pages = {locale: _read_page(book, key, locale, path, kind, findings) for locale, path in paths.items()}
    book.pages.extend(pages.values())
    for locale in LOCALES:
        if locale not in paths:
            other = next(iter(paths.values()))
            wanted = f"{slug}.{locale}.md"
            findings.append(Finding(other, 1, 1, "siblings", f"stands in one language only; write {wanted} beside it"))
    places: dict = {}
    values: object = None
    if kind and not data_path:
        first = next(iter(paths.values()))
        findings.append(Finding(first, 1, 1, "siblings", f"has no data; write {slug}.yml beside it"))
        return
    model = kind or PAGES_WITH_DATA_OF_THEIR_OWN.get(key, Data)
    if data_path:
        values, places = _model(book.texts[data_path], data_path, model, findings)
        if values is None:
            return
    else:
        values = Data()
    if set(pages) == set(LOCALES) and all(page.meta for page in pages.values()):
        book.entries[key] = Entry(key, values, data_path, places, pages)


def _read_page(book: Book, key: str, locale: str, path: str, kind: type | None, findings: list[Finding]) -> Page:
    text = book.texts[path]
    match = re.match(r"\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", text, re.DOTALL | re.MULTILINE)
    meta: dict[str, object] = {}
    places: dict = {}
    body, first_line = text, 1
    if match:
        body, first_line = text[match.end() :], text.count("\n", 0, match.end()) + 1
        model = EntryFrontMatter if kind else PageFrontMatter
        values, places = _model(match[1], path, model, findings, first_line=2)
        meta = values.model_dump(exclude_none=True) if values else {}
    elif text.strip():
        findings.append(
            Finding(path, 1, 1, "schema", "begins without front matter; write description: between two lines of ---")
        )
    return Page(key, locale, path, text, meta, places, Document(body, first_line))


def _model(text: str, path: str, model: type, findings: list[Finding], first_line: int = 1):
    """The validated model and the places of its keys; (None, …) with findings where it is not valid."""
    try:
        values, places = yaml_tree.parse(text, first_line)
    except yaml_tree.BadYaml as error:
        findings.append(Finding(path, error.line, error.column, "yaml", error.message))
        return None, {}
    try:
        return model.model_validate(values if values is not None else {}), places
    except ValidationError as error:
        for problem in error.errors():
            findings.append(_schema_finding(problem, path, places, model))
        return None, places


def _schema_finding(problem: dict, path: str, places: dict, model: type) -> Finding:
    where = tuple(problem["loc"])
    at = where
    while at not in places and at:
        at = at[:-1]
    line, column = places.get(at, (1, 1))
    name = ".".join(str(part) for part in where) or "the file"
    kind, message = problem["type"], problem["msg"].removeprefix("Value error, ")
    if kind == "missing":
        message = f"{name} is missing; write it here"
    elif kind == "extra_forbidden":
        known = _keys_at(model, where[:-1])
        message = f"{where[-1]} is not a key here{_nearest(str(where[-1]), known)}"
    elif kind == "enum" or kind == "literal_error":
        message = f"{name}: {problem['input']!r} is not one of {problem['ctx']['expected']}"
    else:
        message = f"{name}: {message[0].lower() + message[1:]}"
    return Finding(path, line, column, "schema", message)


def _keys_at(model: type, where: tuple) -> list[str]:
    """The keys that the model knows at a place such as ("facts", 0)."""
    from typing import get_args

    current: object = model
    for part in where:
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, BaseModel):
            current = current.model_fields[part].annotation if part in current.model_fields else None
        while current is not None and not (isinstance(current, type) and issubclass(current, BaseModel)):
            inner = [a for a in get_args(current) if a is not type(None)]
            current = next((a for a in inner if isinstance(a, type) and issubclass(a, BaseModel)), None)
    return list(current.model_fields) if current else []


def _nearest(word: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, 1)
    return f"; did you mean {near[0]}?" if near else f"; known: {', '.join(known)}" if known else ""
