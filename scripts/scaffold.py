"""The three files of a new entry, filled in as far as can be, with clear places for the rest."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from scripts.environment import CannotRun

FOLDERS = {"case": "cases", "term": "glossary"}

CASE = """\
name:
  ko: {ko}
  en: {en}
organization:
  ko: TODO 조직 이름
  en: TODO organization
country: [KR]
sector: [games]
direction: ai-to-metaverse
horizon: short
pages: [{page}]
checked: {today}
facts:
  - id: first-claim
    report: {page}
    wording:
      ko: TODO 보고서가 말하는 사실 한 문장
      en: TODO one sentence with what the report states
    verdict: unverified
"""

TERM = """\
name:
  ko: {ko}
  en: {en}
pages: [{page}]
"""

SECTIONS = {
    "case": {
        "what": ("어떤 사례인가", "What it is"),
        "exchange": ("AI와 메타버스의 관계", "AI and the metaverse here"),
        "results": ("무엇이 나왔나", "What came of it"),
        "caution": ("주의할 점", "What to be careful about"),
        "question": ("생각해 볼 질문", "A question to think about"),
    },
    "term": {
        "in-the-report": ("보고서에서는", "In the report"),
        "not-to-confuse": ("헷갈리기 쉬운 말", "Not to be confused with"),
        "in-the-cases": ("사례에서", "In the cases"),
    },
}


def new(root: Path, kind: str, slug: str, ko: str, en: str, page: int) -> list[str]:
    """Writes the siblings and the line in mkdocs.yml; returns the paths. Raises CannotRun before it writes anything."""
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug):
        raise CannotRun(f"{slug!r} is no slug; use lower-case ASCII words with hyphens, such as my-case")
    folder = FOLDERS[kind]
    files = {
        f"docs/{folder}/{slug}.yml": (CASE if kind == "case" else TERM).format(
            ko=_quoted(ko), en=_quoted(en), page=page, today=date.today()
        ),
        f"docs/{folder}/{slug}.ko.md": _prose(kind, 0, "TODO 한 문장 설명", "TODO 본문"),
        f"docs/{folder}/{slug}.en.md": _prose(kind, 1, "TODO one sentence", "TODO text"),
    }
    taken = [path for path in files if (root / path).exists()]
    if taken:
        raise CannotRun(f"{taken[0]} exists already; choose another slug")
    navigation = _with_line(root, folder, slug)
    for path, text in files.items():
        (root / path).write_text(text, encoding="utf-8")
    (root / "mkdocs.yml").write_text(navigation, encoding="utf-8")
    return [*files, "mkdocs.yml"]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _prose(kind: str, language: int, description: str, text: str) -> str:
    parts = [f"---\ndescription: {description}\n---\n"]
    parts += [f"## {titles[language]} {{#{name}}}\n\n{text}\n" for name, titles in SECTIONS[kind].items()]
    return "\n".join(parts)


def _with_line(root: Path, folder: str, slug: str) -> str:
    """mkdocs.yml with the new page after the last of its folder."""
    lines = (root / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    places = [i for i, line in enumerate(lines) if re.match(rf"\s+- {folder}/", line)]
    if not places:
        raise CannotRun(f"mkdocs.yml has no navigation for {folder}/; add its index first")
    indent = lines[places[-1]][: lines[places[-1]].index("-")]
    lines.insert(places[-1] + 1, f"{indent}- {folder}/{slug}.md")
    return "\n".join(lines)
