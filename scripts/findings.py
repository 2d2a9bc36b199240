"""What a check reports, and how it is shown to people and to GitHub."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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


def report(findings: Iterable[Finding], style: str = "text") -> str:
    """All findings, sorted, one a line; the last line counts them."""
    ordered = sorted(set(findings))
    lines = [f.as_github() if style == "github" else str(f) for f in ordered]
    files = len({f.path for f in ordered})
    if ordered:
        lines.append(
            f"{len(ordered)} finding{'s' if len(ordered) > 1 else ''} in {files} file{'s' if files > 1 else ''}"
        )
    return "\n".join(lines)
