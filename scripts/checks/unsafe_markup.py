"""Content carries no HTML, script, handler or media from elsewhere; drawings carry no script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.content.book import Book
from scripts.findings import Finding

ID = "unsafe-markup"
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)\b[^>\n]*>?|<!--|<[!?][a-zA-Z]")
_SCHEME = re.compile(r"^[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.-]*):")
_HANDLER = re.compile(r"\bon[a-z]+\s*=|\b(?:src|href|style|srcdoc|formaction)\s*=", re.IGNORECASE)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*\S", re.MULTILINE)
_SVG = re.compile(
    r"<(?:script|foreignObject|iframe|image|use|a|style|animate\w*|set)\b|\bon[a-z]+\s*=|(?:xlink:)?href\s*=|javascript:|url\(\s*['\"]?(?!#)|<!ENTITY|<\?xml-stylesheet",
    re.IGNORECASE,
)


def check(book: Book) -> Iterator[Finding]:
    for page in book.pages:
        document = page.document

        def finding(offset: int, message: str) -> Finding:
            return Finding(page.path, *document.place(offset), ID, message)

        for match in re.finditer(r"<!--", document.text):
            if document.markup[match.start()] == " " and "-->" in document.text[match.start() :]:
                yield finding(match.start(), "an HTML comment would be published; remove it")
        for match in _TAG.finditer(document.markup):
            yield finding(match.start(), f"{match[0]} is HTML; write Markdown (code goes between backticks)")
        for match in re.finditer(r"\{[^}\n]*\}", document.markup):
            if _HANDLER.search(match[0]):
                yield finding(match.start(), f"{match[0]} sets an attribute that content may not set; remove it")
        for match in _DEFINITION.finditer(document.markup):
            yield finding(match.start(), "a link definition hides its target; write [text](target) in place")
        for link in document.links:
            scheme = _SCHEME.match(_decoded(link.target))
            if link.image and (scheme or link.target.startswith("//")):
                message = "an image from elsewhere; drawings live in docs/figures"
            elif scheme and scheme[1].lower() not in ("https", "http", "mailto"):
                message = f"{scheme[1]}: links are not allowed; link to a page or to https://…"
            elif link.target.startswith("//"):
                message = "names no scheme; write https://…"
            else:
                continue
            yield Finding(page.path, link.target_line, link.target_column, ID, message)
    for path, text in book.texts.items():
        if path.endswith(".svg"):
            for match in _SVG.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                column = match.start() - text.rfind("\n", 0, match.start())
                yield Finding(path, line, column, ID, f"{match[0]!r} is not allowed in a drawing; use shapes and text only")


def _decoded(target: str) -> str:
    from html import unescape
    from urllib.parse import unquote

    return unquote(unescape(target))
