"""A cartridge is whole, and keeps to what Moodle, Canvas and cc2olx demand of one.

The rules come from the schemas of Common Cartridge 1.1, their Schematron rules among them, and from the importers'
sources: Moodle's backup/cc, Canvas's lib/cc/importer and qti_exporter, cc2olx's models and content processors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from scripts.checks.packages import _canvas, _content, _questions
from scripts.checks.packages._cartridge import (
    ID,
    MANIFEST,
    METADATA,
    OPENING,
    PACKAGE,
    TYPES,
    WEB_LINK,
    Cartridge,
    Resource,
    Unreadable,
    named,
    title,
)
from scripts.findings import Finding

__all__ = ["ID", "check"]

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_./-]+")
_SNIFFED = 1024  # bytes in which Moodle looks for the namespace
_SHORT_NAME = 94  # bytes after which Moodle cuts the course's short name, be it in the middle of a letter
_LONGEST_TITLE = 255  # letters of a title in Moodle's and Canvas's tables


def check(name: str, data: bytes) -> Iterator[Finding]:
    try:
        cartridge = Cartridge.read(name, data)
    except Unreadable as error:
        yield Finding(f"dist/{name}", 1, 1, ID, str(error))
        return
    yield from _archive(cartridge)
    if MANIFEST not in cartridge.xml:
        return
    yield from _manifest(cartridge)
    yield from _modules(cartridge)
    yield from _resources(cartridge)
    yield from _content.check(cartridge)
    yield from _questions.check(cartridge)
    yield from _canvas.check(cartridge)


def _archive(cartridge: Cartridge) -> Iterator[Finding]:
    for path in sorted(cartridge.files):
        if not _PLAIN_NAME.fullmatch(path) or path.startswith("/") or ".." in path.split("/"):
            yield cartridge.finding(path, None, "use letters a to z, digits, - and _ in names; importers change others")
        if path.endswith("/" + MANIFEST):
            yield cartridge.finding(path, None, f"a second {MANIFEST}; Moodle reads whichever it finds first")
    if MANIFEST not in cartridge.files:
        yield cartridge.finding(MANIFEST, None, "is missing")
    for path, (line, column, message) in cartridge.broken.items():
        yield Finding(f"dist/{cartridge.name}:{path}", line, column, ID, f"is not well-formed XML: {message}")


def _manifest(cartridge: Cartridge) -> Iterator[Finding]:
    root = cartridge.manifest
    start = re.sub(rb"\s", b"", cartridge.files[MANIFEST][:_SNIFFED]).replace(b"'", b'"')
    if f'xmlns="{PACKAGE}"'.encode() not in start:
        yield cartridge.finding(
            MANIFEST,
            root,
            f"the default namespace {PACKAGE} must stand in the first {_SNIFFED} bytes, where Moodle looks",
        )
    for element in root.iter(f"{{{PACKAGE}}}*"):
        if element.prefix:
            yield cartridge.finding(MANIFEST, element, f"Moodle does not know <{element.prefix}:…>; use no prefix")
    for tag, value in (("schema", "IMS Common Cartridge"), ("schemaversion", "1.1.0")):
        element = root.find(f"{named('metadata')}/{named(tag)}")
        if element is None or element.text != value:
            yield cartridge.finding(MANIFEST, element, f"{tag} must be {value}, or Canvas does not know the format")
    name = root.findtext(f".//{{{METADATA}}}general/{{{METADATA}}}title/{{{METADATA}}}string", "")
    if not name.strip():
        yield cartridge.finding(MANIFEST, root, "the metadata have no title; the course would be called Untitled")
    if len(name.replace(" ", "").encode()) > _SHORT_NAME:
        yield cartridge.finding(MANIFEST, root, f"Moodle cuts the title after {_SHORT_NAME} bytes, spaces not counted")
    counts = Counter(element.get("identifier") for element in root.iter() if element.get("identifier"))
    for identifier in sorted(i for i, count in counts.items() if count > 1):
        element = root.find(f".//*[@identifier='{identifier}']")
        yield cartridge.finding(MANIFEST, element, f"the identifier {identifier} is given twice")


def _modules(cartridge: Cartridge) -> Iterator[Finding]:
    root = cartridge.manifest.find(f"{named('organizations')}/{named('organization')}/{named('item')}")
    if root is not None and root.find(named("title")) is not None:
        yield cartridge.finding(MANIFEST, root, "the item around the modules has no title in this format")
    if not cartridge.modules:
        yield cartridge.finding(MANIFEST, root, "holds no modules")
    elif not cartridge.modules[0].get("identifier", "").endswith("-about"):
        yield cartridge.finding(
            MANIFEST, cartridge.modules[0],
            "the first module is not about the package; Moodle makes it the section at the top of the course",
        )  # fmt: skip
    for module in cartridge.modules:
        lines = module.findall(named("item"))
        if module.get("identifierref") or not lines:
            yield cartridge.finding(
                MANIFEST, module, "a module holds items and is none; importers would make up a module"
            )
        for element in (module, *lines):
            yield from _title(cartridge, element)
        for line in lines:
            if line.find(named("item")) is not None:
                yield cartridge.finding(
                    MANIFEST, line, "items within items become labels in Moodle; put them side by side"
                )
            if line.get("identifierref") not in cartridge.resources:
                yield cartridge.finding(MANIFEST, line, f"no resource is called {line.get('identifierref')}")


def _title(cartridge: Cartridge, element: etree._Element) -> Iterator[Finding]:
    words = title(element)
    if not words.strip():
        yield cartridge.finding(MANIFEST, element, f"{element.get('identifier')} has no title")
    elif len(words) > _LONGEST_TITLE:
        yield cartridge.finding(MANIFEST, element, f"a title has at most {_LONGEST_TITLE} letters; here {len(words)}")
    if re.search(r"[&<>]", words):
        yield cartridge.finding(MANIFEST, element, "a title without & < >; Moodle copies it into its XML as it is")


def _resources(cartridge: Cartridge) -> Iterator[Finding]:
    listed: Counter[str] = Counter({MANIFEST: 1})
    for resource in cartridge.resources.values():
        listed.update(resource.files)
        yield from _resource(cartridge, resource)
    for path in sorted(set(cartridge.files) - set(listed)):
        yield cartridge.finding(path, None, "belongs to no resource of the manifest, so importers leave it out")


def _resource(cartridge: Cartridge, resource: Resource) -> Iterator[Finding]:
    def fault(message: str) -> Finding:
        return cartridge.finding(MANIFEST, resource.element, f"{resource.id}: {message}")

    href = resource.element.get("href")
    if resource.type not in TYPES:
        yield fault(f"{resource.type} is not a type of Common Cartridge 1.1 that we use")
    elif resource.type in OPENING and href not in resource.files:
        yield fault("needs an href that is one of its files")
    elif resource.type not in OPENING and (href is not None or len(resource.files) != 1):
        yield fault("has exactly one file and no href, because of its type")
    for path in resource.files:
        if path not in cartridge.files:
            yield fault(f"{path} is not in the archive")
    tags = [etree.QName(child).localname for child in resource.element if child.tag != named("metadata")]
    if tags != sorted(tags, reverse=True):  # file, dependency
        yield fault("files come before dependencies; cc2olx opens what stands first")
    for needed in resource.needs:
        if needed not in cartridge.resources or needed == resource.id:
            yield fault(f"depends on {needed}, which is no other resource")
        elif cartridge.resources[needed].type not in OPENING:
            yield fault(f"must not depend on {needed}, which is neither a file nor data for one system")
    if resource.type == WEB_LINK and resource.needs:
        yield fault("a web link depends on nothing")
