"""The list by which a browser saves the site for reading without a network: docs/assets/offline.js reads it on use."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path, PurePosixPath

_SAVED = re.compile(r"(?!packages/|404\.html).*(?:\.html|\.json|\.ics)|assets/.*")
_ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
_LINK = re.compile(r"""<a\b[^>]*?\shref=["']?([^"'\s>#?]+)""")
_CHAPTER = re.compile(r"(?:en/)?chapters/[^/]+/")
NAME = "offline.json"


def write(site: Path) -> None:
    """Writes `offline.json`: for each address its hash and bytes, for each chapter the pages that it links to."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    bodies = {_address(name): (site / name).read_bytes() for name in names if _SAVED.fullmatch(name) and name != NAME}
    files = {address: [hashlib.sha256(body).hexdigest()[:12], len(body)] for address, body in bodies.items()}
    threads = {
        address: sorted(_linked(address, body.decode()) & files.keys())
        for address, body in bodies.items()
        if _CHAPTER.fullmatch(address)
    }
    text = json.dumps({"files": files, "threads": threads}, ensure_ascii=False, separators=(",", ":"))
    (site / NAME).write_text(text, encoding="utf-8")


def _address(name: str) -> str:
    return name.removesuffix("index.html") if name.endswith("index.html") else name


def _linked(address: str, page: str) -> set[str]:
    """Addresses below the site's root, in the chapter's language, of the pages that its text links to."""
    article = _ARTICLE.search(page)
    found = set()
    for href in _LINK.findall(article[0] if article else ""):
        parts: list[str] = []
        for part in PurePosixPath(address, href).parts:
            parts = parts[:-1] if part == ".." else [*parts, part]
        target = "/".join(parts) + "/"
        if ":" not in href and href.endswith("/") and target.startswith("en/") == address.startswith("en/"):
            found.add(target)
    return found
