"""Nothing that a page loads comes from another site. Links that a reader may follow are no loads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.checks.built._site import Site
from scripts.findings import Finding

ID = "site-origin"
LOADS = {
    "script": ("src",), "img": ("src", "srcset"), "source": ("src", "srcset"), "iframe": ("src",), "video": ("src", "poster"),
    "audio": ("src",), "embed": ("src",), "object": ("data",), "image": ("href",), "use": ("href",), "form": ("action",),
}  # fmt: skip
QUIET_RELATIONS = {"canonical", "prev", "next", "alternate"}
_CSS_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


def check(site: Site) -> Iterator[Finding]:
    for page in site.pages.values():
        for element in page.root.iter(*LOADS, "link"):
            if element.tag == "link":
                wanted = [] if set((element.get("rel") or "").split()) & QUIET_RELATIONS else ["href"]
            else:
                wanted = LOADS[element.tag]
            for name in wanted:
                for target in re.split(r"\s*,\s*|\s+", element.get(name) or ""):
                    if re.match(r"(?:[a-z][a-z0-9+.-]*:)?//", target) and site.inside(page, target) is None:
                        yield page.finding(element, ID, f"{element.tag} loads {target} from another site")
        for element in page.root.xpath("//*[@style]"):
            yield from _css(page.path, element.get("style"), element.sourceline)
        for element in page.root.iter("style"):
            yield from _css(page.path, element.text or "", element.sourceline)
    for path in sorted(f for f in site.files if f.endswith(".css")):
        yield from _css(path, (site.folder / path).read_text(encoding="utf-8"), 1)


def _css(path: str, text: str, line: int | None) -> Iterator[Finding]:
    for match in _CSS_URL.finditer(text):
        target = match[1] or match[2]
        if re.match(r"(?:https?:)?//", target):
            yield Finding(f"site/{path}", line or 1, 1, ID, f"a style loads {target} from another site")
