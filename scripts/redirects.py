"""What readers meet at an address that moved: a small page that sends them on, with the heading they asked for.

The pages work on any static host. `_redirects`, as Netlify and Cloudflare Pages read it, says the same to those hosts.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader

from scripts.content.book import Book
from scripts.view import View

TEMPLATES = Path(__file__).resolve().parent.parent / "overrides"


def files(book: Book, views: dict[str, View]) -> Iterator[tuple[str, str]]:
    """Path below the site, and text, of each page that moved, and of `_redirects`."""
    template = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True).get_template("redirect.html")
    by_address = {view.url(key): (view, key) for view in views.values() for key in book.entries}
    rules = []
    for (old, name), new in book.moves.items():
        if name or new[0] not in by_address:  # while serving, a redirect may still lead nowhere
            continue
        view, key = by_address[new[0]]
        parts = {n: _link(old, to) for (at, n), to in book.moves.items() if at == old and n}
        yield (
            f"{old}index.html",
            template.render(t=view.t, view=view, title=view.title(key), key=key, to=_link(old, new), parts=parts),
        )
        if not parts and not new[1]:  # the host would keep the old heading
            base = urlsplit(view.site_url).path.rstrip("/")
            rules.append(f"{base}/{old} {base}/{new[0]} 301\n")
    if rules:
        yield "_redirects", "".join(sorted(rules))


def _link(old: str, new: tuple[str, str]) -> str:
    """Relative, so that it works below any path."""
    path = posixpath.relpath("/" + new[0], "/" + old)
    return f"{path}/" + (f"#{new[1]}" if new[1] else "")


def with_old_ids(page: str, key: str, view: View) -> str:
    """A finished page on which ids that moved within it lead to where they stand now."""
    here = view.url(key)
    for (at, name), (to, anchor) in view.book.moves.items():
        if at == to == here and name:
            start = re.compile(rf'<[a-z][a-z0-9]*\s(?:[^>]*\s)?id="{re.escape(anchor)}"[^>]*>')
            page = start.sub(lambda match, name=name: f'{match[0]}<span id="{name}"></span>', page, count=1)
    return page
