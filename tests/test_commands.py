"""The commands as a contributor types them: exit codes, messages, no tracebacks."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from unicodedata import normalize
from unittest.mock import MagicMock

import pytest
import yaml
from conftest import make_small_project

from scripts import environment
from scripts.browser import running
from scripts.content.model import REPORT_DATE
from scripts.environment import ROOT
from scripts.findings import Edit, Finding, report
from scripts.repair import mend, repair


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A verb, in a project folder other than this one, in this environment."""
    code = (
        "import sys; import scripts.environment as e; from pathlib import Path; "
        f"e.ROOT = Path({str(folder)!r}); e.enter = lambda a: None; "
        "import scripts.__main__ as m; m.enter = lambda a: None; sys.exit(m.main(sys.argv[1:]))"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=folder, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "GITHUB_ACTIONS": ""} | environment,
    )  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_small_project(tmp_path / "project")


def test_a_fine_project_exits_with_0_and_says_so(project):
    done = run(project, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no findings" in done.stdout


def test_findings_exit_with_1_sorted_and_counted(project):
    (project / "docs/cases/castle.en.md").unlink()
    with (project / "docs/about.ko.md").open("a") as page:
        page.write("\nTODO\n")
    done = run(project, "check")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith("docs/about.en.md:") and "is missing at the end" in lines[0]
    assert lines[-1].endswith("findings in 3 files")
    assert "Traceback" not in done.stderr


def test_github_gets_its_own_lines(project):
    (project / "docs/cases/castle.en.md").unlink()
    done = run(project, "check", GITHUB_ACTIONS="true")
    assert done.stdout.startswith("::error file=docs/cases/castle.ko.md,line=1,col=1,title=siblings::stands in one")


def test_a_folder_without_content_exits_with_2(tmp_path):
    done = run(tmp_path, "check")
    assert done.returncode == 2
    assert done.stderr == f"Cannot run: {tmp_path} has no docs/ folder; run this in the project\n"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Cannot run: mkdocs.yml: extra.contact: 'nobody' is no address for reports; "
               "set CONTACT to mailto:name@host or https://…, or leave it empty"),
        ("ko", "실행할 수 없습니다: mkdocs.yml: extra.contact: ‘nobody’: 잘못을 알릴 주소가 아닙니다. "
               "CONTACT 환경 변수에 mailto:이름@호스트나 https:// 주소를 넣거나 비워 두세요"),
    ],
)  # fmt: skip
def test_a_contact_that_is_no_address_stops_the_build_and_says_what_to_set(language, said, project):
    done = run(project, "build", "--lang", language, "--into", str(project / "site"), CONTACT="nobody")
    assert (done.returncode, done.stderr.strip().splitlines()[-1]) == (2, said)
    assert "Traceback" not in done.stderr
    assert not (project / "site").exists()


def test_help_explains_every_verb():
    done = subprocess.run([sys.executable, "-m", "scripts", "--help"], cwd=ROOT, capture_output=True, text=True)
    for verb in (
        "serve", "check", "review", "status", "build", "exports", "manifest", "editions", "release", "fix", "test", "bench", "new", "hook", "schemas",
    ):  # fmt: skip
        assert f"\n    {verb} " in done.stdout


def test_workflow_commands_are_escaped():
    finding = Finding("docs/a,b.md", 1, 2, "x", "100% wrong:\nmend it")
    assert finding.as_github() == "::error file=docs/a%2Cb.md,line=1,col=2,title=x::100%25 wrong:%0Amend it"


def test_a_report_names_each_finding_once_and_counts():
    one = Finding("b.md", 2, 1, "x", "m")
    said = report([one, Finding("a.md", 9, 1, "x", "m"), one])
    assert said == "a.md:9:1 x: m\n\nb.md:2:1 x: m\n\n2 findings in 2 files"


def test_fix_mends_what_is_mechanical_and_a_second_run_changes_nothing(small_book, findings_of):
    page = small_book / "docs/cases/castle.ko.md"
    good = page.read_bytes()
    page.write_bytes(
        good.replace("AI는 문을".encode(), "AI 은 문를".encode()).replace(
            "성이다.\n".encode(), "성이다.\u200b\r\n".encode()
        )
    )
    assert mend(small_book)[1] == []
    assert page.read_bytes() == good
    assert mend(small_book) == ([], [])


@pytest.mark.parametrize(
    "encode",
    [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text, lambda text: normalize("NFD", text)],
)
@pytest.mark.parametrize("name", ["castle.ko.md", "castle.en.md", "castle.yml"])
def test_a_file_in_another_encoding_gives_one_finding_and_fix_restores_it(encode, name, small_book, findings_of):
    file = small_book / "docs/cases" / name
    good = file.read_bytes()
    file.write_bytes(encode(good.decode()).encode())
    if file.read_bytes() == good:
        return  # English has nothing to decompose
    assert [(f.path, f.id) for f in findings_of(small_book)] == [(f"docs/cases/{name}", "encoding")]
    assert mend(small_book)[1] == []
    assert file.read_bytes() == good


def test_a_repair_never_touches_overlapping_places_at_once(tmp_path):
    (tmp_path / "a.md").write_text("abcdef")
    findings = [Finding("a.md", 1, 1, "x", "m", Edit(4, "1")), Finding("a.md", 1, 3, "x", "m", Edit(2, "2"))]
    assert len(repair(tmp_path, findings)) == 1
    assert (tmp_path / "a.md").read_text() == "ab2ef"


def test_json_and_korean_are_a_matter_of_options_and_locale(project):
    page = project / "docs/about.ko.md"
    page.write_text(page.read_text(encoding="utf-8").rstrip() + " TODO\n", encoding="utf-8")
    (one,) = json.loads(run(project, "check", "--format", "json").stdout)["findings"]
    assert (one["path"], one["id"], one["message"]) == (
        "docs/about.ko.md", "leftover", "TODO is left over; write what belongs here",
    )  # fmt: skip
    korean = run(project, "check", LC_ALL="ko_KR.UTF-8", PYTHONIOENCODING="utf-8").stdout
    assert "‘TODO’ 표시가 남아 있습니다" in korean and korean.endswith("1개 파일에서 1건\n")
    assert run(project, "check", "--lang", "en", LC_ALL="ko_KR.UTF-8").stdout.endswith("1 finding in 1 file\n")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["chekc"], "did you mean check?"),
        (["check", "--chnged"], "did you mean --changed?"),
        (["new", "case", "a-case", "--directon", "both"], "did you mean --direction?"),
        (["new", "cse", "a-case"], "kind: cse is not known; did you mean case?"),
        (["new", "term", "a-term", "--sector", "games"], "sector: not an option of term"),
        (["new", "case"], "say what and how it is called"),
    ],
)
def test_what_is_misspelt_gives_one_line_with_what_was_meant(typed, said, project):
    done = run(project, *typed)
    assert done.returncode == 2
    assert said in done.stderr and len(done.stderr.splitlines()) == 1


def test_fix_says_what_it_did_and_then_has_nothing_to_do(project):
    page = project / "docs/cases/castle.ko.md"
    page.write_bytes(page.read_bytes().replace(b"\n\n## ", b" \r\n\n## ", 1))
    done = run(project, "fix")
    assert done.returncode == 0
    first, *_, last = done.stdout.splitlines()
    assert re.match(r"docs/cases/castle\.ko\.md:\d+:\d+ [\w-]+: .+ → ", first)
    assert last.endswith("; no findings are left")
    assert run(project, "fix").stdout == "Mended 0; no findings are left\n"


def test_the_hook_stops_a_commit_with_a_fault_and_lets_a_good_one_pass(project):
    for name in (".githooks", "requirements.txt", "requirements-test.txt"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, project / name)
    (project / ".venv").symlink_to(sys.prefix)

    def git(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
            "LC_ALL": "C.UTF-8"
        }
        return subprocess.run(command, cwd=project, capture_output=True, text=True, env=clean)

    git("init", "-q", "-b", "main")
    (project / ".gitignore").write_text("/.venv\n__pycache__/\n")
    git("add", "-A")
    assert git("commit", "-qm", "all", "--no-verify").returncode == 0
    assert run(project, "hook").returncode == 0
    page = project / "docs/about.en.md"
    good = page.read_text(encoding="utf-8")
    page.write_text(good + "\nTODO\n", encoding="utf-8")
    git("add", "-A")
    refused = git("commit", "-qm", "a fault")
    assert refused.returncode == 1
    assert "leftover: TODO is left over" in refused.stdout + refused.stderr
    page.write_text(good.replace("## ", "##  ", 1), encoding="utf-8")
    git("add", "-A")
    passed = git("commit", "-qm", "good")
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_the_papers_name_the_edition_and_the_report_as_the_data_do(real_book):
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    site = real_book.site
    assert (citation["version"], str(citation["date-released"])) == (site.edition.version, str(site.edition.date))
    assert citation["title"] == site.title.en
    (report,) = citation["references"]
    assert (report["number"], report["title"]) == (site.report.number, site.report.title.ko)
    assert site.report.date == REPORT_DATE
    assert f"## {site.edition.version} – {site.edition.date}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_project_speaks_of_itself_alone():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True).stdout.split("\0")
    said = [
        name for name in listed
        if name and not name.endswith(".png") and name != "tests/test_commands.py"
        and re.search(r"/work/|/root/|\.\./shared|\.library", (ROOT / name).read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert said == []


@pytest.mark.parametrize(
    ("installed", "verb", "made"),
    [
        (None, "check", "requirements.txt"),
        (None, "test", "requirements-test.txt"),
        ("requirements.txt", "serve", None),
        ("requirements.txt", "exports", "requirements-test.txt"),
        ("requirements-test.txt", "serve", None),
        ("requirements-test.txt", "test", None),
        ("an older lock", "serve", "requirements.txt"),
    ],
)
def test_a_verb_installs_no_more_than_it_needs_and_nothing_twice(installed, verb, made, tmp_path, monkeypatch):
    for name in ("requirements.txt", "requirements-test.txt"):
        (tmp_path / name).write_text(name)
    stamp = tmp_path / "stamp"
    if installed:
        stamp.write_text(hashlib.sha256(installed.encode()).hexdigest())
    asked = []
    monkeypatch.setattr(environment, "LOCK", tmp_path / "requirements.txt")
    monkeypatch.setattr(environment, "FULL_LOCK", tmp_path / "requirements-test.txt")
    monkeypatch.setattr(environment, "STAMP", stamp)
    monkeypatch.setattr(environment, "FOLDER", Path(sys.prefix))
    monkeypatch.setattr(environment, "_make", lambda lock: asked.append(lock.name))
    environment.enter([verb])
    assert asked == ([made] if made else [])


def test_the_two_locks_agree():
    pins = [
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.txt", "requirements-test.txt")
    ]
    assert pins[0].items() <= pins[1].items()


def test_a_browser_is_looked_for_before_one_is_driven(monkeypatch):
    """Looking starts Playwright, which does not start twice: the first `make bench` of a machine failed."""
    begun = []
    monkeypatch.setattr("scripts.browser.chromium", lambda: "looked" if not begun else pytest.fail("too late"))
    monkeypatch.setattr("playwright.sync_api.sync_playwright", lambda: begun.append(1) or MagicMock())
    with running():
        assert begun
