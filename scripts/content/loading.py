"""Reading docs/ into the book, with a finding for whatever cannot be read or breaks the model."""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections import defaultdict
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ValidationError

from scripts.content import yaml_tree
from scripts.content.book import KINDS, LOCALES, Book, Entry, Page
from scripts.content.markdown import Document
from scripts.content.model import (
    Data,
    EntryFrontMatter,
    Figure,
    Inventory,
    Outlook,
    PageFrontMatter,
    Published,
    Redirects,
    References,
    Site,
    TermBase,
    Words,
)
from scripts.findings import Finding

# Data files that are no entries, by name without ending.
FILES: dict[str, type[BaseModel]] = {
    "site": Site,
    "term-base": TermBase,
    "words": Words,
    "inventory": Inventory,
    "published": Published,
    "redirects": Redirects,
    "references": References,
    "outlook": Outlook,
}
FOLDERS_WITHOUT_PAGES = ("assets", "figures")


def model_of(path: str) -> type[BaseModel]:
    """What a data file below docs/ may say."""
    folder, _, slug = path.removeprefix("docs/").removesuffix(".yml").rpartition("/")
    if folder == "figures":
        return Figure
    if folder in KINDS and slug != "index":
        return KINDS[folder]
    return FILES.get(f"{folder}/{slug}".lstrip("/"), Data)


def load(root: Path, before: Book | None = None) -> tuple[Book, list[Finding]]:
    """Reads `root`/docs. What cannot be read or breaks the model is left out of the book and reported.

    Entries of `before` whose files are still the same are taken from there; they must have been without findings.
    """
    book, findings = Book(root), []
    data: dict[str, str] = {}
    pages: dict[str, dict[str, str]] = defaultdict(dict)
    config = root / "mkdocs.yml"
    for path in [*sorted(_files(root / "docs")), *([config] if config.is_file() else [])]:
        name = path.relative_to(root).as_posix()
        book.files.append(name)
        if path.suffix in (".md", ".yml", ".svg"):
            raw = path.read_bytes()
            try:
                book.texts[name] = clean(text := raw.decode("utf-8"))
                if book.texts[name] != text:
                    book.raw[name] = text
            except UnicodeDecodeError as error:
                line = raw.count(b"\n", 0, error.start) + 1
                message = f"is not UTF-8 (byte {error.start}); save it as UTF-8"
                findings.append(Finding(name, line, 1, "encoding", message))
                book.texts[name] = ""
        elif path.suffix in (".css", ".js"):
            book.assets[name] = path.read_bytes().decode("utf-8", "replace")
        if path == config:
            _configuration(book.texts[name], findings)
            continue
        inside = name.removeprefix("docs/")
        if inside.partition("/")[0] in FOLDERS_WITHOUT_PAGES:
            continue
        if match := re.fullmatch(r"(.+)\.(ko|en)\.md", inside):
            pages[match[1]][match[2]] = name
        elif path.suffix == ".yml":
            data[inside.removesuffix(".yml")] = name
    book.page_keys = set(pages)
    book.site = _site_file(book, data.pop("site", None), findings)
    if name := data.pop("term-base", None):
        term_base, book.term_base_places = _model(book.texts[name], name, model_of(name), findings)
        book.term_base = term_base or book.term_base
    if words := _site_file(book, data.pop("words", None), findings):
        book.words = words
    if published := _site_file(book, data.pop("published", None), findings):
        book.published = published.root
    if redirects := _site_file(book, data.pop("redirects", None), findings):
        book.redirects = redirects.root
    if name := data.pop("inventory", None):
        inventory, book.inventory_places = _model(book.texts[name], name, model_of(name), findings)
        book.inventory = inventory or book.inventory
    for name in sorted(n for n in book.texts if re.fullmatch(r"docs/figures/[^/]+\.yml", n)):
        figure, places = _model(book.texts[name], name, model_of(name), findings)
        if figure:
            book.figures[Path(name).stem] = figure
            book.figure_places[Path(name).stem] = places
    for key in sorted(pages):
        if before and (known := _unchanged(key, pages[key], data.get(key), book, before)):
            book.entries[key] = known
            book.pages.extend(known.pages[locale] for locale in pages[key])
            continue
        _read_entry(book, key, pages[key], data.get(key), findings)
    for key in sorted(set(data) - set(pages)):
        missing = " and ".join(f"{key.rpartition('/')[2]}.{locale}.md" for locale in LOCALES)
        findings.append(Finding(data[key], 1, 1, "siblings", f"has no pages beside it; write {missing}, or remove it"))
    return book, findings


def clean(text: str) -> str:
    """Text as it should be encoded: the check `encoding` tells of the rest once, and no other check is misled."""
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n"))


def _files(folder: Path) -> list[Path]:
    return [
        Path(where) / name
        for where, folders, names in os.walk(folder)
        for name in names
        if not name.startswith(".") and not folders.sort()
    ]


def _configuration(text: str, findings: list[Finding]) -> None:
    """MkDocs reads it; here it is only seen to be YAML, so that a slip is told with its line."""
    try:
        yaml_tree.parse(text)
    except yaml_tree.BadYaml as error:
        findings.append(Finding("mkdocs.yml", error.line, error.column, "yaml", error.message))


def _site_file(book: Book, name: str | None, findings: list[Finding]):
    if not name:
        return None
    values, book.file_places[name] = _model(book.texts[name], name, model_of(name), findings)
    return values


def _unchanged(key: str, paths: dict[str, str], data_path: str | None, book: Book, before: Book) -> Entry | None:
    known = before.entries.get(key)
    same = known and known.data_path == data_path and {page.path for page in known.pages.values()} == {*paths.values()}
    files = [*paths.values(), *([data_path] if data_path else [])]
    return known if same and all(book.texts[file] == before.texts.get(file) for file in files) else None


def _read_entry(book: Book, key: str, paths: dict[str, str], data_path: str | None, findings: list[Finding]) -> None:
    folder, _, slug = key.rpartition("/")
    kind = KINDS.get(folder) if slug != "index" else None
    pages = {locale: _read_page(book, key, locale, path, kind, findings) for locale, path in paths.items()}
    if other := _exchanged(pages):
        findings.append(Finding(pages["ko"].path, 1, 1, "siblings", f"is written in English; exchange it with {other}"))
        return
    book.pages.extend(pages.values())
    for locale in LOCALES:
        if locale not in paths:
            other = next(iter(paths.values()))
            wanted = f"{slug}.{locale}.md"
            findings.append(Finding(other, 1, 1, "siblings", f"stands in one language only; write {wanted} beside it"))
    places: dict = {}
    if kind and not data_path:
        first = next(iter(paths.values()))
        findings.append(Finding(first, 1, 1, "siblings", f"has no data; write {slug}.yml beside it"))
        return
    if data_path:
        if folder != "cases" and (line := _line_of_case(book.texts[data_path])):
            message = f"holds the data of a case; move it and its pages to docs/cases/{slug}"
            findings.append(Finding(data_path, line, 1, "slug", message))
            return
        values, places = _model(book.texts[data_path], data_path, model_of(data_path), findings)
        if values is None:
            return
    else:
        values = Data()
    if set(pages) == set(LOCALES) and all(page.meta for page in pages.values()):
        book.entries[key] = Entry(key, values, data_path, places, pages)


def _exchanged(pages: dict[str, Page]) -> str | None:
    """The English half, if each half is written in the other's language."""
    if set(pages) != set(LOCALES):
        return None
    korean = {locale: len(re.findall("[가-힣]", page.document.prose)) for locale, page in pages.items()}
    latin = {locale: len(re.findall("[A-Za-z]", page.document.prose)) for locale, page in pages.items()}
    swapped = latin["ko"] > 9 * korean["ko"] and korean["en"] > latin["en"]
    return posixpath.basename(pages["en"].path) if swapped else None


def _line_of_case(text: str) -> int | None:
    """The line of `direction:`, which only cases have."""
    match = re.search(r"^direction:", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match and re.search(r"^sector:", text, re.MULTILINE) else None


def split(text: str) -> tuple[str | None, str, int]:
    """The front matter of a page (None without one), the Markdown below it, and the line on which that begins."""
    match = re.match(r"\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", text, re.DOTALL | re.MULTILINE)
    if not match:
        return None, text, 1
    return match[1], text[match.end() :], text.count("\n", 0, match.end()) + 1


def _read_page(book: Book, key: str, locale: str, path: str, kind: type | None, findings: list[Finding]) -> Page:
    text = book.texts[path]
    front, body, first_line = split(text)
    meta: dict[str, object] = {}
    places: dict = {}
    if front is not None:
        model = EntryFrontMatter if kind else PageFrontMatter
        values, places = _model(front, path, model, findings, first_line=2)
        meta = values.model_dump(exclude_none=True) if values else {}
    elif text or not any(finding.path == path for finding in findings):  # else it could not be decoded
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
    if where := _source_among_facts(values):
        name = ".".join(map(str, where))
        message = f"{name}: this is a source; write the line sources: before it"
        findings.append(Finding(path, *places[where], "schema", message))
        return None, places
    try:
        return model.model_validate(values if values is not None else {}), places
    except ValidationError as error:
        problems = error.errors()
        misspelt = {(*p["loc"][:-1], _nearest_key(p, model)) for p in problems if p["type"] == "extra_forbidden"}
        for problem in problems:
            if problem["type"] != "missing" or problem["loc"] not in misspelt:  # told at the misspelling
                findings.append(_schema_finding(problem, path, places, model))
        return None, places


def _source_among_facts(values: object) -> tuple[str, int] | None:
    """Where sources begin that have lost the key above them."""
    facts = values.get("facts") if isinstance(values, dict) else None
    items = enumerate(facts) if isinstance(facts, list) else ()
    return next(
        (("facts", at) for at, item in items if isinstance(item, dict) and {"url", "publisher"} <= item.keys()), None
    )


def _schema_finding(problem: dict, path: str, places: dict, model: type) -> Finding:
    error = problem.get("ctx", {}).get("error")
    where = (*problem["loc"], *getattr(error, "where", ()))
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
        near = _nearest_key(problem, model)
        message = f"{where[-1]} is not a key here; " + (
            f"did you mean {near}?" if near else f"known: {', '.join(known)}"
        )
    elif kind in ("int_parsing", "float_parsing", "int_type", "float_type", "int_from_float") and "value" in where:
        name = name.removesuffix(".int").removesuffix(".float")
        message = f"{name}: {problem['input']!r} is no number; write digits, without commas, units or %"
    elif kind == "model_type":
        message = f"{name}: write the keys {', '.join(_keys_at(model, where))} here"
    elif kind == "string_type" and problem["input"] is None:
        message = f"{name}: is empty"
    elif kind == "enum" or kind == "literal_error":
        message = f"{name}: {problem['input']!r} is not one of {problem['ctx']['expected']}"
    else:
        message = f"{name}: {message[0].lower() + message[1:]}"
    return Finding(path, line, column, "schema", message)


def _nearest_key(problem: dict, model: type) -> str | None:
    """The key that an unknown one was likely meant to be."""
    *parents, key = problem["loc"]
    near = get_close_matches(str(key), _keys_at(model, tuple(parents)), 1)
    return near[0] if near else None


def _keys_at(model: type, where: tuple) -> list[str]:
    """The keys that the model knows at a place such as ("facts", 0)."""
    current: object = model
    for part in where:
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, BaseModel):
            current = current.model_fields[part].annotation if part in current.model_fields else None
        while current is not None and not (isinstance(current, type) and issubclass(current, BaseModel)):
            inner = [a for a in get_args(current) if a is not type(None)]
            current = next((a for a in inner if isinstance(a, type) and issubclass(a, BaseModel)), None)
    return list(current.model_fields) if current else []
