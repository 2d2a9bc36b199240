"""Pages of the report lie within 1-20, citation numbers within 1-43 and on pages that cite them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator

from scripts.checks import _prose
from scripts.content.book import LOCALES, Book, Entry, Page
from scripts.content.markdown import CITATION
from scripts.content.model import References
from scripts.findings import Finding

ID = "report-reference"
_PAGES = {
    "ko": re.compile(r"(?<![\d,.])(\d+)(?:\s?[~∼–-]\s?(\d+))?쪽"),
    "en": re.compile(r"\b(?:pp?\.\s?|pages?\s)(\d+)(?:(?:[-–]|\sand\s|,\s)(\d+))?", re.IGNORECASE),
}
_FIGURES = {
    "ko": re.compile(r"그림\s?(\d+)(?:\s?(?:[~∼–,와과·-]|및)\s?(\d+)(?![\d쪽장년월]))?"),
    "en": re.compile(r"\b(?:figures?|figs?\.)\s(\d+)(?:(?:[-–]|\sand\s|,\s)(\d+))?", re.IGNORECASE),
}


def check(book: Book) -> Iterator[Finding]:
    if not book.site:
        return
    report = book.site.report
    references = book.entries.get("references")
    cited = references.data.cited if references and isinstance(references.data, References) else {}
    yield from _unequal(book, {"page": range(1, report.pages + 1), "citation": cited or range(1, report.citations + 1)})
    for page in (p for p in book.pages if book.is_judged(p.key)):
        for number, line in _prose.lines(page):
            for match in _PAGES[page.locale].finditer(line):
                for group in (1, 2):
                    if match[group] and not 1 <= int(match[group]) <= report.pages:
                        yield Finding(
                            page.path, number, match.start(group) + 1, ID,
                            f"the report has pages 1–{report.pages}, not {match[group]}",
                        )  # fmt: skip
        for number, line in enumerate(page.document.markup.split("\n"), page.document.first_line):
            for match in CITATION.finditer(line):
                for digits in re.finditer(r"\d+", match[1]):
                    column = match.start(1) + digits.start() + 1
                    value = int(digits[0])
                    if not 1 <= value <= report.citations:
                        message = f"the report's bibliography has numbers 1–{report.citations}, not {value}"
                    elif cited and value not in cited:
                        message = f"the report never cites [{value}] in its text; see references.yml"
                    else:
                        continue
                    yield Finding(page.path, number, column, ID, message)
    for entry in book.entries.values():
        if not book.is_judged(entry.key):
            continue
        for index, value in enumerate(entry.data.citations):
            if cited and value not in cited:
                message = f"the report never cites [{value}] in its text; see references.yml"
                yield Finding(entry.data_path, *entry.place(("citations", index)), ID, message)
        if entry.kind in ("chapters", "cases", "glossary"):
            yield from _unlisted(entry, cited)
        for index, fact in enumerate(entry.data.facts if entry.kind in ("cases", "glossary") else ()):
            if fact.report and fact.report not in entry.data.pages:
                pages = ", ".join(map(str, entry.data.pages))
                message = f"{fact.id}: page {fact.report} is not among pages: {pages}; correct it, or add it there"
                yield Finding(entry.data_path, *entry.place(("facts", index, "report")), ID, message)


def _unlisted(entry: Entry, cited: dict[int, list[int]]) -> Iterator[Finding]:
    """A number that a page cites is among the `citations` of its data, which the references page lists."""
    for page in entry.pages.values():
        for line, _, value in _citations(page):
            if value not in entry.data.citations and (not cited or value in cited):
                column = page.text.split("\n")[line - 1].index(str(value)) + 1
                message = f"[{value}] is not among the citations of {entry.data_path}; add it there, or correct it"
                yield Finding(page.path, line, column, ID, message)


def _citations(page: Page) -> Iterator[tuple[int, str, int]]:
    """Line, kind and number of each citation."""
    for line, text in enumerate(page.document.markup.split("\n"), page.document.first_line):
        for match in CITATION.finditer(text):
            for digits in re.findall(r"\d+", match[1]):
                yield line, "citation", int(digits)


def _pointers(page: Page) -> Iterator[tuple[int, str, int]]:
    """Line, kind and number of each page, figure and citation of the report that a page of ours points to."""
    yield from _citations(page)
    for line, text in _prose.lines(page):
        for kind, pattern in (("page", _PAGES[page.locale]), ("figure", _FIGURES[page.locale])):
            for match in pattern.finditer(text):
                for digits in filter(None, match.groups()):
                    yield line, kind, int(digits)


def _unequal(book: Book, sound: dict[str, Container[int]]) -> Iterator[Finding]:
    """Block by block, both languages point to the same pages, figures and citations of the report, as often."""
    for entry in book.entries.values():
        pages = entry.pages
        if not book.is_judged(entry.key) or len({len(page.document.blocks) for page in pages.values()}) != 1:
            continue
        said = {locale: defaultdict(list) for locale in LOCALES}
        unsound = set()  # where a number is told to be none
        unwritten = {
            page.document.block(line) for page in pages.values() for line, text in _prose.lines(page) if "TODO" in text
        }
        for locale, page in pages.items():
            for line, kind, value in _pointers(page):
                if page.document.block(line) in unwritten or value not in sound.get(kind, (value,)):
                    unsound.add((page.document.block(line), kind))
                said[locale][page.document.block(line), kind, value].append(line)
        for locale, other in (("ko", "en"), ("en", "ko")):
            for (block, kind, value), lines in said[locale].items():
                there = len(said[other].get((block, kind, value), ()))
                if there < len(lines) and (block, kind) not in unsound:
                    at = pages[other].document.blocks[block].line if block >= 0 else 2
                    often = "not named" if not there else "named less often"
                    message = f"{kind} {value} is {often} in {pages[other].path}:{at}; both languages name the same"
                    yield Finding(pages[locale].path, lines[0], 1, ID, message)
