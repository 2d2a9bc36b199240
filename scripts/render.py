"""What a page's Markdown becomes before it is rendered: drawings, definitions of terms, citations."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape

from scripts.content.book import Book, resolve
from scripts.content.markdown import CITATION, Document, Link
from scripts.content.model import LABEL
from scripts.view import View


def prepare(markdown: str, key: str, view: View) -> str:
    """Markdown with every addition that comes from data, in the page's language."""
    return _links(_drawings(_questions(markdown, key, view), view), key, view)


def _questions(markdown: str, key: str, view: View) -> str:
    """In a guide, the chapter's discussion questions above their answers."""
    entry = view.book.entries[key]
    if entry.kind != "teach/guides":
        return markdown
    answers = Document(markdown).items("discussion")
    asked = view.discussion(entry.chapter)
    for (start, _), question in reversed(list(zip(answers, asked, strict=True))):
        text = markdown.index(" ", start) + 1
        markdown = f"{markdown[:start]}\n{markdown[start:text]}**{question}**\n\n    {markdown[text:]}"
    return markdown


def _drawings(markdown: str, view: View) -> str:
    """An image of docs/figures becomes the drawing itself, so that it takes the page's colors and language."""
    for link in reversed(Document(markdown).links):
        slug = Path(link.target).stem
        if link.image and slug in view.book.figures:
            markdown = markdown[: link.start] + _figure(view.book, slug, link, view.locale) + markdown[link.end :]
    return markdown


def figure_of(view: View, key: str, slug: str) -> str:
    """A drawing as a page shows it, for another page."""
    return _figure(view.book, slug, view.book.entries[key].pages[view.locale].drawings[slug], view.locale)


def drawing(book: Book, slug: str, locale: str) -> str:
    """The SVG with its words in a language, on one line."""
    figure = book.figures[slug]
    svg = LABEL.sub(lambda m: escape(figure.labels[m[1]][locale]), book.texts[f"docs/figures/{slug}.svg"])
    return re.sub(r"\s*\n\s*", " ", re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)).strip()


def _figure(book: Book, slug: str, image: Link, locale: str) -> str:
    figure = book.figures[slug]
    svg = drawing(book, slug, locale)
    name, description = f"figure-{slug}-title", f"figure-{slug}-desc"
    words = (
        f'<title id="{name}">{escape(figure.title[locale])}</title><desc id="{description}">{escape(image.text)}</desc>'
    )
    svg = re.sub(
        r"<svg([^>]*)>", lambda m: f'<svg{m[1]} role="img" aria-labelledby="{name} {description}">{words}', svg, count=1
    )
    return (
        f'<figure class="drawing" id="figure-{slug}">{svg}<figcaption>{escape(image.title or "")}</figcaption></figure>'
    )


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
