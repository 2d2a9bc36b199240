"""What happens inside a build by MkDocs: hands the book to the templates, and page prose to Markdown.

Both languages are built in one run; the outer build is the Korean one, inside
which static-i18n starts the English one. The book is loaded once for both.
"""

from __future__ import annotations

import re
import shutil
import sys
from copy import copy
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority, get_plugin_logger

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

log = get_plugin_logger("checks")

BREAKING = {
    "yaml",
    "schema",
    "siblings",
    "slug",
    "dead-link",
    "navigation",
    "quiz",
    "guide",
    "plan",
}  # no page can be made of these
TEMPLATES = {
    "chapters": "chapter.html",
    "cases": "case.html",
    "glossary": "term.html",
    "quizzes": "quiz.html",
    "teach/guides": "guide.html",
    "teach/plans": "plan.html",
}
KEPT = {"scripts.build", "scripts.serving"}  # they hold what lasts while the server runs
# Entries of a section that a page lists at its side; of a longer one the nearest, or pages would grow with the book.
BESIDE = 60
WIDE = {"cases/index", "map"}  # their tables and pictures need the column in which the theme lists headings

checked = None  # the book that scripts/build.py has loaded and found nothing wrong with

_builds = None  # of `make serve`
_book = None
_views: dict = {}


def on_startup(command, dirty):
    global _builds
    if command == "serve":
        _builds = import_module("scripts.serving").Builds(BREAKING)


def on_config(config):
    """Loads the book; what makes pages impossible stops the build before one is written, the rest is a warning."""
    global checked
    if config.plugins["i18n"].building:
        return config
    if checked:
        _take(config, checked)
        checked = None  # the next build of this process has to bring its own
        return config
    if _builds:  # an edit to our own code must show in the next rebuild
        for name in [n for n in sys.modules if n.startswith("scripts.") and n not in KEPT]:
            del sys.modules[name]
    load = import_module("scripts.content.loading").load
    book, findings = load(Path(config.docs_dir).parent)
    findings += import_module("scripts.checks").check_source(book)
    report = import_module("scripts.findings").report
    if _builds:
        _builds.everything(book, findings, partial(_take, config))
    fatal = [finding for finding in findings if finding.id in BREAKING]
    if fatal:
        raise Abort("\n" + report(fatal))
    for finding in sorted(set(findings)):
        log.warning("%s", finding)
    _take(config, book)
    return config


def _take(config, book):
    """From now on pages are made of this book."""
    global _book, _views
    _book = book
    extra = config.extra
    try:
        contact = import_module("scripts.contact").read(extra["contact"])
    except ValueError as error:
        raise Abort(f"mkdocs.yml: extra.contact: {error}") from None
    _views = import_module("scripts.view").views(book, config.site_url, extra["repository"], extra["branch"], contact)


def on_env(env, config, files):
    """Templates are compiled once for both languages, and kept; an edit to one compiles it anew."""
    cache = Path(config.config_file_path).parent / ".cache/templates"
    cache.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(cache))
    if _builds:
        language = import_module("scripts.serving").Language(config, env, files, None)
        _builds.languages[config.plugins["i18n"].current_language] = language


def on_serve(server, config, builder):
    _builds.serve(server, config, builder)
    return server


def on_page_markdown(markdown, page, config, files):
    entry, view = _book.entries[_key(page)], _view(page)
    if entry.kind in TEMPLATES:
        page.meta["title"] = view.title(entry.key)
        page.meta["template"] = TEMPLATES[entry.kind]
    return import_module("scripts.render").prepare(markdown, entry.key, view)


def on_page_content(html, page, config, files):
    """Tables scroll in a box of their own; MkDocs is told of the anchors that the templates will add."""
    if _key(page) == "references":
        page.present_anchor_ids.update(f"ref-{n}" for n in range(1, _book.site.report.citations + 1))
    if _key(page) == "errata":
        page.present_anchor_ids.update(erratum.id for erratum, _ in _book.errata)
    if _key(page).endswith("/index"):
        page.toc.items.clear()  # on a section's own page the theme's list of headings has no box that opens it
    if _key(page) in WIDE:
        page.meta["hide"] = ["toc"]
    box = f'<div class="scroll" tabindex="0" role="group" aria-label="{_view(page).t("table_label")}">'
    return html.replace("<table>", f"{box}<table>").replace("</table>", "</table></div>")


def on_page_context(context, page, config, nav):
    view = _view(page)
    figure_of = partial(import_module("scripts.render").figure_of, view)
    entry = _book.entries[_key(page)]
    if _builds:
        _builds.languages[page.file.locale].nav = nav
    context["nav"] = _near(nav, page)
    context.update(book=_book, view=view, views=_views, t=view.t, entry=entry, locale=view.locale, figure_of=figure_of)
    return context


def _near(nav, page):
    """The navigation, with the section's own page and the nearest entries where the page's section has too many."""

    def cut(item):
        entries = item.children or []
        if page not in entries or len(entries) <= BESIDE:
            return item
        begin = max(0, min(entries.index(page) - BESIDE // 2, len(entries) - BESIDE))
        shorter = copy(item)
        shorter.children = [
            e for i, e in enumerate(entries) if begin <= i < begin + BESIDE or (e.is_page and e.is_index)
        ]
        return shorter

    near = copy(nav)
    near.items = [cut(item) for item in nav.items]
    return near


def on_post_page(output, page, config):
    """Ids that moved within a page still work; a served page shows what the checks found."""
    if _builds:
        output = output.replace("</body>", f'<script src="/{import_module("scripts.serving").BANNER}"></script></body>')
    return import_module("scripts.redirects").with_old_ids(output, _key(page), _view(page))


def on_template_context(context, template_name, config):
    """For what is no page: 404.html and sitemap.xml."""
    context.update(book=_book, views=_views)
    return context


@event_priority(-200)
def on_post_build(config):
    """After both languages: the timeline's files, those of the search, and what stands where pages were."""
    if config.plugins["i18n"].building:
        return
    site = Path(config.site_dir)
    _write_timeline(site)
    for unused in ("lunr", "workers"):  # the theme's own search
        shutil.rmtree(site / "assets/javascripts" / unused, ignore_errors=True)
    search, moved = import_module("scripts.search_index"), import_module("scripts.redirects")
    for path, text in chain(search.files(_book, _views), moved.files(_book, _views)):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")


def _write_timeline(site: Path) -> None:
    """The files that the timeline page offers."""
    timeline = import_module("scripts.exports.timeline")
    (site / "timeline.json").write_text(timeline.as_json(_book, _views), encoding="utf-8")
    for locale, view in _views.items():
        (site / ("en" if locale == "en" else "") / "timeline.ics").write_bytes(timeline.as_calendar(_book, view))


def _key(page) -> str:
    return re.sub(r"\.(ko|en)\.md$", "", page.file.src_uri)


def _view(page):
    return _views[page.file.locale]
