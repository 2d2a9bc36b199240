"""What the tests share: the small book, the real book, the built site, a browser."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from server import serve

from scripts.browser import running
from scripts.build import read_site
from scripts.checks import check_source
from scripts.content.book import Book
from scripts.content.loading import load
from scripts.environment import ROOT
from scripts.exports.edition import Edition
from scripts.findings import Finding

SMALL_BOOK = Path(__file__).parent / "book"


def pytest_configure(config: pytest.Config) -> None:
    """Builds the site once, before the workers start; they find it through the environment."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    with contextlib.redirect_stderr(io.StringIO()):  # writes its tables when first used, and speaks of its grammar
        importlib.import_module("pygiftparser.parser")  # two workers at once would not do
    folder = tempfile.mkdtemp(prefix="site-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    done = subprocess.run(
        [sys.executable, "-m", "scripts", "build", "--into", f"{folder}/site"], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        pytest.exit("the site does not build:\n" + done.stdout + done.stderr, returncode=1)
    os.environ["BUILT_SITE"] = f"{folder}/site"


@pytest.fixture
def small_book(tmp_path: Path) -> Path:
    """A copy of the small book, to be broken at will."""
    return Path(shutil.copytree(SMALL_BOOK, tmp_path / "book"))


def make_small_project(folder: Path) -> Path:
    """The small book with this project's templates and code around it, so that it can be built in a second."""
    shutil.copytree(SMALL_BOOK, folder)
    for name in ("overrides", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs/assets", folder / "docs/assets")
    nav = (SMALL_BOOK / "mkdocs.yml").read_text(encoding="utf-8")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(config[: config.index("\nnav:\n") + 1] + nav, encoding="utf-8")
    return folder


@pytest.fixture
def findings_of() -> Callable[[Path], list[Finding]]:
    """All source findings of a project folder, sorted."""

    def run(root: Path) -> list[Finding]:
        book, findings = load(root)
        return sorted(set(findings + list(check_source(book))))

    return run


@pytest.fixture(scope="session")
def real_book() -> Book:
    """The book of this repository."""
    return load(ROOT)[0]


@pytest.fixture(scope="session")
def built() -> Path:
    """The site as `make build` makes it."""
    return Path(os.environ["BUILT_SITE"])


@pytest.fixture(scope="session")
def edition(built: Path, browser: Browser) -> Edition:
    """What the packages are made from."""
    return Edition.of(read_site(built), browser)


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """Where the built site is served, with a slash at the end."""
    server, address = serve(built)
    yield address
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with running() as chromium:
        yield chromium
