"""Building and serving the site with MkDocs."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import tempfile
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.changes import Change, scope
from scripts.checks import check_built, check_source
from scripts.content.book import Book
from scripts.content.loading import load
from scripts.environment import ROOT, CannotRun
from scripts.findings import Finding

if TYPE_CHECKING:
    from scripts.checks.built._site import Site

os.environ["NO_MKDOCS_2_WARNING"] = "1"  # the theme's notice about a MkDocs that we do not use


def source_findings(root: Path = ROOT, change: Change | None = None) -> tuple[Book, list[Finding]]:
    """The book, and what the checks say of it; with a change only of what it changes and can break."""
    if not (root / "docs").is_dir():
        raise CannotRun(f"{root} has no docs/ folder; run this in the project")
    book, findings = load(root)
    shown = None
    if change:
        book.judged, shown = scope(book, change)
    findings += check_source(book)
    return book, findings if shown is None else [f for f in findings if f.path in shown]


def read_site(folder: Path, root: Path = ROOT) -> Site:
    """A built site, as checks and packages read it."""
    from mkdocs.config import load_config

    from scripts.checks.built._site import Site  # lxml, which checking the sources does not need

    return Site.read(folder, load(root)[0], load_config(str(root / "mkdocs.yml")).site_url)


def build(root: Path = ROOT, target: Path | None = None) -> list[Finding]:
    """Checks, builds strictly, checks the pages; only a site without findings replaces `target` (root/site)."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    from scripts.checks.built._site import Site
    from scripts.finish import finish

    target = target or root / "site"
    book, findings = source_findings(root)
    if findings:
        return findings
    edition = datetime.combine(book.site.edition.date, time(), UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(edition.timestamp()))  # same commit, same bytes
    warnings = _Warnings()
    logging.getLogger("mkdocs").addHandler(warnings)
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".site-", dir=target.parent))
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder))
        config.hooks["scripts/hooks.py"].checked = book
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
        if not warnings.findings:
            finish(folder)
        findings = warnings.findings or list(check_built(Site.read(folder, book, config.site_url)))
        if not findings:
            folder.chmod(0o755)
            shutil.rmtree(target, ignore_errors=True)
            folder.rename(target)
        return findings
    except ConfigurationError as error:
        raise CannotRun(f"mkdocs.yml: {error}") from None
    except Abort as error:  # of the hooks: a setting that they cannot use
        raise CannotRun(str(error)) from None
    finally:
        logging.getLogger("mkdocs").removeHandler(warnings)
        shutil.rmtree(folder, ignore_errors=True)


class _Warnings(logging.Handler):
    """What MkDocs warns of, as findings: a build is as strict as `mkdocs build --strict`."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.findings: list[Finding] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.findings.append(Finding("mkdocs.yml", 1, 1, "mkdocs", record.getMessage()))


def serve(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serves on the first free port from `port` on, and rebuilds when prose, data, templates or code change."""
    from mkdocs.commands.serve import serve as mkdocs_serve

    free = next((p for p in range(port, port + 20) if _is_free(host, p)), None)
    if free is None:
        raise CannotRun(f"ports {port} to {port + 19} are all taken; choose another with --port")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("mkdocs").setLevel(logging.INFO)
    logging.getLogger("mkdocs.plugins.mkdocs_static_i18n").setLevel(logging.WARNING)
    logging.getLogger("MARKDOWN").setLevel(logging.WARNING)
    mkdocs_serve(
        str(ROOT / "mkdocs.yml"),
        livereload=True,
        watch=[str(ROOT / "overrides"), str(ROOT / "scripts")],
        dev_addr=f"{host}:{free}",
        site_url=f"http://{host}:{free}/",
    )


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) != 0
