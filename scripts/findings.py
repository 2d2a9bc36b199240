"""What a check reports, and how it is shown to people and to GitHub."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from scripts.messages import say

STYLES = ("text", "github", "json")


@dataclass(frozen=True, order=True)
class Edit:
    """A mechanical repair: replace `length` characters at the finding's place by `new`."""

    length: int
    new: str


@dataclass(frozen=True, order=True)
class Finding:
    """One fault: where it is, which check found it, what is wrong and what to do.

    `line` and `column` count from 1, columns in characters. `edit` is set only
    where the repair needs no judgement; `python -m scripts fix` applies it.
    """

    path: str
    line: int
    column: int
    id: str
    message: str
    edit: Edit | None = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.id}: {self.message}"

    def as_github(self) -> str:
        """The workflow command that GitHub shows on the line of a pull request.

        Escaping as in the Actions toolkit: % first, then line ends, and in
        properties also colon and comma.
        """

        def data(text: str) -> str:
            return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

        def value(text: str) -> str:
            return data(text).replace(":", "%3A").replace(",", "%2C")

        return (
            f"::error file={value(self.path)},line={self.line},col={self.column},"
            f"title={value(self.id)}::{data(self.message)}"
        )


def report(findings: Iterable[Finding], style: str = "text", language: str = "en") -> str:
    """All findings, sorted, in one of STYLES.

    As text: one a line, so that editors can jump to it, a blank line between files, and the count last.
    """
    ordered = [replace(f, message=say(f.message, language)) for f in sorted(set(findings))]
    files = [list(group) for _, group in groupby(ordered, key=lambda f: f.path)]
    if style == "json":
        return json.dumps(
            {"findings": [_as_data(f) for f in ordered], "count": len(ordered), "files": len(files)},
            ensure_ascii=False, indent=2,
        )  # fmt: skip
    if not ordered:
        return ""
    if style == "github":
        shown = "\n".join(f.as_github() for f in ordered)
    else:
        shown = "\n\n".join("\n".join(map(str, group)) for group in files)
    count = f"{counted(len(ordered), 'finding')} in {counted(len(files), 'file')}"
    return f"{shown}\n{'' if style == 'github' else chr(10)}{say(count, language)}"


def counted(number: int, thing: str) -> str:
    """A number with its thing in English: `1 finding`, `2 findings`; say() puts it into Korean."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _as_data(finding: Finding) -> dict[str, object]:
    data = {name: getattr(finding, name) for name in ("path", "line", "column", "id", "message")}
    return data | ({"edit": {"length": finding.edit.length, "new": finding.edit.new}} if finding.edit else {})
