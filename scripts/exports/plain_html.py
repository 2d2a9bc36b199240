"""Pages in the HTML that learning management systems keep.

Moodle (HTML Purifier, a profile of HTML 4) and Canvas (canvas_sanitize) drop the newer elements; what they held would
then run together. Classes would meet the system's own styles.
"""

from __future__ import annotations

import re
from html import escape

from lxml import html
from lxml.html import builder as E

from scripts.exports.edition import Edition

PICTURE_WIDTH = 640  # pixels
_WRAPPERS = ("article", "header", "section", "time")
_KEPT = {"id", "href", "src", "alt", "lang", "colspan", "rowspan", "scope", "width", "style", "border", "cellpadding"}


def chapter(edition: Edition, key: str, locale: str, **rewriting) -> html.HtmlElement:
    """A chapter's text without its title, which the system shows by itself. `rewriting` as for Edition.article."""
    text = edition.article(key, locale, **rewriting)
    for element in text.xpath(".//h1 | .//p[@class='kicker']"):
        element.drop_tree()
    for note in text.xpath(".//div[contains(concat(' ', @class, ' '), ' admonition ')]"):
        note.tag = "blockquote"
    for title in text.xpath(".//p[@class='admonition-title']"):
        strong = E.STRONG(title.text or "", *title)
        title.text = None
        title.append(strong)
    for figure in text.xpath(".//figure"):
        figure.tag = "div"
        picture = figure.find("img")
        picture.set("width", str(PICTURE_WIDTH))
        picture.set("style", "max-width: 100%; height: auto")  # Canvas
    for caption in text.xpath(".//figcaption"):
        caption.tag = "p"
    for table in text.xpath(".//table"):
        table.set("border", "1")
        table.set("cellpadding", "6")
        table.set("style", "border-collapse: collapse")
    for day in text.xpath(".//ul[@class='facts']//time"):
        day.tag = "strong"
    for line in text.xpath(".//li/span[@class='quiet']"):
        line.tag = "div"
    for element in text.xpath(f".//{' | .//'.join(_WRAPPERS)}"):
        element.drop_tag()
    for element in text.iter():
        for name in set(element.attrib) - _KEPT:
            del element.attrib[name]
    for span in text.xpath(".//span[not(@*)]"):
        span.drop_tag()
    for picture in text.xpath(".//img"):
        picture.set("class", "img-fluid")  # Moodle, which takes the style out
    return _in_language(locale, text)


def paragraphs(locale: str, *children: html.HtmlElement) -> html.HtmlElement:
    return _in_language(locale, E.DIV(*children))


def page(title: str, text: html.HtmlElement, meta: dict[str, str] | None = None) -> bytes:
    """A file of its own. `meta` are names and values that a system looks for."""
    more = "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in (meta or {}).items())
    head = (
        f'<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<title>{escape(title)}</title>\n{more}'
    )
    return f"<html>\n<head>\n{head}</head>\n<body>\n{written(text)}\n</body>\n</html>\n".encode()


def written(text: html.HtmlElement) -> str:
    return re.sub(r"\s*\n\s*\n\s*", "\n", html.tostring(text, encoding="unicode", with_tail=False))


def _in_language(locale: str, text: html.HtmlElement) -> html.HtmlElement:
    """Systems throw away what stands outside the body, so the language stands inside."""
    text.tag = "div"
    text.set("lang", locale)
    return text
