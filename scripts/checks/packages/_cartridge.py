"""A cartridge as its checks read it: files, parsed XML, modules and resources of the manifest."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree, html

from scripts.findings import Finding

ID = "cartridge"
# Not taken from the exports, so that a slip there shows here.
MANIFEST = "imsmanifest.xml"
PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
METADATA = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
WEB_CONTENT = "webcontent"
WEB_LINK = "imswl_xmlv1p1"
TOPIC = "imsdt_xmlv1p1"
ASSESSMENT = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
ASSOCIATED = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
TYPES = (WEB_CONTENT, WEB_LINK, TOPIC, ASSESSMENT, ASSOCIATED)
OPENING = (WEB_CONTENT, ASSOCIATED)  # types whose resources open by themselves, so that they say with which file
FILE_BASE = "$IMS-CC-FILEBASE$/"
CANVAS_FLAG = "course_settings/canvas_export.txt"


@dataclass(frozen=True)
class Resource:
    element: etree._Element

    @property
    def id(self) -> str:
        return self.element.get("identifier", "")

    @property
    def type(self) -> str:
        return self.element.get("type", "")

    @property
    def files(self) -> list[str]:
        return [file.get("href", "") for file in self.element.iterfind(named("file"))]

    @property
    def needs(self) -> list[str]:
        return [needed.get("identifierref", "") for needed in self.element.iterfind(named("dependency"))]


class Unreadable(Exception):
    """The archive cannot be judged; the message says why."""


@dataclass
class Cartridge:
    """`name` is the archive's. `broken` are XML files that cannot be parsed, with line, column and what is wrong."""

    name: str
    files: dict[str, bytes]
    xml: dict[str, etree._Element]
    broken: dict[str, tuple[int, int, str]]

    @classmethod
    def read(cls, name: str, data: bytes) -> Cartridge:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                files = {path: archive.read(path) for path in archive.namelist()}
        except zipfile.BadZipFile:
            raise Unreadable("is not a zip archive that can be read") from None
        xml, broken = {}, {}
        for path, content in files.items():
            if path.endswith((".xml", ".qti")):
                try:
                    xml[path] = etree.fromstring(content)
                except etree.XMLSyntaxError as error:
                    broken[path] = (*error.position, error.msg)
        return cls(name, files, xml, broken)

    def finding(self, path: str, element: etree._Element | None, message: str) -> Finding:
        line = element.sourceline if element is not None else None
        return Finding(f"dist/{self.name}:{path}", line or 1, 1, ID, message)

    @property
    def manifest(self) -> etree._Element:
        return self.xml[MANIFEST]

    @cached_property
    def resources(self) -> dict[str, Resource]:
        found = (Resource(element) for element in self.manifest.iter(named("resource")))
        return {resource.id: resource for resource in found}

    def of_type(self, type: str) -> Iterator[tuple[Resource, str]]:
        """Resources of a type with the path of their first file, where it is there."""
        for resource in self.resources.values():
            if resource.type == type and resource.files and resource.files[0] in self.files:
                yield resource, resource.files[0]

    @cached_property
    def modules(self) -> list[etree._Element]:
        root = self.manifest.find(f"{named('organizations')}/{named('organization')}/{named('item')}")
        return [] if root is None else root.findall(named("item"))

    @property
    def for_canvas(self) -> bool:
        return CANVAS_FLAG in self.files

    @cached_property
    def pages(self) -> dict[str, html.HtmlElement]:
        """Every HTML file, parsed."""
        return {path: _page(content) for path, content in self.files.items() if path.endswith(".html")}

    def path_of(self, page: str, target: str) -> str:
        """The file that a page means by an address without a scheme."""
        if target.startswith(FILE_BASE):
            return "web_resources/" + target.removeprefix(FILE_BASE)
        return posixpath.normpath(posixpath.join(posixpath.dirname(page), target))


def _page(content: bytes) -> html.HtmlElement:
    try:
        return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:  # nothing in it
        return html.Element("html")


def named(tag: str) -> str:
    """A tag of the manifest."""
    return f"{{{PACKAGE}}}{tag}"


def title(element: etree._Element) -> str:
    return element.findtext(named("title")) or ""
