"""The slides: what a lecturer needs of a chapter, in the notes the guide, nothing that runs over."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from scripts.content.book import LOCALES
from scripts.exports import slides
from scripts.exports.powerpoint import LINES, lines, table_size
from scripts.exports.slides import BULLETS

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
CHAPTERS = ["chapters/04-personal-experience", "chapters/10-actions"]  # tables that fit, and one that does not


@pytest.fixture(scope="module")
def decks(edition) -> dict[tuple[str, str], bytes]:
    return {(key, locale): slides.deck(edition, key, locale) for key in CHAPTERS for locale in LOCALES}


@pytest.fixture(params=[(key, locale) for key in CHAPTERS for locale in LOCALES], ids="-".join)
def deck(request, decks) -> tuple[dict[str, bytes], str, str]:
    with zipfile.ZipFile(BytesIO(decks[request.param])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}, *request.param


def slide_files(files: dict[str, bytes]) -> list[tuple[etree._Element, etree._Element | None]]:
    """Each slide in order, with its notes."""
    found = []
    number = 1
    while (name := f"ppt/slides/slide{number}.xml") in files:
        relations = files[f"ppt/slides/_rels/slide{number}.xml.rels"].decode()
        notes = re.search(r"notesSlides/(notesSlide\d+\.xml)", relations)
        root = etree.fromstring(files[f"ppt/notesSlides/{notes[1]}"]) if notes else None
        found.append((etree.fromstring(files[name]), root))
        number += 1
    return found


def paragraphs(root: etree._Element | None) -> list[str]:
    if root is None:
        return []
    found = ("".join(t.text or "" for t in p.iter(f"{A}t")) for p in root.iter(f"{A}p"))
    return [text for text in found if text]


def title(slide: etree._Element) -> str:
    shape = slide.xpath(".//p:sp[.//p:ph[@type='title' or @type='ctrTitle']]", namespaces={"p": P[1:-1]})[0]
    return "".join(t.text for t in shape.iter(f"{A}t"))


def test_the_first_slide_names_chapter_pages_edition_license_and_address(deck, edition):
    files, key, locale = deck
    view, entry = edition.views[locale], edition.book.entries[key]
    first = " ".join(paragraphs(slide_files(files)[0][0])).replace("\u00a0", " ")
    for words in (
        view.title(key),
        view.report_pages(entry.data.pages),
        "CC BY 4.0",
        view.absolute(key),
        view.site_title,
    ):
        assert words in first
    assert edition.book.site.edition.version in first


def test_objectives_key_points_and_every_discussion_question_are_there(deck, edition):
    files, key, locale = deck
    view = edition.views[locale]
    said = [text for slide, _ in slide_files(files) for text in paragraphs(slide)]
    assert set(view.objectives(key)) <= set(said)
    points = edition.book.entries[key].pages[locale].document.items("key-points")
    assert {re.sub(r"\s*\[\d+(?:, \d+)*\]", "", text) for _, text in points} <= set(said)
    questions = view.discussion(key)
    titles = [title(slide) for slide, _ in slide_files(files)]
    assert [view.t("slides_question", n) for n in range(1, len(questions) + 1)] == [
        t for t in titles if re.fullmatch(re.escape(view.t("slides_question", "")) + r"\d+", t)
    ]
    assert set(questions) <= set(said)


def test_every_section_of_the_chapter_has_a_slide(deck, edition):
    files, key, locale = deck
    titles = " | ".join(title(slide) for slide, _ in slide_files(files))
    for heading in edition.book.entries[key].pages[locale].document.headings:
        assert heading.text in titles or heading.id == "discussion"


def test_the_notes_come_from_the_guide(deck, edition):
    files, key, locale = deck
    view = edition.views[locale]
    guide = edition.book.entries[key.replace("chapters/", "teach/guides/")]
    notes = [text for _, notes in slide_files(files) for text in paragraphs(notes)]
    for step in guide.data.session:
        assert any(step.what[locale] in text for text in notes)
    assert set(view.discussion(guide.key)) <= set(notes)
    assert {text for _, text in guide.pages[locale].document.items("misconceptions")} <= set(notes)
    for slide, notes in slide_files(files):
        if title(slide) == view.t("slides_question", 1):
            assert view.discussion(guide.key)[0] in paragraphs(notes)


def test_no_slide_holds_more_than_fits(deck):
    for slide, _ in slide_files(deck[0])[1:]:
        text = [t for t in paragraphs(slide) if t != title(slide)]
        if slide.find(f".//{A}tbl") is not None:
            rows = [["".join(c.itertext()) for c in r.iter(f"{A}tc")] for r in slide.iter(f"{A}tr")]
            assert table_size(rows)
        elif slide.find(f".//{P}pic") is None:
            assert len(text) <= BULLETS and sum(map(lines, text)) <= LINES, title(slide)
        assert lines(title(slide)) <= 2


def test_a_table_that_does_not_fit_is_named_with_its_place(decks, edition):
    view = edition.views["en"]
    with zipfile.ZipFile(BytesIO(decks[CHAPTERS[1], "en"])) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    said = [text for slide, _ in slide_files(files) for text in paragraphs(slide)]
    assert any(
        text.startswith(view.t("slides_see")) and f"{view.absolute(CHAPTERS[1])}#division" in text for text in said
    )
    assert any(slide.find(f".//{A}tbl") is not None for slide, _ in slide_files(files))


def test_every_drawing_is_a_picture_with_its_alternative(deck, edition):
    files, key, locale = deck
    pictures = [p for slide, _ in slide_files(files) for p in slide.iter(f"{P}pic")]
    wanted = edition.book.entries[key].pages[locale].drawings
    assert [p.find(f"{P}nvPicPr/{P}cNvPr").get("descr") for p in pictures] == [image.text for image in wanted.values()]
    media = {data for name, data in files.items() if name.startswith("ppt/media/")}
    assert media == {edition.pictures[locale][slug] for slug in wanted}


def test_the_last_slide_leads_to_chapter_quiz_guide_and_citation(deck, edition):
    files, key, locale = deck
    view = edition.views[locale]
    last = " ".join(paragraphs(slide_files(files)[-1][0]))
    for page in (key, key.replace("chapters/", "quizzes/"), key.replace("chapters/", "teach/guides/")):
        assert view.absolute(page) in last
    assert view.cite(view.work(edition.book.entries[key]), "apa") in last


def test_every_word_is_marked_with_its_language_in_a_font_that_has_hangul(deck):
    files, _, locale = deck
    language = {"ko": "ko-KR", "en": "en-US"}[locale]
    for slide, notes in slide_files(files):
        for root in (slide, notes) if notes is not None else (slide,):
            assert {run.find(f"{A}rPr").get("lang") for run in root.iter(f"{A}r")} == {language}
    theme = etree.fromstring(files["ppt/theme/theme1.xml"])
    for fonts in theme.iter(f"{A}majorFont", f"{A}minorFont"):
        assert fonts.find(f"{A}latin").get("typeface") == fonts.find(f"{A}ea").get("typeface") == "Malgun Gothic"


def test_writing_twice_gives_the_same_bytes(decks, edition):
    assert slides.deck(edition, CHAPTERS[0], "ko") == decks[CHAPTERS[0], "ko"]
    with zipfile.ZipFile(BytesIO(decks[CHAPTERS[0], "ko"])) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"(\d{4}-\d\d-\d\d)T", core)) == {str(edition.book.site.edition.date)}
