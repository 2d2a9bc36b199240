"""The papers of the repository: what they link to and name is there, and forms speak both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from scripts.environment import ROOT

PAPERS = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("decisions/*.md")), *sorted(ROOT.glob(".github/*.md"))]
RECORDS = sorted(ROOT.glob("decisions/[0-9]*.md"))


def _anchors(text: str) -> set[str]:
    """The ids that GitHub gives headings."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_paper_links_to_is_there(paper: Path):
    text = re.sub(r"^( *)```.*?^\1```", "", paper.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", text)):
        path, _, anchor = target.partition("#")
        if ":" in target:
            continue
        file = paper.parent / path if path else paper
        if not file.exists() or (anchor and anchor not in _anchors(file.read_text(encoding="utf-8"))):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("paper", [ROOT / "ARCHITECTURE.md", *RECORDS], ids=lambda path: path.name)
def test_every_file_that_explains_the_whole_is_there(paper: Path):
    named = set(re.findall(r"`((?:docs|scripts|overrides|tests)/[\w./-]*)`", paper.read_text(encoding="utf-8")))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_the_path_of_a_contributor_is_short_and_names_commands_that_exist():
    path, _, _ = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("\n# Reference")
    assert [re.sub(r"\W", "", step) for step in re.findall(r"^## \d\. (.+)$", path, re.MULTILINE)] == [
        "Read", "Try", "Change", "Send",
    ]  # fmt: skip
    assert len(path.splitlines()) < 90
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", path, re.MULTILINE)) <= targets


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_decision_says_context_choice_price_and_what_would_change_it(record: Path):
    text = record.read_text(encoding="utf-8")
    parts = re.findall(r"^\*\*(.+?)\.\*\*", text, re.MULTILINE)
    assert parts == ["Context", "Decision", "Consequence", "What would change our mind", "한국어"]
    number, title = re.match(r"# (\d+)\. (.+)", text).groups()
    assert record.name.startswith(f"{int(number):02}-")
    assert f"| {number} | [{title}]({record.name}) |" in (record.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["case", "factual-error"])
def test_an_issue_form_says_everything_in_both_languages(name: str):
    data = yaml.safe_load((ROOT / f".github/ISSUE_TEMPLATE/{name}.yml").read_text(encoding="utf-8"))
    said = [data["name"], data["description"], *(text for one in data["body"] for text in one["attributes"].values())]
    assert [text for text in said if not re.search(r"[가-힣].* · .*[a-z]{3}", text)] == []
    ids = [one["id"] for one in data["body"]]
    assert len(ids) == len(set(ids))


def test_every_job_that_runs_the_tests_installs_what_they_cannot_install_without_root():
    jobs = [
        [step.get("run", "") for step in job.get("steps", ())]
        for path in sorted((ROOT / ".github/workflows").glob("*.yml"))
        for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
    ]
    testing = [runs for runs in jobs if any("make test" in run or "scripts test" in run for run in runs)]
    assert len(testing) >= 2
    for runs in testing:
        assert all(name in " ".join(runs) for name in ("fonts-nanum", "hunspell-ko", "hunspell-en-us"))
