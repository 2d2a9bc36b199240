"""Finishes the built site: words in the other language say so, one short style, small pages, names that follow from the
bytes, a strict policy.

Each step is a module that changes the pages of a finished build, and the files beside them; none knows MkDocs or the book.
`make serve` leaves them out, so that pages show what is written in the sources.
"""

from __future__ import annotations

from pathlib import Path

from scripts.finish import languages, markup, names, offline, policy, styles


def finish(site: Path) -> None:
    """Takes the steps in their order: the policy names what the pages hold at the end, the list their last bytes."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    for step in (languages.mark, styles.reduce, markup.reduce, names.stamp, policy.write):
        step(site, pages)
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
    offline.write(site)
