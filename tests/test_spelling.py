"""Spelling in both languages, and advice on style."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml

from scripts.advice import advice
from scripts.content.book import Book
from scripts.content.loading import load
from scripts.environment import ROOT
from scripts.spelling import LIST, findings
from scripts.system import need_hunspell

STRINGS = (ROOT / "overrides/strings.yml").read_text(encoding="utf-8")

# What slips from hands and keyboards, and what is often believed to be right.
WRONG = {
    "ko": """됬다 않된다 몇일 역활 할수있다 금새 어떻해 왠만하면 설겆이 희안하다 들어나다고 메타버스은 아바타은 휴먼는 디지털 트원
    가상공간에셔 인공지눙 잇다고 햇다 만드렀다 바램이었슴 오랫만에 폭팔적 컨텐츠 프로젝트을 최적화핬다 시물레이션 로블륵스""",
    "en": """teh recieve seperate occured definately accross artifical virutal metavesre enviroment goverment lenght wich
    untill publically begining succesful acknowledgements colour organisation Robolx simulaton""",
}
# Forms that the dictionaries do not know by themselves, but together with the list and the endings.
RIGHT = {
    "ko": """메타버스에서는 메타버스라고만 아바타뿐이다 휴먼이라는 에이전트입니다 로블록스의 최적화했다 시뮬레이션하면서 얼굴만으로는 되리라고
    무엇인지부터 허가받은 만들어진 켰다 머문 세 개씩을 AI는 97%를 3D로 ‘됬다’고 *메타버스*는 2025년의 XR을""",
    "en": """Roblox's metaverse's chatbots the 2nd and 20th café e.g. vision-language “teh” re-entry NVIDIA UneeQ imma""",
}


@pytest.fixture(scope="module", autouse=True)
def hunspell():
    need_hunspell()


def _of(book: Book, texts: dict[str, list[str]]) -> list[str]:
    """What is said of texts alone, each under a key of its own on a line of its own."""
    strings = yaml.safe_dump({k: dict(enumerate(v)) for k, v in texts.items()}, allow_unicode=True, width=9999)
    bare = replace(book, pages=[], figures={})
    bare.entries = {k: entry for k, entry in bare.entries.items() if entry.kind in ("cases", "glossary")}
    bare.judged = frozenset()  # their own text is not what is asked about
    return [f.message for f in findings(bare, strings) if f.path != LIST]


def test_every_word_of_the_site_is_known_and_every_word_of_the_list_is_needed(real_book):
    assert findings(real_book, STRINGS) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_wrong_word_is_found(real_book, language):
    said = _of(real_book, {language: WRONG[language].split()})
    wrong = set(WRONG[language].split()) - {"디지털"}
    assert [word for word in sorted(wrong) if not any(f"‘{word}’" in one for one in said)] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_inflected_names_quotations_and_what_follows_figures_are_passed_over(real_book, language):
    assert _of(real_book, {language: [RIGHT[language]]}) == []


def test_a_wrong_word_is_told_with_its_place_and_what_was_meant(small_book):
    page = small_book / "docs/cases/castle.ko.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\n이 성은 **오랫만에** [문](../glossary/mirror-world.md)을 열었다.\n", encoding="utf-8")
    line = text.count("\n") + 2
    (found,) = [f for f in findings(load(small_book)[0]) if "오랫만에" in f.message]
    assert str(found) == (
        f"docs/cases/castle.ko.md:{line}:8 spelling: ‘오랫만에’ stands in no dictionary; did you mean 오랜만에? "
        "If it is right, add it to docs/words.yml"
    )


def test_a_word_of_the_list_that_nothing_needs_is_told_with_its_line(small_book):
    (small_book / LIST).write_text("ko:\n  - 메타버스\n  - 없는낱말\nen: [castle, Nobodysword]\n", encoding="utf-8")
    said = [str(f) for f in findings(load(small_book)[0]) if f.path == LIST]
    assert "docs/words.yml:3:5 spelling: nothing on the site needs ‘없는낱말’ here; remove it" in said
    assert "docs/words.yml:4:14 spelling: nothing on the site needs ‘Nobodysword’ here; remove it" in said


def test_advice_names_long_sentences_and_translated_turns_and_passes_over_quotations(small_book):
    page = small_book / "docs/cases/castle.en.md"
    words = " ".join(["word"] * 41)
    with page.open("a", encoding="utf-8") as file:
        file.write(f"\nShort. {words}. It will utilize a gate. He said “utilize it”.\n")
    korean = small_book / "docs/cases/castle.ko.md"
    with korean.open("a", encoding="utf-8") as file:
        file.write("\n성문은 병사에 의해 열린다. ‘병사에 의해’라고 적혀 있다.\n")
    before = {str(f) for f in advice(load(ROOT / "tests/book")[0])}
    said = [str(f).partition(" ")[2] for f in advice(load(small_book)[0]) if str(f) not in before]
    assert said == [
        "long-sentence: a sentence of 41 words; 40 are easier to follow, try two",
        "turn: ‘utilize’: write use",
        "turn: ‘에 의해’: 누가 하는지를 주어로 쓰세요",
    ]
