"""Every image has a text alternative or is marked as decoration, every drawing its title and description."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.checks.built._site import Site
from scripts.findings import Finding

ID = "site-alt"


def check(site: Site) -> Iterator[Finding]:
    for page in site.pages.values():
        for image in page.root.iter("img"):
            if image.get("alt") is None:
                yield page.finding(image, ID, f"{image.get('src')} has no alt")
        for drawing in page.root.xpath("//figure//svg"):
            named = drawing.xpath("./title/text()") and drawing.xpath("./desc/text()")
            if not named or drawing.get("role") != "img":
                yield page.finding(drawing, ID, "a drawing has no title, description or role=img")
