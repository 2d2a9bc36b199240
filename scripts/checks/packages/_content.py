"""Pages, discussions and web links of a cartridge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from scripts.checks.packages._cartridge import FILE_BASE, TOPIC, WEB_CONTENT, WEB_LINK, Cartridge, Resource
from scripts.findings import Finding

_WEB_LINK = "{http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1}"
_TOPIC = "{http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1}"
# What both Moodle's HTML Purifier and Canvas's sanitizer keep, as far as our pages need it.
_KEPT = {
    "a", "blockquote", "br", "caption", "code", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p",
    "pre", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
# Stricter than the specification of addresses: what Moodle's validateUrlSyntax lets pass.
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9_.!~*'()%:@&=+$,;/-]*)?(?:[?#][^\s\"'<>\[\]{}|\\^`]*)?"
)
_CANVAS_PAGE = "$WIKI_REFERENCE$/pages/"


def check(cartridge: Cartridge) -> Iterator[Finding]:
    for resource, path in cartridge.of_type(WEB_CONTENT):
        if path in cartridge.pages:
            yield from _page(cartridge, resource, path)
    for _, path in cartridge.of_type(WEB_LINK):
        if path in cartridge.xml:
            yield from _web_link(cartridge, path)
    for _, path in cartridge.of_type(TOPIC):
        if path in cartridge.xml:
            yield from _topic(cartridge, path)


def _page(cartridge: Cartridge, resource: Resource, path: str) -> Iterator[Finding]:
    root = cartridge.pages[path]
    body = root.find("body")
    blocks = [] if body is None else list(body)
    if not (len(blocks) == 1 and blocks[0].tag == "div" and blocks[0].get("lang")):
        yield cartridge.finding(
            path, body, "wrap the text in one div with lang; importers throw away what is around the body"
        )
    for element in () if body is None else body.iterdescendants():
        if isinstance(element.tag, str) and element.tag not in _KEPT:
            yield cartridge.finding(
                path, element, f"Moodle or Canvas takes <{element.tag}> out; write it with elements of HTML 4"
            )
    sources = [image.get("src", "") for image in root.iter("img")]
    for image in root.iter("img"):
        yield from _image(cartridge, resource, path, image, sources)
    for link in root.iter("a"):
        yield from _link(cartridge, path, link)


def _image(
    cartridge: Cartridge, resource: Resource, path: str, image: html.HtmlElement, sources: list[str]
) -> Iterator[Finding]:
    source = image.get("src", "")
    file = cartridge.path_of(path, source)
    if not image.get("alt"):
        yield cartridge.finding(path, image, f"{source} has no alt")
    if cartridge.for_canvas and not source.startswith(FILE_BASE):
        yield cartridge.finding(path, image, f"{source} must begin with {FILE_BASE}, which Canvas and cc2olx replace")
    if file not in cartridge.files:
        yield cartridge.finding(path, image, f"{source} is not in the archive")
    elif not any(file in cartridge.resources[id].files for id in resource.needs if id in cartridge.resources):
        yield cartridge.finding(path, image, f"{source} belongs to no resource that {resource.id} depends on")
    if any(source != other and source in other for other in sources):
        yield cartridge.finding(
            path, image, f"{source} is part of another picture's address; Moodle would replace it there"
        )


def _link(cartridge: Cartridge, path: str, link: html.HtmlElement) -> Iterator[Finding]:
    target = link.get("href", "")
    if target.startswith(_CANVAS_PAGE) and cartridge.for_canvas:
        if f"wiki_content/{target.removeprefix(_CANVAS_PAGE)}.html" not in cartridge.pages:
            yield cartridge.finding(
                path, link, f"{target}: Canvas and cc2olx find a page by its name alone, and none has this"
            )
    elif target.startswith("#") and cartridge.for_canvas:
        if not cartridge.pages[path].xpath("//*[@id=$id]", id=target[1:]):
            yield cartridge.finding(path, link, f"{target}: the page has no such id")
    elif not target.startswith(("http://", "https://")):
        yield cartridge.finding(path, link, f"{target}: importers break it; link to the page on the web")


def _web_link(cartridge: Cartridge, path: str) -> Iterator[Finding]:
    root = cartridge.xml[path]
    url = root.find(f"{_WEB_LINK}url")
    if root.tag != f"{_WEB_LINK}webLink" or url is None:
        yield cartridge.finding(path, root, "is no web link of Common Cartridge 1.1")
        return
    if not _ADDRESS.fullmatch(url.get("href", "")):
        yield cartridge.finding(path, url, f"{url.get('href')} is no address that Moodle lets pass")
    if not root.findtext(f"{_WEB_LINK}title", "").strip():
        yield cartridge.finding(path, root, "has no title")


def _topic(cartridge: Cartridge, path: str) -> Iterator[Finding]:
    root = cartridge.xml[path]
    text = root.find(f"{_TOPIC}text")
    if root.tag != f"{_TOPIC}topic" or text is None or not (text.text or "").strip():
        yield cartridge.finding(path, root, "is no topic of Common Cartridge 1.1 with a text")
        return
    if not root.findtext(f"{_TOPIC}title", "").strip():
        yield cartridge.finding(path, root, "has no title; Moodle would call it Untitled")
    if text.get("texttype") != "text/html":
        yield cartridge.finding(path, text, "texttype must be text/html")
    yield from fragment(cartridge, path, text, text.text)


def fragment(cartridge: Cartridge, path: str, element: etree._Element, markup: str) -> Iterator[Finding]:
    """HTML inside XML: of a discussion or a question."""
    whole = html.fragment_fromstring(markup, create_parent=True)
    if [child.tag for child in whole] != ["div"] or not whole[0].get("lang"):
        yield cartridge.finding(path, element, "wrap the text in one div with lang")
    if whole.xpath(".//img"):
        yield cartridge.finding(path, element, "holds a picture, which not every importer brings over; link to it")
    if whole.xpath(".//br | .//hr"):
        yield cartridge.finding(path, element, "holds <br> or <hr>, which Moodle doubles; write paragraphs")
    for link in whole.xpath(".//a"):
        if not link.get("href", "").startswith(("http://", "https://")):
            yield cartridge.finding(
                path, element, f"{link.get('href')}: importers break it; link to the page on the web"
            )
