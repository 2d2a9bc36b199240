"""The questions of all quizzes as GIFT, a plain-text format that Moodle and many others read.

What Moodle reads is learned from its importer (public/question/format/gift/format.php in moodle/moodle). Text is in
Moodle's automatic format, the default of GIFT: no markup is needed, and its filter makes links of addresses.
"""

from __future__ import annotations

from scripts.content.teaching import QuestionKind
from scripts.exports.edition import Edition
from scripts.exports.question_bank import Item, category, quizzes


def bank(edition: Edition, locale: str) -> bytes:
    """Feedback stands at the answer where one answer is given, else behind `####`, where GIFT has it for the question
    as a whole. A drawing cannot be in the file; its address is. Comments carry what Moodle reads from them: `[id:…]`
    and `[tag:…]`."""
    view = edition.views[locale]
    site = edition.book.site
    head = [
        view.site_title,
        view.t("edition", site.edition.version, view.date(site.edition.date)),
        f"{view.t('license')}. {view.t('license_report')}",
        view.absolute("index"),
    ]
    parts = ["\n".join(f"// {line}" for line in head)]
    for chapter, items in quizzes(edition, locale):
        parts.append(f"$CATEGORY: {category(view, chapter)}")
        parts.extend(_question(item) for item in items)
    return ("\n\n".join(parts) + "\n").encode()


def _question(item: Item) -> str:
    comment = " ".join([f"[id:{item.id}]", *(f"[tag:{tag}]" for tag in item.tags)])
    text = [item.text, item.unit]
    if item.question.figure:
        drawing = f"{item.view.absolute(item.chapter.key)}#figure-{item.question.figure}"
        text.append(item.view.t("bank_drawing", drawing))
    lines = [f"// {comment}", f"::{_escaped(item.id)}::{_joined(text)}{{", *_PARTS[item.question.kind](item)]
    return "\n".join([*lines, f"\t####{_general(item)}", "}"])


def _general(item: Item) -> str:
    """Feedback that everyone sees, whatever they answered."""
    t, kind = item.view.t, item.question.kind
    said = []
    if kind == QuestionKind.ESSAY:
        said = [f"{t('quiz_good_answer')}: {item.right}", f"{t('quiz_weak')} {item.wrong}"]
    elif kind in (QuestionKind.MULTIPLE, QuestionKind.MATCHING):
        said = [item.right, f"{t('quiz_if_wrong')} {item.wrong}"]
    return _joined([*said, f"{t('quiz_where')}: {item.where} {item.address}"])


def _single(item: Item) -> list[str]:
    return [
        f"\t{'=' if option.right else '~'}{_escaped(option.text[item.view.locale])}"
        f"#{_escaped(item.right if option.right else item.wrong)}"
        for option in item.question.options
    ]


def _multiple(item: Item) -> list[str]:
    options = zip(item.question.options, item.shares, strict=True)
    return [f"\t~%{share}%{_escaped(option.text[item.view.locale])}" for option, share in options]


def _true_false(item: Item) -> list[str]:
    """The feedback on the wrong answer comes first."""
    return [f"\t{str(item.question.answer).upper()}#{_escaped(item.wrong)}#{_escaped(item.right)}"]


def _number(item: Item) -> list[str]:
    key = f"{item.view.key_number(item.question)}:{item.tolerance:f}"
    return [f"\t#{key}#{_escaped(item.right)}", f"\t~#{_escaped(item.wrong)}"]


def _matching(item: Item) -> list[str]:
    locale = item.view.locale
    return [f"\t={_escaped(pair.left[locale])} -> {_escaped(pair.right[locale])}" for pair in item.question.pairs]


_PARTS = {
    QuestionKind.SINGLE: _single,
    QuestionKind.TRUE_FALSE: _true_false,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.NUMERIC: _number,
    QuestionKind.MATCHING: _matching,
    QuestionKind.ESSAY: lambda item: [],
}


def _joined(lines: list[str | None]) -> str:
    r"""As one line of the file; `\n` is a line break to readers, a real one would end the question if doubled."""
    return r"\n".join(_escaped(line) for line in lines if line)


def _escaped(text: str) -> str:
    r"""With a backslash before what means something to GIFT."""
    return "".join(f"\\{letter}" if letter in "\\~=#{}:" else letter for letter in text)
