"""What the templates are told: addresses, lists, citations."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from scripts.citation import STYLES
from scripts.environment import ROOT
from scripts.view import View, initial

STRINGS = yaml.safe_load((ROOT / "overrides/strings.yml").read_text(encoding="utf-8"))


@pytest.fixture(params=["ko", "en"])
def view(request, real_book) -> View:
    return View(real_book, request.param, STRINGS[request.param], "https://example.org/reader/", "", "main")


def test_both_languages_have_the_same_words():
    assert STRINGS["ko"].keys() == STRINGS["en"].keys()


def test_a_page_is_cited_with_authors_date_title_site_and_address(view):
    cited = view.cite(view.work(view.book.entries["cases/roblox"]), "apa")
    day = view.book.site.edition.date
    expected = {
        "ko": f"메타버스와 AI의 공진화 기여자. ({day.year}. {day.month}. {day.day}.). 로블록스. 메타버스와 AI의 공진화. "
        "https://example.org/reader/cases/roblox/",
        "en": f"Metaverse–AI Co-evolution contributors. ({day.year}, {day:%B} {day.day}). Roblox. Metaverse–AI Co-evolution. "
        "https://example.org/reader/en/cases/roblox/",
    }
    assert cited == expected[view.locale]


def test_bibtex_keeps_the_group_together_and_its_key_plain(view):
    entry = view.cite(view.work(view.book.entries["cases/roblox"]), "bibtex")
    assert entry.startswith(f"@online{{metaverse-ai-cases-roblox-{view.locale}-")
    assert f"author = {{{{{view.book.site.authors[view.locale]}}}}}," in entry


def test_the_report_is_cited_apart_from_the_site_with_its_author_as_a_person(view):
    work = view.report_work()
    forms = {style: view.cite(work, style) for style in STYLES}
    assert all("IS-206" in text and view.site_title not in text for text in forms.values())
    assert forms["apa"].startswith({"ko": "한상열. (2025). ", "en": "Han, S. (2025). "}[view.locale])
    assert forms["chicago"].startswith({"ko": "한상열. ", "en": "Han Sangyeol. "}[view.locale])
    assert {"ko": "author = {한, 상열}", "en": "author = {Han, Sangyeol}"}[view.locale] in forms["bibtex"]
    assert json.loads(forms["csl"])[0]["author"] == [
        {"ko": {"family": "한", "given": "상열"}, "en": {"family": "Han", "given": "Sangyeol"}}[view.locale]
    ]


def test_each_form_of_citation_has_author_title_date_and_address(view):
    for key in ("index", "chapters/01-introduction", "cases/roblox"):
        work = view.work(view.book.entries[key])
        for style in STYLES:
            text = view.cite(work, style)
            assert view.book.site.authors[view.locale] in text and view.absolute(key) in text, (key, style)
            assert work.title in text and str(work.day.year) in text, (key, style)


def test_korean_journals_mark_a_part_and_a_whole(view):
    cited = view.cite(view.work(view.book.entries["cases/roblox"]), "korean")
    assert {"ko": "「로블록스」. 『메타버스와 AI의 공진화』, ", "en": "“Roblox”. Metaverse–AI Co-evolution, "}[
        view.locale
    ] in cited


def test_ris_is_lines_of_tags_from_ty_to_er(view):
    lines = view.cite(view.work(view.book.entries["cases/roblox"]), "ris").split("\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert (lines[0], lines[-1]) == ("TY  - ELEC", "ER  - ")


def test_runs_of_pages_are_joined_with_each_languages_dash(view):
    assert view.runs([15, 3, 4, 5]) == {"ko": "3~5, 15", "en": "3–5, 15"}[view.locale]


def test_terms_stand_under_their_initials():
    assert [initial(name) for name in ("가상", "까치", "디지털", "XR", "metaverse")] == ["가", "가", "다", "X", "M"]


def test_reading_time_follows_the_rates_that_the_about_page_gives(view):
    key = "chapters/01-introduction"
    words = view.book.entries[key].pages[view.locale].document.words
    rate = view.book.entries["about"].data.fact(f"reading-rate-{view.locale}").value
    assert view.minutes(key) == max(1, round(words / rate)) >= 5
