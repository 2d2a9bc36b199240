"""Every number and date in prose is a fact's, and both languages state the same ones, block by block, in order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from scripts.checks import _prose
from scripts.content import numbers
from scripts.content.book import LOCALES, Book, Entry, Page
from scripts.content.dates import Point
from scripts.content.model import Wording
from scripts.content.names import NameIndex
from scripts.content.numbers import Found, Quantity
from scripts.findings import Finding

ID = "traced-number"
Numbers = dict[str, list[tuple[int, Found]]]  # by language, with their lines


def check(book: Book) -> Iterator[Finding]:
    stated = _Stated(book)
    of_all = _of_all(book)
    for entry in (e for e in book.entries.values() if any(map(book.is_judged, _read_with(book, e)))):
        found = {locale: list(_numbers(page, book.names_with_digits)) for locale, page in entry.pages.items()}
        known = {locale: dict(of_all) for locale in entry.pages}
        for locale, page in entry.pages.items():
            for key in (entry.key, *page.targets):
                known[locale] |= stated[key]
        untraced = {
            locale: [(line, number) for line, number in found[locale] if number.value not in known[locale]]
            for locale, page in entry.pages.items()
            if not book.broken & set(page.targets)
        }
        for locale, page in entry.pages.items():
            for line, number in untraced.get(locale, ()):
                message = f"{_show(number.value, locale)} is in no fact of this page or of an entry it links to"
                yield _finding(page, line, number, message + _nearest(number.value, known[locale], locale))
        yield from _unequal(entry, found, untraced)
        yield from _wrong_units(entry, found, untraced, book)
        yield from _words(entry)
        yield from _facts(entry)
        yield from _wordings(entry, book)
        chapter = book.entries.get(entry.chapter) if entry.kind == "quizzes" else None
        if chapter and not book.broken & {key for page in chapter.pages.values() for key in page.targets}:
            yield from _questions(entry, book, stated, of_all)


def _unequal(entry: Entry, found: Numbers, untraced: Numbers) -> Iterator[Finding]:
    """Block by block, both languages state the same quantities in the same order, and the same dates in theirs.

    A block that holds an untraced number is left out: the fault is told there.
    """
    pages = entry.pages
    if len(pages["ko"].document.blocks) != len(pages["en"].document.blocks):
        return  # the check `structure` tells
    blocks = {locale: _by_block(pages[locale], found[locale]) for locale in LOCALES}
    skipped = {pages[locale].document.block(line) for locale in LOCALES for line, _ in untraced.get(locale, ())}
    for index in sorted(set(blocks["ko"]) | set(blocks["en"])):
        if index in skipped:
            continue
        for kind in (Quantity, Point):
            said = {
                locale: [x for x in blocks[locale].get(index, ()) if isinstance(x[1].value, kind)] for locale in LOCALES
            }
            yield from _compare(entry, index, said)


def _compare(entry: Entry, index: int, said: Numbers) -> Iterator[Finding]:
    values = {locale: [number.value for _, number in said[locale]] for locale in LOCALES}
    if values["ko"] == values["en"]:
        return
    alike = Counter(values["ko"]) == Counter(values["en"])
    for locale, other in (("ko", "en"), ("en", "ko")):
        page, there = entry.pages[locale], entry.pages[other]
        where = f"{there.path}:{_first_line(there, index)}"
        left = Counter(values[other])
        for position, (line, number) in enumerate(said[locale]):
            shown = _show(number.value, locale)
            if alike and locale == "en" and number.value != values["ko"][position]:
                wanted = _show(values["ko"][position], "en")
                message = f"{shown} stands where {where} has {wanted}; give both languages the same order"
                yield _finding(page, line, number, message)
                return
            if not alike and not left[number.value]:
                yield _finding(page, line, number, f"{shown} is not stated in {where}; both languages state the same")
            left[number.value] -= 1 if left[number.value] else 0


def _wrong_units(entry: Entry, found: Numbers, untraced: Numbers, book: Book) -> Iterator[Finding]:
    """Where both languages state the same quantities, they count the same things, and so does the fact."""
    if len({len(entry.pages[locale].document.blocks) for locale in LOCALES}) != 1:
        return
    lines = {locale: dict(_prose.lines(page)) for locale, page in entry.pages.items()}
    counted = _counted(entry, book)
    skipped = {(locale, line) for locale in LOCALES for line, _ in untraced[locale]} if len(untraced) == 2 else set()
    blocks = {locale: _by_block(entry.pages[locale], found[locale]) for locale in LOCALES}
    for index in sorted(set(blocks["ko"]) & set(blocks["en"])):
        said = {
            locale: [
                (line, number, numbers.unit(lines[locale][line], number, locale))
                for line, number in blocks[locale][index]
                if isinstance(number.value, Quantity)
            ]
            for locale in LOCALES
        }
        if [x[1].value for x in said["ko"]] != [x[1].value for x in said["en"]]:
            continue
        for left, right in zip(said["ko"], said["en"], strict=True):
            if ("ko", left[0]) in skipped or ("en", right[0]) in skipped:
                continue
            if left[2] and right[2] and left[2] != right[2]:
                for (here, (line, number, unit)), (other, there) in (
                    (("ko", left), ("en", right)),
                    (("en", right), ("ko", left)),
                ):
                    where = f"{entry.pages[other].path}:{there[0]}"
                    message = f"{_show(number.value, here)} counts {unit} here, {there[2]} in {where}"
                    yield _finding(entry.pages[here], line, number, message)
                continue
            for locale, (line, number, unit) in (("ko", left), ("en", right)):
                wanted = counted.get(number.value)
                if unit in _COUNTED.values() and wanted and unit not in wanted:
                    message = (
                        f"{_show(number.value, locale)} counts {unit} here, {' or '.join(sorted(wanted))} in the fact"
                    )
                    yield _finding(entry.pages[locale], line, number, message)


_COUNTED = {"people": "people", "usd": "dollars", "krw": "won"}


def _counted(entry: Entry, book: Book) -> dict[Quantity, set[str]]:
    """What the facts of an entry and of those it links to count, by value; no value that some fact counts otherwise."""
    keys = {entry.key, *(key for page in entry.pages.values() for key in page.targets)}
    facts = [fact for key in keys if key in book.entries for fact in book.entries[key].data.facts if fact.unit]
    found: dict[Quantity, set[str]] = defaultdict(set)
    for fact in facts:
        found[Quantity(_decimal(fact.value), fact.unit == "percent")].add(_COUNTED.get(fact.unit, ""))
    return {value: units for value, units in found.items() if "" not in units}


def _words(entry: Entry) -> Iterator[Finding]:
    """A block that counts in words as often in both languages counts the same. Often only one of them counts in words."""
    if len({len(page.document.blocks) for page in entry.pages.values()}) != 1:
        return
    said: Numbers = {}
    for locale, page in entry.pages.items():
        found = [
            (line, start, value) for line, text in _prose.lines(page) for start, value in numbers.words(text, locale)
        ]
        said[locale] = defaultdict(list)
        for line, start, value in found:
            said[locale][page.document.block(line)].append((value, line, start))
    for index in sorted(set(said["ko"]) & set(said["en"])):
        ko, en = sorted(said["ko"][index]), sorted(said["en"][index])
        if len(ko) == len(en):
            for left, right in zip(ko, en, strict=True):
                if left[0] != right[0]:
                    where = f"{entry.pages['ko'].path}:{left[1]}"
                    message = f"{right[0]} in words stands where {where} has {left[0]}; both languages state the same"
                    yield Finding(entry.pages["en"].path, right[1], right[2] + 1, ID, message)
                    break


def _wordings(entry: Entry, book: Book) -> Iterator[Finding]:
    """Other wordings of the data say the same numbers too: sources and errata, which quote, at least the large ones."""
    for where, wording in entry.wordings:
        if where[0] in ("facts", "questions", "name"):
            continue
        if where[0] == "related":
            yield from _reasons(entry, where, wording, book)
        said = {
            locale: {
                x.value
                for x in numbers.read(book.names_with_digits.blank(wording[locale]), locale)
                if where[0] not in ("sources", "errata")
                or (isinstance(x.value, Quantity) and (x.value.percent or x.value.number > 2100))
            }
            for locale in LOCALES
        }
        spelled = {str(v) for locale in LOCALES for _, v in numbers.words(wording[locale], locale)}
        only = sorted(x for v in said["ko"] ^ said["en"] if (x := _show(v, "en")) not in spelled)
        if only:
            place = entry.place((*where, "en"))
            yield Finding(entry.data_path, *place, ID, f"only one language says {', '.join(only)}")


def _reasons(entry: Entry, where: tuple, wording: Wording, book: Book) -> Iterator[Finding]:
    """Why a case is related may name figures of both cases, and no others."""
    other = book.entries.get(f"cases/{entry.data.related[where[1]].case}")
    known = _stated(entry) | (_stated(other) if other else {})
    for locale in LOCALES if other else ():
        for found in numbers.read(book.names_with_digits.blank(wording[locale]), locale):
            if found.value not in known:
                message = f"{_show(found.value, locale)} is in no fact of this case or of {other.key}"
                place = entry.place((*where, locale))
                yield Finding(entry.data_path, *place, ID, message + _nearest(found.value, known, locale))


def _first_line(page: Page, index: int) -> int:
    return page.document.blocks[index].line if index >= 0 else 2


def _by_block(page: Page, found: list[tuple[int, Found]]) -> dict[int, list[tuple[int, Found]]]:
    blocks: dict[int, list[tuple[int, Found]]] = defaultdict(list)
    for line, number in found:
        blocks[page.document.block(line)].append((line, number))
    return blocks


def _same_digits(one: Quantity, other: Quantity) -> bool:
    """Whether they differ by the scale, or by two digits that changed places: 9.7 and 97 million, 35 and 53."""
    a, b = (f"{x.number:f}".replace(".", "").strip("0") for x in (one, other))
    return len(a) > 1 and (a == b or (len(a) == len(b) and sorted(a) == sorted(b)))


def _finding(page: Page, line: int, number: Found, message: str) -> Finding:
    return Finding(page.path, line, number.start + 1, ID, message)


def _numbers(page: Page, names: NameIndex) -> Iterator[tuple[int, Found]]:
    for line, text in _prose.lines(page):
        if numbers.DIGIT.search(text):
            for number in numbers.read(names.blank(text), page.locale):
                yield line, number


def _of_all(book: Book) -> dict[Quantity | Point, str]:
    """What any page may state: the report's own date and number of pages."""
    if not book.site:
        return {}
    date = book.site.report.date
    day = Point(date.year, 0, date.month, date.day)
    return {p: "the report's date" for p in day.coarser()} | {
        Quantity(_decimal(book.site.report.pages)): "the report's pages"
    }


def _read_with(book: Book, entry: Entry) -> set[str]:
    """The entries on whose facts an entry's numbers rest: its own, those it links to, for a quiz those of its chapter."""
    chapter = book.entries.get(entry.chapter) if entry.kind == "quizzes" else None
    pages = [*entry.pages.values(), *(chapter.pages.values() if chapter else ())]
    return {entry.key, *(key for page in pages for key in (page.key, *page.targets))}


class _Stated(dict[str, dict[Quantity | Point, str]]):
    """What each entry states, read when it is first asked for."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._entries = book.entries

    def __missing__(self, key: str) -> dict[Quantity | Point, str]:
        entry = self._entries.get(key)
        self[key] = _stated(entry) if entry else {}
        return self[key]


def _stated(entry: Entry) -> dict[Quantity | Point, str]:
    """What an entry's facts and the dates of its sources allow a page to state → where it stands."""
    known: dict[Quantity | Point, str] = {}
    for fact in entry.data.facts:
        name = f"{entry.key}, {fact.id}"
        if fact.value is not None:
            known.setdefault(Quantity(_decimal(fact.value), fact.unit == "percent"), name)
        for point in fact.date.points if fact.date else ():
            for coarse in point.coarser():
                known.setdefault(coarse, name)
        for locale in LOCALES:
            for number in numbers.read(fact.wording[locale], locale):
                known.setdefault(number.value, name)
    for source in entry.data.sources:
        for point in source.date.points if source.date else ():
            for coarse in point.coarser():
                known.setdefault(coarse, f"{entry.key}, {source.id}")
    return known


def _questions(entry: Entry, book: Book, stated: _Stated, of_all: dict) -> Iterator[Finding]:
    """What a quiz says as true is a fact of its chapter or of an entry that the chapter links to; only wrong options
    and false statements may hold other numbers. Both languages say the same ones everywhere."""
    chapter = book.entries[entry.chapter]
    known = dict(of_all)
    for locale in LOCALES:
        for key in (chapter.key, *chapter.pages[locale].targets):
            known |= stated[key]
    for where, wording in entry.wordings:
        if where[0] != "questions":
            continue
        question = entry.data.questions[where[1]]
        said = {
            locale: [x.value for x in numbers.read(book.names_with_digits.blank(wording[locale]), locale)]
            for locale in LOCALES
        }
        place = entry.place((*where, "en"))
        if only := sorted(_show(v, "en") for v in set(said["ko"]) ^ set(said["en"])):
            yield Finding(entry.data_path, *place, ID, f"{question.id}: only one language says {', '.join(only)}")
            continue
        wrong_option = where[2] == "options" and not question.options[where[3]].right
        if wrong_option or (where[2] == "text" and question.answer is False):
            continue
        for value in dict.fromkeys(said["en"]):
            if value not in known:
                message = f"{question.id}: {_show(value, 'en')} is in no fact of the chapter or of an entry it links to"
                yield Finding(entry.data_path, *place, ID, message + _nearest(value, known, "en"))


def _facts(entry: Entry) -> Iterator[Finding]:
    """A fact says the same numbers in both languages, and if it says any, its value is among them."""
    for index, fact in enumerate(entry.data.facts):
        place = entry.places.get(("facts", index, "wording"), (1, 1))
        said = {locale: {x.value for x in numbers.read(fact.wording[locale], locale)} for locale in ("ko", "en")}
        only = sorted(_show(v, "en") for v in said["ko"] ^ said["en"])
        if only:
            yield Finding(entry.data_path, *place, ID, f"fact {fact.id}: only one language says {', '.join(only)}")
        value = Quantity(_decimal(fact.value), fact.unit == "percent") if fact.value is not None else None
        quantities = {v for v in said["ko"] & said["en"] if isinstance(v, Quantity)}
        if value and quantities and value not in quantities:
            yield Finding(
                entry.data_path, *place, ID,
                f"fact {fact.id}: the wording says {', '.join(sorted(map(str, quantities)))}, value is {value}",
            )  # fmt: skip


def _decimal(value: float) -> Decimal:
    return Decimal(str(value))


def _show(value: Quantity | Point, locale: str) -> str:
    return value.show(locale) if isinstance(value, Point) else str(value)


def _nearest(value: Quantity | Point, known: dict[Quantity | Point, str], locale: str) -> str:
    """The likeliest right value: same kind, smallest ratio, or the same year."""
    if isinstance(value, Point):
        near = [k for k in known if isinstance(k, Point) and k.year == value.year]
        near.sort(key=lambda k: (k.month == 0 and k.quarter == 0, abs(k.month - value.month), abs(k.day - value.day)))
    else:
        near = [k for k in known if isinstance(k, Quantity) and k.percent == value.percent and k.number]
        near.sort(key=lambda k: max(k.number / (value.number or 1), (value.number or 1) / k.number))
        close = [k for k in near if max(k.number / (value.number or 1), (value.number or 1) / k.number) < 3]
        near = [k for k in near if _same_digits(k, value)] or close
    return f"; did you mean {_show(near[0], locale)} ({known[near[0]]})?" if near else "; add the fact with its source"
