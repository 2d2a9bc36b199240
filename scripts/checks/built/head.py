"""Each page says its language, title, description and canonical address, and no two pages share a title."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.checks.built._site import Site
from scripts.findings import Finding

ID = "site-head"


def check(site: Site) -> Iterator[Finding]:
    titles: dict[tuple[str, str], str] = {}
    for page in site.documents:
        root = page.root
        if root.get("lang") != page.locale:
            yield page.finding(root, ID, f"lang is {root.get('lang')!r}, not {page.locale!r}")
        title = (root.findtext(".//title") or "").strip()
        if not title:
            yield page.finding(root, ID, "has no title")
        other = titles.setdefault((page.locale, title), page.path)
        if other != page.path:
            yield page.finding(root, ID, f"has the title of site/{other}: {title}")
        if not "".join(root.xpath("//meta[@name='description']/@content")).strip():
            yield page.finding(root, ID, "has no description")
        wanted = site.site_url.rstrip("/") + "/" + page.url
        canonical = root.xpath("//link[@rel='canonical']/@href")
        if canonical != [wanted]:
            yield page.finding(root, ID, f"canonical is {', '.join(canonical) or 'missing'}, not {wanted}")
