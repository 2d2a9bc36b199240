"""What the data of teaching pages may say: quizzes, chapter guides, plans."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from scripts.content.model import Data, Misplaced, Named, Slug, Strict, Text, Wording


class QuestionKind(StrEnum):
    SINGLE = "single"
    TRUE_FALSE = "true-false"
    MULTIPLE = "multiple"
    NUMERIC = "numeric"
    MATCHING = "matching"
    ESSAY = "essay"


class Option(Strict):
    text: Wording
    right: bool = False


class Pair(Strict):
    """Two things of a matching question that belong together."""

    left: Wording
    right: Wording


# What each kind of question carries beside what all have.
_PARTS = {
    QuestionKind.SINGLE: "options",
    QuestionKind.TRUE_FALSE: "answer",
    QuestionKind.MULTIPLE: "options",
    QuestionKind.NUMERIC: "fact",
    QuestionKind.MATCHING: "pairs",
}
FOR_CARTRIDGE = (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE)  # what every course system imports rightly
# How many there are of them, for editors.
_SIZES = {
    QuestionKind.SINGLE: {"options": {"minItems": 4, "maxItems": 4}},
    QuestionKind.MULTIPLE: {"options": {"minItems": 4, "maxItems": 6}},
    QuestionKind.MATCHING: {"pairs": {"minItems": 3, "maxItems": 6}},
}


def _schema_of_kinds(schema: dict) -> None:
    """`_has_the_parts_of_its_kind`, for editors."""
    others = {*_PARTS.values()}
    schema["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": kind.value}}, "required": ["kind"]},
            "then": {
                "required": [part] if (part := _PARTS.get(kind)) else [],
                "properties": {
                    **{other: False for other in sorted(others - {part})},
                    **({} if kind in FOR_CARTRIDGE else {"cartridge": {"const": False}}),
                    **_SIZES.get(kind, {}),
                },
            },
        }
        for kind in QuestionKind
    ]


class Question(Strict):
    """A question of a quiz. The key of a numeric one is not written here: it is the value of `fact`, counted in `per`.

    `objective` counts the chapter's learning objectives from 1; `at` is the heading of the chapter under which the
    answer stands. `right` and `wrong` are the feedback; for an essay, what a good answer holds and what a weak one lacks.
    """

    model_config = ConfigDict(json_schema_extra=_schema_of_kinds)

    id: Slug
    kind: QuestionKind
    objective: Annotated[int, Field(ge=1)]
    at: Slug
    cartridge: bool = False  # one of the four that go into a course cartridge
    figure: Slug | None = None  # a drawing of docs/figures shown with the question
    fact: Text | None = None  # key of an entry and id of its fact: cases/roblox#daily-users-2025q1
    per: Annotated[int, Field(ge=1)] = 1  # 1000000: asked for in millions
    unit: Wording | None = None  # what the number counts, shown behind the box
    text: Wording
    options: list[Option] = []
    answer: bool | None = None
    pairs: list[Pair] = []
    right: Wording
    wrong: Wording

    @model_validator(mode="after")
    def _has_the_parts_of_its_kind(self) -> Question:
        given = {
            name
            for name in {*_PARTS.values(), "unit", "per"}
            if name in self.model_fields_set and getattr(self, name) is not None
        }
        wanted = {_PARTS[self.kind]} if self.kind in _PARTS else set()
        allowed = wanted | ({"unit", "per"} if self.kind == QuestionKind.NUMERIC else set())
        for name in sorted(wanted - given):
            raise Misplaced(f"a {self.kind.value} question needs {name}", name)
        for name in sorted(given - allowed):
            raise Misplaced(f"a {self.kind.value} question has no {name}; remove it", name)
        rights = sum(option.right for option in self.options)
        if self.kind == QuestionKind.SINGLE and (len(self.options) != 4 or rights != 1):
            raise ValueError(f"a single choice has 4 options, 1 of them right; here {len(self.options)} and {rights}")
        if self.kind == QuestionKind.MULTIPLE and not (4 <= len(self.options) <= 6 and 2 <= rights < len(self.options)):
            raise ValueError(
                "a multiple response has 4 to 6 options, at least 2 of them right and 1 wrong; "
                f"here {len(self.options)} and {rights}"
            )
        if self.kind == QuestionKind.MATCHING and not 3 <= len(self.pairs) <= 6:
            raise ValueError(f"a matching question has 3 to 6 pairs; here {len(self.pairs)}")
        if self.cartridge and self.kind not in FOR_CARTRIDGE:
            raise ValueError("only single and true-false questions can go into a cartridge")
        return self


LEAST_QUESTIONS = 8
IN_CARTRIDGE = 4  # Moodle's importer sums a quiz to 4 marks whatever it holds


def _schema_of_a_quiz(schema: dict) -> None:
    """`_is_a_whole_quiz`, for editors."""
    schema["properties"]["questions"] |= {
        "minItems": LEAST_QUESTIONS,
        "allOf": [{"contains": {"properties": {"kind": {"const": kind.value}}}} for kind in QuestionKind],
    }


class Quiz(Data):
    """quizzes/<chapter>.yml: the questions on a chapter of the same slug."""

    model_config = ConfigDict(json_schema_extra=_schema_of_a_quiz)

    questions: list[Question]

    @model_validator(mode="after")
    def _is_a_whole_quiz(self) -> Quiz:
        ids = [question.id for question in self.questions]
        for index, name in enumerate(ids):
            if name in ids[:index]:
                raise Misplaced(f"the id {name!r} is given twice", "questions", index, "id")
        if len(self.questions) < LEAST_QUESTIONS:
            raise ValueError(f"questions: a quiz has at least {LEAST_QUESTIONS}; here {len(self.questions)}")
        for kind in QuestionKind:
            if kind not in {question.kind for question in self.questions}:
                raise ValueError(f"questions: none is of the kind {kind.value}; write one")
        chosen = sum(question.cartridge for question in self.questions)
        if chosen != IN_CARTRIDGE:
            raise ValueError(f"questions: {IN_CARTRIDGE} carry cartridge: true, no more and no fewer; here {chosen}")
        return self


class Step(Strict):
    """A part of a class, in minutes."""

    minutes: Annotated[int, Field(ge=1)]
    what: Wording


class Level(StrEnum):
    """The levels of every rubric, best first; the first gives 2 points, the last none."""

    STRONG = "strong"
    SOUND = "sound"
    WEAK = "weak"


class Criterion(Strict):
    """A line of a rubric: what is judged, and what the work looks like at each level."""

    name: Wording
    strong: Wording
    sound: Wording
    weak: Wording

    def __getitem__(self, level: Level) -> Wording:
        return getattr(self, level.value)


class Guide(Data):
    """teach/guides/<chapter>.yml: how to teach the chapter of the same slug."""

    session: Annotated[list[Step], Field(min_length=3)]
    rubric: Annotated[list[Criterion], Field(min_length=3)]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.session)


class Unit(Strict):
    """A row of a plan: a week, or a part of a single class."""

    topic: Wording
    chapters: list[Slug] = []
    cases: list[Slug] = []
    minutes: Annotated[int, Field(ge=0)]  # in class
    activity: Wording
    assignment: Wording


class Plan(Named):
    """teach/plans/<slug>.yml: what to read and do when; reading minutes are derived."""

    unit: Literal["week", "part"]
    units: Annotated[list[Unit], Field(min_length=1)]
