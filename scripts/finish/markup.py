"""Pages without the white space that templates leave between elements."""

from __future__ import annotations

from pathlib import Path

import minify_html


def reduce(site: Path) -> None:
    """Rewrites every page; elements, attributes and what readers see stay."""
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            minify_html.minify(
                text,
                keep_closing_tags=True,
                keep_html_and_head_opening_tags=True,
                keep_input_type_text_attr=True,  # styles ask for it
                minify_doctype=False,
            ),
            encoding="utf-8",
        )
