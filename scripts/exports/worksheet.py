"""A quiz on paper: the questions to fill in, and the answers."""

from __future__ import annotations

from copy import deepcopy
from string import ascii_uppercase

from lxml import html
from lxml.html import builder as E

from scripts.content.book import Entry
from scripts.content.teaching import Question, QuestionKind
from scripts.view import View


def sheets(view: View, quiz: Entry, chapter: html.HtmlElement) -> list[html.HtmlElement]:
    """The questions, and the answers on a sheet of their own. `chapter` is the article that shows the drawings."""
    questions = quiz.data.questions
    return [
        E.SECTION(
            E.CLASS("quiz"),
            E.H1(view.title(quiz.key)),
            E.P(E.CLASS("fill"), view.t("handout_name"), E.SPAN(), view.t("handout_date"), E.SPAN()),
            E.OL(*(E.LI(*_question(view, question, chapter)) for question in questions)),
        ),
        E.SECTION(
            E.CLASS("answers"),
            E.H1(view.t("handout_answers")),
            E.OL(*(E.LI(*_answer(view, question)) for question in questions)),
        ),
    ]


def _question(view: View, question: Question, chapter: html.HtmlElement) -> list[html.HtmlElement]:
    locale = view.locale
    parts = [
        E.P(question.text[locale] + " ", E.SPAN(E.CLASS("quiet"), f"({view.t('question_' + question.kind.value)})"))
    ]
    if question.figure:
        parts.append(_figure(chapter, question.figure))
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.MULTIPLE:
            parts.append(E.UL(*(E.LI("□ " + option.text[locale]) for option in question.options)))
        case QuestionKind.TRUE_FALSE:
            parts.append(E.UL(E.LI("□ " + view.t("quiz_true")), E.LI("□ " + view.t("quiz_false"))))
        case QuestionKind.NUMERIC:
            unit = question.unit[locale] if question.unit else ""
            parts.append(E.P(f"{view.t('quiz_number')}: ", E.SPAN(E.CLASS("blank")), f" {unit}"))
        case QuestionKind.MATCHING:
            lefts = (E.LI(E.SPAN(E.CLASS("blank")), E.SPAN(pair.left[locale])) for pair in question.pairs)
            rights = (E.LI(f"{letter}. {right}") for letter, right in _lettered(question, locale))
            parts.append(E.DIV(E.CLASS("pairs"), E.UL(*lefts), E.UL(*rights)))
        case QuestionKind.ESSAY:
            parts.append(E.DIV(E.CLASS("lines")))
    return parts


def _answer(view: View, question: Question) -> list[html.HtmlElement]:
    locale = view.locale
    parts = []
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.MULTIPLE:
            parts = [E.P(E.STRONG(option.text[locale])) for option in question.options if option.right]
        case QuestionKind.TRUE_FALSE:
            parts = [E.P(E.STRONG(view.t("quiz_true" if question.answer else "quiz_false")))]
        case QuestionKind.NUMERIC:
            unit = question.unit[locale] if question.unit else ""
            parts = [E.P(E.STRONG(f"{view.key_number(question)} {unit}".strip()))]
        case QuestionKind.MATCHING:
            letters = {right: letter for letter, right in _lettered(question, locale)}
            pairs = (f"{pair.left[locale]} – {letters[pair.right[locale]]}" for pair in question.pairs)
            parts = [E.P(E.STRONG("; ".join(pairs)))]
    parts.append(E.P(question.right[locale]))
    if question.kind == QuestionKind.ESSAY:
        parts.append(E.P(f"{view.t('quiz_weak')} {question.wrong[locale]}"))
    return parts


def _lettered(question: Question, locale: str) -> list[tuple[str, str]]:
    """The right-hand sides under letters, in alphabetical order, which gives nothing away."""
    return list(zip(ascii_uppercase, sorted(pair.right[locale] for pair in question.pairs), strict=False))


def _figure(chapter: html.HtmlElement, slug: str) -> html.HtmlElement:
    """The chapter's drawing once more, without ids, which must not stand twice."""
    figure = deepcopy(chapter.xpath(f".//figure[@id='figure-{slug}']")[0])
    figure.tail = None
    drawing = figure.find("svg")
    drawing.set("aria-label", drawing.find("desc").text_content())
    drawing.attrib.pop("aria-labelledby", None)
    for element in figure.iter():
        element.attrib.pop("id", None)
    return figure
