"""A recorded pull request: what its comment says, and how the two workflows bring it there without trusting it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from test_changes import git, repository, seed

from scripts.environment import ROOT, CannotRun
from scripts.messages import korean
from scripts.review import differences, review

CASTLE = "docs/cases/castle"
NEW_FACT = """\
  - id: gates
    source: news
    value: 12500
    unit: count
    wording: {ko: 문이 12500개다., en: "It has 12,500 gates."}
"""
COMMENT = """\
### 3 findings in 3 files

- `docs/cases/castle.en.md` (1)
  - 7:68 leftover: TODO is left over; write what belongs here
- `docs/chapters/01-start.en.md` (1)
  - 12:107 traced-number: August 2024 is in no fact of this page or of an entry it links to; did you mean September 2024 (cases/castle, visitors)?
- `docs/chapters/01-start.ko.md` (1)
  - 12:47 traced-number: 2024년 8월 is in no fact of this page or of an entry it links to; did you mean 2024년 9월 (cases/castle, visitors)?

### 2 changed pages

| Korean | English | What changed |
|---|---|---|
| [안내](https://12.example.org/about/) | [About](https://12.example.org/en/about/) | Korean |
| [가상 성](https://12.example.org/cases/castle/) | [castle](https://12.example.org/en/cases/castle/) | English, data |

### Before and after: 3 values in the data

| Where | Before | After |
|---|---|---|
| `cases/castle facts visitors date` | 2024-08 | 2024-09 |
| `cases/castle facts share wording en` | 75% came again. | Of them 75% came \\*again\\* \\|. |
| `cases/castle facts gates` | – | source: news; value: 12,500; unit: count; wording: ko: 문이 12500개다.; en: It has 12,500 gates. |

### 1 page changed in one language only

- `docs/cases/castle.ko.md`: English changed, Korean did not
"""


@pytest.fixture
def pull(small_book: Path) -> Path:
    """The merge of a pull request into main, as GitHub checks it out."""
    folder = repository(small_book)
    seed(folder, f"{CASTLE}.yml", "date: 2024-08\n", "date: 2024-09\n")
    seed(folder, f"{CASTLE}.yml", "en: 75% came again.", "en: Of them 75% came *again* |.")
    seed(folder, f"{CASTLE}.yml", "sources:\n", NEW_FACT + "sources:\n")
    seed(folder, f"{CASTLE}.en.md", "AI opens its gate.", "TODO @everyone")
    seed(folder, "docs/about.ko.md", "\n\n## ", "\n\n\n## ")  # nothing that a reader sees
    git(folder, "commit", "-qam", "mine")
    git(folder, "switch", "-q", "--detach", "main")
    git(folder, "merge", "-q", "--no-ff", "-m", "merge", "mine")
    return folder


def step(workflow: str, name: str) -> str:
    """The script of a step."""
    text = (ROOT / ".github/workflows" / workflow).read_text(encoding="utf-8")
    (job,) = yaml.safe_load(text)["jobs"].values()
    return next(one["run"] for one in job["steps"] if one.get("name") == name)


def program(path: Path, text: str) -> None:
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(0o755)


def test_the_comment_tells_findings_pages_values_and_the_language_left_behind(pull):
    said, count = review(pull, "HEAD^1", "https://12.example.org/")
    assert (said + "\n", count) == (COMMENT, 3)


def test_a_comment_has_its_korean(pull):
    said, _ = review(pull, "HEAD^1", language="ko")
    assert "### 3개 파일에서 3건" in said and "바뀌고 한국어는 그대로" in said
    lines = [line for line in said.split("\n") if line.startswith("#") or line.startswith("| 자리")]
    assert len(lines) == 5 and all(korean(line) is None for line in lines)


def test_a_commit_that_is_not_there_is_told(pull):
    for base in ("nothing", "--all"):
        with pytest.raises(CannotRun, match=f"git knows no commit {base} "):
            review(pull, base)


def test_data_that_cannot_be_read_are_compared_with_nothing():
    assert list(differences("a: 1", "a: [")) == []
    assert list(differences("a: []", "a:")) == []


GH = """
import json, os, sys
from pathlib import Path
folder = Path(os.environ["RECORD"])
path = sys.argv[2].removeprefix("repos/o/r/")
with (folder / "calls").open("a") as calls:
    calls.write(" ".join(sys.argv[2:]) + "\\n")
if "--input" in sys.argv:
    (folder / "body").write_text(json.load(sys.stdin)["body"])
elif path.endswith("/zip"):
    sys.stdout.buffer.write((folder / "artifact.zip").read_bytes())
elif path.endswith("?name=review"):
    print(json.dumps({"artifacts": [{"id": 5, "size_in_bytes": (folder / "artifact.zip").stat().st_size}]}))
elif path.startswith("pulls/"):
    print(json.dumps({"head": {"sha": "abc" if path == "pulls/12" else "def"}}))
else:
    sys.stdout.write((folder / "comments").read_text())
"""


@pytest.fixture
def comment(tmp_path):
    """Runs what comment.yml runs, with GitHub's answers from files; what it asked and wrote stays there."""
    program(tmp_path / "gh", GH)
    environment = os.environ | {
        "PATH": f"{tmp_path}:{os.environ['PATH']}", "RECORD": str(tmp_path),
        "REPOSITORY": "o/r", "RUN": "7", "HEAD_SHA": "abc",
    }  # fmt: skip

    def run(number: str, text: str, comments: tuple[dict, ...] = ()) -> subprocess.CompletedProcess[str]:
        (tmp_path / "comments").write_text("\n".join(map(json.dumps, comments)))
        (tmp_path / "calls").write_text("")
        (tmp_path / "body").unlink(missing_ok=True)
        with zipfile.ZipFile(tmp_path / "artifact.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("number", number)
            archive.writestr("comment.md", text)
        code = step("comment.yml", "Comment")
        return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)

    run.folder = tmp_path
    return run


def test_a_dry_run_of_both_workflows_writes_one_comment_and_renews_it(pull, comment):
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import scripts.environment as e; from pathlib import Path\n"
        f"e.ROOT = Path({str(pull)!r}); e.enter = lambda a: None\n"
        "import scripts.__main__ as m; m.enter = lambda a: None; sys.exit(m.main(sys.argv[3:]))"
    )
    program(comment.folder / "python", code)
    environment = {"NUMBER": "12", "PREVIEW_URL": "https://{number}.example.org", "GITHUB_ACTIONS": "true"}
    environment |= {"PATH": f"{comment.folder}:{os.environ['PATH']}"}
    subprocess.run(
        ["bash", "-e", "-c", step("review.yml", "Write the comment")],
        cwd=pull,
        env=os.environ | environment,
        check=True,
    )
    number, text = (pull / "review/number").read_text(), (pull / "review/comment.md").read_text(encoding="utf-8")
    assert text.startswith("### 3개 파일에서 3건") and COMMENT in text
    done = comment(number, text + "@everyone")
    assert (done.returncode, done.stderr) == (0, "")
    assert (comment.folder / "calls").read_text().endswith("issues/12/comments --method POST --input -\n")
    body = (comment.folder / "body").read_text()
    assert COMMENT in body and "@everyone" not in body
    others = {"id": 1, "by": "somebody", "body": body}, {"id": 2, "by": "github-actions[bot]", "body": "hello"}
    assert comment(number, text, (*others, {"id": 3, "by": "github-actions[bot]", "body": body[:100]})).returncode == 0
    assert (comment.folder / "calls").read_text().endswith("issues/comments/3 --method PATCH --input -\n")


@pytest.mark.parametrize(
    ("number", "text", "said"),
    [
        ("12/../../x", "", "names no pull request"),
        ("13", "", "13 is another pull request"),
        ("12", "".join(f"{n}," for n in range(500_000)), "too large"),
    ],
)
def test_an_artifact_that_lies_writes_nothing(number, text, said, comment):
    done = comment(number, text)
    assert done.returncode == 1 and said in done.stderr
    assert not (comment.folder / "body").exists()


def test_a_comment_stays_within_what_github_takes(comment):
    assert comment("12", "x" * 5_000_000).returncode == 0
    assert len((comment.folder / "body").read_text()) < 65_536
