"""The question banks hold the quizzes: Moodle XML as Moodle's importer reads it, GIFT as an independent parser does."""

from __future__ import annotations

import re
from base64 import b64decode
from decimal import Decimal

import pytest
from lxml import etree, html
from pygiftparser import parser

from scripts.content.book import LOCALES
from scripts.content.teaching import Question, QuestionKind
from scripts.exports import gift, moodle_xml
from scripts.exports.edition import Edition

# What an option of a question with several may give or take in Moodle, in percent (question_bank::fraction_options_full).
GRADES = [
    100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40,
    33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5,
]  # fmt: skip
TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "true-false": "truefalse",
    "numeric": "numerical",
    "matching": "matching",
    "essay": "essay",
}


@pytest.fixture(scope="module", params=LOCALES)
def locale(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def data(edition: Edition) -> list[tuple[str, int, Question]]:
    """Slug and number of the chapter with each question, as the book goes."""
    return [
        (chapter.slug, chapter.data.number, question)
        for chapter in edition.book.of_kind("chapters")
        for question in edition.book.entries[f"quizzes/{chapter.slug}"].data.questions
    ]


@pytest.fixture(scope="module")
def xml(edition: Edition, locale: str) -> etree._Element:
    return etree.fromstring(moodle_xml.bank(edition, locale))


@pytest.fixture(scope="module")
def questions(xml: etree._Element, data: list) -> list[tuple[etree._Element, Question]]:
    """Each question of the XML beside the one of the book, after making sure that they are the same ones."""
    found = xml.xpath("question[@type != 'category']")
    assert [q.findtext("idnumber") for q in found] == [f"{slug}-{question.id}" for slug, _, question in data]
    return [(element, question) for element, (_, _, question) in zip(found, data, strict=True)]


def of_kind(questions: list, kind: QuestionKind) -> list[tuple[etree._Element, Question]]:
    chosen = [(element, question) for element, question in questions if question.kind == kind]
    assert chosen
    return chosen


def words(element: etree._Element, path: str = ".") -> str:
    """What a reader reads of a piece of HTML, the way Moodle takes it from the file."""
    text = element.findtext(f"{path}/text") or ""
    return html.fragment_fromstring(text, create_parent="div").text_content()


def shares(element: etree._Element) -> list[Decimal]:
    return [Decimal(answer.get("fraction")) for answer in element.findall("answer")]


def test_each_question_stands_in_the_category_of_its_chapter(edition: Edition, xml, data, locale):
    title = edition.book.site.title[locale]
    category, found = None, []
    for question in xml:
        if question.get("type") == "category":
            category = question.findtext("category/text")
        else:
            found.append(category)
    chapters = {chapter.slug: chapter for chapter in edition.book.of_kind("chapters")}
    assert found == [f"top/{title}/{number:02} {chapters[slug].title(locale)}" for slug, number, _ in data]


def test_both_banks_say_their_edition_license_and_address(edition: Edition, xml, blocks, locale):
    view = edition.views[locale]
    for about in (words(xml[0], "info"), blocks[0]):
        assert all(said in about for said in ("CC BY 4.0", edition.book.site.edition.version, view.absolute("index")))


def test_every_question_has_its_type_text_grade_and_tags(questions, locale):
    for element, question in questions:
        assert element.get("type") == TYPES[question.kind.value]
        assert words(element, "questiontext").startswith(question.text[locale])
        assert element.findtext("defaultgrade") == "1"
        assert len(element.findtext("name/text")) <= 80
        assert len(element.xpath("tags/tag/text")) == 4
        assert all(len(tag) <= 50 for tag in element.xpath("tags/tag/text/text()"))  # as long as Moodle keeps


def test_idnumbers_fit_and_are_unique(questions):
    ids = [element.findtext("idnumber") for element, _ in questions]
    assert len(set(ids)) == len(ids) and max(map(len, ids)) <= 100


def test_a_single_choice_has_one_right_answer_and_shuffles(questions, locale):
    for element, question in of_kind(questions, QuestionKind.SINGLE):
        assert element.findtext("single") == element.findtext("shuffleanswers") == "true"
        assert element.findtext("penalty") == "0.3333333"
        assert [words(answer) for answer in element.findall("answer")] == [o.text[locale] for o in question.options]
        assert shares(element) == [100 if option.right else 0 for option in question.options]


def test_ticking_everything_in_a_multiple_response_gives_nothing(questions, locale):
    for element, question in of_kind(questions, QuestionKind.MULTIPLE):
        assert element.findtext("single") == "false"
        assert [words(answer) for answer in element.findall("answer")] == [o.text[locale] for o in question.options]
        given = shares(element)
        rights = [share for share, option in zip(given, question.options, strict=True) if option.right]
        assert abs(sum(rights) - 100) < Decimal("0.001") and min(rights) > 0
        assert abs(sum(given)) < Decimal("0.001")


def test_moodle_knows_every_share(questions):
    """Its importer refuses a share that lies 0.001 percent or more from each of its own."""
    for element, _ in of_kind(questions, QuestionKind.MULTIPLE):
        for share in shares(element):
            assert any(abs(abs(float(share)) - grade) < 0.001 for grade in GRADES), share


def test_true_and_false_are_named_in_english_and_one_is_right(questions, locale):
    for element, question in of_kind(questions, QuestionKind.TRUE_FALSE):
        answers = {a.findtext("text"): (a.get("fraction"), words(a, "feedback")) for a in element.findall("answer")}
        right, wrong = ("100", question.right[locale]), ("0", question.wrong[locale])
        assert answers == {"true": right if question.answer else wrong, "false": wrong if question.answer else right}


def test_the_key_of_a_number_is_its_fact(edition: Edition, questions, locale):
    for element, question in of_kind(questions, QuestionKind.NUMERIC):
        entry, _, name = question.fact.partition("#")
        fact = edition.book.entries[entry].data.fact(name)
        key, others = element.findall("answer")
        assert Decimal(key.findtext("text")) * question.per == Decimal(str(fact.value))
        assert re.fullmatch(r"-?\d+(\.\d+)?", key.findtext("text"))
        assert (float(key.findtext("tolerance")) > 0) == fact.approximate
        assert (key.get("fraction"), others.get("fraction"), others.findtext("text")) == ("100", "0", "*")
        assert words(key, "feedback") == question.right[locale]
        assert words(others, "feedback") == question.wrong[locale]
        assert not question.unit or question.unit[locale] in words(element, "questiontext")


def test_pairs_stay_together(questions, locale):
    for element, question in of_kind(questions, QuestionKind.MATCHING):
        pairs = [(words(sub), sub.findtext("answer/text")) for sub in element.findall("subquestion")]
        assert pairs == [(pair.left[locale], pair.right[locale]) for pair in question.pairs]
        assert element.findtext("shuffleanswers") == "true"


def test_whoever_grades_an_essay_is_told_what_a_good_answer_contains(questions, locale):
    for element, question in of_kind(questions, QuestionKind.ESSAY):
        info = words(element, "graderinfo")
        assert question.right[locale] in info and question.wrong[locale] in info
        assert question.right[locale] not in words(element, "generalfeedback")


def test_the_feedback_on_a_whole_question_is_that_of_the_book(questions, locale):
    for kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.MATCHING):
        for element, question in of_kind(questions, kind):
            assert words(element, "correctfeedback") == question.right[locale]
            assert words(element, "incorrectfeedback") == question.wrong[locale]
            assert words(element, "partiallycorrectfeedback") == question.wrong[locale]


def test_general_feedback_links_to_a_place_of_the_live_chapter(edition: Edition, questions, locale):
    for element, question in questions:
        (link,) = html.fragment_fromstring(element.findtext("generalfeedback/text")).iter("a")
        url, _, anchor = link.get("href").removeprefix(edition.views[locale].site_url).partition("#")
        assert anchor == question.at and anchor in edition.site.pages[url].ids


def test_a_drawing_is_in_the_file_and_has_an_alternative(edition: Edition, questions, locale):
    shown = [(element, question) for element, question in questions if question.figure]
    assert shown and len(shown) == len([element for element, _ in questions if element.xpath(".//file")])
    for element, question in shown:
        (image,) = html.fragment_fromstring(element.findtext("questiontext/text"), create_parent="div").iter("img")
        (file,) = element.findall("questiontext/file")
        assert image.get("src") == f"@@PLUGINFILE@@/{file.get('name')}" and file.get("path") == "/"
        assert b64decode(file.text) == edition.pictures[locale][question.figure]
        assert image.get("alt") and bool(re.search("[가-힣]", image.get("alt"))) == (locale == "ko")


def test_text_says_its_language(xml, locale):
    pieces = xml.xpath("//*[@format = 'html']/text/text()")
    assert pieces and all(f'lang="{locale}"' in piece for piece in pieces)


@pytest.mark.parametrize("module", [moodle_xml, gift])
def test_the_same_edition_gives_the_same_bytes(edition: Edition, module):
    assert all(module.bank(edition, locale) == module.bank(edition, locale) for locale in LOCALES)


# GIFT. The parser differs from Moodle, for which the file is written: it takes a category only on the first line, ends
# feedback at an escaped = ~ or }, knows no shares with decimals, and no feedback in an essay or on a wrong number. So
# it gets one question at a time, with stand-ins for what is escaped (Moodle's importer does the same) and without
# those two kinds of feedback, which are compared here.

ESCAPED = 0xE000  # where stand-ins begin: letters for private use


def stand_in(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: chr(ESCAPED + ord(m[1])), text)


def restored(text: str) -> str:
    text = text.replace(chr(ESCAPED + ord("n")), "\n")
    return "".join(chr(ord(x) - ESCAPED) if ESCAPED <= ord(x) < ESCAPED + 128 else x for x in text).strip()


@pytest.fixture(scope="module")
def blocks(edition: Edition, locale: str) -> list[str]:
    return gift.bank(edition, locale).decode().rstrip("\n").split("\n\n")


@pytest.fixture(scope="module")
def parsed(blocks: list[str], data: list) -> list[tuple[Question, object, str, str]]:
    """The question of the book, what the parser made of it, the general feedback, and that on a wrong number."""
    found = []
    texts = [block for block in blocks if block.startswith("// [id:")]
    for block, (_, _, question) in zip(texts, data, strict=True):
        block, general = re.search(r"(.*)####(.*)\}$", stand_in(block), re.DOTALL).groups()
        block, _, wrong = block.partition("~#") if question.kind == QuestionKind.NUMERIC else (block, "", "")
        (made,) = parser.parse(block.rstrip() + "}").questions
        found.append((question, made, restored(general), restored(wrong)))
    return found


def test_gift_stands_in_the_same_categories_as_the_xml(blocks, xml):
    categories = [block.removeprefix("$CATEGORY: ") for block in blocks if block.startswith("$CATEGORY: ")]
    assert categories == xml.xpath("question[@type = 'category']/category/text/text()")[1:]


def test_gift_has_the_titles_comments_and_texts_of_the_questions(parsed, blocks, data, locale):
    assert [made.name for _, made, _, _ in parsed] == [f"{slug}-{question.id}" for slug, _, question in data]
    for question, made, _, _ in parsed:
        assert restored(made.text).startswith(question.text[locale])
        assert not question.unit or question.unit[locale] in restored(made.text)
    assert all(re.match(r"// \[id:[a-z0-9-]+\]( \[tag:[^\][]+\]){4}\n::", block) for block in blocks if "[id:" in block)


def test_gift_answers_are_those_of_the_book(edition: Edition, parsed, locale):
    for question, made, general, wrong in parsed:
        options = [(o.prefix, restored(o.text), restored(o.feedback or "")) for o in made.answer.options]
        right, not_right = question.right[locale], question.wrong[locale]
        if question.kind == QuestionKind.SINGLE:
            assert repr(made.answer) == "MultipleChoiceRadio()"
            assert options == [
                ("=", o.text[locale], right) if o.right else ("~", o.text[locale], not_right) for o in question.options
            ]
        elif question.kind == QuestionKind.TRUE_FALSE:
            assert repr(made.answer) == "TrueFalse()"
            assert made.answer.options[0].text == str(question.answer)
            assert [restored(said) for said in made.answer.options[0].feedback.split("#")] == [not_right, right]
        elif question.kind == QuestionKind.MULTIPLE:
            assert repr(made.answer) == "MultipleChoiceCheckbox()"
            weights = [re.match(r"~%(-?[\d.]+)%(.*)", stand_in(o.raw_text)) for o in made.answer.options]
            assert [restored(weight[2]) for weight in weights] == [o.text[locale] for o in question.options]
            assert [float(weight[1]) > 0 for weight in weights] == [o.right for o in question.options]
            assert abs(sum(float(weight[1]) for weight in weights)) < 0.001
        elif question.kind == QuestionKind.NUMERIC:
            assert repr(made.answer) == "Numerical()"
            assert made.answer.get_number() == float(edition.book.key_number(question))
            assert options[0][2] == right and wrong == not_right
        elif question.kind == QuestionKind.MATCHING:
            assert repr(made.answer) == "Matching()"
            pairs = [made.answer.get_pair(option) for option in made.answer.options]
            assert [(restored(p["first"]), restored(p["second"])) for p in pairs] == [
                (pair.left[locale], pair.right[locale]) for pair in question.pairs
            ]
        else:
            assert repr(made.answer) == "Essay()"
        if question.kind in (QuestionKind.MULTIPLE, QuestionKind.MATCHING, QuestionKind.ESSAY):
            assert right in general and not_right in general


def test_gift_and_xml_agree_on_every_number(blocks, questions):
    """Key and tolerance, and the shares of options."""
    by_id = {element.findtext("idnumber"): element for element, _ in questions}
    for block in blocks:
        if match := re.search(r"\[id:([^\]]+)\]", block):
            element = by_id[match[1]]
            if element.get("type") == "numerical":
                key = element.find("answer")
                assert f"\t#{key.findtext('text')}:{key.findtext('tolerance')}#" in block
            elif element.findtext("single") == "false":
                assert re.findall(r"\t~%([^%]+)%", block) == [a.get("fraction") for a in element.findall("answer")]


def test_gift_says_where_the_answer_and_the_drawing_are(edition: Edition, parsed, locale):
    root = edition.views[locale].site_url
    for question, made, general, _ in parsed:
        url, _, anchor = re.search(rf"{re.escape(root)}(\S*)$", general)[1].partition("#")
        assert anchor == question.at and anchor in edition.site.pages[url].ids
        if question.figure:
            url, _, anchor = re.search(rf"{re.escape(root)}(\S*)$", restored(made.text))[1].partition("#")
            assert anchor == f"figure-{question.figure}" and anchor in edition.site.pages[url].ids


def test_gift_has_no_blank_line_within_a_question_and_nothing_that_moodle_takes_for_an_arrow(blocks, data, locale):
    assert all(block.count("::") == 2 for block in blocks if "[id:" in block)
    pairs = [pair for _, _, question in data for pair in question.pairs]
    assert not any("->" in pair.left[locale] + pair.right[locale] for pair in pairs)


def test_what_means_something_to_gift_is_escaped():
    assert gift._escaped(r"a~b=c#d{e}f:g\h") == r"a\~b\=c\#d\{e\}f\:g\\h"
