"""No name, paragraph, description or question stands for two things or in two places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.content.book import LOCALES, Book
from scripts.findings import Finding

ID = "duplicate"
SHORTEST = 40  # letters of a paragraph that can be told from a phrase


def check(book: Book) -> Iterator[Finding]:
    yield from _names(book)
    yield from _texts(book)
    yield from _questions(book)
    yield from _renderings(book)


def _names(book: Book) -> Iterator[Finding]:
    """A name or alias is found in running text and linked, so it must mean one entry."""
    for locale in LOCALES:
        taken: dict[str, list[tuple[str, int, int]]] = {}
        for kind in ("glossary", "cases"):
            for entry in book.of_kind(kind):
                names = {entry.data.name[locale]: ("name", locale)}
                for index, alias in enumerate(entry.data.aliases[locale]):
                    names.setdefault(alias, ("aliases", locale, index))
                for name, where in names.items():
                    taken.setdefault(name, []).append((entry.data_path, *entry.place(where)))
        yield from _held_twice(taken)


def _held_twice(taken: dict[str, list[tuple[str, int, int]]]) -> Iterator[Finding]:
    """Told at each place, because either may be the wrong one."""
    for name, places in taken.items():
        for place in places if len(places) > 1 else ():
            other = next(one for one in places if one != place)
            yield Finding(*place, ID, f"the name {name} stands in {other[0]}:{other[1]} too; it must mean one thing")


def _texts(book: Book) -> Iterator[Finding]:
    for locale in LOCALES:
        seen: dict[str, str] = {}
        for page in (p for p in book.pages if p.locale == locale):
            said = [(str(page.meta.get("description", "")), page.places.get(("description",), (1, 1)))]
            offset = 0
            for paragraph in page.document.text.split("\n"):
                said.append((paragraph, page.document.place(offset)))
                offset += len(paragraph) + 1
            for text, place in said:
                flat = re.sub(r"[\W_]+", " ", text).strip()
                if (
                    len(flat) < SHORTEST or "TODO" in text or text.lstrip().startswith(("![", "#"))
                ):  # a drawing may be shown on two pages
                    continue
                first = seen.setdefault(flat, f"{page.path}:{place[0]}")
                if first != f"{page.path}:{place[0]}":
                    yield Finding(page.path, *place, ID, f"the same text stands in {first}; say it once and link it")


def _questions(book: Book) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for entry in book.of_kind("quizzes"):
        for index, question in enumerate(entry.data.questions):
            for locale in LOCALES:
                line, column = entry.place(("questions", index, "text", locale))
                first = seen.setdefault(question.text[locale], f"{entry.data_path}:{line}")
                if "TODO" not in question.text[locale] and first != f"{entry.data_path}:{line}":
                    yield Finding(
                        entry.data_path, line, column, ID, f"the same text stands in {first}; say it once and link it"
                    )
                parts = [(("options", i, "text"), option.text[locale]) for i, option in enumerate(question.options)]
                parts += [
                    (("pairs", i, side), getattr(pair, side)[locale])
                    for side in ("left", "right")
                    for i, pair in enumerate(question.pairs)
                ]
                given: dict[str, int] = {}
                for where, text in parts:
                    at, start = entry.place(("questions", index, *where, locale))
                    if text in given and "TODO" not in text:
                        yield Finding(
                            entry.data_path, at, start, ID, f"{question.id}: line {given[text]} offers the same"
                        )
                    given.setdefault(text, at)


def _renderings(book: Book) -> Iterator[Finding]:
    """The term base gives each concept once."""
    for locale in LOCALES:
        taken: dict[str, list[tuple[str, int, int]]] = {}
        for index, rule in enumerate(book.term_base.terms):
            place = book.term_base_places.get(("terms", index), (1, 1))
            for name in dict.fromkeys((rule[locale], *rule.avoid[locale])):
                taken.setdefault(name, []).append(("docs/term-base.yml", *place))
        yield from _held_twice(taken)
