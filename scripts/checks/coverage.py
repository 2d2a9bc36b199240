"""Everything that the report states, by docs/inventory.yml, is stated on the page that is named, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from scripts.content.book import LOCALES, Book
from scripts.findings import Finding

ID = "coverage"
PATH = "docs/inventory.yml"
LANGUAGE = {"ko": "Korean", "en": "English"}


def check(book: Book) -> Iterator[Finding]:
    texts: dict[tuple[str, str], str] = {}
    seen: dict[str, int] = {}
    for index, item in enumerate(book.inventory.items):
        line, column = book.inventory_places[("items", index)]
        if item.id in seen:
            yield Finding(
                PATH, line, column, ID, f"{item.id} stands in line {seen[item.id]} already; choose another id"
            )
        seen.setdefault(item.id, line)
        if item.at not in book.page_keys:
            near = get_close_matches(item.at, list(book.page_keys), 1)
            place = book.inventory_places[("items", index, "at")]
            yield Finding(PATH, *place, ID, f"{item.at} is no page" + (f"; did you mean {near[0]}?" if near else ""))
            continue
        for locale in LOCALES if item.at in book.entries and book.is_judged(item.at) else ():
            text = texts.setdefault((item.at, locale), book.entries[item.at].text(locale))
            if item.stated[locale] not in text:
                place = book.inventory_places[("items", index, "stated", locale)]
                yield Finding(
                    PATH,
                    *place,
                    ID,
                    f"{item.at} no longer says ‘{item.stated[locale]}’ in {LANGUAGE[locale]}; "
                    f"the report states it (p. {item.page}): say it there, or name the words and page that do",
                )
