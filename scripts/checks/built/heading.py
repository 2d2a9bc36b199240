"""One h1 on each page, and no level of heading is skipped."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.checks.built._site import Site
from scripts.findings import Finding

ID = "site-heading"


def check(site: Site) -> Iterator[Finding]:
    for page in site.pages.values():
        headings = page.root.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
        ones = [h for h in headings if h.tag == "h1"]
        if len(ones) != 1:
            yield page.finding(ones[1] if len(ones) > 1 else None, ID, f"has {len(ones)} h1, not one")
        level = 1
        for heading in headings:
            if int(heading.tag[1]) > level + 1:
                yield page.finding(
                    heading, ID, f"h{level} is followed by {heading.tag}: {heading.text_content().strip()}"
                )
            level = int(heading.tag[1])
