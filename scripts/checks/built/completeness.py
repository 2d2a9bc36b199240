"""Every page of the book is there in both languages, and the sitemap names each with its other language."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from scripts.checks.built._site import Site
from scripts.content.book import LOCALES, address
from scripts.findings import Finding

ID = "site-pages"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def check(site: Site) -> Iterator[Finding]:
    wanted = {}
    for key, entry in site.book.entries.items():
        for locale in LOCALES:
            wanted[address(key, locale)] = entry.pages[locale].path
    for url, source in sorted(wanted.items()):
        if url not in site.pages:
            yield Finding(source, 1, 1, ID, f"was not built to /{url}")
    for url in sorted(
        set(site.pages) - set(wanted) - {"404.html"} - {old for old, name in site.book.moves if not name}
    ):
        yield site.pages[url].finding(None, ID, "belongs to no page of the book")
    base = site.site_url.rstrip("/") + "/"
    listed = {}
    for node in etree.parse(str(site.folder / "sitemap.xml")).getroot():
        links = {x.get("hreflang"): x.get("href") for x in node.iter(LINK)}
        listed[node.findtext(f"{SITEMAP}loc")] = links
    for url in sorted(wanted):
        plain = url.removeprefix("en/")
        expected = {"ko": base + plain, "en": f"{base}en/{plain}", "x-default": base + plain}
        if listed.get(base + url) != expected:
            yield Finding("site/sitemap.xml", 1, 1, ID, f"{base + url} is not listed with ko, en and x-default")
