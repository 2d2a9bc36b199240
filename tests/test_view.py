"""What the templates are told: addresses, lists, citations."""

from __future__ import annotations

import pytest
import yaml

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
    entry = view.bibtex(view.book.entries["cases/roblox"])
    assert entry.startswith(f"@online{{metaverse-ai-roblox-{view.locale}-")
    assert f"author = {{{{{view.book.site.authors[view.locale]}}}}}," in entry


def test_the_report_is_cited_apart_from_the_site(view):
    cited = view.report_apa()
    assert "IS-206" in cited and "(2025)" in cited and view.site_title not in cited


def test_runs_of_pages_are_joined_with_each_languages_dash(view):
    assert view.runs([15, 3, 4, 5]) == {"ko": "3~5, 15", "en": "3–5, 15"}[view.locale]


def test_terms_stand_under_their_initials():
    assert [initial(name) for name in ("가상", "까치", "디지털", "XR", "metaverse")] == ["가", "가", "다", "X", "M"]


def test_reading_time_follows_the_rates_that_the_about_page_gives(view):
    key = "chapters/01-introduction"
    words = view.book.entries[key].pages[view.locale].document.words
    rate = view.book.entries["about"].data.fact(f"reading-rate-{view.locale}").value
    assert view.minutes(key) == max(1, round(words / rate)) >= 5
