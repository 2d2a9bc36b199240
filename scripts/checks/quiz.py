"""Every chapter has a quiz, its questions test the chapter's objectives, and their answers stand in the chapter.

The key of a question that asks for a figure is a fact of the chapter or of an entry that the chapter links to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from scripts.content import numbers
from scripts.content.book import LOCALES, Book, Entry
from scripts.content.teaching import Question
from scripts.findings import Finding

ID = "quiz"
LANGUAGE = {"ko": "Korean", "en": "English"}


def check(book: Book) -> Iterator[Finding]:
    for chapter in book.of_kind("chapters"):
        if f"quizzes/{chapter.slug}" not in book.page_keys:
            wanted = f"docs/quizzes/{chapter.slug}.yml and its two pages"
            yield Finding(chapter.data_path, 1, 1, ID, f"the chapter has no quiz; write {wanted}")
    for entry in book.of_kind("quizzes"):
        chapter = book.entries.get(entry.chapter)
        if chapter:
            yield from _questions(book, entry, chapter)
        elif entry.chapter not in book.page_keys:
            near = get_close_matches(entry.slug, [c.slug for c in book.of_kind("chapters")], 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield Finding(entry.data_path, 1, 1, ID, f"no chapter is called {entry.slug}{hint}")


def _questions(book: Book, entry: Entry, chapter: Entry) -> Iterator[Finding]:
    objectives = len(chapter.pages["ko"].document.items("objectives"))
    headings = list(dict.fromkeys(h.id for page in chapter.pages.values() for h in page.document.headings if h.id))
    for index, question in enumerate(entry.data.questions):

        def fault(key: str, message: str, index=index, question=question) -> Finding:
            place = entry.place(("questions", index, key))
            return Finding(entry.data_path, *place, ID, f"{question.id}: {message}")

        if question.objective > objectives:
            yield fault("objective", f"the chapter has {objectives} objectives, not {question.objective}")
        if question.at not in headings:
            near = get_close_matches(question.at, headings, 1)
            hint = f"; did you mean {near[0]}?" if near else f"; it has {', '.join(headings)}"
            yield fault("at", f"the chapter has no heading {question.at}{hint}")
        if question.figure and question.figure not in chapter.pages["ko"].drawings:
            near = get_close_matches(question.figure, list(chapter.pages["ko"].drawings), 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield fault("figure", f"the chapter shows no drawing {question.figure}{hint}")
        for locale in LOCALES if question.unit or question.per > 1 else ():
            said = _scale(question.unit[locale] if question.unit else "", locale)
            if said != question.per:
                yield fault("per", f"per is {question.per:,}, but the unit in {LANGUAGE[locale]} counts in {said:,}")
        if question.fact and not _fact_fault(book, question, chapter) and (message := _key_fault(book, question)):
            yield fault("fact", message)
        if question.fact and (message := _fact_fault(book, question, chapter)):
            yield fault("fact", message)
    tested = {question.objective for question in entry.data.questions}
    for missing in sorted(set(range(1, objectives + 1)) - tested):
        place = entry.place(("questions",))
        yield Finding(entry.data_path, *place, ID, f"objective {missing} of the chapter is tested by no question")


_SCALES = {
    "ko": {"천": 10**3, "만": 10**4, "십만": 10**5, "백만": 10**6, "천만": 10**7, "억": 10**8, "십억": 10**9, "백억": 10**10, "조": 10**12},
    "en": {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
}  # fmt: skip
_SCALE = {
    "ko": re.compile(r"^(십만|백만|천만|십억|백억|천|만|억|조)(?![가-힣])"),
    "en": re.compile(r"\b(thousand|million|billion|trillion)\b"),
}


def _scale(unit: str, locale: str) -> int:
    """What the unit behind the box counts in: `million people` 1,000,000."""
    match = _SCALE[locale].search(unit)
    return _SCALES[locale][match[1]] if match else 1


def _key_fault(book: Book, question: Question) -> str | None:
    """The feedback on a right answer says the key, so that a fact that was taken for another is seen."""
    if question.fact.partition("#")[0] not in book.entries:
        return None  # it could not be read
    key = book.key_number(question)
    for locale in LOCALES:
        said = [x.value for x in numbers.read(question.right[locale], locale) if isinstance(x.value, numbers.Quantity)]
        if said and not {key, key * question.per} & {value.number for value in said}:
            return f"the key is {key:,f}, but the feedback in {LANGUAGE[locale]} says {', '.join(map(str, said))}"
    return None


def _fact_fault(book: Book, question: Question, chapter: Entry) -> str | None:
    key, _, name = question.fact.partition("#")
    if key in book.broken:
        return None
    within = {chapter.key, *(k for locale in LOCALES for k in chapter.pages[locale].targets)}
    if key not in within:
        near = get_close_matches(key, sorted(within), 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"{key} is neither the chapter nor an entry that it links to{hint}"
    facts = [fact.id for fact in book.entries[key].data.facts if fact.value is not None] if key in book.entries else []
    if name not in facts:
        near = get_close_matches(name, facts, 1)
        return f"{key} has no fact {name} with a value" + (f"; did you mean {near[0]}?" if near else "")
    return None
