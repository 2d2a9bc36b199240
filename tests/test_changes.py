"""`check --changed` finds what the whole check finds of a change, and tells nothing of others."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from sampling import some

from scripts.build import source_findings
from scripts.changes import since_main, staged, write_index
from scripts.environment import ROOT

EXAMPLES = yaml.safe_load((Path(__file__).parent / "bad-examples.yml").read_text(encoding="utf-8"))


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false", *arguments],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


def repository(folder: Path) -> Path:
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "all")
    git(folder, "switch", "-qc", "mine")
    return folder


@pytest.fixture
def small(small_book) -> Path:
    return repository(small_book)


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return repository(folder)


def seed(folder: Path, path: str, old: str | None, new: str | None) -> None:
    file = folder / path
    if new is None:
        file.unlink()
    elif old is None:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(new.encode())
    else:
        text = file.read_bytes().decode()
        assert old in text
        file.write_bytes(text.replace(old, new, 1).encode())


def both(folder: Path) -> tuple[list[str], list[str]]:
    """What the whole check finds, and what the check of the change does."""
    change = since_main(folder)
    assert change is not None
    return tuple(sorted(set(map(str, source_findings(folder, c)[1]))) for c in (None, change))


@pytest.mark.parametrize("bad", EXAMPLES, ids=lambda bad: bad["name"])
def test_every_known_fault_is_found_in_what_changed(bad, small):
    for change in (bad, *bad.get("with", ())):
        seed(small, change["path"], change.get("old"), change["new"])
    whole, changed = both(small)
    assert changed == whole != []


def test_damage_of_any_kind_is_found_in_what_changed(small):
    chance = random.Random(7)
    files = [p for p in [*(small / "docs").rglob("*"), small / "mkdocs.yml"] if p.is_file()]
    damage = [
        "",
        "AI은 ",
        "98% ",
        "[x](no.md)",
        "\n## 새 절\n",
        "name: ",
        "TODO",
        "XR ",
        "\u200b",
        "- ",
        "거울 세계",
        "castle",
    ]
    for _ in range(60):
        file = chance.choice(files)
        good = file.read_bytes()
        text = good.decode()
        start = chance.randrange(len(text) + 1)
        file.write_bytes((text[:start] + chance.choice(damage) + text[start + chance.randrange(12) :]).encode())
        whole, changed = both(small)
        assert changed == whole, (file, text[start : start + 20])
        file.write_bytes(good)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    some([
        # a heading that other pages link to, a fact that other pages state, a name that other pages mention
        ("docs/about.ko.md", "{#license}", "{#terms}"),
        ("docs/cases/zepeto.yml", "value: 500000000", "value: 600000000"),
        ("docs/cases/zepeto.yml", "ko: [ZEPETO, Zepeto]", "ko: [ZEPETO, Zepeto, 서비스]"),
        ("docs/glossary/artificial-intelligence.yml", "link_first: false\n", ""),
        ("docs/cases/roblox.ko.md", None, None),
        ("docs/glossary/digital-twin.yml", None, None),
        ("docs/chapters/05-running-services.en.md", "{#loop}", "{#ring}"),
        ("docs/term-base.yml", "ko: [동반진화", "ko: [메타버스, 동반진화"),
        ("docs/inventory.yml", "at: about", "at: summary"),
        ("docs/cases/new-case.yml", None, "name: {ko: 가상공간, en: virtual}\n"),
        ("mkdocs.yml", "      - cases/roblox.md\n", ""),
        ("docs/figures/two-directions.svg", None, None),
    ], 2),
)  # fmt: skip
def test_what_a_change_breaks_elsewhere_is_found(path, old, new, real):
    seed(real, path, old, new)
    try:
        whole, changed = both(real)
        assert changed == whole != []
    finally:
        git(real, "checkout", "-q", ".")
        git(real, "clean", "-qfd")


def test_committed_and_new_files_count_as_changed(small):
    seed(small, "docs/cases/castle.en.md", "AI opens", "TODO AI opens")
    git(small, "commit", "-qam", "mine")
    (small / "docs/notes.md").write_text("text")
    assert sorted(since_main(small).before) == ["docs/cases/castle.en.md", "docs/notes.md"]
    whole, changed = both(small)
    assert changed == whole and len(whole) == 2


def test_faults_of_others_are_not_told(small):
    git(small, "switch", "-q", "main")
    seed(small, "docs/figures/mirror.svg", "{{ castle }}", "{{ tower }}")
    git(small, "commit", "-qam", "a fault on main")
    git(small, "switch", "-qC", "mine")
    seed(small, "docs/glossary/xr.en.md", "\n## ", "\nTODO\n\n## ")
    whole, changed = both(small)
    assert set(changed) < set(whole)
    assert {line.split(":")[0] for line in changed} <= {"docs/glossary/xr.en.md", "docs/glossary/xr.ko.md"}


def test_without_git_everything_is_checked(small_book):
    assert since_main(small_book) is None
    assert staged(small_book) is None


def test_the_hook_judges_what_will_be_committed_and_not_what_lies_beside_it(small, tmp_path):
    seed(small, "docs/cases/castle.en.md", "AI opens", "TODO AI opens")
    git(small, "add", "-A")
    seed(small, "docs/cases/castle.en.md", "TODO AI opens", "AI opens")
    seed(small, "docs/glossary/xr.en.md", None, "broken")
    into = tmp_path / "index"
    into.mkdir()
    write_index(small, into)
    found = source_findings(into, staged(small))[1]
    assert [(f.path, f.id) for f in found] == [("docs/cases/castle.en.md", "leftover")]
