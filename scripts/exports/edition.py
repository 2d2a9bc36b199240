"""What every package is made from: the book, and its pages as readers see them."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from lxml import html
from playwright.sync_api import Browser

from scripts.checks.built._site import Site
from scripts.content.book import Book, address
from scripts.exports.pictures import pictures
from scripts.view import View, views

# Of a page of the site, what belongs to the site and not to the text.
_SITE_ONLY = (
    "//*[contains(concat(' ', @class, ' '), ' headerlink ')]",
    "//*[contains(concat(' ', @class, ' '), ' closing ')]",
    "//*[contains(concat(' ', @class, ' '), ' definitions ')]",
    "//*[contains(concat(' ', @class, ' '), ' site-only ')]",
    "//section[@aria-labelledby='backlinks']",
    "//script | //button | //form",
)


@dataclass
class Edition:
    """`pictures` are the drawings as PNG: language → name → bytes, twice as large as they are shown."""

    book: Book
    views: dict[str, View]
    site: Site
    pictures: dict[str, dict[str, bytes]]

    @classmethod
    def of(cls, site: Site, browser: Browser) -> Edition:
        return cls(site.book, views(site.book, site.site_url, "", ""), site, pictures(site.book, browser))

    def article(
        self,
        key: str,
        locale: str,
        address_of: Callable[[str, str], str] | None = None,
        picture_of: Callable[[str], str] | None = None,
    ) -> html.HtmlElement:
        """A page's text as an `article` of its own, without what only the site needs.

        `address_of(url, anchor)` says where a link to a page of the site (`en/cases/roblox/`, `facts`) leads in the
        package; without it, to the page on the web. `picture_of(name)` gives the address of a drawing; without it
        the drawing stays in place as SVG.
        """
        page = self.site.pages[address(key, locale)]
        found = page.root.xpath("//article")[0]
        article = deepcopy(found)
        article.tail = None
        for path in _SITE_ONLY:
            for element in article.xpath("." + path.replace(" | //", " | .//")):
                element.drop_tree()
        for box in article.xpath(".//div[@class='scroll']"):
            box.drop_tag()
        for link in article.xpath(".//a[@href]"):
            self._redirect(page, link, address_of)
        for figure in article.xpath(".//figure[@class='drawing']") if picture_of else ():
            drawing = figure.find("svg")
            description = drawing.find("desc").text_content()
            picture = html.Element("img", src=picture_of(figure.get("id").removeprefix("figure-")), alt=description)
            figure.replace(drawing, picture)
        return article

    def _redirect(self, page, link: html.HtmlElement, address_of: Callable[[str, str], str] | None) -> None:
        target = link.get("href")
        inside = self.site.inside(page, target)
        if inside is None:
            return
        url, anchor = inside
        if url == page.url and target.startswith("#") and address_of is None:
            return
        live = self.site.site_url.rstrip("/") + "/" + url + (f"#{anchor}" if anchor else "")
        link.set("href", address_of(url, anchor) if address_of else live)
        for attribute in ("aria-describedby",):
            link.attrib.pop(attribute, None)
