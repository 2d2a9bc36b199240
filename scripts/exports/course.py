"""The book as a course: a module about the package, then one a chapter with its text, quiz, discussion and web page."""

from __future__ import annotations

import posixpath
from html import escape

from lxml import html
from lxml.html import builder as E

from scripts.content.book import Entry, address
from scripts.exports import PREFIX, imscc, plain_html, qti
from scripts.exports.edition import Edition
from scripts.exports.imscc import Item, Module, Resource
from scripts.exports.question_bank import Item as Question
from scripts.exports.question_bank import quizzes
from scripts.view import View


class Course:
    """As any system reads it; what one system wants otherwise stands in a subclass.

    Ids name the language, so that both languages can be imported into one course, and stay the same from edition to
    edition, so that importing a later one renews what is there.
    """

    pages = "pages"
    # A folder of their own: Moodle replaces addresses of pictures as text, so none may be the end of another.
    pictures = "pages/images"

    def __init__(self, edition: Edition, locale: str) -> None:
        self.edition = edition
        self.locale = locale
        self.view = edition.views[locale]
        self._pictures = {slug: self._picture(slug, data) for slug, data in edition.pictures[locale].items()}
        self._chapters = {address(entry.key, locale): entry for entry in edition.book.of_kind("chapters")}

    def package(self, id: str) -> bytes:
        modules = self.modules()
        return imscc.package(f"{PREFIX}-{id}-{self.locale}", self.view, modules, self.settings(modules))

    def modules(self) -> list[Module]:
        about = about_module(self.view, Item(self.view.t("cartridge_about"), self._about()))
        return [about, *(self._chapter(chapter, items) for chapter, items in quizzes(self.edition, self.locale))]

    def settings(self, modules: list[Module]) -> list[Resource]:
        """What a system wants to be told beside."""
        return []

    def page(self, id: str, title: str, text: html.HtmlElement, needs: tuple[Resource, ...] = ()) -> Resource:
        path = f"{self.pages}/{id}.html"
        return Resource(id, imscc.WEB_CONTENT, {path: plain_html.page(title, text)}, needs)

    def quiz(self, id: str, title: str, questions: list[Question]) -> Resource:
        return Resource(id, imscc.ASSESSMENT, {f"quizzes/{id}.xml": qti.assessment(id, title, questions)})

    def topic(self, id: str, title: str, text: str) -> Resource:
        return imscc.topic(id, title, text)

    def picture_address(self, name: str) -> str:
        """As pages name it."""
        return posixpath.relpath(f"{self.pictures}/{name}", self.pages)

    def link(self, here: str, url: str, anchor: str) -> str:
        """Where a link of a chapter leads: to the page on the web. Moodle takes ids out of pages, and keeps a link
        between pages as a link to a bare file."""
        return self.web(url, anchor)

    def web(self, url: str, anchor: str) -> str:
        return self.view.site_url.rstrip("/") + "/" + url + (f"#{anchor}" if anchor else "")

    def id(self, slug: str) -> str:
        return f"{self.locale}-{slug}"

    def chapter_at(self, url: str) -> str | None:
        """The id of the chapter whose page on the site has this address."""
        chapter = self._chapters.get(url)
        return self.id(chapter.slug) if chapter else None

    def _picture(self, slug: str, data: bytes) -> Resource:
        name = f"{PREFIX}-{self.locale}-{slug}.png"
        return Resource(self.id(f"drawing-{slug}"), imscc.WEB_CONTENT, {f"{self.pictures}/{name}": data})

    def _chapter(self, chapter: Entry, items: list[Question]) -> Module:
        view, slug = self.view, chapter.slug
        number = chapter.data.number
        title, quiz = view.title(chapter.key), view.title(f"quizzes/{slug}")
        topic, web = view.t("cartridge_discussion", number), view.t("cartridge_web", number)
        asked = [item for item in items if item.question.cartridge]
        return Module(
            self.id(f"module-{slug}"),
            view.t("book_chapter", number, title),
            [
                Item(title, self._text(chapter, title)),
                Item(quiz, self.quiz(self.id(f"{slug}-quiz"), quiz, asked)),
                Item(topic, self.topic(self.id(f"{slug}-discussion"), topic, self._discussion(chapter))),
                Item(web, imscc.web_link(self.id(f"{slug}-web"), web, view.absolute(chapter.key))),
            ],
        )

    def _text(self, chapter: Entry, title: str) -> Resource:
        shown: dict[str, Resource] = {}

        def picture_of(slug: str) -> str:
            shown[slug] = self._pictures[slug]
            return self.picture_address(posixpath.basename(shown[slug].path))

        here = address(chapter.key, self.locale)
        text = plain_html.chapter(
            self.edition, chapter.key, self.locale,
            address_of=lambda url, anchor: self.link(here, url, anchor), picture_of=picture_of,
        )  # fmt: skip
        return self.page(self.id(chapter.slug), title, text, tuple(shown.values()))

    def _discussion(self, chapter: Entry) -> str:
        view = self.view
        questions = "".join(f"<li>{escape(text, quote=False)}</li>" for text in view.discussion(chapter.key))
        page = f'<a href="{view.absolute(chapter.key)}">{view.t("kind_chapters", chapter.data.number)}</a>'
        return f'<div lang="{self.locale}"><p>{view.t("cartridge_read", page)}</p><ol>{questions}</ol></div>'

    def _about(self) -> Resource:
        view = self.view
        site = view.book.site
        home = view.absolute("index")
        made = view.t("book_made_from", view.cite(view.report_work(), "apa"))
        text = plain_html.paragraphs(
            self.locale,
            E.P(view.t("cartridge_what", view.site_title, len(self._chapters))),
            E.P(f"{made} {view.t('license_report')}"),
            E.P(view.t("edition", site.edition.version, view.date(site.edition.date))),
            E.P(E.A(imscc.LICENSE, href=imscc.LICENSE_ADDRESS)),
            E.P(view.t("book_web") + " ", E.A(home, href=home)),
            E.H2(view.t("cartridge_use")),
            E.UL(*(E.LI(view.t(f"cartridge_use_{name}")) for name in ("modules", "links", "points", "rights"))),
            E.H2(view.t("cartridge_answers")),
            E.P(view.t("cartridge_answers_text")),
        )
        return self.page(self.id("about"), view.t("cartridge_about"), text)


def about_module(view: View, *items: Item) -> Module:
    """The first module of every package; Moodle makes it the section at the top of the course."""
    web = Item(view.site_title, imscc.web_link(f"{view.locale}-about-web", view.site_title, view.absolute("index")))
    return Module(f"{view.locale}-module-about", view.t("cartridge_about"), [*items, web])
