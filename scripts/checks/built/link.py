"""Every link and reference inside the site leads to a file, every anchor to an id."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from scripts.checks.built._site import Site
from scripts.findings import Finding

ID = "site-link"


def check(site: Site) -> Iterator[Finding]:
    for page in site.pages.values():
        seen: dict[str, tuple[str, str] | None] = {}  # navigation and text name the same page many times
        for element in page.root.iter("a", "link", "img", "script", "source", "image", "use"):
            target = element.get("href") or element.get("src")
            if not target or target.startswith(("mailto:", "data:")):
                continue
            if target not in seen:
                seen[target] = site.inside(page, target)
            found = seen[target]
            if found is None:
                continue
            path, anchor = found
            if path not in site.pages and path not in site.files:
                near = get_close_matches(path, list(site.pages), 1)
                yield page.finding(
                    element, ID, f"{target} does not exist" + (f"; did you mean /{near[0]}?" if near else "")
                )
            elif anchor and path in site.pages and anchor not in site.pages[path].ids:
                yield page.finding(element, ID, f"{target}: /{path} has no id {anchor}")
        for attribute in ("aria-describedby", "aria-labelledby", "for"):
            for element in page.root.xpath(f"//*[@{attribute}]"):
                for name in element.get(attribute).split():
                    if name not in page.ids:
                        yield page.finding(element, ID, f"{attribute}={name}: the page has no such id")
