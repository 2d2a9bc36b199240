"""The book as EPUB 3, one for each language, written by pandoc."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

from lxml import html
from lxml.html import builder as E

from scripts.environment import ROOT
from scripts.exports import pandoc, whole_book
from scripts.exports.archive import zipped
from scripts.exports.edition import Edition
from scripts.view import View

STYLES = ROOT / "scripts/exports/epub.css"


def book(edition: Edition, locale: str) -> bytes:
    """The whole book: title page, contents, every part in a file of its own, drawings as pictures."""
    view = edition.views[locale]
    parts = whole_book.parts(edition, locale, picture_of=lambda name: f"{name}.png")
    body = E.BODY(*_title_page(view), *(element for part in parts for element in _flat(part)))
    document = E.HTML(E.HEAD(E.META(charset="utf-8"), E.TITLE(view.site_title)), body, lang=locale)
    files = {f"{name}.png": picture for name, picture in edition.pictures[locale].items()}
    files["metadata.json"] = json.dumps(_metadata(view), ensure_ascii=False).encode()
    files["book.css"] = STYLES.read_bytes()
    options = [
        "--metadata-file=metadata.json", "--css=book.css", "--epub-title-page=false", "--toc", "--toc-depth=2",
        "--split-level=1",
    ]  # fmt: skip
    whole = "<!doctype html>" + html.tostring(document, encoding="unicode")
    return _finished(pandoc.converted(whole, "epub3", edition.book.site.edition.date, options, files))


def _metadata(view: View) -> dict[str, object]:
    """Of the package document. The identifier is that of an edition in a language, wherever it is made."""
    site = view.book.site
    return {
        "title": view.site_title,
        "lang": view.locale,
        "author": site.authors[view.locale],
        "date": str(site.edition.date),
        "rights": f"{view.t('license')}. {view.t('license_report')}",
        "identifier": f"urn:uuid:{uuid5(NAMESPACE_URL, view.absolute('index') + '#' + site.edition.version)}",
        "toc-title": view.t("book_contents"),
        "accessModes": ["textual", "visual"],
        "accessModeSufficient": ["textual"],
    }


def _title_page(view: View) -> list[html.HtmlElement]:
    heading = E.H1(view.site_title)
    heading.set("id", "title")
    return [heading, E.P(view.t("book_subtitle")), *whole_book.imprint(view)]


def _flat(part: html.HtmlElement) -> list[html.HtmlElement]:
    """The part as pandoc wants it: headings beside what they head; classes and ids on `div`s and `span`s, as it loses
    those of paragraphs, lists and rows of tables."""
    heading = part.xpath("./header/h1 | ./header/h2")[0]
    heading.set("id", part.get("id"))
    if heading.tag == "h2":
        heading.set("class", "entry")
    for element in part.xpath(".//header | .//section[not(contains(@class, 'later'))]"):
        element.drop_tag()
    for element in part.xpath(".//section | .//article | .//p[@class]"):
        element.tag = "div"
        element.attrib.pop("aria-labelledby", None)
    for element in part.xpath(".//time"):
        element.tag = "strong"
    for element in part.xpath(".//ul[@class] | .//ol[@class] | .//dl[@class]"):
        box = E.DIV(E.CLASS(element.get("class")))
        element.addprevious(box)
        box.append(element)
    for row in part.xpath(".//tr[@id]"):
        cell = row[0]
        anchor = E.SPAN(cell.text or "", id=row.attrib.pop("id"))
        cell.text = None
        cell.insert(0, anchor)
    return list(part)


def _finished(written: bytes) -> bytes:
    """The archive without dates, each page named by its heading and not by its file."""
    with zipfile.ZipFile(BytesIO(written)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    for name, page in files.items():
        if heading := re.search(rb"<h1[^>]*>(.*?)</h1>", page, re.DOTALL) if name.endswith(".xhtml") else None:
            title = re.sub(rb"<[^>]+>", b"", heading[1])
            files[name] = re.sub(rb"<title>.*?</title>", lambda m, title=title: b"<title>" + title + b"</title>", page)
    return zipped(files, first=("mimetype",))
