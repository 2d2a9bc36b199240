"""The checks of the built pages find their faults, and the build keeps its promises."""

from __future__ import annotations

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, time
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import make_small_project
from icalendar import Calendar

from scripts import hooks
from scripts.build import build
from scripts.checks import built as built_checks
from scripts.checks import check_built, modules
from scripts.checks.built._site import Site
from scripts.content.loading import load
from scripts.environment import ROOT
from scripts.finish import finish
from scripts.finish.names import stamped

SITE_URL = "https://metaverse-ai.example/"
FAULTS = {
    "site-link": ("href=../zepeto/", "href=../zepetto/", "../zepetto/ does not exist; did you mean /cases/zepeto/?"),
    "site-id": ("id=what", "id=question", ""),
    "site-head": ("lang=ko", "lang=en", "lang is 'en', not 'ko'"),
    "site-heading": ("<h2 ", "<h3 ", ""),
    "site-alt": ("</body>", "<img src=../../search/ko.json></body>", "has no alt"),
    "site-origin": ("</body>", '<img src="https://example.org/x.png" alt=""></body>', "img loads https://example.org/x.png from another site"),
}  # fmt: skip


@pytest.fixture
def broken(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "site"))


def _findings(folder: Path, book) -> list:
    return sorted(check_built(Site.read(folder, book, SITE_URL)))


def test_the_built_site_has_no_findings(built, real_book):
    assert list(map(str, _findings(built, real_book))) == []


@pytest.mark.parametrize("check", FAULTS)
def test_a_fault_in_a_built_page_is_found(check, broken, real_book):
    old, new, message = FAULTS[check]
    page = broken / "cases/roblox/index.html"
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [f for f in _findings(broken, real_book) if f.id == check]
    assert found
    assert {f.path for f in found} == {"site/cases/roblox/index.html"}
    assert any(message in f.message for f in found), found


def test_a_page_that_was_not_built_is_found(broken, real_book):
    shutil.rmtree(broken / "en/cases/roblox")
    found = [str(f) for f in _findings(broken, real_book)]
    assert "docs/cases/roblox.en.md:1:1 site-pages: was not built to /en/cases/roblox/" in found


def test_a_sitemap_that_forgets_a_language_is_found(broken, real_book):
    sitemap = broken / "sitemap.xml"
    text = sitemap.read_text(encoding="utf-8")
    sitemap.write_text(text.replace('hreflang="x-default"', 'hreflang="de"', 1), encoding="utf-8")
    assert [f.id for f in _findings(broken, real_book)] == ["site-pages"]


def test_a_style_from_elsewhere_is_found(broken, real_book):
    sheet = stamped(broken, "site.css")
    sheet.write_text("@import 'https://example.org/font.css'", encoding="utf-8")
    assert [str(f) for f in _findings(broken, real_book)] == [
        f"site/assets/{sheet.name}:1:1 site-origin: a style loads https://example.org/font.css from another site"
    ]


def test_every_check_of_built_pages_has_a_fault():
    assert {module.ID for module in modules(built_checks)} == {*FAULTS, "site-pages", "site-published"}


def test_data_and_drawings_are_not_published_as_files(built):
    assert not [p for p in built.rglob("*") if p.suffix in (".yml", ".md") or "figures" in p.parts]


def test_the_not_found_page_speaks_both_languages(built):
    text = (built / "404.html").read_text(encoding="utf-8")
    assert "이 주소에는 페이지가 없습니다" in text and "There is no page at this address" in text
    assert not (built / "en/404.html").exists()


def test_mkdocs_itself_elsewhere_and_at_another_time_builds_the_same_bytes_without_a_warning(
    built, real_book, tmp_path
):
    copy = tmp_path / "other place"
    left_out = shutil.ignore_patterns(".venv", ".git", ".cache", "site", ".site-*", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, copy, ignore=left_out)
    stamp = str(int(datetime.combine(real_book.site.edition.date, time(), UTC).timestamp()))
    elsewhere = {"TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=copy, capture_output=True, text=True,
        env=os.environ | elsewhere | {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": stamp},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    finish(copy / "site")
    assert _differences(filecmp.dircmp(built, copy / "site")) == []


def _differences(compared: filecmp.dircmp) -> list[str]:
    different = compared.left_only + compared.right_only
    _, unequal, odd = filecmp.cmpfiles(compared.left, compared.right, compared.common_files, shallow=False)
    different += unequal + odd
    for inner in compared.subdirs.values():
        different += _differences(inner)
    return different


def test_links_to_suggest_and_to_report_appear_only_where_they_lead_somewhere(built, tmp_path):
    plain = (built / "cases/roblox/index.html").read_text(encoding="utf-8")
    assert not any(sign in plain for sign in ("/edit/main/", "mailto:", "issues/new", "suggest"))
    project = make_small_project(tmp_path / "project")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=project, capture_output=True, text=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "REPOSITORY_URL": "https://example.org/owner/name", "CONTACT": "mailto:errors@example.org"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = (project / "site/en/cases/castle/index.html").read_text(encoding="utf-8")
    assert 'href="https://example.org/owner/name/edit/main/docs/cases/castle.en.md"' in page
    assert 'href="https://example.org/owner/name/edit/main/docs/cases/castle.yml"' in page
    assert re.search(r'<a href="mailto:errors@example\.org\?subject=[^"]*castle[^"]*">Report an error</a>', page)
    pages = {one: one.read_text(encoding="utf-8") for one in (project / "site").rglob("index.html")}
    assert [p for p, text in pages.items() if "<article" in text and text.count("mailto:errors@example.org") != 1] == []


def test_a_build_reads_and_checks_the_sources_once(tmp_path, monkeypatch):
    read = []
    monkeypatch.setattr("scripts.build.load", lambda *a: read.append("by the build") or load(*a))
    monkeypatch.setattr("scripts.content.loading.load", lambda *a: read.append("by MkDocs") or load(*a))
    assert build(make_small_project(tmp_path / "project")) == []
    assert read == ["by the build"]


def test_a_build_with_findings_leaves_the_old_site_alone(small_book, tmp_path):
    from scripts.build import build

    target = tmp_path / "site"
    target.mkdir()
    (target / "old.html").write_text("old")
    (small_book / "docs/cases/castle.en.md").unlink()
    assert [f.id for f in build(small_book, target)] == ["siblings"]
    assert (target / "old.html").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".site-")] == []


def test_the_timeline_is_there_as_data_and_as_a_calendar(built, real_book):
    data = json.loads((built / "timeline.json").read_text(encoding="utf-8"))
    assert [e["id"] for e in data["events"]] == [f"{e.entry.key}#{e.fact.id}" for e in real_book.events]
    for prefix, locale in (("", "ko"), ("en/", "en")):
        raw = (built / f"{prefix}timeline.ics").read_bytes()
        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
        events = Calendar.from_ical(raw).events
        assert [str(e["summary"]) for e in events] == [
            f"{e.entry.title(locale)}: {e.fact.wording[locale]}" for e in real_book.events
        ]
        assert len({str(e["uid"]) for e in events}) == len(events)


@pytest.mark.parametrize(("at", "first", "last"), [(0, 1, 59), (200, 170, 229), (499, 440, 499)])
def test_a_page_lists_the_nearest_entries_of_a_long_section_and_the_sections_own_page(at, first, last):
    entries = [SimpleNamespace(number=n, is_page=True, is_index=n == 0, children=None) for n in range(500)]
    short = SimpleNamespace(children=entries[:0])
    nav = SimpleNamespace(items=[short, SimpleNamespace(children=entries)])
    near = hooks._near(nav, entries[at])
    assert near.items[0] is short
    assert [entry.number for entry in near.items[1].children] == [0, *range(first, last + 1)]
    assert len(nav.items[1].children) == 500
