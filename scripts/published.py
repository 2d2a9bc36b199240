"""The file of what was ever published: addresses, and the ids that readers may have linked to."""

from __future__ import annotations

import json
import re
from collections import defaultdict

from scripts.checks.built._site import Site

_HEAD = """\
# Every address that an edition published, and the ids on it that readers may have linked to. `python -m scripts release`
# adds to it, nobody takes from it: what is gone or renamed goes into redirects.yml.
"""
_OWN = ("packages/",)  # folders whose files readers link to
_FILES = re.compile(r"(?:en/)?timeline\.(?:json|ics)|sitemap\.xml")


def grown(site: Site) -> str:
    """docs/published.yml with what a site, with its packages, has beyond it."""
    known: dict[str, set[str]] = defaultdict(set)
    for address, ids in site.book.published.items():
        known[address].update(ids)
    for page in site.documents:
        known[f"/{page.url}"].update(
            page.root.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]/@id")
        )
        for target in page.root.xpath("//a/@href"):
            address, anchor = site.inside(page, target) or ("", "")
            if anchor and address != page.url and address in site.pages and not anchor.startswith("__"):
                known[f"/{address}"].add(anchor)
    for path in site.files:
        if path.startswith(_OWN) or _FILES.fullmatch(path):
            known[f"/{path}"] = set()
    return _HEAD + "".join(
        f"{address}: [{', '.join(map(_word, sorted(ids)))}]\n" for address, ids in sorted(known.items())
    )


def _word(name: str) -> str:
    """As YAML reads it back; quoted where it could be no text."""
    plain = re.fullmatch(r"[A-Za-z][\w-]*", name) and name.lower() not in ("null", "true", "false")
    return name if plain else json.dumps(name)
