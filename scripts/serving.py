"""What `make serve` does at a save: it builds the pages whose prose changed, or everything where that is not enough.

A page is read by whoever opens it, and by other pages that show its face: its title, headings, links, reading time. While
a save leaves the faces as they were, only the pages themselves are built anew, as MkDocs would build them. A save of
anything but prose builds everything; the search knows new words from then on.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import InclusionLevel
from watchdog.observers.polling import PollingObserver

from scripts.environment import ROOT

if TYPE_CHECKING:  # the rest of our code is asked for when it is used: an edit to it must show
    from scripts.content.book import Book, Page
    from scripts.findings import Finding

log = logging.getLogger("mkdocs.serving")

BANNER = "findings.js"  # on every page that is served, and on no other
SAVES = 0.2  # seconds between two looks at the files
_WATCHED = ("docs", "overrides", "scripts", "mkdocs.yml")
_LASTING = {"scripts/build.py", "scripts/hooks.py", "scripts/serving.py"}  # what a running server cannot read anew
_SHOW = """(() => {
  const found = %s;
  if (!found) return;
  const box = document.createElement("pre");
  box.setAttribute("role", "alert");
  box.style.cssText = "position:fixed;inset:auto 0 0;z-index:99;max-height:40vh;overflow:auto;margin:0;padding:.6rem 1rem;"
    + "background:#5f1414;color:#fff;font:.7rem/1.5 monospace;white-space:pre-wrap";
  box.textContent = found;
  document.body.append(box);
})();
"""


@dataclass
class Language:
    """What the last build of everything made its pages of, in one language."""

    config: Any
    env: Any
    files: Any
    nav: Any


class Builds:
    """The builds of one run of the server. `fatal` holds the ids of findings that make pages impossible."""

    def __init__(self, fatal: set[str]) -> None:
        self.fatal = fatal
        self.languages: dict[str, Language] = {}
        self.findings: list[Finding] = []
        self.book: Book | None = None  # of the pages that are served
        self.take: Callable[[Book], None] | None = None
        self._seen = _snapshot()
        self._waiting: set[str] = set()  # files that changed and are not on the pages yet

    def everything(self, book: Book, findings: list[Finding], take: Callable[[Book], None]) -> None:
        """Told by a build of everything: its book, what the checks say of it, and what hands a book to the pages."""
        self.languages.clear()
        self.book, self.findings, self.take = book, findings, take

    def serve(self, server: Any, config: Any, whole: Callable[[], None]) -> None:
        """Makes the server build as told above. What cannot be built is told in the terminal and on the pages, and the
        last good ones stay; MkDocs would let every request wait until it is mended."""
        watched = [config.docs_dir, config.config_file_path]
        for path in watched:
            server.unwatch(path)
        server.observer = PollingObserver(timeout=SAVES)
        for path in watched:
            server.watch(path)

        site = Path(server.root)

        def build() -> None:
            now = _snapshot()
            self._waiting |= {path for path, _ in now.items() ^ self._seen.items()}
            self._seen = now
            for path in sorted(self._waiting & _LASTING):
                log.warning("%s changed; stop the server and start it again to see that.", path)
            try:
                if not self._some(self._waiting):
                    with _kept(site):
                        whole()
                    self._waiting.clear()
            except Exception as error:  # whatever somebody just saved must not end the server
                self.languages.clear()  # the next save builds everything
                log.error("%s\nThe pages before this edit are still served.", _told(error))
            self._show(site)

        server.builder = build
        self._show(site)

    def _some(self, changed: set[str]) -> bool:
        """Builds the pages of these files, if that is enough."""
        from scripts.changes import Change, scope
        from scripts.checks import check_source
        from scripts.content.book import key_of
        from scripts.content.loading import load
        from scripts.findings import report

        if self.book is None or not self.languages:
            return False
        before = {page.path: page for page in self.book.pages}
        if not changed or not changed <= before.keys():
            return False
        faulty = {key_of(finding.path) for finding in self.findings}
        known = replace(self.book, entries={k: e for k, e in self.book.entries.items() if k not in faulty})
        book, findings = load(ROOT, known)
        pages = {page.path: page for page in book.pages}
        shown = None
        if not findings:
            change = Change({path: before[path].text for path in changed})
            book.judged, shown = scope(book, change)
        findings += check_source(book)
        kept = [f for f in self.findings if shown is not None and f.path not in shown]
        self.findings = sorted({*kept, *(f for f in findings if shown is None or f.path in shown)})
        if fatal := [f for f in self.findings if f.id in self.fatal]:
            log.error("\n%s\nThe pages before this edit are still served.", report(fatal))
            return True
        if any(path not in pages or _face(before[path], self.book) != _face(pages[path], book) for path in changed):
            return False
        for finding in self.findings:
            log.warning("%s", finding)
        self.book = book
        self.take(book)
        for path in sorted(changed):
            self._build(pages[path])
            log.info("Built anew: %s", path)
        changed.clear()
        return True

    def _build(self, page: Page) -> None:
        built = self.languages[page.locale]
        plugin = built.config.plugins["i18n"]
        plugin.current_language = page.locale
        config = plugin.apply_user_overrides(built.config)
        file = built.files.get_file_from_path(page.path.removeprefix("docs/"))
        _populate_page(file.page, config, built.files)
        pages = built.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        _build_page(file.page, config, pages, built.nav, built.env)

    def _show(self, site: Path) -> None:
        from scripts.findings import report
        from scripts.messages import reader_language

        said = report(self.findings, "text", reader_language()) if self.findings else ""
        (site / BANNER).write_text(_SHOW % json.dumps(said, ensure_ascii=False), encoding="utf-8")


@contextmanager
def _kept(site: Path) -> Iterator[None]:
    """MkDocs empties the folder before it builds; if it fails, what was there comes back."""
    before = site.with_name(site.name + ".before")
    site.rename(before)
    site.mkdir()
    try:
        yield
    except BaseException:
        shutil.rmtree(site)
        before.rename(site)
        raise
    shutil.rmtree(before)


def _told(error: Exception) -> str:
    """An error with its place, where it has one."""
    if isinstance(error, (Abort, BuildError)):
        return str(error)
    if isinstance(error, (TemplateError, SyntaxError)):
        name, line = getattr(error, "filename", None) or "overrides", getattr(error, "lineno", 1)
        return f"{os.path.relpath(name, ROOT)}:{line}: {getattr(error, 'msg', None) or error}"
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.startswith(str(ROOT))]
    place = f"{os.path.relpath(frames[-1].filename, ROOT)}:{frames[-1].lineno}: " if frames else ""
    return f"{place}{type(error).__name__}: {error}"


def _snapshot() -> dict[str, tuple[int, int]]:
    """Age and size of every file that a save can change, by its path below the project."""
    return {
        Path(one.path).relative_to(ROOT).as_posix(): (one.stat().st_mtime_ns, one.stat().st_size)
        for name in _WATCHED
        for one in _files(ROOT / name)
    }


def _files(path: Path) -> Iterator[Any]:
    if path.is_file():
        with os.scandir(path.parent) as siblings:
            yield from (one for one in siblings if one.name == path.name)
        return
    with os.scandir(path) as inside:
        for one in inside:
            if one.is_dir():
                if one.name != "__pycache__":
                    yield from _files(Path(one.path))
            elif not one.name.startswith("."):
                yield one


def _face(page: Page, book: Book) -> tuple:
    """What other pages show of a page."""
    document = page.document
    headings = [(heading.level, heading.id, heading.text) for heading in document.headings]
    return (
        page.meta,
        headings,
        list(page.targets),
        [(name, image.text, image.title) for name, image in page.drawings.items()],
        book.minutes(page.key, page.locale),
        [[text for _, text in document.items(anchor)] for _, anchor, _ in headings],
    )
