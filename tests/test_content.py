"""How dates, numbers, Markdown and YAML are read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scripts.content import numbers, yaml_tree
from scripts.content.dates import Period, Point
from scripts.content.markdown import Document
from scripts.content.mentions import mentions
from scripts.content.numbers import Quantity


@pytest.mark.parametrize(
    ("text", "ko", "en"),
    [
        ("2025", "2025년", "2025"),
        ("2025-Q1", "2025년 1분기", "Q1 2025"),
        ("2025-08", "2025년 8월", "August 2025"),
        ("2025-08-20", "2025년 8월 20일", "20 August 2025"),
        ("2023-09/2023-11", "2023년 9~11월", "September–November 2023"),
        ("2022/", "2022년~", "since 2022"),
        ("2026-05-11/2026-05-12", "2026년 5월 11~12일", "11–12 May 2026"),
        ("2026-05-30/2026-06-02", "2026년 5월 30일~6월 2일", "30 May–2 June 2026"),
        ("2025-12-30/2026-01-02", "2025년 12월 30일~2026년 1월 2일", "30 December 2025–2 January 2026"),
        ("2024-07/2025-12", "2024년 7월~2025년 12월", "July 2024–December 2025"),
        ("2024-Q1/2024-Q3", "2024년 1~3분기", "Q1–Q3 2024"),
        ("2024/2024-05", "2024년~2024년 5월", "2024–May 2024"),
        ("2024/2024", "2024~2024년", "2024–2024"),
        ("2023/2025", "2023~2025년", "2023–2025"),
    ],
)
def test_a_date_is_shown_as_each_language_writes_it(text, ko, en):
    assert (Period.parse(text).show("ko"), Period.parse(text).show("en")) == (ko, en)


@pytest.mark.parametrize("text", ["2025-13", "2025-00", "2025-02-30", "25-01", "2025-Q5", "2025/2024", "May 2025", ""])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"2|not a date"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("9,700만 명", "97 million people"),
        ("220억 개", "22 billion assets"),
        ("1억 2,000만 명", "120 million people"),
        ("75%를", "75 percent"),
        ("75 % 줄었다", "75% less"),
        ("5천만 원", "50,000,000 won"),
        ("4만 1,600명", "41,600 people"),
        ("4만2천 명과 4만 2000명", "42,000 people"),
        ("1억 500명", "100,000,500 people"),
        ("3만 명, 20%와 2025년", "30,000 people, 20% and 2025"),
        ("40만, 1,600명", "400,000 and 1,600"),
        ("0.5초", "0.5 seconds"),
        ("2023년 9~11월에", "September–November 2023"),
        ("2023년 9월부터 11월까지", "from September to November 2023"),
        ("2026년 5월 11~12일에", "on 11–12 May 2026"),
        ("2026년 5월 11일과 2026년 5월 12일에", "May 11–12, 2026"),
        ("2026년 5월 30일~6월 2일", "30 May–2 June 2026"),
        ("2026년 5월 30일부터 6월 2일까지", "from 30 May to 2 June 2026"),
        ("2024년 1~3분기", "Q1–Q3 2024"),
        ("2025년 8월 20일", "20 August 2025"),
        ("2025년 8월 20일", "August 20, 2025"),
        ("2025년 1분기", "Q1 2025"),
        ("2022년부터", "since 2022"),
        ("2022~2024년", "2022–2024"),
        ("3D 모델과 8쪽, 3~5쪽, [28, 31], 그림 3, 2차원", "a 3D model on p. 8, pp. 3–5, [28, 31], figure 3, chapter 2"),
    ],
)
def test_both_languages_give_the_same_values(ko, en):
    assert {x.value for x in numbers.read(ko, "ko")} == {x.value for x in numbers.read(en, "en")}


def test_percent_is_not_a_bare_number():
    assert [x.value for x in numbers.read("75% of 75", "en")] == [Quantity(Decimal(75), True), Quantity(Decimal(75))]


def test_pointers_and_names_state_no_quantity():
    assert numbers.read("IS-206, R2X, p. 3, [14], article 2", "en") == []


def test_a_day_implies_its_month_and_year():
    assert Point(2025, month=8, day=20).coarser() == {
        Point(2025), Point(2025, month=8), Point(2025, month=8, day=20),
    }  # fmt: skip


def test_code_and_comments_are_not_prose_and_keep_their_place():
    document = Document("a `[x](y.md)` b\n\n```\n# no heading\n```\n\n[c](d.md)")
    assert [(link.text, link.line, link.column) for link in document.links] == [("c", 7, 1)]
    assert document.headings == []
    assert len(document.prose) == len(document.text)


def test_a_link_may_hold_brackets_and_a_title():
    (link,) = Document('![a [28] b](../figures/x.svg "the caption")').links
    assert (link.text, link.target, link.title, link.image) == ("a [28] b", "../figures/x.svg", "the caption", True)


def test_blocks_are_what_a_reader_sees():
    text = 'para\n\n- a\n- b\n\n    more of b\n- c\n\npara\n\n1. x\n2. y\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n!!! note "t"\n\n    inside\n'
    assert [(b.kind, b.shape) for b in Document(text).blocks] == [
        ("paragraph", ()), ("list", (3,)), ("paragraph", ()), ("numbered list", (2,)), ("table", (2, 2)), ("admonition", ("note", 1)), ("paragraph", ()),
    ]  # fmt: skip


def test_words_are_counted_without_marks():
    assert Document("## Heading {#id}\n\n- **Two** [words](x.md) – `code` here").words == 4


def test_yaml_keeps_dates_as_text_and_no_as_the_country():
    data, places = yaml_tree.parse("a: 2025-08-20\nb: [NO, true, 3]\n")
    assert data == {"a": "2025-08-20", "b": ["NO", True, 3]}
    assert places[("b", 1)] == (2, 9)


def test_a_name_is_found_before_every_particle_and_under_every_alias(real_book):
    page = real_book.entries["chapters/01-introduction"].pages["ko"]
    for text in ("XR은", "XR의", "확장 현실이", "확장 현실에서는", "확장현실로"):
        changed = type(page)(page.key, "ko", page.path, text, {}, {}, Document(text))
        assert [m.key for m in mentions(real_book, changed)] == ["glossary/xr"], text


def test_a_name_starts_a_sentence_or_stands_in_the_plural(real_book):
    page = real_book.entries["chapters/01-introduction"].pages["en"]
    for text, key in (
        ("Generative AI", "generative-ai"),
        ("digital twins", "digital-twin"),
        ("Digital twin", "digital-twin"),
    ):
        changed = type(page)(page.key, "en", page.path, text, {}, {}, Document(text))
        assert [m.key for m in mentions(real_book, changed)] == [f"glossary/{key}"], text
