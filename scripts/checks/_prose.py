"""What several checks need of a page's prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.content.book import Book, Page
from scripts.findings import Edit, Finding


def lines(page: Page) -> Iterator[tuple[int, str]]:
    """Line numbers of the file and what readers read there: front matter first, then the body."""
    for number, line in enumerate(page.text.split("\n")[: page.document.first_line - 1], 1):
        yield number, re.sub(r"^\s*[\w-]+:|^---\s*$", lambda m: " " * len(m[0]), line)
    for number, line in enumerate(page.document.prose.split("\n"), page.document.first_line):
        yield number, line


def unquoted(text: str) -> str:
    """The text with quotations blanked: what is quoted keeps its own spelling and language."""
    return re.sub(r"‘[^’\n]*’|“[^”\n]*”", lambda m: " " * len(m[0]), text)


_SENTENCE = re.compile(r"[^.?!|]+(?:[.?!](?![\s”’)]|$)[^.?!|]*)*[.?!]*[”’)]*")


def sentences(text: str) -> list[re.Match[str]]:
    """Of a line or paragraph, the cells of a table row apart."""
    return [match for match in _SENTENCE.finditer(text) if re.search(r"\w", match[0])]


@dataclass(frozen=True)
class Passage:
    """A line of a page, or a wording of a data file. Of a wording only the place of its key is known (`exact` false),
    because YAML may fold and escape what follows."""

    path: str
    line: int
    column: int
    text: str
    exact: bool

    def finding(self, start: int, id: str, message: str, edit: Edit | None = None) -> Finding:
        """A finding at an offset of the text."""
        if self.exact:
            return Finding(self.path, self.line, self.column + start, id, message, edit)
        return Finding(self.path, self.line, self.column, id, message)


def passages(book: Book, locale: str) -> Iterator[Passage]:
    """Everything that readers of a language read: prose, then the wordings of data."""
    for page in book.pages:
        if page.locale == locale and book.is_judged(page.key):
            for number, line in lines(page):
                yield Passage(page.path, number, 1, line, True)
    for entry in (e for e in book.entries.values() if book.is_judged(e.key)):
        for where, said in entry.wordings:
            yield Passage(entry.data_path, *entry.place((*where, locale)), said[locale], False)
    for slug, figure in book.figures.items():
        path, places = f"docs/figures/{slug}.yml", book.figure_places[slug]
        for where, said in (("title",), figure.title), *((("labels", k), v) for k, v in figure.labels.items()):
            place = places.get((*where, locale)) or places.get(where, (1, 1))
            yield Passage(path, *place, said[locale], False)
