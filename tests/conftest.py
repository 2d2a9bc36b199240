"""What the tests share: the small book, the real book, the built site, a browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.checks import check_source
from scripts.content.book import load
from scripts.environment import ROOT
from scripts.findings import Finding

SMALL_BOOK = Path(__file__).parent / "book"


@pytest.fixture
def small_book(tmp_path: Path) -> Path:
    """A copy of the small book, to be broken at will."""
    return Path(shutil.copytree(SMALL_BOOK, tmp_path / "book"))


@pytest.fixture
def findings_of() -> Callable[[Path], list[Finding]]:
    """All source findings of a project folder, sorted."""

    def run(root: Path) -> list[Finding]:
        book, findings = load(root)
        return sorted(set(findings + list(check_source(book))))

    return run


@pytest.fixture(scope="session")
def real_book():
    book, findings = load(ROOT)
    assert not findings
    return book
