"""The format IMS Common Cartridge 1.1, as much of it as our packages use.

Its parts are written after the schemas of the specification (ccv1p1). What importers demand beyond them is checked by
scripts/checks/packages/cartridge.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree
from lxml.builder import ElementMaker

from scripts.exports.archive import zipped
from scripts.view import View

WEB_CONTENT = "webcontent"
WEB_LINK = "imswl_xmlv1p1"
TOPIC = "imsdt_xmlv1p1"
ASSESSMENT = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
ASSOCIATED = "associatedcontent/imscc_xmlv1p1/learning-application-resource"  # what one system alone understands

MANIFEST = "imsmanifest.xml"
LICENSE, LICENSE_ADDRESS = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_METADATA = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
_WEB_LINK = "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"
_TOPIC = "http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"
_SCHEMAS = "http://www.imsglobal.org/profile/cc/ccv1p1/"


@dataclass(frozen=True)
class Resource:
    """A thing in the package. Its first file is the one that opens; `needs` are the resources that it shows or that
    say more about it; `url` is where a web link leads."""

    id: str
    type: str
    files: dict[str, bytes]
    needs: tuple[Resource, ...] = ()
    url: str = ""

    @property
    def path(self) -> str:
        return next(iter(self.files))


@dataclass(frozen=True)
class Item:
    """A line of a module."""

    title: str
    resource: Resource

    @property
    def id(self) -> str:
        return f"item-{self.resource.id}"


@dataclass(frozen=True)
class Module:
    id: str
    title: str
    items: list[Item]


def package(id: str, view: View, modules: list[Module], more: Iterable[Resource] = ()) -> bytes:
    """The file that a learning management system imports. `more` are resources that no module lists."""
    resources: dict[str, Resource] = {}

    def collect(resource: Resource) -> None:
        if resource.id not in resources:
            resources[resource.id] = resource
            for needed in resource.needs:
                collect(needed)

    for resource in (*(item.resource for module in modules for item in module.items), *more):
        collect(resource)
    files = {MANIFEST: _manifest(id, view, modules, list(resources.values()))}
    for resource in resources.values():
        files |= resource.files
    return zipped(files)


def web_link(id: str, title: str, url: str) -> Resource:
    make = _maker(_WEB_LINK)
    link = make.webLink(make.title(title), make.url(href=url))
    _locate(link, _WEB_LINK, "ccv1p1_imswl_v1p1.xsd")
    return Resource(id, WEB_LINK, {f"links/{id}.xml": written(link)}, url=url)


def topic(id: str, title: str, text: str, needs: tuple[Resource, ...] = ()) -> Resource:
    """A topic for discussion; `text` is HTML."""
    make = _maker(_TOPIC)
    root = make.topic(make.title(title), make.text(text, texttype="text/html"))
    _locate(root, _TOPIC, "ccv1p1_imsdt_v1p1.xsd")
    return Resource(id, TOPIC, {f"discussions/{id}.xml": written(root)}, needs)


def written(root: etree._Element) -> bytes:
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _manifest(id: str, view: View, modules: list[Module], resources: list[Resource]) -> bytes:
    """The namespace of the package stands first, without a prefix: Moodle looks for it at the beginning of the file,
    and for elements without a prefix."""
    namespaces = {None: _PACKAGE, "lomimscc": _METADATA, "xsi": _SCHEMA_INSTANCE}
    make = ElementMaker(namespace=_PACKAGE, nsmap=namespaces)
    root = make.manifest(
        make.metadata(make.schema("IMS Common Cartridge"), make.schemaversion("1.1.0"), _about(view)),
        make.organizations(
            make.organization(
                make.item(*(_module(make, module) for module in modules), identifier="root"),
                identifier="organization",
                structure="rooted-hierarchy",
            )
        ),
        make.resources(*(_resource(make, resource) for resource in resources)),
        identifier=id,
    )
    _locate(root, _PACKAGE, "ccv1p1_imscp_v1p2_v1p0.xsd", _METADATA, "LOM/ccv1p1_lommanifest_v1p0.xsd")
    return written(root)


def _about(view: View) -> etree._Element:
    """The package's own metadata."""
    make = ElementMaker(namespace=_METADATA, nsmap={"lomimscc": _METADATA})

    def said(text: str) -> etree._Element:
        return make.string(text, language=view.locale)

    return make.lom(
        make.general(
            make.title(said(view.site_title)),
            make.language(view.locale),
            make.description(said(view.book.entries["index"].description(view.locale))),
        ),
        make.lifeCycle(make.contribute(make.date(make.dateTime(str(view.book.site.edition.date))))),
        make.rights(
            make.copyrightAndOtherRestrictions(make.value("yes")),
            make.description(said(f"{LICENSE}, {LICENSE_ADDRESS}")),
        ),
    )


def _module(make: ElementMaker, module: Module) -> etree._Element:
    lines = (make.item(make.title(x.title), identifier=x.id, identifierref=x.resource.id) for x in module.items)
    return make.item(make.title(module.title), *lines, identifier=module.id)


def _resource(make: ElementMaker, resource: Resource) -> etree._Element:
    """The specification wants `href` on what opens by itself and forbids it on the rest."""
    opens = {"href": resource.path} if resource.type in (WEB_CONTENT, ASSOCIATED) else {}
    return make.resource(
        *(make.file(href=path) for path in resource.files),
        *(make.dependency(identifierref=needed.id) for needed in resource.needs),
        identifier=resource.id,
        type=resource.type,
        **opens,
    )


def _maker(namespace: str) -> ElementMaker:
    return ElementMaker(namespace=namespace, nsmap={None: namespace, "xsi": _SCHEMA_INSTANCE})


def _locate(root: etree._Element, *pairs: str) -> None:
    """Says where the schemas are."""
    words = [_SCHEMAS + word if word.endswith(".xsd") else word for word in pairs]
    root.set(f"{{{_SCHEMA_INSTANCE}}}schemaLocation", " ".join(words))
