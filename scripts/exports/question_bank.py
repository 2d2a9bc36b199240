"""What every question bank says of a question, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from scripts.content.book import Entry
from scripts.content.markdown import plain
from scripts.content.teaching import Question
from scripts.exports.edition import Edition
from scripts.view import View


@dataclass(frozen=True)
class Item:
    """A question in one language, with its chapter. `place` counts the questions of the quiz from 1."""

    view: View
    chapter: Entry
    place: int
    question: Question

    @property
    def id(self) -> str:
        """Unique in the bank, the same in both languages, and kept when questions move."""
        return f"{self.chapter.slug}-{self.question.id}"

    @property
    def text(self) -> str:
        return self.question.text[self.view.locale]

    @property
    def right(self) -> str:
        return self.question.right[self.view.locale]

    @property
    def wrong(self) -> str:
        return self.question.wrong[self.view.locale]

    @property
    def unit(self) -> str | None:
        """Which number is wanted, in a sentence; a box for numbers shows none."""
        unit = self.question.unit
        return self.view.t("bank_unit", unit[self.view.locale]) if unit else None

    @property
    def tags(self) -> list[str]:
        t, question = self.view.t, self.question
        return [
            t("kind_chapters", self.chapter.data.number),
            t("quiz_objective", question.objective),
            t(f"question_{question.kind.value}"),
            t("bank_language"),
        ]

    @property
    def where(self) -> str:
        """The part of the chapter that holds the answer, in words."""
        headings = self.chapter.pages[self.view.locale].document.headings
        heading = next(plain(heading.text) for heading in headings if heading.id == self.question.at)
        chapter = self.view.t("book_chapter", self.chapter.data.number, self.view.title(self.chapter.key))
        return f"{chapter} – {heading}"

    @property
    def address(self) -> str:
        """Its address on the web."""
        return f"{self.view.absolute(self.chapter.key)}#{self.question.at}"

    @property
    def tolerance(self) -> Decimal:
        """How far a number may lie from the key: half a unit of its last digit if the fact is approximate, else 0."""
        key, _, name = self.question.fact.partition("#")
        if not self.view.book.entries[key].data.fact(name).approximate:
            return Decimal(0)
        number = self.view.book.key_number(self.question).normalize()
        return Decimal(5).scaleb(min(number.as_tuple().exponent, 0) - 1)

    @property
    def shares(self) -> list[str]:
        """What ticking each option gives, in percent: right ones add up to 100, wrong ones to -100, so that ticking
        everything gives nothing. Five decimals, as Moodle compares them with its list of grades."""
        options = self.question.options
        rights = sum(option.right for option in options)
        shares = [Decimal(100) / (rights if option.right else rights - len(options)) for option in options]
        return [f"{round(share, 5).normalize():f}" for share in shares]


def quizzes(edition: Edition, locale: str) -> Iterator[tuple[Entry, list[Item]]]:
    """Each chapter with the questions of its quiz, in the order of the book."""
    view = edition.views[locale]
    for chapter in edition.book.of_kind("chapters"):
        questions = edition.book.entries[f"quizzes/{chapter.slug}"].data.questions
        yield chapter, [Item(view, chapter, place, question) for place, question in enumerate(questions, 1)]


def category(view: View, chapter: Entry | None = None) -> str:
    """The path of a chapter's category in Moodle, or of the one that holds them all. Moodle sorts categories by name,
    so the number has two digits; a slash in a name is doubled."""
    names = [view.site_title, *([f"{chapter.data.number:02} {view.title(chapter.key)}"] if chapter else [])]
    return "/".join(["top", *(name.replace("/", "//") for name in names)])
