"""What Canvas wants beside the cartridge: either all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from scripts.checks.packages._cartridge import (
    ASSESSMENT,
    ASSOCIATED,
    CANVAS_FLAG,
    MANIFEST,
    TOPIC,
    WEB_CONTENT,
    WEB_LINK,
    Cartridge,
    named,
    title,
)
from scripts.checks.packages._questions import keys
from scripts.findings import Finding

_CANVAS = "{http://canvas.instructure.com/xsd/cccv1p0}"
_MODULES = "course_settings/module_meta.xml"
_CONTENT_TYPES = {
    WEB_CONTENT: "WikiPage",
    ASSESSMENT: "Quizzes::Quiz",
    TOPIC: "DiscussionTopic",
    WEB_LINK: "ExternalUrl",
}


def check(cartridge: Cartridge) -> Iterator[Finding]:
    if not cartridge.for_canvas:
        for path in sorted(cartridge.files):
            if path.startswith(("course_settings/", "wiki_content/", "non_cc_assessments/")):
                yield cartridge.finding(path, None, f"Canvas reads this only beside {CANVAS_FLAG}")
        return
    if not any(r.type == ASSOCIATED and r.element.get("href") == CANVAS_FLAG for r in cartridge.resources.values()):
        yield cartridge.finding(
            MANIFEST, None, f"no resource opens {CANVAS_FLAG}, by which Canvas knows its own packages"
        )
    yield from _modules(cartridge)
    yield from _pages(cartridge)
    yield from _quizzes(cartridge)
    yield from _topics(cartridge)


def _modules(cartridge: Cartridge) -> Iterator[Finding]:
    """Canvas takes modules from a file of its own; it must say what the manifest says."""
    if _MODULES not in cartridge.xml:
        yield cartridge.finding(_MODULES, None, "is missing or broken; Canvas would make no modules")
        return
    root = cartridge.xml[_MODULES]
    said = [_module(module) for module in root]
    wanted = [_wanted_module(cartridge, module, place) for place, module in enumerate(cartridge.modules, 1)]
    for module, there, expected in zip(root, said, wanted, strict=False):
        if there != expected:
            yield cartridge.finding(_MODULES, module, f"the module {there[0]} is not what the manifest says of it")
    if len(said) != len(wanted):
        yield cartridge.finding(_MODULES, root, f"holds {len(said)} modules, the manifest {len(wanted)}")


def _module(module: etree._Element) -> tuple:
    lines = [
        (
            item.get("identifier"),
            *(_text(item, tag) for tag in ("title", "position", "identifierref", "content_type", "url")),
        )
        for item in module.iter(f"{_CANVAS}item")
    ]
    return module.get("identifier"), _text(module, "title"), _text(module, "position"), lines


def _wanted_module(cartridge: Cartridge, module: etree._Element, place: int) -> tuple:
    lines = [
        (item.get("identifier"), title(item), str(position), item.get("identifierref"), *_content(cartridge, item))
        for position, item in enumerate(module.findall(named("item")), 1)
    ]
    return module.get("identifier"), title(module), str(place), lines


def _content(cartridge: Cartridge, item: etree._Element) -> tuple[str, str]:
    """Canvas's name for what an item opens, and the address if it is a web link."""
    resource = cartridge.resources.get(item.get("identifierref", ""))
    if resource is None:
        return "", ""
    link = cartridge.xml.get(next(iter(resource.files), "")) if resource.type == WEB_LINK else None
    url = "" if link is None else next((element.get("href", "") for element in link.iter("{*}url")), "")
    return _CONTENT_TYPES.get(resource.type, ""), url


def _pages(cartridge: Cartridge) -> Iterator[Finding]:
    for resource, path in cartridge.of_type(WEB_CONTENT):
        if path not in cartridge.pages:
            if not path.startswith("web_resources/"):
                yield cartridge.finding(path, None, "files lie in web_resources, where Canvas and cc2olx look")
            continue
        root = cartridge.pages[path]
        if not path.startswith("wiki_content/"):
            yield cartridge.finding(path, None, "pages lie in wiki_content, where Canvas looks")
        if root.xpath("string(//meta[@name='identifier']/@content)") != resource.id:
            yield cartridge.finding(
                path, root, f"the meta element identifier must be {resource.id}, as in the manifest"
            )
        if not root.findtext("head/title", "").strip():
            yield cartridge.finding(path, root, "has no title; Canvas takes it from the head")


def _quizzes(cartridge: Cartridge) -> Iterator[Finding]:
    for resource, path in cartridge.of_type(ASSESSMENT):
        meta, own = f"{resource.id}/assessment_meta.xml", f"non_cc_assessments/{resource.id}.xml.qti"
        for wanted in (meta, own):
            if wanted not in cartridge.xml:
                yield cartridge.finding(
                    path, None, f"needs {wanted}; Canvas takes no quiz from the cartridge's own file"
                )
        if meta in cartridge.xml and cartridge.xml[meta].get("identifier") != resource.id:
            yield cartridge.finding(meta, cartridge.xml[meta], f"the identifier must be {resource.id}")
        if own in cartridge.xml and path in cartridge.xml:
            root = cartridge.xml[own]
            if [e.get("ident") for e in root.iter("{*}assessment")] != [resource.id]:
                yield cartridge.finding(own, root, f"the assessment's ident must be {resource.id}")
            if keys(root) != keys(cartridge.xml[path]):
                yield cartridge.finding(own, root, f"questions or keys differ from those of {path}")


def _topics(cartridge: Cartridge) -> Iterator[Finding]:
    for resource, path in cartridge.of_type(TOPIC):
        needed = [cartridge.resources[id].files[0] for id in resource.needs if id in cartridge.resources]
        meta = next((cartridge.xml[p] for p in needed if p in cartridge.xml), None)
        if meta is None or _text(meta, "topic_id") != resource.id:
            yield cartridge.finding(
                path, meta, f"needs a topicMeta with the topic_id {resource.id}; modules refer to it"
            )
        elif path in cartridge.xml and _text(meta, "title") != cartridge.xml[path].findtext("{*}title", ""):
            yield cartridge.finding(path, None, "has another title than its topicMeta")


def _text(element: etree._Element, tag: str) -> str:
    return element.findtext(f"{_CANVAS}{tag}", "")
