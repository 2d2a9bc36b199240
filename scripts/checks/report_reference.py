"""Pages of the report lie within 1-20, citation numbers within 1-43 and on pages that cite them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.checks import _prose
from scripts.content.book import Book
from scripts.content.markdown import CITATION
from scripts.content.model import References
from scripts.findings import Finding

ID = "report-reference"
_PAGES = {
    "ko": re.compile(r"(?<![\d,.])(\d+)(?:\s?[~∼–-]\s?(\d+))?쪽"),
    "en": re.compile(r"\b(?:pp?\.\s?|pages?\s)(\d+)(?:(?:[-–]|\sand\s|,\s)(\d+))?"),
}


def check(book: Book) -> Iterator[Finding]:
    if not book.site:
        return
    report = book.site.report
    references = book.entries.get("references")
    cited = references.data.cited if references and isinstance(references.data, References) else {}
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
