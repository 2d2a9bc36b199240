"""A quiz as IMS QTI 1.2, in the profile of Common Cartridge and in the one that Canvas reads.

What importers make of it is learned from Moodle (backup/cc/entity11.quiz.class.php), Canvas
(gems/plugins/qti_exporter and QTIMigrationTool) and cc2olx (content_processors/qti.py).
"""

from __future__ import annotations

from html import escape
from textwrap import shorten

from lxml import etree
from lxml.builder import ElementMaker

from scripts.content.teaching import QuestionKind
from scripts.exports.imscc import written
from scripts.exports.question_bank import Item

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_qtiasiv1p2p1_v1p0.xsd"
_E = ElementMaker(namespace=QTI, nsmap={None: QTI, "xsi": _INSTANCE})
_PROFILES = {QuestionKind.SINGLE: "cc.multiple_choice.v0p1", QuestionKind.TRUE_FALSE: "cc.true_false.v0p1"}
_CANVAS_TYPES = {QuestionKind.SINGLE: "multiple_choice_question", QuestionKind.TRUE_FALSE: "true_false_question"}
# Names that Canvas knows; Moodle and cc2olx take any.
_GENERAL, _RIGHT, _WRONG = "general_fb", "correct_fb", "general_incorrect_fb"
_RESPONSE = "response1"
_QUESTION_NAME = 80  # letters


def assessment(id: str, title: str, items: list[Item], canvas: bool = False) -> bytes:
    """The questions of one quiz, one point each. With `canvas` it says what Canvas wants to know instead of what the
    profile of Common Cartridge demands."""
    fields = {"cc_maxattempts": "unlimited"}
    if not canvas:
        fields |= {"cc_profile": "cc.exam.v0p1", "qmd_assessmenttype": "Examination", "qmd_scoretype": "Percentage"}
    questions = (_question(item, canvas) for item in items)
    test = _E.assessment(_metadata(fields), _E.section(*questions, ident="root_section"), ident=id, title=title)
    root = _E.questestinterop(test)
    root.set(f"{{{_INSTANCE}}}schemaLocation", f"{QTI} {_SCHEMA}")
    return written(root)


def _question(item: Item, canvas: bool) -> etree._Element:
    """Its name is given because Moodle would cut one from the text, in the middle of a letter."""
    kind, locale = item.question.kind, item.view.locale
    profile = (
        {"question_type": _CANVAS_TYPES[kind], "points_possible": "1.0"} if canvas else {"cc_profile": _PROFILES[kind]}
    )
    return _E.item(
        _E.itemmetadata(_metadata(profile)),
        _E.presentation(
            _material(_text(item), "text/html"),
            _E.response_lid(
                _E.render_choice(
                    *(_E.response_label(_material(text, "text/plain"), ident=id) for id, text, _ in _options(item))
                ),
                ident=_RESPONSE,
                rcardinality="Single",
            ),
        ),
        _processing(item),
        _feedback(_GENERAL, _paragraphs(locale, f"{item.view.t('quiz_where')}: {_link(item.address, item.where)}")),
        _feedback(_RIGHT, _paragraphs(locale, _escaped(item.right))),
        _feedback(_WRONG, _paragraphs(locale, _escaped(item.wrong))),
        ident=f"{locale}-{item.id}",
        title=shorten(f"{item.chapter.data.number:02}-{item.place:02} {item.text}", _QUESTION_NAME, placeholder=" …"),
    )


def _options(item: Item) -> list[tuple[str, str, bool]]:
    """Name, words and whether it is right. Moodle gives up on a true-false question whose names are others; names that
    look like numbers it compares as numbers."""
    question, locale = item.question, item.view.locale
    if question.kind == QuestionKind.TRUE_FALSE:
        return [(n, item.view.t(f"quiz_{n}"), (n == "true") == question.answer) for n in ("true", "false")]
    return [(n, o.text[locale], o.right) for n, o in zip("abcdef", question.options, strict=False)]


def _processing(item: Item) -> etree._Element:
    """First what all are told, then the key, then each wrong option. cc2olx takes for right what stands before the
    first condition that ends the processing; Moodle tells a wrong answer only what its own condition shows."""
    options = _options(item)
    key = next(id for id, _, right in options if right)
    wrong = [id for id, _, right in options if not right]
    return _E.resprocessing(
        _E.outcomes(_E.decvar(maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")),
        _E.respcondition(_E.conditionvar(_E.other()), _shown(_GENERAL), {"continue": "Yes"}),
        _condition(key, _E.setvar("100", action="Set", varname="SCORE"), _shown(_RIGHT)),
        *(_condition(id, _shown(_WRONG)) for id in wrong),
    )


def _condition(option: str, *then: etree._Element) -> etree._Element:
    chosen = _E.conditionvar(_E.varequal(option, respident=_RESPONSE))
    return _E.respcondition(chosen, *then, {"continue": "No"})


def _shown(feedback: str) -> etree._Element:
    return _E.displayfeedback(feedbacktype="Response", linkrefid=feedback)


def _text(item: Item) -> str:
    """A drawing is linked: no importer brings pictures of questions over without loss."""
    paragraphs = [_escaped(item.text)]
    if slug := item.question.figure:
        address = f"{item.view.absolute(item.chapter.key)}#figure-{slug}"
        drawing = item.view.book.figures[slug].title[item.view.locale]
        paragraphs.append(_link(address, item.view.t("bank_drawing", drawing)))
    return _paragraphs(item.view.locale, *paragraphs)


def _feedback(id: str, html: str) -> etree._Element:
    return _E.itemfeedback(_E.flow_mat(_material(html, "text/html")), ident=id)


def _material(text: str, type: str) -> etree._Element:
    return _E.material(_E.mattext(text, texttype=type))


def _metadata(fields: dict[str, str]) -> etree._Element:
    return _E.qtimetadata(*(_E.qtimetadatafield(_E.fieldlabel(k), _E.fieldentry(v)) for k, v in fields.items()))


def _paragraphs(locale: str, *paragraphs: str) -> str:
    return f'<div lang="{locale}">' + "".join(f"<p>{html}</p>" for html in paragraphs) + "</div>"


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{_escaped(words)}</a>'


def _escaped(text: str) -> str:
    return escape(text, quote=False)
