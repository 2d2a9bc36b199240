"""Every message that a check can give has its Korean, and reads as Korean."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
import yaml

from scripts.environment import ROOT
from scripts.findings import Edit, Finding, report
from scripts.messages import CATALOG, korean, reader_language, say

EXAMPLES = yaml.safe_load((Path(__file__).parent / "bad-examples.yml").read_text(encoding="utf-8"))
SECTIONS = yaml.safe_load(CATALOG.read_text(encoding="utf-8"))
SPEAKING = [
    *(ROOT / "scripts/checks").rglob("*.py"),
    *(ROOT / f"scripts/{name}.py" for name in ("advice", "spelling")),
    *(ROOT / f"scripts/content/{name}.py" for name in ("dates", "loading", "model", "teaching", "yaml_tree")),
]
# Strings with spaces that no reader sees: patterns, and what a date is called on a page.
UNSEEN = re.compile(r"\(\?|\\b|//\*|^since |^Value error, $")


def _said(path: Path) -> list[tuple[str, list[str]]]:
    """Where a string stands, and its fixed words between values, for every string that a reader may see."""
    found = []

    def visit(node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue  # a docstring
            if isinstance(child, ast.Call) and getattr(child.func, "id", "") == "_written":
                continue  # what editors show
            pieces = []
            if isinstance(child, ast.JoinedStr):
                pieces = [part.value for part in child.values if isinstance(part, ast.Constant)]
            elif isinstance(child, ast.Constant) and isinstance(child.value, str):
                pieces = [child.value]
            if pieces:
                if re.search(r"[a-z]{2,}[,;:]? [a-z(]|^[;:]? ?[a-z]+ |^ [a-z]{2,}|^[a-z]{4,}: $", " ".join(pieces)):
                    found.append((f"{path.relative_to(ROOT)}:{child.lineno}", pieces))
            else:
                visit(child)

    visit(ast.parse(path.read_text(encoding="utf-8")))
    return [(where, pieces) for where, pieces in found if not UNSEEN.search("".join(pieces))]


SAID = [one for path in sorted(SPEAKING) for one in _said(path)]


def _pattern(pieces: list[str]) -> re.Pattern[str]:
    """Matches any text with these words in this order."""
    words = [re.escape(piece.strip(" :;/=#")) for piece in pieces if re.search("[a-z]", piece)]
    return re.compile(".*".join(words), re.DOTALL)


def test_every_message_of_the_code_is_in_the_catalog():
    keys = [key for entries in SECTIONS.values() for key in entries]
    missing = [(where, pieces) for where, pieces in SAID if not any(map(_pattern(pieces).search, keys))]
    assert len(SAID) > 200
    assert missing == []


def test_the_catalog_holds_nothing_that_the_code_no_longer_says():
    patterns = [_pattern(pieces) for _, pieces in SAID]
    dead = [
        key
        for section in ("messages", "hints", "parts")
        for key in SECTIONS[section]
        if not any(pattern.pattern and pattern.search(key) for pattern in patterns)
    ]
    assert [key for key in dead if " " in key] == []


@pytest.mark.parametrize("bad", EXAMPLES, ids=lambda bad: bad["name"])
def test_a_finding_can_be_read_in_korean(bad):
    for line in bad["found"]:
        message = re.match(r"\S+ [\w-]+: (.*)", line)[1]
        said = korean(message)
        assert said and re.search("[가-힣]{2}", said), message
        assert said != message


def test_no_particle_follows_a_value_whose_sound_is_not_known():
    particle = re.compile(
        r"\}[’”)\]>]*(?:은|는|이|가|을|를|과|와|로|으로|라는|이라는|라고|이라고|여야|이어야|나|이나|란|이란|며|이며)(?![가-힣])"
        r"|\}[’”)\]>]*(?:여야|이어야|라는|이라는|라고|이라고)"
    )
    assert [text for entries in SECTIONS.values() for text in entries.values() if particle.search(text)] == []


def test_the_korean_of_a_message_uses_its_values_and_no_others():
    name = re.compile(r"\{([a-z]+)\}")
    wrong = [k for e in SECTIONS.values() for k, v in e.items() if not set(name.findall(v)) <= set(name.findall(k))]
    assert wrong == []


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": ""}, "ko"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_language_is_that_of_the_readers_locale(environment, language):
    assert reader_language(environment) == language


def test_what_the_catalog_lacks_is_said_in_english():
    assert say("the moon is blue today", "ko") == "the moon is blue today"


def test_a_report_in_korean_counts_and_groups_by_file():
    findings = [
        Finding("b.md", 2, 1, "leftover", "TODO is left over; write what belongs here"),
        Finding("a.md", 9, 4, "particle", "AI은: write AI는", Edit(1, "는")),
        Finding("a.md", 1, 1, "schema", "facts.0.date: '2024-13' has no month 13"),
    ]
    assert report(findings, "text", "ko").split("\n") == [
        "a.md:1:1 schema: facts.0.date: ‘2024-13’: 13월은 없습니다",
        "a.md:9:4 particle: AI은: 바른 꼴은 AI는",
        "",
        "b.md:2:1 leftover: ‘TODO’ 표시가 남아 있습니다. 들어갈 내용을 쓰세요",
        "",
        "2개 파일에서 3건",
    ]


def test_a_report_as_json_holds_every_part_of_a_finding():
    one = Finding("a.md", 9, 4, "particle", "AI은: write AI는", Edit(1, "는"))
    said = json.loads(report([one, one], "json"))
    assert said == {
        "findings": [
            {
                "path": "a.md",
                "line": 9,
                "column": 4,
                "id": "particle",
                "message": "AI은: write AI는",
                "edit": {"length": 1, "new": "는"},
            }
        ],
        "count": 1,
        "files": 1,
    }
    assert json.loads(report([], "json"))["findings"] == []
