"""The site's pages as the parts of one book, for the PDF and the EPUB."""

from __future__ import annotations

from collections.abc import Callable

from lxml import html
from lxml.html import builder as E

from scripts.content.book import address
from scripts.exports.edition import Edition
from scripts.view import View

# Attributes that name an element of the same page.
_REFERENCES = ("aria-labelledby", "aria-describedby")


def parts(edition: Edition, locale: str, picture_of: Callable[[str], str] | None = None) -> list[html.HtmlElement]:
    """The book in reading order: one `section` a page, its id made of the page's key, its first heading the page's
    title. Cases and terms stand one level below the heading of their part. All ids are unique, and links between
    pages of the book stay inside it. `picture_of` is that of Edition.article."""
    book, view = edition.book, edition.views[locale]
    chapters = [chapter.key for chapter in book.of_kind("chapters")]
    cases = _cases(view, chapters)
    terms = [term.key for _, group in view.terms(locale) for term in group]
    order = [
        "about", "summary", *chapters, "outlook", "timeline", "cases/index", *cases, "glossary/index", *terms,
        "references", "errata",
    ]  # fmt: skip
    inside = {address(key, locale): key for key in order}

    def address_of(url: str, anchor: str) -> str:
        if url in inside:
            return "#" + name(inside[url], anchor)
        return view.site_url.rstrip("/") + "/" + url + (f"#{anchor}" if anchor else "")

    articles = {key: edition.article(key, locale, address_of, picture_of) for key in order}
    return [_part(view, key, article, below=key in (*cases, *terms)) for key, article in articles.items()]


def name(key: str, anchor: str = "") -> str:
    """The id in the book of a page, or of an element of a page. Keys never hold two hyphens in a row."""
    return key.replace("/", "-") + (f"--{anchor}" if anchor else "")


def title(view: View, key: str) -> str:
    """A page's title; that of a chapter with its number."""
    entry = view.book.entries[key]
    return view.t("book_chapter", entry.data.number, view.title(key)) if entry.kind == "chapters" else view.title(key)


def imprint(view: View) -> list[html.HtmlElement]:
    """What the title page says below the title: what this is made from, edition, rights, how to cite it."""
    site, home = view.book.site, view.absolute("index")
    edition = view.t("edition", site.edition.version, view.date(site.edition.date))
    return [
        E.P(f"{site.authors[view.locale]}. {edition}"),
        E.P(view.t("book_made_from", view.cite(view.report_work(), "apa"))),
        E.P(f"{view.t('license')}. {view.t('license_report')}"),
        E.P(view.t("book_web") + " ", E.A(home, href=home)),
        E.P(view.t("book_cite") + " " + view.cite(view.work(view.book.entries["index"]), "apa")),
    ]


def _cases(view: View, chapters: list[str]) -> list[str]:
    """As the chapters come to them; then the others."""
    linked = [case.key for key in chapters for case in view.linked(view.book.entries[key], "cases")]
    return list(dict.fromkeys([*linked, *(case.key for case in view.book.of_kind("cases"))]))


def _part(view: View, key: str, article: html.HtmlElement, below: bool) -> html.HtmlElement:
    """The article with a title and ids of its own, its headings one level lower if it stands `below` another part."""
    kind = view.book.entries[key].kind
    if key.endswith("/index"):  # the lists of what follows are in the contents
        for section in article.xpath("./section"):
            section.drop_tree()
    for element in article.iter():
        if element.get("id"):
            element.set("id", name(key, element.get("id")))
        for attribute in _REFERENCES:
            if element.get(attribute):
                element.set(attribute, " ".join(name(key, word) for word in element.get(attribute).split()))
    article.xpath(".//h1")[0].text = title(view, key)
    if kind == "chapters":  # the title has the number
        article.xpath(".//p[@class='kicker']")[0].drop_tree()
    if below:
        for heading in article.xpath(".//h1 | .//h2 | .//h3 | .//h4 | .//h5"):
            heading.tag = f"h{int(heading.tag[1]) + 1}"
    article.tag = "section"
    article.set("id", name(key))
    article.set("class", kind.rpartition("/")[2])
    return article
