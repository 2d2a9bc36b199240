"""The way out: ProperDocs, the fork that goes on where MkDocs stopped, builds the same site from the same tree."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scripts.environment import ROOT

BUILD = """
import sys
import properdocs.replacement  # every import of mkdocs is one of properdocs from here on
import mkdocs
assert mkdocs.__name__ == "properdocs"
from scripts.__main__ import main
sys.exit(main(["build", "--into", sys.argv[1]]))
"""


def test_properdocs_builds_the_same_bytes_and_all_checks_pass(built, tmp_path):
    other = tmp_path / "site"
    done = subprocess.run([sys.executable, "-c", BUILD, str(other)], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert _files(other) == _files(built)


def _files(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
