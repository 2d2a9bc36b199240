"""`new` writes what can be filled in; the checks then name what is still to be written, and nothing else."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sampling import some

from scripts.ask import ask
from scripts.content.teaching import QuestionKind
from scripts.environment import ROOT, CannotRun
from scripts.scaffold import Wish, new


@pytest.fixture
def real(tmp_path) -> Path:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def to_write(findings: list) -> set[str]:
    return {finding.id for finding in findings}


@pytest.mark.parametrize(("kind", "folder"), [("case", "cases"), ("term", "glossary")])
def test_a_new_entry_fails_only_for_what_is_still_to_be_written(kind, folder, real, findings_of):
    written = new(real, Wish(kind, "my-entry", "나의 항목", "My entry", ["5", "3"]))
    assert written == [*(f"docs/{folder}/my-entry.{end}" for end in ("yml", "ko.md", "en.md")), "mkdocs.yml"]
    found = findings_of(real)
    assert to_write(found) == {"leftover", "orphan"}
    assert {f.path for f in found} <= set(written)
    assert "pages: [3, 5]" in (real / written[0]).read_text(encoding="utf-8")


def test_a_case_holds_what_was_chosen_for_it(real, findings_of):
    wish = Wish(
        "case",
        "a-case",
        "한라 사례",
        "Halla case",
        ["7"],
        "metaverse-to-ai",
        ["health", "robotics"],
        "long",
        ["JP", "EU"],
    )
    data = (real / new(real, wish)[0]).read_text(encoding="utf-8")
    for line in (
        "country: [JP, EU]",
        "sector: [health, robotics]",
        "direction: metaverse-to-ai",
        "horizon: long",
        "pages: [7]",
    ):
        assert f"\n{line}\n" in data
    assert to_write(findings_of(real)) == {"leftover", "orphan"}


@pytest.mark.parametrize("book", ["real", "small_book"])
def test_a_new_chapter_has_its_guide_and_quiz_and_fails_only_for_what_is_to_be_written(book, request, findings_of):
    folder = request.getfixturevalue(book)
    written = new(folder, Wish("chapter", "more-worlds", "더 많은 세계", "More worlds", ["4"]))
    number = "12" if book == "real" else "02"
    assert f"docs/chapters/{number}-more-worlds.yml" in written
    assert len(written) == 10
    found = findings_of(folder)
    assert to_write(found) == {"leftover"}, [str(f) for f in found if f.id != "leftover"]
    assert {f.path for f in found} <= set(written)


@pytest.mark.parametrize("kind", some((kind.value for kind in QuestionKind), 3))
def test_a_new_question_fails_only_for_what_is_to_be_written_and_leaves_the_rest_as_it_was(kind, real, findings_of):
    path = real / "docs/quizzes/05-running-services.yml"
    before = path.read_text(encoding="utf-8")
    assert new(real, Wish("question", "05-running-services", question=kind, objective="4", at="loop")) == [
        "docs/quizzes/05-running-services.yml"
    ]
    after = path.read_text(encoding="utf-8")
    start = after.index("  - id: new-question-1")
    end = after.find("\n  - id: ", start)
    assert after[:start] + (after[end + 1 :] if end > 0 else "") == before
    assert after[:start].rstrip().endswith(before[:start].rstrip())
    assert to_write(findings_of(real)) == {"leftover"}


def test_a_question_stands_after_those_on_the_same_heading(small_book, findings_of):
    new(small_book, Wish("question", "01-start", at="people", question="essay"))
    text = (small_book / "docs/quizzes/01-start.yml").read_text(encoding="utf-8")
    assert text.index("id: why") < text.index("id: new-question-1")
    new(small_book, Wish("question", "chapters/01-start", at="people", question="essay"))
    assert "id: new-question-2" in (small_book / "docs/quizzes/01-start.yml").read_text(encoding="utf-8")
    assert to_write(findings_of(small_book)) == {"leftover"}


HALVES = [
    "cases/zepeto.en", "cases/zepeto.ko", "cases/citiverse-taxonomy.en", "chapters/05-running-services.en",
    "chapters/07-interfaces.ko", "glossary/xr.ko", "about.en", "teach/guides/05-running-services.ko", "index.en",
    "teach/plans/seminar.ko", "quizzes/03-making-content.en", "chapters/11-policy-cases.en", "errata.ko",
]  # fmt: skip


@pytest.mark.parametrize("name", some(HALVES, 6))
def test_the_missing_half_follows_the_other_and_fails_only_for_what_is_to_be_written(name, real, findings_of):
    path = f"docs/{name}.md"
    (real / path).unlink()
    assert new(real, Wish("half", path)) == [path]
    found = findings_of(real)
    # What the inventory quotes of the old half is to be written again, too.
    other = [str(f) for f in found if f.id not in ("leftover", "coverage")]
    assert other == []
    assert {f.path for f in found} <= {path, "docs/inventory.yml"}


def test_every_half_of_the_small_book_can_be_made_anew(small_book, findings_of):
    for file in sorted((small_book / "docs").rglob("*.en.md")):
        path = file.relative_to(small_book).as_posix()
        good = file.read_bytes()
        file.unlink()
        new(small_book, Wish("half", path))
        assert {f.id for f in findings_of(small_book)} <= {"leftover", "coverage"}, path
        file.write_bytes(good)


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish("cse", "x"), "kind: cse is not known; did you mean case?"),
        (Wish("case", "My Case"), "'My Case' is no slug of lower-case ASCII words with hyphens, such as my-case; did you mean my-case?"),
        (Wish("case", "../escape"), "'../escape' is no slug of lower-case ASCII words with hyphens, such as my-case; did you mean escape?"),
        (Wish("case", ""), "'' is no slug of lower-case ASCII words with hyphens, such as my-case"),
        (Wish("case", "castle"), "docs/cases/castle.yml exists already; choose another slug"),
        (Wish("case", "x", ko="가상 성"), "ko: 가상 성 is the name of cases/castle already; choose another"),
        (Wish("case", "x", en="<b>"), "en: write the name as one line of plain text, without < or >"),
        (Wish("case", "x", pages=["23"]), "pages: the report has pages 1–20, not 23; did you mean 20?"),
        (Wish("case", "x", direction="bth"), "direction: bth is not known; did you mean both?"),
        (Wish("case", "x", sector=["gmes"]), "sector: gmes is not known; did you mean games?"),
        (Wish("case", "x", horizon="shrt"), "horizon: shrt is not known; did you mean short?"),
        (Wish("case", "x", country=["kr"]), "country: kr is no code of two capitals (ISO 3166-1); did you mean KR?"),
        (Wish("question", "01-strat"), "chapter: 01-strat is no chapter with a quiz; did you mean 01-start?"),
        (Wish("question", "01-start", question="numerc"), "question: numerc is not known; did you mean numeric?"),
        (Wish("question", "01-start", objective="3"), "objective: the chapter has objectives 1–2, not 3; did you mean 2?"),
        (Wish("question", "01-start", at="peple"), "at: peple is not known; did you mean people?"),
        (
            Wish("question", "01-start", question="numeric", fact="cases/castle#visitor"),
            "fact: cases/castle#visitor is not known; did you mean cases/castle#visitors?",
        ),
        (Wish("half", "docs/cases/castle.en.md"), "docs/cases/castle.en.md exists already; no page lacks one"),
        (Wish("half", "cases/castle"), "cases/castle is no page in one language, such as docs/cases/my-case.en.md; no page lacks one"),
        (Wish("half", "docs/cases/tower.en.md"), "docs/cases/tower.en.md has no other language to follow; no page lacks one"),
    ],
)  # fmt: skip
def test_a_wrong_wish_gives_one_message_with_the_nearest_right_value_and_writes_nothing(wish, said, small_book):
    before = state(small_book)
    with pytest.raises(CannotRun) as error:
        new(small_book, wish)
    assert str(error.value) == said
    assert state(small_book) == before


def test_every_wrong_option_is_told_at_once(small_book):
    with pytest.raises(CannotRun) as error:
        new(small_book, Wish("case", "X", direction="bth", sector=["gmes", "cites"], pages=["0"]))
    assert len(str(error.value).split("\n")) == 5


def test_a_half_that_is_misspelt_is_named(small_book):
    (small_book / "docs/cases/castle.en.md").unlink()
    with pytest.raises(CannotRun, match=r"did you mean docs/cases/castle\.en\.md\?"):
        new(small_book, Wish("half", "docs/cases/castel.en.md"))


def test_names_with_quotes_and_colons_make_valid_data(real, findings_of):
    new(real, Wish("case", "odd-name", '그 "이름": 하나', 'It\'s: "odd"'))
    assert not [f for f in findings_of(real) if f.id in ("yaml", "schema")]


def test_the_questions_are_asked_with_what_is_taken_by_default_and_again_where_an_answer_was_wrong(
    small_book, findings_of, capsys
):
    asked = []
    answers = iter(["case", "탑", "A tower", "3 4", "bth", "cities", "", "", "", "both"])

    def answer(words: str) -> str:
        asked.append(words)
        return next(answers)

    written = ask(small_book, None, None, "en", answer)
    assert written[0] == "docs/cases/a-tower.yml"
    assert asked[-1].startswith("Which drives the other?")
    assert "did you mean both?" in capsys.readouterr().out
    data = (small_book / written[0]).read_text(encoding="utf-8")
    assert "direction: both\n" in data and "sector: [cities]\n" in data and "pages: [3, 4]\n" in data
    assert to_write(findings_of(small_book)) == {"leftover", "orphan"}


def test_on_a_terminal_without_options_it_asks_in_the_readers_language(small_book):
    here, there = pty.openpty()
    code = (
        "import sys; from pathlib import Path; import scripts.environment as e; "
        f"e.ROOT = Path({str(small_book)!r}); import scripts.__main__ as m; m.enter = lambda a: None; "
        "sys.exit(m.main(['new', 'term']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=there, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=small_book,
        env=os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "ko_KR.UTF-8", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    os.close(there)
    os.write(here, "탑\ntower\n3\n\n".encode())
    said = process.communicate()[0].decode()
    os.close(here)
    assert process.returncode == 0, said
    assert "한국어 이름" in said and "썼습니다: docs/glossary/tower.yml" in said
