"""What several checks need of a page's prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.content.book import Page


def lines(page: Page) -> Iterator[tuple[int, str]]:
    """Line numbers of the file and what readers read there: front matter first, then the body."""
    for number, line in enumerate(page.text.split("\n")[: page.document.first_line - 1], 1):
        yield number, re.sub(r"^\s*[\w-]+:|^---\s*$", lambda m: " " * len(m[0]), line)
    for number, line in enumerate(page.document.prose.split("\n"), page.document.first_line):
        yield number, line
