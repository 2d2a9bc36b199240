"""The drawings as PNG, for the many programs that do not show SVG."""

from __future__ import annotations

from playwright.sync_api import Browser

from scripts.content.book import LOCALES, Book
from scripts.environment import ROOT
from scripts.render import drawing
from scripts.system import FONT


def pictures(book: Book, browser: Browser) -> dict[str, dict[str, bytes]]:
    """Language → name → PNG, on paper white, in the light colors of the site."""
    styles = (ROOT / "docs/assets/site.css").read_text(encoding="utf-8")
    context = browser.new_context(viewport={"width": 720, "height": 720}, device_scale_factor=2)
    page = context.new_page()
    found: dict[str, dict[str, bytes]] = {locale: {} for locale in LOCALES}
    for locale in LOCALES:
        for slug in sorted(book.figures):
            page.set_content(
                f'<!doctype html><html lang="{locale}"><style>{styles} svg text {{ font-family: {FONT} !important }}'
                " .drawing { background: #fff; padding: 12px; width: 640px }</style>"
                f'<body data-md-color-scheme="default"><figure class="drawing md-typeset">{drawing(book, slug, locale)}'
            )
            found[locale][slug] = page.locator("figure").screenshot(animations="disabled")
    context.close()
    return found
