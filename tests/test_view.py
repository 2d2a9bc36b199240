"""What the templates are told: addresses, lists, citations."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml

from scripts.citation import STYLES
from scripts.contact import ISSUE_FORM, read
from scripts.environment import ROOT
from scripts.view import View, initial

PAGE = {"ko": "https://example.org/reader/cases/roblox/", "en": "https://example.org/reader/en/cases/roblox/"}
STRINGS = yaml.safe_load((ROOT / "overrides/strings.yml").read_text(encoding="utf-8"))


@pytest.fixture(params=["ko", "en"])
def view(request, real_book) -> View:
    return View(real_book, request.param, STRINGS[request.param], "https://example.org/reader/", "", "main")


@pytest.mark.parametrize("repository", ["", None, "https://example.org/owner/name", "https://github.com.example.org/x"])
def test_without_an_address_or_a_repository_on_github_no_page_asks_for_reports(view, repository):
    assert replace(view, repository=repository).report_url("cases/roblox") is None


@pytest.mark.parametrize("repository", ["", "https://github.com/owner/name"])
def test_an_error_is_reported_to_the_mailbox_with_the_page_in_the_subject(view, repository):
    told = replace(view, repository=repository, contact="mailto:errors@example.org").report_url("cases/roblox")
    address, _, subject = told.partition("?subject=")
    assert address == "mailto:errors@example.org"
    assert not re.search(r"[\s&#?]", subject)
    assert unquote(subject) == {
        "ko": f"잘못 알림: 로블록스 – {PAGE['ko']}", "en": f"Error on the page Roblox – {PAGE['en']}"
    }[view.locale]  # fmt: skip


def test_an_error_is_reported_to_the_form_that_the_site_names(view):
    form = "https://example.org/form?about=errors"
    assert replace(view, repository="https://github.com/owner/name", contact=form).report_url("cases/roblox") == form


def test_on_github_the_issue_form_gets_the_page(view):
    told = urlsplit(replace(view, repository="https://github.com/owner/name/").report_url("cases/roblox"))
    assert (told.hostname, told.path) == ("github.com", "/owner/name/issues/new")
    assert parse_qs(told.query) == {"template": [ISSUE_FORM], "page": [PAGE[view.locale]]}
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / ISSUE_FORM).read_text(encoding="utf-8"))
    assert [one["id"] for one in form["body"]] == ["page", "wrong", "right", "source"]


@pytest.mark.parametrize(
    "fine", [None, "", " ", "mailto:a@b.example", "https://example.org", "https://example.org/f?x=1&y=2#z"]
)
def test_a_mailbox_an_https_address_or_nothing_is_a_contact(fine):
    assert read(fine) == (fine or "").strip()


@pytest.mark.parametrize(
    "bad",
    ["a@b.example", "mailto:", "mailto:a", "mailto:a@b?cc=c@d", "mailto:a@b c", "http://example.org", "https://", "https:///x",
     "javascript:alert(1)", 'https://x/"><b>', "https://example.org/a b", "/contact", 3],
)  # fmt: skip
def test_anything_else_is_refused_with_what_to_do(bad):
    with pytest.raises(ValueError, match="set CONTACT to mailto:name@host or https://…, or leave it empty"):
        read(bad)


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
