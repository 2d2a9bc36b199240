"""Pages without the white space that templates leave between elements, without the names of what built them, and without
what the theme writes in vain: the switch of its own search, and an attribute that checkboxes do not have."""

from __future__ import annotations

import re
from pathlib import Path

import minify_html

_IN_VAIN = re.compile(
    r'<meta name="generator"[^>]*>|<input [^>]*id="__search"[^>]*>|(?<=id="__drawer") autocomplete="off"'
)


def reduce(site: Path, pages: dict[Path, str]) -> None:
    """Elements, attributes and what readers see stay."""
    for path, text in pages.items():
        pages[path] = minify_html.minify(
            _IN_VAIN.sub("", text),
            keep_closing_tags=True,
            keep_html_and_head_opening_tags=True,
            keep_input_type_text_attr=True,  # styles ask for it
            minify_doctype=False,
        )
