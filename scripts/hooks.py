"""The only file that knows MkDocs: hands the book to the templates, and page prose to Markdown.

MkDocs loads this file anew for each build (also each rebuild of `serve`), so
the book that it holds lives exactly as long as one build of both languages.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import yaml
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority, get_plugin_logger

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT)) if str(ROOT) not in sys.path else None
for _name in [name for name in sys.modules if name.startswith(("scripts.c", "scripts.findings", "scripts.view"))]:
    del sys.modules[_name]  # an edit to our own code must show in the next rebuild

from scripts.checks import check_source  # noqa: E402
from scripts.content.book import Book, load, resolve  # noqa: E402
from scripts.content.markdown import Document  # noqa: E402
from scripts.findings import report  # noqa: E402
from scripts.view import View  # noqa: E402

log = get_plugin_logger("checks")
BREAKING = {"yaml", "schema", "siblings", "slug", "dead-link", "navigation"}  # no page can be made of these
TEMPLATES = {"chapters": "chapter.html", "cases": "case.html", "glossary": "term.html"}
# How the theme's search cuts words. Its Korean stemmer finds nothing; whole words, completed by its own wildcard, do.
_SEPARATOR = r"[\s\-–·,.:;()\[\]‘’“”「」…]+"
SEARCH = {
    "ko": {"lang": ["en"], "separator": _SEPARATOR, "pipeline": []},
    "en": {"lang": ["en"], "separator": _SEPARATOR, "pipeline": ["stemmer"]},
}
_CITATION = re.compile(r"\[(\d+(?:,\s?\d+)*)\](?![(\[])")

_book: Book | None = None
_strings: dict[str, dict[str, str]] = {}


def on_config(config):
    """Loads the book once for both languages; unusable data stops the build before a page is written."""
    global _book, _strings
    if _book is None:
        book, findings = load(Path(config.docs_dir).parent)
        findings += check_source(book)
        fatal = [finding for finding in findings if finding.id in BREAKING]
        if fatal:
            raise Abort("\n" + report(fatal))
        for finding in findings:
            log.warning("%s", finding)
        _book = book
        _strings = yaml.safe_load((ROOT / "overrides/strings.yml").read_text(encoding="utf-8"))
    return config


def on_page_markdown(markdown, page, config, files):
    view, key = _view(page, config), _key(page)
    entry = _book.entries[key]
    if entry.kind in TEMPLATES:
        page.meta["title"] = entry.title(view.locale)
        page.meta.setdefault("template", TEMPLATES[entry.kind])
    return _links(_figures(markdown, view), key, view)


def on_page_content(html, page, config, files):
    """Tells MkDocs of the anchors that the templates will add."""
    if _key(page) == "references":
        page.present_anchor_ids.update(f"ref-{n}" for n in range(1, _book.site.report.citations + 1))
    if _key(page) == "errata":
        page.present_anchor_ids.update(erratum.id for erratum, _ in _book.errata)
    return html.replace("<table>", '<div class="scroll" tabindex="0" role="group" aria-label="{}"><table>'.format(
        _view(page, config).t("table_label"))).replace("</table>", "</table></div>")  # fmt: skip


def on_page_context(context, page, config, nav):
    view = _view(page, config)
    context.update(book=_book, view=view, t=view.t, entry=_book.entries[_key(page)], locale=view.locale)
    return context


def on_post_page(output, page, config):
    """Two things that the theme offers no block for: a name for the search dialog, and the root of the language,
    so that search loads its index from /en/ on English pages."""
    view = _view(page, config)
    output = _once(output, 'data-md-component="search" role="dialog"', lambda m: f'{m[0]} aria-label="{view.t("search")}"')
    if view.locale == "en":
        output = _once(output, r'"base": "(\.\.(?:/\.\.)*)"', lambda m: f'"base": "{m[1].removesuffix("..").rstrip("/") or "."}"')
    return output


def _once(text: str, pattern: str, new) -> str:
    """Replaces what must stand on the page exactly once; the theme has changed if it does not."""
    text, times = re.subn(pattern, new, text)
    if times != 1:
        raise Abort(f"the theme's pages hold {pattern!r} {times} times, not once; scripts/hooks.py must follow")
    return text


def on_template_context(context, template_name, config):
    """For pages that are no document: 404.html and sitemap.xml."""
    context.update(book=_book, views={locale: _make_view(locale, config) for locale in ("ko", "en")})
    return context


@event_priority(-200)
def on_post_build(config):
    """After both languages: one search index each, so that no result comes in the other language."""
    if config.plugins["i18n"].building:
        return
    site = Path(config.site_dir)
    whole = site / "search/search_index.json"
    index = json.loads(whole.read_text(encoding="utf-8"))
    parts = {"": [], "en/": []}
    for section in index["docs"]:
        prefix = "en/" if section["location"].startswith("en/") else ""
        parts[prefix].append(section | {"location": section["location"].removeprefix(prefix)})
    for prefix, sections in parts.items():
        path = site / prefix / "search/search_index.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        one = index | {"docs": sections, "config": index["config"] | SEARCH["en" if prefix else "ko"]}
        path.write_text(json.dumps(one, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _key(page) -> str:
    return re.sub(r"\.(ko|en)\.md$", "", page.file.src_uri)


def _view(page, config) -> View:
    return _make_view(page.file.locale, config)


def _make_view(locale: str, config) -> View:
    return View(_book, locale, _strings[locale], config.site_url, config.extra["repository"], config.extra["branch"])


def _figures(markdown: str, view: View) -> str:
    """A line that is only an image of docs/figures becomes the drawing itself, in the page's language."""
    for link in reversed(Document(markdown).links):
        slug = Path(link.target).stem
        if link.image and slug in _book.figures:
            markdown = markdown[: link.start] + _figure(slug, link.text, link.title or "", view) + markdown[link.end :]
    return markdown


def _figure(slug: str, alternative: str, caption: str, view: View) -> str:
    figure = _book.figures[slug]
    svg = _book.texts[f"docs/figures/{slug}.svg"]
    svg = re.sub(r"\{\{\s*([\w-]+)\s*\}\}", lambda m: escape(figure.labels[m[1]][view.locale]), svg)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\s*\n\s*", " ", svg).strip()
    named = (
        f'<title id="figure-{slug}-title">{escape(figure.title[view.locale])}</title>'
        f'<desc id="figure-{slug}-desc">{escape(alternative)}</desc>'
    )
    labelled = f"figure-{slug}-title figure-{slug}-desc"
    svg = re.sub(r"<svg([^>]*)>", lambda m: f"<svg{m[1]} role=\"img\" aria-labelledby={quoteattr(labelled)}>{named}", svg, count=1)
    return f'<figure class="drawing" id="figure-{slug}">{svg}<figcaption>{escape(caption)}</figcaption></figure>'


def _links(markdown: str, key: str, view: View) -> str:
    """Links to terms carry their definition, citation numbers link to the references."""
    document = Document(markdown)
    edits: list[tuple[int, int, str]] = []
    for link in document.links:
        target, _ = resolve(key, link.target)
        entry = _book.entries.get(target) if target and not link.image else None
        if entry and entry.kind == "glossary" and target != key:
            edits.append((link.end, link.end, f'{{ .term aria-describedby="definition-{entry.slug}" }}'))
    up = "../" * key.count("/")
    for match in _CITATION.finditer(document.markup):
        numbers = [
            f'[{n}]({up}references.md#ref-{n}){{ .citation aria-label="{view.t("citation", n)}" }}'
            for n in re.findall(r"\d+", match[1])
        ]
        edits.append((match.start(), match.end(), "\\[" + ", ".join(numbers) + "\\]"))
    for start, end, new in sorted(edits, reverse=True):
        markdown = markdown[:start] + new + markdown[end:]
    return markdown
