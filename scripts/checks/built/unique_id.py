"""No id stands twice on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scripts.checks.built._site import Site
from scripts.findings import Finding

ID = "site-id"


def check(site: Site) -> Iterator[Finding]:
    for page in site.pages.values():
        counted = Counter(page.root.xpath("//@id"))
        for name in sorted(n for n, times in counted.items() if times > 1):
            second = page.root.xpath("//*[@id=$name]", name=name)[1]
            yield page.finding(second, ID, f"the id {name} stands {counted[name]} times")
