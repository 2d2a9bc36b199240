"""Every address and id that an edition published still leads to what readers meant by it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from scripts.checks.built._site import Site
from scripts.findings import Finding

ID = "site-published"
FILE = "docs/published.yml"
REDIRECTS = "docs/redirects.yml"
PACKAGES = "/packages/"


def check(site: Site) -> Iterator[Finding]:
    moves = site.book.moves
    packed = any(f"/{path}".startswith(PACKAGES) for path in site.files)
    for written, ids in site.book.published.items():
        place = site.book.file_places[FILE].get((written,), (1, 1))
        at = written.removeprefix("/")
        if not written.endswith("/") and written:
            if at not in site.files and (packed or not written.startswith(PACKAGES)):
                yield Finding(
                    FILE, *place, ID, f"{written} was published and is gone; files cannot move, so write it again"
                )
            continue
        now = moves[at, ""][0] if (at, "") in moves else at
        if now not in site.pages:
            yield Finding(
                FILE, *place, ID, f"{written} was published and leads nowhere; keep the page, or add it to {REDIRECTS}"
            )
            continue
        for name in ids:
            if name not in site.pages[now].ids and (at, name) not in moves:
                near = get_close_matches(name, sorted(site.pages[now].ids), 1)
                yield Finding(
                    FILE, *place, ID,
                    f"{written}#{name} was published and is gone; keep the id, or add ‘{site.book.written(at)}#{name}: "
                    f"{site.book.written(now)}#{near[0] if near else '…'}’ to {REDIRECTS}",
                )  # fmt: skip
    for (at, name), (to, anchor) in moves.items():
        if anchor and to in site.pages and anchor not in site.pages[to].ids:
            near = get_close_matches(anchor, sorted(site.pages[to].ids), 1)
            yield Finding(
                REDIRECTS, 1, 1, ID,
                f"/{at}{'#' * bool(name)}{name} leads to #{anchor}, which /{to} does not have"
                + (f"; did you mean #{near[0]}?" if near else ""),
            )  # fmt: skip
