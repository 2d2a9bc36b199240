"""A chapter as slides: an outline to speak to, with the chapter guide in the notes. Written by pandoc."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil

from lxml import html
from lxml.html import builder as E

from scripts.content.book import Entry
from scripts.content.markdown import CITATION
from scripts.exports import pandoc, whole_book
from scripts.exports.edition import Edition
from scripts.exports.powerpoint import LINES, finished, lines, look, table_size
from scripts.view import View

BULLETS = 5  # on a slide
_SAID_ELSEWHERE = ("objectives", "key-points", "discussion")  # sections with slides of another kind
# The end of a sentence: a mark, perhaps quotation marks, a space; not the point of `p. 8`.
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[^\s\d])|(?<=[.?!][”’\"')])\s+(?=[^\s\d])")


def deck(edition: Edition, key: str, locale: str) -> bytes:
    """KeyError for a chapter without a guide."""
    view, book = edition.views[locale], edition.book
    chapter, guide = book.entries[key], book.entries[key.replace("chapters/", "teach/guides/")]
    article = edition.article(key, locale, picture_of=lambda name: f"{name}.png")
    slides = [
        *_opening(view, chapter, guide),
        *(slide for section in _sections(article) for slide in section.slides(view, chapter)),
        *_closing(view, chapter, guide),
    ]
    head = E.HEAD(E.META(charset="utf-8"), E.TITLE(whole_book.title(view, key)))
    document = E.HTML(head, E.BODY(*(element for slide in slides for element in slide)), lang=locale)
    files = {f"{name}.png": picture for name, picture in edition.pictures[locale].items()}
    files["metadata.json"] = json.dumps(_title_slide(view, chapter), ensure_ascii=False).encode()
    files["look.pptx"] = look()
    options = ["--slide-level=2", "--metadata-file=metadata.json", "--reference-doc=look.pptx"]
    text = "<!doctype html>" + html.tostring(document, encoding="unicode")
    written = pandoc.converted(text, "pptx", book.site.edition.date, options, files)
    return finished(written, locale, _alternatives(chapter, locale))


def _title_slide(view: View, chapter: Entry) -> dict[str, str]:
    edition = view.book.site.edition
    said = [
        view.site_title,
        view.report_pages(chapter.data.pages),
        f"{view.t('edition', edition.version, view.date(edition.date))} · CC BY 4.0",
        view.absolute(chapter.key),
    ]
    return {"subtitle": "\\\n".join(said), "author": view.book.site.authors[view.locale]}


def _alternatives(chapter: Entry, locale: str) -> dict[str, str]:
    """Of the chapter's drawings, by the names of their files."""
    return {f"{name}.png": image.text for name, image in chapter.pages[locale].drawings.items()}


def _opening(view: View, chapter: Entry, guide: Entry) -> Iterator[list[html.HtmlElement]]:
    """What students shall be able to do; in the notes the run of the session."""
    steps = [f"{view.t('slides_minutes', step.minutes)} {step.what[view.locale]}" for step in guide.data.session]
    yield from _bullets(view.t("objectives"), view.objectives(chapter.key), [view.t("guide_session"), *steps], view)


def _closing(view: View, chapter: Entry, guide: Entry) -> Iterator[list[html.HtmlElement]]:
    page, help_page = chapter.pages[view.locale].document, guide.pages[view.locale].document
    points = next(heading.text for heading in page.headings if heading.id == "key-points")
    wrong = [text for _, text in help_page.items("misconceptions")]
    items = [_plain(text) for _, text in page.items("key-points")]
    yield from _bullets(points, items, [view.t("slides_misconceptions"), *wrong], view)
    answers = view.discussion(guide.key)
    for number, question in enumerate(view.discussion(chapter.key), 1):
        notes = [view.t("slides_good_answer"), *answers[number - 1 : number]]
        yield [E.H2(view.t("slides_question", number)), E.P(_plain(question)), _notes(notes)]
    links = [
        (view.t("slides_chapter"), chapter.key),
        (view.t("slides_quiz"), f"quizzes/{chapter.slug}"),
        (view.t("slides_guide"), guide.key),
    ]
    entries = [E.LI(f"{label} ", E.A(view.absolute(key), href=view.absolute(key))) for label, key in links]
    entries.append(E.LI(f"{view.t('slides_cite')} {view.cite(view.work(chapter), 'apa')}"))
    yield [E.H2(view.t("slides_links")), E.UL(*entries), _notes([view.t("license"), view.t("license_report")])]


@dataclass
class _Section:
    """A heading of the chapter and the blocks below it."""

    id: str
    title: str
    blocks: list[html.HtmlElement] = field(default_factory=list)

    def slides(self, view: View, chapter: Entry) -> Iterator[list[html.HtmlElement]]:
        address = f"{view.absolute(chapter.key)}#{self.id}"
        said = [_plain(text) for block in self.blocks for text in _texts(block)]
        points = [_outlined(text, 2 if len(said) > 3 else 3) for text in said]
        yield from _bullets(self.title, points, [*said, f"{view.t('slides_in_text')} {address}"], view)
        for block in self.blocks:
            if block.tag == "figure":
                slug = block.get("id").removeprefix("figure-")
                picture, caption = E.IMG(src=f"{slug}.png", alt=""), block.findtext("figcaption")
                beside = E.DIV(E.CLASS("columns"), *(E.DIV(E.CLASS("column"), E.P(x)) for x in (picture, caption)))
                yield [E.H2(view.book.figures[slug].title[view.locale]), beside, _notes([address])]
            elif block.tag == "table":
                yield _table(self.title, block, address, view)


def _sections(article: html.HtmlElement) -> list[_Section]:
    """Of the chapter's text; what the templates add below it stands in `section` elements."""
    sections: list[_Section] = []
    for element in article:
        if element.tag == "h2":
            sections.append(_Section(element.get("id"), element.text_content()))
        elif element.tag == "section":
            break
        elif sections:
            sections[-1].blocks.append(element)
    return [section for section in sections if section.id not in _SAID_ELSEWHERE]


def _texts(block: html.HtmlElement) -> list[str]:
    """What a block says, each paragraph or item for itself."""
    if block.tag == "p":
        return [block.text_content()]
    if block.tag in ("ul", "ol"):
        return [item.text_content() for item in block]
    if block.tag == "div":  # an admonition: its title and its text
        title, *text = [child.text_content() for child in block]
        return [f"{title}: {' '.join(text)}"]
    return []


def _bullets(title: str, items: list[str], notes: list[str], view: View) -> Iterator[list[html.HtmlElement]]:
    """As few slides as hold the items, each with about as many as the others; the notes stand on the first."""
    groups: list[list[str]] = []
    for count in range(1, len(items) + 1):
        size = ceil(len(items) / count)
        groups = [items[start : start + size] for start in range(0, len(items), size)]
        if all(len(group) <= BULLETS and sum(map(lines, group)) <= LINES for group in groups):
            break
    for number, group in enumerate(groups, 1):
        heading = view.t("slides_part", title, number, len(groups)) if len(groups) > 1 else title
        slide = [E.H2(heading), E.UL(*(E.LI(text) for text in group))]
        yield [*slide, _notes(notes)] if number == 1 else slide


def _table(title: str, table: html.HtmlElement, address: str, view: View) -> list[html.HtmlElement]:
    """The table, or where it stands if it does not fit."""
    rows = [[_plain(cell.text_content()) for cell in row] for row in table.iter("tr")]
    if table_size(rows):
        head, *body = rows
        built = E.TABLE(E.THEAD(E.TR(*map(E.TH, head))), E.TBODY(*(E.TR(*map(E.TD, row)) for row in body)))
        return [E.H2(title), built, _notes([address])]
    see = E.LI(view.t("slides_see") + " ", E.A(address, href=address))
    return [E.H2(title), E.UL(E.LI(view.t("slides_columns", ", ".join(rows[0]))), see)]


def _notes(paragraphs: list[str]) -> html.HtmlElement:
    return E.DIV(E.CLASS("notes"), *map(E.P, paragraphs))


def _plain(text: str) -> str:
    """Without the numbers of the report's bibliography."""
    return re.sub(r"\s+", " ", re.sub(rf"\s*{CITATION.pattern}", "", text)).strip()


def _outlined(text: str, most: int) -> str:
    """As many whole sentences as fit `most` lines; of a first one that is longer, what fits one line more, cut between
    words."""
    first, *others = _SENTENCE_END.split(text)
    for sentence in others:
        if lines(f"{first} {sentence}") > most:
            break
        first += f" {sentence}"
    words = first.split(" ")
    while lines(" ".join(words)) > most + 1:
        words.pop()
    return first if words == first.split(" ") else " ".join(words).rstrip(",;:") + " …"
