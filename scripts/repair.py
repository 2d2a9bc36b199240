"""Applies the mechanical repairs that findings carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from scripts.findings import Finding


def repair(root: Path, findings: Iterable[Finding]) -> list[Finding]:
    """Rewrites the files; returns the findings that were mended. Those that overlap wait for the next round."""
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
            lines[finding.line - 1] = line[:start] + finding.edit.new + line[end:]
            last = (finding.line, start)
            mended.append(finding)
        file.write_bytes("\n".join(lines).encode("utf-8"))
    return sorted(mended)
