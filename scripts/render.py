"""What a page's Markdown becomes before it is rendered: drawings, definitions of terms, citations."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape

from scripts.content.book import Book, resolve
from scripts.content.markdown import CITATION, Document
from scripts.content.model import LABEL
from scripts.view import View


def prepare(markdown: str, key: str, view: View) -> str:
    """Markdown with every addition that comes from data, in the page's language."""
    return _links(_drawings(markdown, view), key, view)


def _drawings(markdown: str, view: View) -> str:
    """An image of docs/figures becomes the drawing itself, so that it takes the page's colors and language."""
    for link in reversed(Document(markdown).links):
        slug = Path(link.target).stem
        if link.image and slug in view.book.figures:
            drawing = _drawing(view.book, slug, link.text, link.title or "", view.locale)
            markdown = markdown[: link.start] + drawing + markdown[link.end :]
    return markdown


def _drawing(book: Book, slug: str, alternative: str, caption: str, locale: str) -> str:
    figure = book.figures[slug]
    svg = LABEL.sub(lambda m: escape(figure.labels[m[1]][locale]), book.texts[f"docs/figures/{slug}.svg"])
    svg = re.sub(r"\s*\n\s*", " ", re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)).strip()
    name, description = f"figure-{slug}-title", f"figure-{slug}-desc"
    words = f'<title id="{name}">{escape(figure.title[locale])}</title><desc id="{description}">{escape(alternative)}</desc>'
    svg = re.sub(
        r"<svg([^>]*)>", lambda m: f'<svg{m[1]} role="img" aria-labelledby="{name} {description}">{words}', svg, count=1
    )
    return f'<figure class="drawing" id="figure-{slug}">{svg}<figcaption>{escape(caption)}</figcaption></figure>'


def _links(markdown: str, key: str, view: View) -> str:
    """Links to terms point at their definition, citation numbers at the references."""
    document = Document(markdown)
    edits: list[tuple[int, int, str]] = []
    for link in document.links:
        target, _ = resolve(key, link.target)
        entry = view.book.entries.get(target) if target and not link.image else None
        if entry and entry.kind == "glossary" and target != key:
            edits.append((link.end, link.end, f'{{ .term aria-describedby="definition-{entry.slug}" }}'))
    up = "../" * key.count("/")
    for match in CITATION.finditer(document.markup):
        numbers = [
            f'[{n}]({up}references.md#ref-{n}){{ .citation aria-label="{view.t("citation", n)}" }}'
            for n in re.findall(r"\d+", match[1])
        ]
        edits.append((match.start(), match.end(), "\\[" + ", ".join(numbers) + "\\]"))
    for start, end, new in sorted(edits, reverse=True):
        markdown = markdown[:start] + new + markdown[end:]
    return markdown
