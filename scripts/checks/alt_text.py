"""Every figure has a text alternative that says what it shows, and drawings have their words."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from scripts.content.book import Book
from scripts.content.markdown import Document
from scripts.content.model import LABEL
from scripts.findings import Finding

ID = "alt-text"


def check(book: Book) -> Iterator[Finding]:
    for page in book.pages:
        for link in page.document.links:
            if not link.image:
                continue
            place = (page.path, link.line, link.column)
            if not link.text.strip():
                yield Finding(*place, ID, f"{link.target} has no text alternative; write what it shows between [ and ]")
            elif len(link.text.strip()) < 15 or re.search(r"\.(svg|png|jpe?g|gif|webp)$", link.text.strip()):
                yield Finding(
                    *place,
                    ID,
                    f"‘{link.text.strip()}’ does not say what {posixpath.basename(link.target)} shows; describe it in a sentence",
                )
            elif link.title and link.text.strip() == link.title.strip():
                message = f"{link.target} has its caption as text alternative; say what is to be seen"
                yield Finding(*place, ID, message)
            if not (link.title or "").strip():
                yield Finding(
                    *place, ID, f'{link.target} has no caption; write it as a title: ![…]({link.target} "caption")'
                )
    shown = {slug for page in book.pages for slug in page.drawings}
    for path, text in book.texts.items():
        if not path.endswith(".svg") or not path.startswith("docs/figures/"):
            continue
        slug = posixpath.basename(path)[:-4]
        figure = book.figures.get(slug)
        if not figure:
            if f"docs/figures/{slug}.yml" not in book.texts:
                yield Finding(path, 1, 1, ID, f"has no words; write {slug}.yml beside it with title and labels")
            continue
        used = list(LABEL.finditer(text))
        for match in used:
            if match[1] not in figure.labels:
                message = f"the label {match[1]} is not in {slug}.yml; add it under labels"
                yield Finding(path, *Document(text).place(match.start()), ID, message)
        for label in sorted(set(figure.labels) - {match[1] for match in used}):
            place = book.figure_places[slug].get(("labels", label), (1, 1))
            yield Finding(f"docs/figures/{slug}.yml", *place, ID, f"the label {label} is not in the drawing; remove it")
        if slug not in shown:
            yield Finding(path, 1, 1, ID, "no page shows this drawing; show it with ![…], or remove it")
    for slug in sorted(book.figures):
        if f"docs/figures/{slug}.svg" not in book.texts:
            yield Finding(
                f"docs/figures/{slug}.yml", 1, 1, ID, f"has no drawing; draw {slug}.svg beside it, or remove it"
            )
