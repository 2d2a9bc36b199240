"""Every page is in the navigation once, and every entry is linked from some page's prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from scripts.content.book import Book
from scripts.findings import Finding

ID = "navigation"


def check(book: Book) -> Iterator[Finding]:
    text = book.texts.get("mkdocs.yml", "")
    nav: list[tuple[str, int, int]] = []
    lines = text.split("\n")
    start = next((i for i, line in enumerate(lines) if line.startswith("nav:")), len(lines))
    for index in range(start + 1, len(lines)):
        if lines[index] and not lines[index].startswith((" ", "#", "-")):
            break
        if match := re.search(r"([\w./-]+)\.md[\"']?\s*(?:#.*)?$", lines[index]):
            nav.append((match[1], index + 1, match.start(1) + 1))
        elif match := re.search(r"(?:[a-z]+:)?//\S+", lines[index].partition("#")[0]):
            message = f"{match[0]} is no page; the navigation holds pages only"
            yield Finding("mkdocs.yml", index + 1, match.start() + 1, ID, message)
    if not nav and book.page_keys:
        yield Finding(
            "mkdocs.yml", min(start + 1, len(lines)), 1, ID, "the navigation is empty; list the pages under nav:"
        )
        return
    first = {}
    for key, line, column in nav:
        if key not in book.page_keys:
            near = get_close_matches(key, list(book.page_keys), 1)
            hint = f"; did you mean {near[0]}.md?" if near else "; remove the line"
            yield Finding("mkdocs.yml", line, column, ID, f"{key}.md does not exist{hint}")
        elif key in first:
            yield Finding(
                "mkdocs.yml", line, column, ID, f"{key}.md is in the navigation twice, first in line {first[key]}"
            )
        first.setdefault(key, line)
    for page in book.pages:
        if page.key in first or (page.locale == "en" and (page.key in book.entries)):
            continue
        folder = page.key.rpartition("/")[0]
        after = [line for key, line, _ in nav if key.rpartition("/")[0] == folder]
        where = f"after line {max(after)}" if after else "under nav:"
        yield Finding(page.path, 1, 1, ID, f"is not in the navigation; add ‘- {page.key}.md’ to mkdocs.yml {where}")
    for entry in book.entries.values():
        for index, related in enumerate(getattr(entry.data, "related", [])):
            slug = related if isinstance(related, str) else related.case
            key = f"{entry.kind}/{slug}"
            if key not in book.page_keys or key == entry.key:
                near = get_close_matches(key, [k for k in book.page_keys if k.startswith(entry.kind)], 1)
                hint = f"; did you mean {near[0].rpartition('/')[2]}?" if near and key != entry.key else ""
                place = entry.places.get(("related", index), (1, 1))
                yield Finding(entry.data_path, *place, ID, f"related: {slug} is not another of the {entry.kind}{hint}")
