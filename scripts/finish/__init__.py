"""Makes the built site light and safe: one short style, small pages, names that say what is in the file, a strict policy.

Each step is a module that reads and writes the files of a finished build; none of them knows MkDocs or the book.
`make serve` leaves them out, so that pages show what is written in the sources.
"""

from __future__ import annotations

from pathlib import Path

from scripts.finish import markup, names, policy, styles


def finish(site: Path) -> None:
    """Takes the steps in their order: the policy names what the pages hold at the end."""
    styles.reduce(site)
    markup.reduce(site)
    names.stamp(site)
    policy.write(site)
