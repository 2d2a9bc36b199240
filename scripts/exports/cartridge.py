"""The packages for learning management systems, as IMS Common Cartridge 1.1."""

from __future__ import annotations

from scripts.content.book import Entry
from scripts.exports import PREFIX, imscc
from scripts.exports.canvas import CanvasCourse
from scripts.exports.course import Course, about_module
from scripts.exports.edition import Edition
from scripts.exports.imscc import Item, Module
from scripts.view import View

_LOOK_UP = ("summary", "timeline", "outlook", "cases/index", "glossary/index", "references", "errata")


def moodle(edition: Edition, locale: str) -> bytes:
    """Chapters, quizzes, discussions and links, for Moodle and whatever reads the format without more."""
    return Course(edition, locale).package("moodle")


def canvas(edition: Edition, locale: str) -> bytes:
    """The same for Canvas, with chapters as its pages; and for Open edX by way of cc2olx."""
    return CanvasCourse(edition, locale).package("canvas")


def thin(edition: Edition, locale: str) -> bytes:
    """Nothing but links: to every chapter and its quiz, to what one looks up, to plans and guides."""
    view = edition.views[locale]
    chapters = edition.book.of_kind("chapters")
    guides = [f"teach/guides/{chapter.slug}" for chapter in chapters]
    modules = [
        about_module(view, _link(view, "about")),
        *(_chapter(view, chapter) for chapter in chapters),
        _links(view, "look-up", view.t("cartridge_look_up"), *_LOOK_UP),
        _links(view, "teach", view.t("cartridge_teach"), "teach/index", *(plan.key for plan in view.plans), *guides),
    ]
    return imscc.package(f"{PREFIX}-links-{locale}", view, modules)


def _chapter(view: View, chapter: Entry) -> Module:
    title = view.t("book_chapter", chapter.data.number, view.title(chapter.key))
    return _links(view, chapter.slug, title, chapter.key, f"quizzes/{chapter.slug}")


def _links(view: View, id: str, title: str, *keys: str) -> Module:
    return Module(f"{view.locale}-module-{id}", title, [_link(view, key) for key in keys])


def _link(view: View, key: str) -> Item:
    title = view.title(key)
    return Item(title, imscc.web_link(f"{view.locale}-link-{key.replace('/', '-')}", title, view.absolute(key)))
