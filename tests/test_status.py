"""How pages stand, by a history that was made for it: substance, who waits, shallow clones, no git."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from test_changes import git, seed

from scripts import history
from scripts.messages import korean
from scripts.status import HEAD, as_json, as_text, status

CASTLE, ABOUT = "docs/cases/castle", "docs/about"
TODAY = date(2026, 6, 1)


def commit(folder: Path, day: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", day, f"--date={day}T12:00:00Z")


@pytest.fixture
def recorded(small_book: Path) -> Path:
    folder = small_book
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "2026-01-01")
    seed(folder, f"{CASTLE}.en.md", "AI opens its gate.", "AI opens the gate.")
    commit(folder, "2026-01-02")
    seed(folder, f"{CASTLE}.ko.md", "문을 연다.", "문을 열어 준다.")
    commit(folder, "2026-01-03")
    seed(folder, f"{CASTLE}.ko.md", "AI는 문을", "AI은\n문을")  # new line and particle alone
    seed(folder, f"{ABOUT}.ko.md", "누구나 쓸 수 있다.", "아무나 쓸 수 있다.")
    commit(folder, "2026-01-04")
    return folder


def of(folder: Path, key: str):
    return next(one for one in status(folder, TODAY).pages if one.key == key)


def test_a_language_waits_until_it_follows_and_form_alone_is_no_change(recorded):
    castle, about = of(recorded, "cases/castle"), of(recorded, "about")
    assert (castle.changed, castle.waiting) == ({"ko": date(2026, 1, 3), "en": date(2026, 1, 2)}, "")
    assert (about.changed, about.waiting) == ({"ko": date(2026, 1, 4), "en": date(2026, 1, 1)}, "en")


def test_what_a_merge_itself_changed_counts(recorded):
    git(recorded, "switch", "-qc", "side", "main~1")
    seed(recorded, f"{ABOUT}.ko.md", "누구나 쓸", "모두 쓸")
    commit(recorded, "2026-01-05")
    git(recorded, "switch", "-q", "main")
    git(recorded, "merge", "-q", "--no-commit", "-s", "ours", "side")
    seed(recorded, f"{ABOUT}.ko.md", "아무나 쓸", "누구든 쓸")
    commit(recorded, "2026-01-06")
    assert of(recorded, "about").changed["ko"] == date(2026, 1, 6)


def test_a_shallow_clone_says_unknown_of_what_it_does_not_hold(recorded, tmp_path):
    git(tmp_path, "clone", "-q", "--depth", "3", recorded.as_uri(), "clone")
    clone = tmp_path / "clone"
    found = history.read(clone)
    assert found.partial
    castle, about, xr = (of(clone, key) for key in ("cases/castle", "about", "glossary/xr"))
    assert (castle.changed, castle.waiting) == ({"ko": date(2026, 1, 3), "en": None}, None)
    assert (about.changed, about.waiting) == ({"ko": date(2026, 1, 4), "en": None}, None)
    assert (xr.changed, xr.waiting) == ({"ko": None, "en": None}, None)
    assert as_text(status(clone, TODAY), "en").endswith("is unknown (git fetch --unshallow)")


def test_without_a_repository_days_are_unknown_and_the_rest_is_not(small_book, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(small_book.parent))
    assert history.read(small_book) is None
    castle = of(small_book, "cases/castle")
    assert (castle.changed, castle.waiting, castle.equal) == ({"ko": None, "en": None}, None, True)
    assert as_text(status(small_book, TODAY), "en").endswith("so when they changed is unknown")


def test_unequal_structure_and_old_sources_are_told(recorded):
    seed(recorded, f"{CASTLE}.en.md", "2. Who leaves it?\n", "")
    castle = of(recorded, "cases/castle")
    assert (castle.equal, castle.due, castle.read) == (False, [], date(2026, 1, 1))
    later = status(recorded, date(2027, 1, 1))
    said = as_text(later, "en")
    assert "due for another look: cases/castle#source-news, read on 2026-01-01" in said
    assert "of unequal structure: 1, sources due for another look: " in said
    data = {one["page"]: one for one in json.loads(as_json(later))["pages"]}
    assert data["cases/castle"] == {
        "page": "cases/castle", "korean": "2026-01-03", "english": "2026-01-02", "waiting": "", "structure_equal": False,
        "sources": 1, "read": "2026-01-01", "due": ["news"],
    }  # fmt: skip


def test_a_leap_day_has_its_year_too(real_book):
    source = next(e.data.sources[0] for e in real_book.entries.values() if e.data.sources)
    for read, due in ((date(2024, 2, 29), date(2025, 2, 28)), (date(2026, 11, 22), date(2027, 11, 22))):
        assert source.model_copy(update={"read": read}).due == due


def test_the_table_has_its_korean(recorded):
    assert all(korean(words) for words in HEAD)
    said = as_text(status(recorded, date(2027, 1, 1)), "ko").split("\n")
    assert "영어 기다림" in next(line for line in said if line.startswith("about "))
    assert not any(line.startswith(("pages:", "due")) for line in said)
