"""Content carries no HTML, script, handler or media from elsewhere; drawings carry no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote
from xml.parsers import expat

from scripts.content.book import Book
from scripts.content.markdown import COMMENT, FENCE, INLINE_CODE, Document, Link
from scripts.findings import Finding

ID = "unsafe-markup"
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)\b[^>\n]*>?|<!--|<[!?][a-zA-Z]")
_SCHEME = re.compile(r"^[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.-]*):")
HANDLER = re.compile(r"\bon[a-z]+\s*=|\b(?:src|href|style|srcdoc|formaction)\s*=", re.IGNORECASE)
DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*\S", re.MULTILINE)
_SVG = re.compile(
    r"<(?!/?(?:svg|g|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|title|desc|defs|marker)(?=[\s/>]))[^\s>/]*"
    r"|\bon[a-z]+\s*=(?=\s*[\"'])|(?:xlink:)?href\s*=|\bstyle\s*=|javascript:|url\(\s*['\"]?(?!#)",
    re.IGNORECASE,
)
_NETWORK = re.compile(
    r"@import\b[^;\n]*|url\(\s*['\"]?(?!data:image/|#)(?:[a-z]+:|//)[^)\n]*\)?"
    r"|['\"`](?:https?:|wss?:)?//(?!www\.w3\.org/)[\w.-]+\.[a-z]{2,}[^'\"`\n]*",
    re.IGNORECASE,
)


def check(book: Book) -> Iterator[Finding]:
    for page in book.pages:
        for offset, message in _faults(page.document):
            yield Finding(page.path, *page.document.place(offset), ID, message)
        for link in page.document.links:
            if message := _target_fault(link):
                yield Finding(page.path, link.target_line, link.target_column, ID, message)
    for path, text in book.texts.items():
        if path.endswith(".svg"):
            for match in _SVG.finditer(text):
                message = f"{match[0]!r} is not allowed in a drawing; use shapes and text only"
                yield Finding(path, *Document(text).place(match.start()), ID, message)
            if fault := _broken_drawing(text):
                yield Finding(path, *fault, ID, "the drawing is not well-formed XML; close what is open")
    yield from _configured(book.texts.get("mkdocs.yml", ""))
    for path, text in book.assets.items():
        for match in _NETWORK.finditer(text):
            message = f"{match[0]} would be asked of another site; keep what pages load in docs/assets"
            yield Finding(path, *Document(text).place(match.start()), ID, message)


def _configured(text: str) -> Iterator[Finding]:
    """Scripts and style sheets that mkdocs.yml adds to every page."""
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"\w", line):
            inside = line.startswith(("extra_css:", "extra_javascript:"))
        if inside and (match := re.search(r"(?:[a-zA-Z]+:)?//\S+", line)):
            message = f"{match[0]} would be asked of another site; keep what pages load in docs/assets"
            yield Finding("mkdocs.yml", number, match.start() + 1, ID, message)


def _broken_drawing(text: str) -> tuple[int, int] | None:
    """Where XML ends to be well-formed. Entities are refused before, so parsing is safe."""
    parser = expat.ParserCreate()
    try:
        if "<!" not in text:
            parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        return error.lineno, error.offset + 1
    return None


def _faults(document: Document) -> Iterator[tuple[int, str]]:
    for match in COMMENT.finditer(document.text):
        if not _in_code(document, match.start()):
            yield match.start(), "an HTML comment would be published; remove it"
    for match in _TAG.finditer(document.markup):
        yield match.start(), f"{match[0]} is HTML; write Markdown (code goes between backticks)"
    for match in re.finditer(r"\{[^}]*\}", document.markup):
        if HANDLER.search(match[0]):
            yield match.start(), f"{match[0]} sets an attribute that content may not set; remove it"
    for match in DEFINITION.finditer(document.markup):
        yield match.start(), "a link definition hides its target; write [text](target) in place"


def _in_code(document: Document, offset: int) -> bool:
    return any(m.start() <= offset < m.end() for p in (FENCE, INLINE_CODE) for m in p.finditer(document.text))


def _target_fault(link: Link) -> str | None:
    address = re.sub(r"[\x00-\x20]", "", unquote(unescape(link.target)))  # browsers pass over these
    scheme = _SCHEME.match(address)
    if link.image:
        elsewhere = scheme or re.match(r"[/\\]{2}", address)
        return "an image from elsewhere; drawings live in docs/figures" if elsewhere else None
    if scheme and scheme[1].lower() == "http":
        return "http: can be read and changed on the way; write https://…"
    if scheme and scheme[1].lower() not in ("https", "mailto"):
        return f"{scheme[1]}: links are not allowed; link to a page or to https://…"
    return "names no scheme; write https://…" if re.match(r"[/\\]{2}", address) else None
