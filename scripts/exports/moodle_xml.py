"""The questions of all quizzes as Moodle XML, for the question bank of a course.

What Moodle reads is learned from its importer (public/question/format/xml/format.php in moodle/moodle).
"""

from __future__ import annotations

from base64 import b64encode
from html import escape
from textwrap import shorten

from lxml import etree
from lxml.builder import E

from scripts.content.book import Entry
from scripts.content.teaching import QuestionKind
from scripts.exports.edition import Edition
from scripts.exports.question_bank import Item, category, quizzes
from scripts.view import View

_TYPES = {
    QuestionKind.SINGLE: "multichoice",
    QuestionKind.TRUE_FALSE: "truefalse",
    QuestionKind.MULTIPLE: "multichoice",
    QuestionKind.NUMERIC: "numerical",
    QuestionKind.MATCHING: "matching",
    QuestionKind.ESSAY: "essay",
}
# What a wrong try costs where students may try again; Moodle's own defaults.
_PENALTIES = {QuestionKind.TRUE_FALSE: "1", QuestionKind.ESSAY: "0"}
_PENALTY = "0.3333333"


def bank(edition: Edition, locale: str) -> bytes:
    """One category a chapter below one for all. Moodle makes them when "Get category from file" is on, its default."""
    view = edition.views[locale]
    quiz = etree.Element("quiz")
    quiz.append(_category(category(view), _about(view)))
    for chapter, items in quizzes(edition, locale):
        quiz.append(_category(category(view, chapter), _of_chapter(view, chapter)))
        quiz.extend(_question(item, edition.pictures[locale]) for item in items)
    etree.indent(quiz)
    return etree.tostring(quiz, xml_declaration=True, encoding="UTF-8") + b"\n"


def _category(path: str, info: str) -> etree._Element:
    return E.question(E.category(E.text(path)), _html("info", info), type="category")


def _about(view: View) -> str:
    edition = view.book.site.edition
    home = view.absolute("index")
    made = view.t("edition", edition.version, view.date(edition.date))
    rights = f"{view.t('license')}. {view.t('license_report')}"
    return _paragraph(view, f'<a href="{home}">{home}</a>') + "".join(
        _paragraph(view, _escaped(text)) for text in (made, rights)
    )


def _of_chapter(view: View, chapter: Entry) -> str:
    address = view.absolute(chapter.key)
    return _paragraph(view, f'{_escaped(chapter.description(view.locale))} <a href="{address}">{address}</a>')


def _question(item: Item, pictures: dict[str, bytes]) -> etree._Element:
    kind = item.question.kind
    return E.question(
        E.name(E.text(shorten(f"{item.chapter.data.number:02}-{item.place:02} {item.text}", 80, placeholder=" …"))),
        _question_text(item, pictures),
        _html("generalfeedback", _where(item)),
        E.defaultgrade("1"),
        E.penalty(_PENALTIES.get(kind, _PENALTY)),
        E.hidden("0"),
        E.idnumber(item.id),
        *_PARTS[kind](item),
        E.tags(*(E.tag(E.text(tag)) for tag in item.tags)),
        type=_TYPES[kind],
    )


def _question_text(item: Item, pictures: dict[str, bytes]) -> etree._Element:
    html = _paragraph(item.view, _escaped(item.text))
    if item.unit:
        html += _paragraph(item.view, _escaped(item.unit))
    slug = item.question.figure
    if not slug:
        return _html("questiontext", html)
    words = item.chapter.pages[item.view.locale].drawings[slug].text
    width = int.from_bytes(pictures[slug][16:20], "big") // 2  # of a PNG; drawn twice as large as shown
    image = f'<img src="@@PLUGINFILE@@/{slug}.png" alt="{escape(words)}" width="{width}" class="img-fluid">'
    text = _html("questiontext", html + _paragraph(item.view, image))
    text.append(E.file(b64encode(pictures[slug]).decode(), name=f"{slug}.png", path="/", encoding="base64"))
    return text


def _where(item: Item) -> str:
    link = f'<a href="{item.address}">{_escaped(item.where)}</a>'
    return _paragraph(item.view, f"{_escaped(item.view.t('quiz_where'))}: {link}")


def _choice(item: Item) -> list[etree._Element]:
    single = item.question.kind == QuestionKind.SINGLE
    shares = ["100" if option.right else "0" for option in item.question.options] if single else item.shares
    return [
        E.single("true" if single else "false"),
        E.shuffleanswers("true"),
        E.answernumbering("abc"),
        E.showstandardinstruction("0"),  # the questions say how many to choose
        *_feedback(item),
        *(
            _html("answer", _words(item.view, option.text[item.view.locale]), fraction=share)
            for option, share in zip(item.question.options, shares, strict=True)
        ),
    ]


def _true_false(item: Item) -> list[etree._Element]:
    """The answers are the words `true` and `false` in any language."""
    return [
        E.answer(E.text(str(value).lower()), _said(item, value == item.question.answer),
                 fraction="100" if value == item.question.answer else "0", format="moodle_auto_format")
        for value in (True, False)
    ]  # fmt: skip


def _number(item: Item) -> list[etree._Element]:
    """The key, and `*` for every other number; no unit is asked for."""
    key, tolerance = item.view.key_number(item.question), f"{item.tolerance:f}"
    return [
        E.answer(E.text(key), _said(item, True), E.tolerance(tolerance), fraction="100", format="moodle_auto_format"),
        E.answer(E.text("*"), _said(item, False), E.tolerance("0"), fraction="0", format="moodle_auto_format"),
        E.unitgradingtype("0"),
        E.showunits("3"),
    ]


def _matching(item: Item) -> list[etree._Element]:
    locale = item.view.locale
    return [
        E.shuffleanswers("true"),
        *_feedback(item),
        *(
            _html("subquestion", _words(item.view, pair.left[locale]), E.answer(E.text(pair.right[locale])))
            for pair in item.question.pairs
        ),
    ]


def _essay(item: Item) -> list[etree._Element]:
    view = item.view
    good = f"<strong>{_escaped(view.t('quiz_good_answer'))}:</strong> {_escaped(item.right)}"
    weak = f"<strong>{_escaped(view.t('quiz_weak'))}</strong> {_escaped(item.wrong)}"
    return [
        E.responseformat("editor"),
        E.responserequired("1"),
        E.responsefieldlines("15"),
        E.attachments("0"),
        E.attachmentsrequired("0"),
        _html("graderinfo", _paragraph(view, good) + _paragraph(view, weak)),
        _html("responsetemplate", ""),
    ]


_PARTS = {
    QuestionKind.SINGLE: _choice,
    QuestionKind.TRUE_FALSE: _true_false,
    QuestionKind.MULTIPLE: _choice,
    QuestionKind.NUMERIC: _number,
    QuestionKind.MATCHING: _matching,
    QuestionKind.ESSAY: _essay,
}


def _feedback(item: Item) -> list[etree._Element]:
    """Of a whole question. Whoever is partly right is told what the wrong are told, and how much is right."""
    right, wrong = (_paragraph(item.view, _escaped(text)) for text in (item.right, item.wrong))
    whole = [
        _html("correctfeedback", right),
        _html("partiallycorrectfeedback", wrong),
        _html("incorrectfeedback", wrong),
    ]
    return whole if item.question.kind == QuestionKind.SINGLE else [*whole, E.shownumcorrect()]


def _said(item: Item, right: bool) -> etree._Element:
    """The feedback on one answer."""
    return _html("feedback", _paragraph(item.view, _escaped(item.right if right else item.wrong)))


def _html(tag: str, html: str, *more: etree._Element, **attributes: str) -> etree._Element:
    text = E.text()
    if html:
        text.text = etree.CDATA(html)
    return E(tag, text, *more, format="html", **attributes)


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _paragraph(view: View, html: str) -> str:
    """With its language: Moodle's own may be another."""
    return f'<p lang="{view.locale}">{html}</p>'


def _words(view: View, text: str) -> str:
    """Within a line; Moodle takes paragraphs out of options, but only bare ones."""
    return f'<span lang="{view.locale}">{_escaped(text)}</span>'
