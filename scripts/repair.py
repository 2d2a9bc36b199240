"""Mends what needs no judgement: the form of files, and the faults whose findings carry their repair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from scripts.content.book import Book
from scripts.environment import CannotRun
from scripts.findings import Finding
from scripts.tidy import Mended, between, tidy

MOST_ROUNDS = 20


def mend(root: Path) -> tuple[list[Mended], list[Finding]]:
    """Mends until nothing is left to mend; returns what was done and the findings that stay."""
    from scripts.build import source_findings

    done: list[Mended] = []
    for _ in range(MOST_ROUNDS):
        book, findings = source_findings(root)
        more = keep_form(root, book) or repair(root, findings)
        if not more:
            return done, findings
        done += more
    raise CannotRun("repairs do not come to an end; please report this")


def keep_form(root: Path, book: Book) -> list[Mended]:
    """Brings every text of the book into its form."""
    mended = []
    for path, text in book.texts.items():
        if not path.endswith(".svg"):
            new, done = tidy(path, text)
            if path in book.raw:
                done.append(between(path, 1, "encoding", book.raw[path].partition("\n")[0], text.partition("\n")[0]))
            if done:
                (root / path).write_bytes(new.encode("utf-8"))
                mended += done
    return mended


def repair(root: Path, findings: Iterable[Finding]) -> list[Mended]:
    """Rewrites the files; returns what was mended. Repairs that overlap wait for the next round."""
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in set(findings):
        if finding.edit:
            by_file[finding.path].append(finding)
    mended = []
    for path, ones in by_file.items():
        file = root / path
        lines = file.read_bytes().decode("utf-8").split("\n")
        last = (0, 0)
        for finding in sorted(ones, key=lambda f: (f.line, f.column), reverse=True):
            start, end = finding.column - 1, finding.column - 1 + finding.edit.length
            if last[0] == finding.line and end > last[1]:
                continue
            line = lines[finding.line - 1]
            new = line[:start] + finding.edit.new + line[end:]
            lines[finding.line - 1] = new
            last = (finding.line, start)
            mended.append(between(path, finding.line, finding.id, line, new))
        file.write_bytes("\n".join(lines).encode("utf-8"))
    return sorted(mended)
