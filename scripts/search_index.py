"""What the search box loads: for each language one index, and for each page its text, from which excerpts are cut.

The index holds names, descriptions and headings as they are, and of the text only which stem stands in which
section: a third of the bytes of the text itself. A page's own text is a file beside it, fetched when it is shown
among the results.

The same book gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from scripts.content.book import Book, Entry, wordings
from scripts.content.markdown import CITATION, JOINER, plain
from scripts.exports import KINDS as PACKAGES
from scripts.search_words import RULES
from scripts.view import View

TITLE_ONLY = ("quizzes", "teach/guides")  # would crowd out the chapters whose words they repeat
WEIGHTS = {"quizzes": 0.4, "teach/guides": 0.5, "page": 0.8}
FIRST = 35  # the first letter that stands for a number; `"` lies below, the backslash is passed over


@dataclass
class Section:
    anchor: str  # empty: the page's beginning
    heading: str
    text: str


@dataclass
class Item:
    """A page, as search knows it."""

    url: str
    title: str
    label: str  # what the page is: 사례, 3장 …
    weight: float
    description: str
    names: list[str]  # other names, any of which may be asked for
    about: str  # organization, sectors, countries: words, no names
    sections: list[Section] = field(default_factory=list)


def files(book: Book, views: dict[str, View]) -> Iterator[tuple[str, str]]:
    """Paths below the site's root, and what stands in each file."""
    for locale, view in views.items():
        items = items_of(book, view)
        yield f"search/{locale}.json", as_json(index(items, locale))
        for item in items:
            if any(section.text for section in item.sections):
                yield f"search/{item.url}text.json", as_json([section.text for section in item.sections])


def items_of(book: Book, view: View) -> list[Item]:
    return [_item(entry, view) for entry in book.entries.values()]


def letters(items: list[Item]) -> int:
    """Letters of what is indexed, spaces among them."""
    return sum(
        len("".join([i.title, i.description, i.about, *i.names, *(s.heading + s.text for s in i.sections)]))
        for i in items
    )


def index(items: list[Item], locale: str) -> dict:
    """The index as the worker reads it."""
    rules = RULES[locale]
    places: dict[str, list[int]] = defaultdict(list)
    number = -1
    for item in items:
        for section in item.sections:
            number += 1
            for stem in sorted(set(rules.stems(section.text))):
                places[stem].append(number)
    vocabulary = sorted(places)
    return {
        "endings": rules.endings,
        "least": rules.least,
        "rounds": rules.rounds,
        "asked": " ".join(sorted(rules.asked)),
        "pages": [
            [i.url, i.title, i.label, i.weight, i.description, i.names, i.about,
             [s.anchor for s in i.sections[1:]], [s.heading for s in i.sections[1:]]]
            for i in items
        ],
        "words": _front_coded(vocabulary),
        "counts": _letters(len(places[word]) for word in vocabulary),
        "places": "".join(_letters(_steps(places[word])) for word in vocabulary),
    }  # fmt: skip


def _front_coded(words: list[str]) -> str:
    """Each word as the number of letters it shares with the one before, and the rest."""
    parts, before = [], ""
    for word in words:
        same = 0
        while same < min(len(word), len(before)) and word[same] == before[same]:
            same += 1
        parts.append(_letters([same]) + word[same:])
        before = word
    return "\n".join(parts)


def _steps(numbers: list[int]) -> Iterator[int]:
    before = -1
    for number in numbers:
        yield number - before - 1
        before = number


def _letters(numbers) -> str:
    """Each number as one letter, small ones as ASCII. Surrogates lie far above what a book needs."""
    return "".join(chr(n + FIRST + (n + FIRST >= 92)) for n in numbers)


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _item(entry: Entry, view: View) -> Item:
    locale, book = view.locale, view.book
    item = Item(
        url=view.url(entry.key),
        title=view.title(entry.key),
        label=_label(entry, view),
        weight=WEIGHTS.get(entry.kind, 1),
        description=entry.description(locale),
        names=_names(entry, book, locale),
        about=_about(entry, view),
    )
    item.sections = [Section("", "", "")] if entry.kind in TITLE_ONLY else list(_sections(entry, view))
    return item


def _label(entry: Entry, view: View) -> str:
    if entry.kind == "chapters":
        return view.t("kind_chapters", entry.data.number)
    return view.t(f"kind_{entry.kind.rpartition('/')[2]}") if entry.kind != "page" else ""


def _names(entry: Entry, book: Book, locale: str) -> list[str]:
    """Names in both languages, and spellings that the term base avoids or reads otherwise."""
    data = entry.data
    names = [*getattr(data, "aliases", {locale: []})[locale]]
    if name := getattr(data, "name", None):
        names = [name["en"], name["ko"], *data.aliases["ko"], *data.aliases["en"]]
        for term in book.term_base.terms:
            if name[locale] == getattr(term, locale):
                names += [*term.avoid.ko, *term.avoid.en]
        for latin, hangul in book.term_base.readings.items():
            names += [n.replace(hangul, latin) for n in names if hangul in n]
    unique = {re.sub(r"[\W_]", "", n.casefold()): n for n in reversed(names)}
    unique.pop(re.sub(r"[\W_]", "", entry.title(locale).casefold()), None)
    return [n for n in reversed(unique.values())]


def _about(entry: Entry, view: View) -> str:
    if entry.kind != "cases":
        return ""
    case = entry.data
    other = case.organization[view.other] if view.locale == "ko" else ""
    sectors = [view.t(f"sector_{sector.value}") for sector in case.sector]
    return " ".join([case.organization[view.locale], other, *sectors, view.countries(case.country)])


def _sections(entry: Entry, view: View) -> Iterator[Section]:
    """The page's beginning, then a section for each heading, those of the template last."""
    document = entry.pages[view.locale].document
    lines = document.prose.split("\n")
    starts = [heading.line - document.first_line for heading in document.headings]
    opening = [_clean(lines[: starts[0] if starts else len(lines)])]
    if entry.key == "outlook":
        opening += [said[view.locale] for where, said in wordings(entry.data) if where[0] == "expectations"]
    if entry.key == "teach/downloads":
        opening += [view.t(f"package_{kind}") + ". " + view.t(f"package_{kind}_text") for kind in PACKAGES]
    yield Section("", "", " ".join(filter(None, opening)))
    for heading, start, end in zip(document.headings, starts, [*starts, len(lines)][1:], strict=True):
        yield Section(heading.id or "", plain(heading.text), _clean(lines[start + 1 : end]))
    if entry.kind in ("chapters", "cases", "glossary"):
        for anchor, later in (("facts", False), ("later", True)):
            said = [_dated(fact, view) for fact in entry.data.facts if fact.is_later == later]
            if said:
                yield Section(anchor, view.t(anchor), " ".join(said))


def _dated(fact, view: View) -> str:
    return (view.date(fact.date) + " " if fact.date else "") + fact.wording[view.locale]


def _clean(lines: list[str]) -> str:
    """Prose without the marks that are left in it, and without the titles of notes, which are all alike."""
    lines = [line for line in lines if not re.fullmatch(r'\s*"[^"]*"\s*', line)]
    text = re.sub(r"[*`|]|:?-{3,}:?", " ", CITATION.sub("", "\n".join(lines).replace(JOINER, "")))
    return re.sub(r"\s+", " ", text).strip()
