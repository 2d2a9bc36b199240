"""`fix` mends what is mechanical, says what it did, and leaves everything else alone."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest

from scripts.environment import ROOT
from scripts.repair import mend
from scripts.tidy import Mended, between, tidy


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in [*(folder / "docs").rglob("*.md"), *(folder / "docs").rglob("*.yml"), folder / "mkdocs.yml"]
    }


@pytest.fixture
def real(tmp_path) -> Path:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def damage(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_bytes().decode()
    assert old in text, (path, old)
    (folder / path).write_bytes(text.replace(old, new, 1).encode())


# What is done to the real book, and the check or form under which it is mended.
DAMAGE = [
    ("docs/chapters/05-running-services.ko.md", " {#loop}", "", "heading-id"),
    ("docs/chapters/05-running-services.en.md", "{#cases}", "{#Cases_1}", "heading-id"),
    ("docs/cases/zepeto.yml", "country: [KR]\nsector: [social]\n", "sector: [social]\ncountry: [KR]\n", "key-order"),
    ("docs/quizzes/05-running-services.yml", "    objective: 1\n    at: optimization\n", "    at: optimization\n    objective: 1\n", "key-order"),
    ("docs/figures/world-model.yml", "{ko: ③ 장면, en: ③ View}", "{en: ③ View, ko: ③ 장면}", "key-order"),
    ("docs/chapters/03-making-content.ko.md", "[", "\u200b[", "encoding"),
    ("docs/teach/guides/05-running-services.ko.md", "장면", unicodedata.normalize("NFD", "장면"), "encoding"),
    ("docs/glossary/xr.ko.md", "---\n", "---\r\n", "encoding"),
    ("docs/glossary/metaverse.en.md", ".\n", ".  \r\n", "trailing-space"),
    ("docs/cases/roblox.en.md", "\n\n## ", "\t\n\n## ", "trailing-space"),
    ("docs/chapters/05-running-services.en.md", "“Results”", '"Results"', "quotes"),
    ("docs/chapters/05-running-services.en.md", "“correlate.”", '"correlate."', "quotes"),
    ("docs/cases/xr5.en.md", "(../glossary/xr.md)", "(../cases/xr.md)", "dead-link"),
    ("docs/index.ko.md", "(about.md)", "(about.ko.md)", "dead-link"),
]  # fmt: skip


def test_damage_to_the_real_book_is_mended_and_a_second_run_changes_nothing(real):
    good = contents(real)
    for path, old, new, _ in DAMAGE:
        damage(real, path, old, new)
    page = real / "docs/cases/zepeto.ko.md"
    page.write_bytes(page.read_bytes() + b"\n\n")
    done, left = mend(real)
    assert left == []
    assert {id for _, _, _, id in DAMAGE} <= {one.id for one in done}
    now = contents(real)
    assert [path for path in good if now[path] != good[path]] == []
    assert mend(real) == ([], [])
    assert contents(real) == now


def test_the_untouched_book_is_left_alone(real):
    good = contents(real)
    assert mend(real) == ([], [])
    assert contents(real) == good


def test_the_small_book_is_left_alone(small_book):
    good = contents(small_book)
    assert mend(small_book) == ([], [])
    assert contents(small_book) == good


def test_an_id_that_neither_language_has_is_made_of_the_english_heading(small_book):
    good = contents(small_book)
    damage(small_book, "docs/chapters/01-start.ko.md", "## 성의 사람들 {#people}", "## 성의 사람들")
    damage(small_book, "docs/chapters/01-start.en.md", " {#people}", "")
    done, _ = mend(small_book)
    assert [one.id for one in done] == ["heading-id", "heading-id"]
    heading = next(x for x in good["docs/chapters/01-start.en.md"].decode().split("\n") if "{#people}" in x)
    slug = heading.removeprefix("## ").removesuffix(" {#people}").lower().replace(" ", "-")
    assert f"{{#{slug}}}" in (small_book / "docs/chapters/01-start.ko.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "text", "kept"),
    [
        ("a.en.md", "It's the \"best\" of the users' choices.\n", "It's the “best” of the users' choices.\n"),
        ("a.en.md", "He wrote 'yes' in '24.\n", "He wrote ‘yes’ in '24.\n"),
        ("a.en.md", '`say "x"` and [a](b.md "title")\n', '`say "x"` and [a](b.md "title")\n'),
        ("a.en.md", '!!! note "Where report and sources differ"\n', '!!! note "Where report and sources differ"\n'),
        ("a.en.md", '```\nprint("x")\n```\n', '```\nprint("x")\n```\n'),
        ("a.ko.md", "보고서는 \"공진화\"라고 '쓴다'는 말이다.\n", "보고서는 “공진화”라고 ‘쓴다’는 말이다.\n"),
        ("a.ko.md", '![그림](../figures/x.svg "설명")\n', '![그림](../figures/x.svg "설명")\n'),
    ],
)
def test_quotation_marks_are_told_from_apostrophes_and_code(path, text, kept):
    assert tidy(path, text)[0] == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (  # comments move with what they explain
            "# the file\nfacts: []\n# its name\nname: {ko: 가, en: a}  # both\n",
            "# the file\n# its name\nname: {ko: 가, en: a}  # both\nfacts: []\n",
        ),
        ("name:\n  en: a\n  ko: 가\n", "name:\n  ko: 가\n  en: a\n"),
        ("nmae: 1\nfacts: []\nname: 2\n", "nmae: 1\nfacts: []\nname: 2\n"),  # an unknown key: nothing is known of order
        ("facts: [\nname: 1\n", "facts: [\nname: 1\n"),  # unreadable
        (
            "facts:\n  - report: 1\n    id: a\n    wording:\n      ko: |\n        가\n      en: b\n  - id: c\n",
            "facts:\n  - id: a\n    report: 1\n    wording:\n      ko: |\n        가\n      en: b\n  - id: c\n",
        ),
    ],
)
def test_keys_are_put_in_order_without_a_change_of_data(text, kept):
    new, done = tidy("docs/cases/a.yml", text)
    assert new == kept
    assert bool(done) == (new != text)
    assert tidy("docs/cases/a.yml", new) == (new, [])


def test_what_was_mended_is_shown_with_its_words():
    assert (
        str(between("a.md", 3, "particle", "그때 AI은 문을 연다", "그때 AI는 문을 연다"))
        == "a.md:3:6 particle: AI은 → AI는"
    )
    assert str(Mended("a.md", 1, 2, "encoding", "a\u200bb", "ab")) == "a.md:1:2 encoding: a\\u200bb → ab"
