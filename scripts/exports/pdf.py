"""The book and its chapters as PDF, printed by Chromium: A4, tagged, with bookmarks."""

from __future__ import annotations

import json

from lxml import html
from lxml.html import builder as E
from playwright.sync_api import Browser

from scripts.environment import ROOT, CannotRun
from scripts.exports import printed, whole_book, worksheet
from scripts.exports.edition import Edition
from scripts.render import drawing
from scripts.system import FONT
from scripts.view import View

LICENSE = "CC BY 4.0"
COVER = "co-evolution-loop"  # the drawing on the title page
_STYLES = ("docs/assets/site.css", "scripts/exports/print.css")


def book(edition: Edition, locale: str, browser: Browser) -> bytes:
    """The whole book: title page, contents with page numbers, every part. Raises CannotRun where the font is missing."""
    view = edition.views[locale]
    parts = whole_book.parts(edition, locale)
    running, page = "", ""
    for part in parts:
        if title := part.xpath("string(./header/h1)"):
            page = part.get("id")
            running += f"@page {page} {{ @top-right {{ content: {_quoted(title)}; }} }}\n"
        part.set("style", f"page: {page}")
    return _printed([_title_page(view), _contents(view, parts), *parts], view.site_title, view, browser, running)


def chapter(edition: Edition, key: str, locale: str, browser: Browser) -> bytes:
    """A chapter to hand out: its text, facts and sources, then its quiz on paper, and the answers on a last sheet.
    KeyError for a chapter without a quiz. Raises CannotRun where the font is missing."""
    view = edition.views[locale]
    article = edition.article(key, locale)
    article.tag = "section"
    article.set("class", "chapter")
    citation = view.cite(view.work(edition.book.entries[key]), "apa")
    article.find("header").append(E.P(E.CLASS("imprint"), f"{citation} {view.t('license_report')}"))
    quiz = edition.book.entries[key.replace("chapters/", "quizzes/")]
    sheets = worksheet.sheets(view, quiz, article)
    return _printed([article, *sheets], whole_book.title(view, key), view, browser)


def _title_page(view: View) -> html.HtmlElement:
    picture = html.fragment_fromstring(drawing(view.book, COVER, view.locale))
    picture.set("aria-hidden", "true")
    return E.SECTION(
        E.CLASS("title"),
        E.H1(view.site_title),
        E.P(E.CLASS("subtitle"), view.t("book_subtitle")),
        E.DIV(E.CLASS("drawing"), picture),
        E.DIV(E.CLASS("imprint"), *whole_book.imprint(view)),
    )


def _contents(view: View, parts: list[html.HtmlElement]) -> html.HtmlElement:
    """Each part with a place for the number of its page; cases and terms in lists of their own."""
    outline, below = E.UL(), []
    for part in parts:
        heading = part.xpath("./header/h1 | ./header/h2")[0]
        item = E.LI(E.A(heading.text, href="#" + part.get("id")), E.I())
        item.set("data-part", part.get("id"))
        if heading.tag == "h1":
            outline.append(item)
            under = E.UL()
        else:
            under.append(item)
            if len(under) == 1:
                below.append(E.DIV(E.STRONG(outline[-1].text_content()), under))
    return E.SECTION(E.CLASS("contents"), E.H1(view.t("book_contents")), outline, E.DIV(E.CLASS("below"), *below))


def _quoted(text: str) -> str:
    """As a string of CSS."""
    return json.dumps(text, ensure_ascii=False)


def _printed(sections: list[html.HtmlElement], title: str, view: View, browser: Browser, running: str = "") -> bytes:
    styles = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in _STYLES)
    edition = view.book.site.edition
    about = f"{title} · {view.t('edition', edition.version, view.date(edition.date))} · {LICENSE}"
    footer = (
        f"@page {{ @bottom-left {{ content: {_quoted(about)}; width: 80%; }}"
        ' @bottom-right { content: counter(page) " / " counter(pages); } }\n'
        "@page title { @bottom-left { content: none; } @bottom-right { content: none; } }\n"
    )
    head = E.HEAD(E.META(charset="utf-8"), E.TITLE(title), E.STYLE(styles + footer + running))
    document = E.HTML(head, E.BODY(*sections), lang=view.locale)
    page = browser.new_page()
    try:
        page.set_content("<!doctype html>" + html.tostring(document, encoding="unicode"))
        if page.locator("[data-part]").count():
            page.evaluate(_FILL_IN, printed.pages(page.pdf(prefer_css_page_size=True, tagged=False)))
        pdf = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
    finally:
        page.close()
    _check_fonts(pdf)
    return printed.finished(pdf, edition.date)


_FILL_IN = """pages => { for (const item of document.querySelectorAll("[data-part]"))
    item.dataset.page = pages[item.dataset.part] }"""


def _check_fonts(pdf: bytes) -> None:
    if others := sorted(name for name in printed.fonts(pdf) if not name.startswith(FONT)):
        raise CannotRun(
            f"the PDF came out in {', '.join(others)} and not in {FONT} alone; install it (Debian: apt install "
            "fonts-nanum), or replace the letters that it does not have"
        )
