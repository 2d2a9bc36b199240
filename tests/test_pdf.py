"""The PDF: tagged, with bookmarks, in one embedded font, lines broken between Korean words, the same bytes every time."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from scripts.environment import CannotRun
from scripts.exports import pdf, whole_book
from scripts.system import FONT

LOCALES = ["ko", "en"]
CHAPTER = "chapters/04-personal-experience"
QUIZ = "quizzes/04-personal-experience"


@pytest.fixture(scope="module")
def printed(edition, browser) -> dict[str, bytes]:
    return {locale: pdf.chapter(edition, CHAPTER, locale, browser) for locale in LOCALES}


@pytest.fixture(scope="module")
def chapters(printed) -> dict[str, PdfReader]:
    return {locale: PdfReader(BytesIO(data), strict=True) for locale, data in printed.items()}


@pytest.fixture(scope="module")
def books(edition, browser) -> dict[str, PdfReader]:
    return {locale: PdfReader(BytesIO(pdf.book(edition, locale, browser)), strict=True) for locale in LOCALES}


@pytest.fixture(params=[(kind, locale) for kind in ("chapter", "book") for locale in LOCALES], ids="-".join)
def reader(request, chapters, books) -> tuple[PdfReader, str]:
    kind, locale = request.param
    return (chapters if kind == "chapter" else books)[locale], locale


def plain(words: str) -> str:
    return re.sub(r"\s", "", words)


def bookmarks(reader: PdfReader, level: int) -> list[tuple[str, int]]:
    """Titles of a level, with their pages from 1."""

    def walk(items: list, depth: int):
        for item in items:
            if isinstance(item, list):
                yield from walk(item, depth + 1)
            elif depth == level:
                yield item.title.strip(), reader.get_destination_page_number(item) + 1

    return list(walk(reader.outline, 1))


def fonts(reader: PdfReader) -> list[dict]:
    found = {}
    for page in reader.pages:
        for name, font in page["/Resources"].get("/Font", {}).items():
            found[font.indirect_reference.idnum, name] = font.get_object()
    return list(found.values())


def structure(reader: PdfReader) -> list[dict]:
    """Every element of the structure that programs read aloud."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting += element
        elif isinstance(element, dict):
            found.append(element)
            if "/K" in element:
                waiting.append(element["/K"])
    return found


def test_it_is_tagged_and_says_its_language_and_title(reader):
    file, locale = reader
    root = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == locale
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] and file.metadata.title


def test_headings_lists_tables_links_and_drawings_are_tagged_as_such(chapters, edition):
    for locale, file in chapters.items():
        elements = structure(file)
        kinds = {element.get("/S") for element in elements}
        assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Link", "/Figure"} <= kinds
        alternatives = [element.get("/Alt", "") for element in elements if element.get("/S") == "/Figure"]
        for image in edition.book.entries[CHAPTER].pages[locale].drawings.values():
            assert any(image.text in alternative for alternative in alternatives)


def test_every_font_is_the_korean_one_and_embedded(reader):
    found = fonts(reader[0])
    assert found
    for font in found:
        assert font["/Subtype"] == "/Type0"
        inner = font["/DescendantFonts"][0].get_object()
        assert inner["/BaseFont"].partition("+")[2].startswith(FONT)
        assert "/FontFile2" in inner["/FontDescriptor"].get_object()


def test_the_bookmarks_of_a_chapter_are_its_headings(chapters, edition):
    for locale, file in chapters.items():
        view = edition.views[locale]
        headings = [h.text_content() for h in edition.article(CHAPTER, locale).iter("h2")]
        assert [title for title, _ in bookmarks(file, 2)] == headings
        assert [title for title, _ in bookmarks(file, 1)] == [
            view.title(CHAPTER),
            view.title(QUIZ),
            view.t("handout_answers"),
        ]


def test_the_bookmarks_of_the_book_are_its_parts_and_the_contents_give_their_pages(books, edition):
    for locale, file in books.items():
        view = edition.views[locale]
        parts = bookmarks(file, 1)
        titles = [title for title, _ in parts]
        for chapter in edition.book.of_kind("chapters"):
            assert whole_book.title(view, chapter.key) in titles
        entries = [title for title, _ in bookmarks(file, 2)]
        for entry in edition.book.of_kind("cases") + edition.book.of_kind("glossary"):
            assert view.title(entry.key) in entries
        contents = plain(file.pages[1].extract_text() + file.pages[2].extract_text())
        for title, page in parts[2:]:
            assert f"{plain(title)}{page}" in contents, (title, page)
            assert plain(title) in plain(file.pages[page - 1].extract_text())


def test_links_inside_the_book_lead_to_places_in_it(books):
    for file in books.values():
        known = {name.lstrip("/") for name in file.named_destinations}
        count = 0
        for page in file.pages:
            for annotation in page.get("/Annots", []):
                target = annotation.get_object().get("/Dest")
                if isinstance(target, str):
                    assert target.lstrip("/") in known
                    count += 1
        assert count > 2000


def test_every_page_but_the_title_page_says_where_it_stands(reader, edition):
    file, locale = reader
    version = edition.views[locale].t("edition", edition.book.site.edition.version, "").rstrip(", ")
    title = file.metadata.title.partition(". ")[0]
    for number in sorted({2, 3, len(file.pages) // 2, len(file.pages)}):
        page = file.pages[number - 1]
        words = plain(page.extract_text())
        assert f"{number}/{len(file.pages)}" in words
        assert plain(title) in words and plain(version) in words and "CCBY4.0" in words


def test_the_lengths_are_those_of_a_handout_and_of_a_book(chapters, books):
    assert all(7 <= len(file.pages) <= 16 for file in chapters.values())
    assert all(200 <= len(file.pages) <= 400 for file in books.values())


def test_text_can_be_copied_with_its_spaces_and_dashes(chapters, books, edition):
    for locale, file in chapters.items():
        whole = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in file.pages))
        for question in edition.views[locale].discussion(CHAPTER):
            assert question[:30] in whole
    assert "Metaverse–AI Co-evolution" in books["en"].pages[0].extract_text()
    assert "메타버스와 AI의 공진화" in books["ko"].pages[0].extract_text()


def test_korean_lines_end_between_words(chapters, books, edition):
    article = edition.article(CHAPTER, "ko")
    words = set(article.text_content().split()) | set(" ".join(article.itertext()).split())
    for page in [*chapters["ko"].pages, *books["ko"].pages[8:20]]:
        lines = [line.split() for line in page.extract_text().split("\n") if line.split()]
        for above, below in pairwise(lines):
            last, first = above[-1], below[0]
            if re.search("[가-힣]$", last) and re.match("[가-힣]", first) and last + first in words:
                assert last in words and first in words, f"{last}|{first}"


def test_the_answers_of_the_quiz_stand_on_the_last_sheet_alone(chapters, edition):
    for locale, file in chapters.items():
        view = edition.views[locale]
        sheets = dict(bookmarks(file, 1))
        quiz, answers = sheets[view.title(QUIZ)] - 1, sheets[view.t("handout_answers")] - 1
        before = plain("".join(page.extract_text() for page in file.pages[quiz:answers]))
        after = plain("".join(page.extract_text() for page in file.pages[answers:]))
        for question in edition.book.entries[QUIZ].data.questions:
            assert plain(question.text[locale])[:40] in before
            assert plain(question.right[locale])[:40] in after and plain(question.right[locale])[:40] not in before


def test_printing_twice_gives_the_same_bytes_dated_as_the_edition(printed, edition, browser):
    again = pdf.chapter(edition, CHAPTER, "ko", browser)
    assert again == printed["ko"]
    day = edition.book.site.edition.date
    assert set(re.findall(rb"D:\d+", again)) == {f"D:{day:%Y%m%d}000000".encode()}


def test_a_missing_font_is_named_with_what_to_install(edition, browser, monkeypatch):
    monkeypatch.setattr(pdf, "FONT", "NoSuchGothic")
    with pytest.raises(CannotRun, match=f"came out in {FONT}.* and not in NoSuchGothic.*fonts-nanum"):
        pdf.chapter(edition, CHAPTER, "en", browser)
