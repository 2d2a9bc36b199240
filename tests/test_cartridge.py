"""The cartridges hold the course, importers read it rightly, and what importers would stumble over is found."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from lxml import etree, html

from scripts.checks.packages import cartridge as linter
from scripts.content.book import LOCALES
from scripts.content.teaching import QuestionKind
from scripts.exports import cartridge
from scripts.exports.archive import zipped

MAKERS = {"moodle": cartridge.moodle, "canvas": cartridge.canvas, "links": cartridge.thin}
IMSCP = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
TOPIC = "{http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1}"


@pytest.fixture(scope="module")
def packages(edition) -> dict[tuple[str, str], bytes]:
    return {(kind, locale): make(edition, locale) for kind, make in MAKERS.items() for locale in LOCALES}


@pytest.fixture(scope="module")
def unpacked(packages) -> dict[tuple[str, str], dict[str, bytes]]:
    return {which: _files(data) for which, data in packages.items()}


def _files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _resources(files: dict[str, bytes], type: str) -> list[str]:
    """Paths of the files that open the resources of a type."""
    manifest = etree.fromstring(files["imsmanifest.xml"])
    found = manifest.iterfind(f".//{IMSCP}resource[@type='{type}']")
    return [resource.find(f"{IMSCP}file").get("href") for resource in found]


def _quizzes(files: dict[str, bytes]) -> list[etree._Element]:
    return [etree.fromstring(files[path]) for path in _resources(files, "imsqti_xmlv1p2/imscc_xmlv1p1/assessment")]


def _words(element: html.HtmlElement) -> list[str]:
    return " ".join(element.itertext()).split()


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", MAKERS)
def test_a_package_has_no_findings(kind, locale, packages):
    assert list(map(str, linter.check(f"{kind}.imscc", packages[kind, locale]))) == []


@pytest.mark.parametrize("kind", MAKERS)
def test_the_same_edition_gives_the_same_bytes(kind, edition, packages):
    assert MAKERS[kind](edition, "ko") == packages[kind, "ko"]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", ["moodle", "canvas"])
def test_a_course_holds_each_chapter_with_its_quiz_discussion_and_web_page(kind, locale, edition, unpacked):
    files, chapters = unpacked[kind, locale], len(edition.book.of_kind("chapters"))
    manifest = etree.fromstring(files["imsmanifest.xml"])
    modules = manifest.findall(f"{IMSCP}organizations/{IMSCP}organization/{IMSCP}item/{IMSCP}item")
    assert [len(module.findall(f"{IMSCP}item")) for module in modules] == [2, *[4] * chapters]
    kinds = Counter(resource.get("type") for resource in manifest.iter(f"{IMSCP}resource"))
    pages = [path for path in _resources(files, "webcontent") if path.endswith(".html")]
    pictures = [path for path in _resources(files, "webcontent") if path.endswith(".png")]
    assert len(pages) == chapters + 1
    assert {files[path] for path in pictures} <= set(edition.pictures[locale].values()) and pictures
    assert kinds["imsqti_xmlv1p2/imscc_xmlv1p1/assessment"] == kinds["imsdt_xmlv1p1"] == chapters
    assert kinds["imswl_xmlv1p1"] == chapters + 1


@pytest.mark.parametrize("locale", LOCALES)
def test_a_package_of_links_holds_nothing_else_and_misses_no_chapter_quiz_plan_or_guide(locale, edition, unpacked):
    files, view = unpacked["links", locale], edition.views[locale]
    addresses = {etree.fromstring(files[path])[1].get("href") for path in _resources(files, "imswl_xmlv1p1")}
    kinds = ("chapters", "quizzes", "teach/plans", "teach/guides")
    assert addresses >= {view.absolute(entry.key) for kind in kinds for entry in edition.book.of_kind(kind)}
    assert len(files) == len(addresses) + 1
    built = {view.site_url.rstrip("/") + "/" + url for url in edition.site.pages}
    assert addresses <= built


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", ["moodle", "canvas"])
def test_a_page_loses_no_word_of_its_chapter(kind, locale, edition, unpacked):
    folder = {"moodle": "pages", "canvas": "wiki_content"}[kind]
    for chapter in edition.book.of_kind("chapters"):
        article = edition.article(chapter.key, locale, picture_of=lambda name: name)
        for element in article.xpath(".//h1 | .//p[@class='kicker']"):
            element.drop_tree()
        page = html.document_fromstring(unpacked[kind, locale][f"{folder}/{locale}-{chapter.slug}.html"].decode())
        assert _words(page.find("body")) == _words(article)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", ["moodle", "canvas"])
def test_a_quiz_holds_the_chosen_questions_with_their_keys_and_feedback(kind, locale, edition, unpacked):
    quizzes = [quiz for quiz in _quizzes(unpacked[kind, locale])]
    if kind == "canvas":
        own = [data for name, data in unpacked[kind, locale].items() if name.endswith(".qti")]
        quizzes += map(etree.fromstring, own)
    view = edition.views[locale]
    wanted = []
    for chapter in edition.book.of_kind("chapters"):
        for question in edition.book.entries[f"quizzes/{chapter.slug}"].data.questions:
            if question.cartridge:
                truth = question.kind == QuestionKind.TRUE_FALSE
                options = [option.text[locale] for option in question.options]
                right = [option.text[locale] for option in question.options if option.right]
                options = [view.t("quiz_true"), view.t("quiz_false")] if truth else options
                right = [view.t(f"quiz_{str(question.answer).lower()}")] if truth else right
                wanted.append((question.text[locale], options, right, question.right[locale], question.wrong[locale]))
    read = [_read(item) for quiz in quizzes for item in quiz.iter(f"{QTI}item")]
    assert read == wanted * (2 if kind == "canvas" else 1)


def _read(item: etree._Element) -> tuple[str, list[str], list[str], str, str]:
    """A question as importers read it: text, options, the right ones, what those who are right and wrong are told."""
    text = {label.get("ident"): label.findtext(f".//{QTI}mattext") for label in item.iter(f"{QTI}response_label")}
    said = {
        feedback.get("ident"): html.fromstring(feedback.findtext(f".//{QTI}mattext")).text_content()
        for feedback in item.iter(f"{QTI}itemfeedback")
    }
    right, told = [], {}
    for condition in item.iter(f"{QTI}respcondition"):
        for option in condition.iter(f"{QTI}varequal"):
            points = condition.findtext(f"{QTI}setvar") == "100"
            right += [text[option.text]] if points else []
            told.setdefault(points, set()).add(said[condition.find(f"{QTI}displayfeedback").get("linkrefid")])
    asked = html.fromstring(item.findtext(f"{QTI}presentation/{QTI}material/{QTI}mattext")).find("p").text_content()
    return asked, list(text.values()), right, *("".join(told[points]) for points in (True, False))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_discussion_asks_what_the_chapter_asks(locale, edition, unpacked):
    files = unpacked["moodle", locale]
    asked = [
        html.fromstring(etree.fromstring(files[path]).findtext(f"{TOPIC}text")).xpath(".//li/text()")
        for path in _resources(files, "imsdt_xmlv1p1")
    ]
    view = edition.views[locale]
    assert asked == [view.discussion(chapter.key) for chapter in edition.book.of_kind("chapters")]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("kind", "folder"), [("moodle", "pages"), ("canvas", "wiki_content")])
def test_the_first_page_says_what_the_package_is(kind, folder, locale, edition, unpacked):
    text = unpacked[kind, locale][f"{folder}/{locale}-about.html"].decode()
    view, edition_of_book = edition.views[locale], edition.book.site.edition
    for wanted in (
        "IS-206", edition_of_book.version, view.date(edition_of_book.date),
        "https://creativecommons.org/licenses/by/4.0/",
        f'href="{view.absolute("index")}"', view.t("cartridge_answers_text"), f'lang="{locale}"',
    ):  # fmt: skip
        assert wanted in text


def test_links_between_chapters_stay_inside_for_canvas_and_lead_to_the_web_elsewhere(edition, unpacked):
    inside, outside = (
        "$WIKI_REFERENCE$/pages/en-02-co-evolution",
        edition.views["en"].absolute("chapters/02-co-evolution"),
    )
    assert inside in unpacked["canvas", "en"]["wiki_content/en-01-introduction.html"].decode()
    text = unpacked["moodle", "en"]["pages/en-01-introduction.html"].decode()
    assert outside in text and "WIKI_REFERENCE" not in text


@dataclass
class Fault:
    """The first `pattern` of a file becomes `new`; None for `new` removes the file, for `pattern` adds it. {single} and
    {truth} are the quiz with the first question of a kind: there the first `pattern` of that question is changed, and
    every one if `new` is a function."""

    name: str
    package: str
    path: str
    pattern: str | None
    new: str | Callable[[re.Match[str]], str] | None
    found: list[str]


PAGE, CANVAS_PAGE = "pages/en-01-introduction.html", "wiki_content/en-01-introduction.html"
QUIZ, WEB, TALK = (
    "quizzes/en-01-introduction-quiz.xml",
    "links/en-01-introduction-web.xml",
    "discussions/en-01-introduction-discussion.xml",
)
MANIFEST, MODULES = "imsmanifest.xml", "course_settings/module_meta.xml"
PICTURE = "metaverse-ai-en-co-evolution-loop.png"
ORDER = "the conditions must be general, key, wrong, wrong, wrong"
FAULTS = [
    # The archive
    Fault("a name with other letters", "moodle", "pages/müll.html", None, "", [
        "pages/müll.html: belongs to no resource of the manifest, so importers leave it out",
        "pages/müll.html: use letters a to z, digits, - and _ in names; importers change others",
    ]),
    Fault("a name that leaves the folder", "moodle", "../x.txt", None, "", [
        "../x.txt: belongs to no resource of the manifest, so importers leave it out",
        "../x.txt: use letters a to z, digits, - and _ in names; importers change others",
    ]),
    Fault("a second manifest", "moodle", "pages/imsmanifest.xml", None, "<x/>", [
        "pages/imsmanifest.xml: a second imsmanifest.xml; Moodle reads whichever it finds first",
        "pages/imsmanifest.xml: belongs to no resource of the manifest, so importers leave it out",
    ]),
    Fault("no manifest", "moodle", MANIFEST, "", None, ["imsmanifest.xml: is missing"]),
    Fault("broken XML", "moodle", WEB, "</webLink>", "", [
        f"{WEB}: is not well-formed XML: Premature end of data in tag webLink line 2, line 6, column 1"
    ]),
    # The manifest
    Fault("a namespace that stands too late", "moodle", MANIFEST, "<manifest", f"<!--{'x' * 1024}--><manifest", [
        "imsmanifest.xml: the default namespace http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1 must stand in "
        "the first 1024 bytes, where Moodle looks"
    ]),
    Fault("a prefix", "moodle", MANIFEST, "<schemaversion>(.*?)</schemaversion>",
        f'<cc:schemaversion xmlns:cc="{IMSCP[1:-1]}">\\1</cc:schemaversion>',
        [f"{MANIFEST}: Moodle does not know <cc:…>; use no prefix"]),
    Fault("another format", "moodle", MANIFEST, "IMS Common Cartridge", "IMS Content", [
        f"{MANIFEST}: schema must be IMS Common Cartridge, or Canvas does not know the format"
    ]),
    Fault("another version", "moodle", MANIFEST, "1.1.0", "1.3.0", [
        f"{MANIFEST}: schemaversion must be 1.1.0, or Canvas does not know the format"
    ]),
    Fault("a course without a title", "moodle", MANIFEST, "(<lomimscc:string[^>]*>)[^<]*", r"\1", [
        f"{MANIFEST}: the metadata have no title; the course would be called Untitled"
    ]),
    Fault("a course with a long title", "moodle", MANIFEST, "(<lomimscc:string[^>]*>)[^<]*", r"\1" + "메" * 32, [
        f"{MANIFEST}: Moodle cuts the title after 94 bytes, spaces not counted"
    ]),
    Fault("an identifier given twice", "moodle", MANIFEST, 'identifier="organization"', 'identifier="en-about"', [
        f"{MANIFEST}: the identifier en-about is given twice"
    ]),
    Fault("a title around the modules", "moodle", MANIFEST, '<item identifier="root">',
        '<item identifier="root"><title>x</title>',
        [f"{MANIFEST}: the item around the modules has no title in this format"]),
    Fault("no modules", "links", MANIFEST, '(?s)(<item identifier="root")>.*</item>', r"\1/>", [
        f"{MANIFEST}: holds no modules"
    ]),
    Fault("another first module", "moodle", MANIFEST, "en-module-about", "en-module-x", [
        f"{MANIFEST}: the first module is not about the package; Moodle makes it the section at the top of the course"
    ]),
    Fault("an empty module", "moodle", MANIFEST, '(?s)(<item identifier="en-module-about">\\s*<title>.*?</title>).*?'
        '(\\s*</item>\\s*<item identifier="en-module-01)', r"\1\2",
        [f"{MANIFEST}: a module holds items and is none; importers would make up a module"]),
    Fault("a module that is an item", "moodle", MANIFEST, 'identifier="en-module-about"',
        'identifier="en-module-about" identifierref="en-about"',
        [f"{MANIFEST}: a module holds items and is none; importers would make up a module"]),
    Fault("an item within an item", "moodle", MANIFEST, '(identifierref="en-about">\\s*<title>.*?</title>)',
        r'\1<item identifier="inner" identifierref="en-about"><title>x</title></item>',
        [f"{MANIFEST}: items within items become labels in Moodle; put them side by side"]),
    Fault("an item without its resource", "moodle", MANIFEST, 'identifierref="en-about"', 'identifierref="en-abuot"', [
        f"{MANIFEST}: no resource is called en-abuot"
    ]),
    Fault("an item without a title", "moodle", MANIFEST, '(identifierref="en-about">\\s*<title>)[^<]*', r"\1", [
        f"{MANIFEST}: item-en-about has no title"
    ]),
    Fault("a long title", "moodle", MANIFEST, '(identifierref="en-about">\\s*<title>)[^<]*', r"\1" + "x" * 256, [
        f"{MANIFEST}: a title has at most 255 letters; here 256"
    ]),
    Fault("a title with &", "moodle", MANIFEST, '(en-module-about">\\s*<title>)[^<]*', r"\1Q&amp;A", [
        f"{MANIFEST}: a title without & < >; Moodle copies it into its XML as it is"
    ]),
    # Resources
    Fault("an unknown type", "moodle", MANIFEST, "imswl_xmlv1p1", "imswl_xmlv1p0", [
        f"{MANIFEST}: en-about-web: imswl_xmlv1p0 is not a type of Common Cartridge 1.1 that we use"
    ]),
    Fault("a page without href", "moodle", MANIFEST, ' href="pages/en-about.html">', ">", [
        f"{MANIFEST}: en-about: needs an href that is one of its files"
    ]),
    Fault("a web link with href", "moodle", MANIFEST,
        '(identifier="en-about-web" type)', r'href="links/en-about-web.xml" \1', [
        f"{MANIFEST}: en-about-web: has exactly one file and no href, because of its type"
    ]),
    Fault("a file that is not there", "moodle", "pages/en-about.html", "", None, [
        f"{MANIFEST}: en-about: pages/en-about.html is not in the archive"
    ]),
    Fault("a dependency before the file", "moodle", MANIFEST,
        '(<file href="pages/en-01-introduction.html"/>)\\s*(<dependency .*?/>)', r"\2\1",
        [f"{MANIFEST}: en-01-introduction: files come before dependencies; cc2olx opens what stands first"]),
    Fault("a dependency on nothing", "moodle", MANIFEST,
        '(<file href="pages/en-about.html"/>)', r'\1<dependency identifierref="x"/>', [
        f"{MANIFEST}: en-about: depends on x, which is no other resource"
    ]),
    Fault("a dependency on a quiz", "moodle", MANIFEST, '(<file href="pages/en-about.html"/>)',
        r'\1<dependency identifierref="en-01-introduction-quiz"/>',
        [f"{MANIFEST}: en-about: must not depend on en-01-introduction-quiz, which is neither a file nor data for one "
         "system"]),
    Fault("a web link that depends on a page", "moodle", MANIFEST, '(<file href="links/en-about-web.xml"/>)',
        r'\1<dependency identifierref="en-about"/>', [f"{MANIFEST}: en-about-web: a web link depends on nothing"]),
    Fault("a file of no resource", "moodle", "pages/x.css", None, "", [
        "pages/x.css: belongs to no resource of the manifest, so importers leave it out"
    ]),
    # Pages
    Fault("a page without its language", "moodle", PAGE, '<div lang="en">', "<div>", [
        f"{PAGE}: wrap the text in one div with lang; importers throw away what is around the body"
    ]),
    Fault("a newer element", "moodle", PAGE, "<blockquote>", "<section><blockquote>", [
        f"{PAGE}: Moodle or Canvas takes <section> out; write it with elements of HTML 4"
    ]),
    Fault("a picture without words", "moodle", PAGE, 'alt="[^"]*"', 'alt=""', [f"{PAGE}: images/{PICTURE} has no alt"]),
    Fault("a picture that is not there", "moodle", PAGE, f"images/{PICTURE}", "images/x.png", [
        f"{PAGE}: images/x.png is not in the archive"
    ]),
    Fault("a picture that nothing depends on", "moodle", MANIFEST,
        '(<file href="pages/en-01-introduction.html"/>)\\s*<dependency .*?/>', r"\1",
        [f"{PAGE}: images/{PICTURE} belongs to no resource that en-01-introduction depends on"]),
    Fault("a picture within another's address", "moodle", PAGE, "<blockquote>",
        f'<img alt="x" src="x/images/{PICTURE}"><blockquote>',
        [f"{PAGE}: images/{PICTURE} is part of another picture's address; Moodle would replace it there",
         f"{PAGE}: x/images/{PICTURE} is not in the archive"]),
    Fault("a picture that Canvas does not find", "canvas", CANVAS_PAGE, "\\$IMS-CC-FILEBASE\\$", "../web_resources", [
        f"{CANVAS_PAGE}: ../web_resources/{PICTURE} must begin with $IMS-CC-FILEBASE$/, which Canvas and cc2olx replace"
    ]),
    Fault("a relative link", "moodle", PAGE, 'href="http[^"]*"', 'href="en-02-co-evolution.html"', [
        f"{PAGE}: en-02-co-evolution.html: importers break it; link to the page on the web"
    ]),
    Fault("a link within the page for Moodle", "moodle", PAGE, 'href="http[^"]*"', 'href="#objectives"', [
        f"{PAGE}: #objectives: importers break it; link to the page on the web"
    ]),
    Fault("a link to a heading of a page", "canvas", CANVAS_PAGE,
        "(\\$WIKI_REFERENCE\\$/pages/)[\\w-]*", r"\1en-about#x", [
        f"{CANVAS_PAGE}: $WIKI_REFERENCE$/pages/en-about#x: Canvas and cc2olx find a page by its name alone, and none "
        "has this"
    ]),
    Fault("a link to an id that is not there", "canvas", CANVAS_PAGE, 'href="#[^"]*"', 'href="#nowhere"', [
        f"{CANVAS_PAGE}: #nowhere: the page has no such id"
    ]),
    # Web links and discussions
    Fault("a web link to nowhere", "links", "links/en-link-about.xml", 'href="[^"]*"', 'href="about/"', [
        "links/en-link-about.xml: about/ is no address that Moodle lets pass"
    ]),
    Fault("a web link with letters that Moodle refuses", "links", "links/en-link-about.xml",
        'href="[^"]*"', 'href="https://x.org/[1]"', [
        "links/en-link-about.xml: https://x.org/[1] is no address that Moodle lets pass"
    ]),
    Fault("a web link without a title", "moodle", WEB, "<title>.*</title>", "<title/>", [f"{WEB}: has no title"]),
    Fault("a web link of another version", "moodle", WEB, "imswl_v1p1", "imswl_v1p2", [
        f"{WEB}: is no web link of Common Cartridge 1.1"
    ]),
    Fault("a discussion without a text", "moodle", TALK, "(?s)(<text[^>]*>).*(</text>)", r"\1\2", [
        f"{TALK}: is no topic of Common Cartridge 1.1 with a text"
    ]),
    Fault("a discussion without a title", "moodle", TALK, "<title>.*</title>", "<title/>", [
        f"{TALK}: has no title; Moodle would call it Untitled"
    ]),
    Fault("a discussion in plain text", "moodle", TALK,
        "text/html", "text/plain", [f"{TALK}: texttype must be text/html"]),
    Fault("a discussion without its language", "moodle", TALK, '&lt;div lang="en"&gt;', "&lt;div&gt;", [
        f"{TALK}: wrap the text in one div with lang"
    ]),
    Fault("a picture in a discussion", "moodle", TALK, "&lt;ol&gt;", '&lt;img src="x.png"&gt;&lt;ol&gt;', [
        f"{TALK}: holds a picture, which not every importer brings over; link to it"
    ]),
    Fault("a line break in a discussion", "moodle", TALK, "&lt;ol&gt;", "&lt;br&gt;&lt;ol&gt;", [
        f"{TALK}: holds <br> or <hr>, which Moodle doubles; write paragraphs"
    ]),
    Fault("a relative link in a discussion", "moodle", TALK, 'href="[^"]*"', 'href="x.html"', [
        f"{TALK}: x.html: importers break it; link to the page on the web"
    ]),
    # Questions
    Fault("a quiz that is none", "moodle", QUIZ,
        "ims_qtiasiv1p2", "ims_qtiasiv1p3", [f"{QUIZ}: is no assessment in QTI 1.2"]),
    Fault("a quiz that is no exam", "moodle", QUIZ, "cc.exam.v0p1", "cc.quiz.v0p1", [
        f"{QUIZ}: the assessment's cc_profile must be cc.exam.v0p1"
    ]),
    Fault("three questions", "moodle", "{single}", "(?s)<item .*?</item>", "", [
        "{single}: holds 3 questions; Moodle sums every quiz to 4 points, whatever it holds"
    ]),
    Fault("two questions of one name", "moodle", "{single}",
        '(?s)(<item ident=")([^"]*)(".*?<item ident=")[^"]*', r"\1\2\3\2", [
        "{single}: {question} is the name of another question, too"
    ]),
    Fault("a question without a title", "moodle", "{single}", r'(<item ident="[^"]*") title="[^"]*"', r"\1", [
        "{single}: {question}: has no title; Moodle would cut one from the text, in the middle of a letter"
    ]),
    Fault("two points for a question", "moodle", "{single}", "(<itemmetadata>\\s*<qtimetadata>)",
        r"\1<qtimetadatafield><fieldlabel>cc_weighting</fieldlabel><fieldentry>2</fieldentry></qtimetadatafield>",
        ["{single}: {question}: counts more than one point; Moodle sums every quiz to 4"]),
    Fault("a multiple response", "moodle", "{single}", "cc.multiple_choice.v0p1", "cc.multiple_response.v0p1", [
        "{single}: {question}: cc_profile is cc.multiple_response.v0p1; only cc.multiple_choice.v0p1 and "
        "cc.true_false.v0p1 come out rightly everywhere"
    ]),
    Fault("more than one choice", "moodle", "{single}", 'rcardinality="Single"', 'rcardinality="Multiple"', [
        "{single}: {question}: rcardinality must be Single"
    ]),
    Fault("two options", "moodle", "{truth}", "cc.true_false.v0p1", "cc.multiple_choice.v0p1", [
        "{truth}: {question}: has 2 options; the format wants at least 3"
    ]),
    Fault("true and false by other names", "moodle", "{truth}",
        '"true"|>true<', lambda m: m[0].replace("true", "yes"), [
        "{truth}: {question}: the answers' names must be true and false, or Moodle gives up on the whole package"
    ]),
    Fault("options told apart by capitals", "moodle", "{single}", '"b"|>b<', lambda m: m[0].replace("b", "A"), [
        "{single}: {question}: the option A needs a name of small letters; PHP compares 1 and 01 as numbers",
        "{single}: {question}: two options have one name; Moodle does not tell capitals apart",
    ]),
    Fault("an option with a number for a name", "moodle", "{single}", '"b"|>b<', lambda m: m[0].replace("b", "1"), [
        "{single}: {question}: the option 1 needs a name of small letters; PHP compares 1 and 01 as numbers"
    ]),
    Fault("a question without a text", "moodle", "{single}",
        '(?s)(<presentation>\\s*<material>\\s*<mattext[^>]*>).*?<', r"\1<", [
        "{single}: {question}: has no text"
    ]),
    Fault("a picture in a question", "moodle", "{single}", "&lt;p&gt;", '&lt;img src="x.png"&gt;&lt;p&gt;', [
        "{single}: holds a picture, which not every importer brings over; link to it"
    ]),
    Fault("a percent sign before letters", "moodle", "{single}", "&lt;p&gt;", "&lt;p&gt;50%de", [
        "{single}: {question}: cc2olx takes %de for a letter written in hexadecimal; put a space in between"
    ]),
    Fault("markup in an option", "moodle", "{single}", '(<mattext texttype="text/plain">)', r"\1&lt;b&gt;", [
        "{single}: {question}: options are plain text; cc2olx shows their markup"
    ]),
    Fault("the key behind a wrong option", "moodle", "{single}",
        '(?s)(<respcondition continue="No">(?:(?!</respcond).)*<setvar.*?</respcondition>)\\s*'
        '(<respcondition.*?</respcondition>)', r"\2\1",
        ["{single}: {question}: {order}; here general, wrong, key, wrong, wrong"]),
    Fault("a key that does not end the processing", "moodle", "{single}", 'continue="No"', 'continue="Yes"', [
        "{single}: {question}: {order}; here general, other, wrong, wrong, wrong"
    ]),
    Fault("points for a wrong option", "moodle", "{single}", "(</varequal>\\s*</conditionvar>)(\\s*<displayfeedback)",
        r'\1<setvar action="Set" varname="SCORE">100</setvar>\2',
        ["{single}: {question}: {order}; here general, key, key, wrong, wrong"]),
    Fault("half the points", "moodle", "{single}", ">100<", ">50<", [
        "{single}: {question}: {order}; here general, other, wrong, wrong, wrong"
    ]),
    Fault("one condition for all wrong options", "moodle", "{single}",
        '(?s)(<setvar.*?</respcondition>).*?'
        '(<displayfeedback[^>]*general_incorrect_fb"/>\\s*</respcondition>\\s*</resprocessing>)',
        r'\1<respcondition continue="Yes"><conditionvar><other/></conditionvar>\2',
        ["{single}: {question}: {order}; here general, key, general",
         "{single}: {question}: every option needs one condition of its own; Moodle takes its feedback and "
         "points from there"]),
    Fault("a condition on another response", "moodle", "{single}", 'respident="response1"', 'respident="response2"', [
        "{single}: {question}: respident response2 is no response of the question"
    ]),
    Fault("feedback that is missing", "moodle", "{single}",
        '(?s)<itemfeedback ident="correct_fb">.*?</itemfeedback>', "", [
        "{single}: {question}: the feedback correct_fb is missing"
    ]),
    Fault("feedback that is never shown", "moodle", "{single}", "(?s)<displayfeedback[^>]*general_fb[^>]*>", "", [
        "{single}: {question}: the feedback general_fb is never shown"
    ]),
    Fault("feedback where Moodle does not look", "moodle", "{single}", "(?s)<flow_mat>(.*?)</flow_mat>", r"\1", [
        "{single}: {question}: feedback without a text in flow_mat, where Moodle looks"
    ]),
    # Canvas
    Fault("what only Canvas reads in another package", "moodle", "wiki_content/x.html",
        None, "<div lang='en'>x</div>", [
        "wiki_content/x.html: Canvas reads this only beside course_settings/canvas_export.txt",
        "wiki_content/x.html: belongs to no resource of the manifest, so importers leave it out",
    ]),
    Fault("a flag that opens nothing", "canvas", MANIFEST,
        'href="course_settings/canvas_export.txt">', 'href="course_settings/module_meta.xml">', [
        f"{MANIFEST}: no resource opens course_settings/canvas_export.txt, by which Canvas knows its own packages"
    ]),
    Fault("no modules for Canvas", "canvas", MODULES, "", None, [
        f"{MANIFEST}: en-settings: {MODULES} is not in the archive",
        f"{MODULES}: is missing or broken; Canvas would make no modules",
    ]),
    Fault("a line of a module that differs", "canvas", MODULES, "WikiPage", "Attachment", [
        f"{MODULES}: the module en-module-about is not what the manifest says of it"
    ]),
    Fault("a link of a module that differs", "canvas", MODULES, "<url>[^<]*", "<url>https://example.org/", [
        f"{MODULES}: the module en-module-about is not what the manifest says of it"
    ]),
    Fault("an item that Canvas puts elsewhere", "canvas", MODULES, "<position>2<", "<position>3<", [
        f"{MODULES}: the module en-module-about is not what the manifest says of it"
    ]),
    Fault("a module that Canvas puts elsewhere", "canvas", MODULES,
        "(<workflow_state>active</workflow_state>\\s*<position>)1", r"\g<1>2", [
        f"{MODULES}: the module en-module-about is not what the manifest says of it"
    ]),
    Fault("a module too few for Canvas", "canvas", MODULES, '(?s)<module identifier="en-module-11.*</module>', "", [
        f"{MODULES}: holds 11 modules, the manifest 12"
    ]),
    Fault("a page without its identifier", "canvas", CANVAS_PAGE,
        'name="identifier" content="[^"]*"', 'name="identifier" content="x"', [
        f"{CANVAS_PAGE}: the meta element identifier must be en-01-introduction, as in the manifest"
    ]),
    Fault("a page without a title", "canvas", CANVAS_PAGE, "<title>.*</title>", "<title></title>", [
        f"{CANVAS_PAGE}: has no title; Canvas takes it from the head"
    ]),
    Fault("a quiz that Canvas does not take", "canvas", "non_cc_assessments/en-01-introduction-quiz.xml.qti",
        "", None, [
        f"{MANIFEST}: en-01-introduction-quiz-canvas: non_cc_assessments/en-01-introduction-quiz.xml.qti is "
        "not in the archive",
        "en-01-introduction-quiz/assessment_qti.xml: needs non_cc_assessments/en-01-introduction-quiz.xml.qti; "
        "Canvas takes no quiz from the cartridge's own file",
    ]),
    Fault("settings of another quiz", "canvas", "en-01-introduction-quiz/assessment_meta.xml",
        'identifier="[^"]*"', 'identifier="x"', [
        "en-01-introduction-quiz/assessment_meta.xml: the identifier must be en-01-introduction-quiz"
    ]),
    Fault("another name for Canvas's quiz", "canvas", "non_cc_assessments/en-01-introduction-quiz.xml.qti",
        '<assessment ident="[^"]*"', '<assessment ident="x"',
        ["non_cc_assessments/en-01-introduction-quiz.xml.qti: the assessment's ident must be en-01-introduction-quiz"]),
    Fault("another key for Canvas", "canvas", "non_cc_assessments/en-01-introduction-quiz.xml.qti",
        "(<varequal[^>]*>)([a-d])(</varequal>\\s*</conditionvar>\\s*<setvar)",
        lambda m: m[1] + ("b" if m[2] == "a" else "a") + m[3],
        ["non_cc_assessments/en-01-introduction-quiz.xml.qti: questions or keys differ from those of "
         "en-01-introduction-quiz/assessment_qti.xml"]),
    Fault("a discussion that modules do not find", "canvas", "discussions/en-01-introduction-discussion-canvas.xml",
        "<topic_id>[^<]*", "<topic_id>x",
        [f"{TALK}: needs a topicMeta with the topic_id en-01-introduction-discussion; modules refer to it"]),
    Fault("a discussion with two titles", "canvas", "discussions/en-01-introduction-discussion-canvas.xml",
        "<title>[^<]*", "<title>x", [
        f"{TALK}: has another title than its topicMeta"
    ]),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_gives_exactly_its_findings(fault, unpacked):
    files = dict(unpacked[fault.package, "en"])
    words = _first(files, fault.path)
    path = fault.path.format(**words)
    if fault.new is None:
        del files[path]
    elif fault.pattern is None:
        files[path] = fault.new.encode()
    else:
        text = files[path].decode()
        start = text.index(f'<item ident="{words["question"]}"') if words else 0
        end = text.index("</item>", start) if callable(fault.new) else len(text)
        changed, count = re.subn(fault.pattern, fault.new, text[start:end], count=0 if callable(fault.new) else 1)
        assert count
        files[path] = (text[:start] + changed + text[end:]).encode()
    assert _found(files) == sorted(line.format(order=ORDER, **words) for line in fault.found)


def test_what_lies_where_canvas_does_not_look_is_found(unpacked):
    files = dict(unpacked["canvas", "en"])
    page, picture = "wiki_content/en-about.html", f"web_resources/{PICTURE}"
    for path in (page, picture):
        files[f"x/{path}"] = files.pop(path)
        files[MANIFEST] = files[MANIFEST].replace(path.encode(), f"x/{path}".encode())
    assert _found(files) == [
        f"{CANVAS_PAGE}: $IMS-CC-FILEBASE$/{PICTURE} is not in the archive",
        f"x/{picture}: files lie in web_resources, where Canvas and cc2olx look",
        f"x/{page}: pages lie in wiki_content, where Canvas looks",
    ]


def _found(files: dict[str, bytes]) -> list[str]:
    findings = map(str, linter.check("x.imscc", _packed(files)))
    return sorted(re.sub(r"^dist/x\.imscc:(.*?):\d+:\d+ cartridge: ", r"\1: ", finding) for finding in findings)


def _packed(files: dict[str, bytes]) -> bytes:
    """Without what pictures show, which takes long to pack."""
    return zipped({name: b"" if name.endswith(".png") else data for name, data in files.items()})


def _first(files: dict[str, bytes], path: str) -> dict[str, str]:
    """The path of the quiz with the first question of a kind, and the question's name."""
    profile = {"{single}": "cc.multiple_choice.v0p1", "{truth}": "cc.true_false.v0p1"}.get(path)
    for quiz in _resources(files, "imsqti_xmlv1p2/imscc_xmlv1p1/assessment") if profile else ():
        for item in etree.fromstring(files[quiz]).iter(f"{QTI}item"):
            if item.findtext(f".//{QTI}fieldentry") == profile:
                return {path.strip("{}"): quiz, "question": item.get("ident")}
    return {}


def test_a_finding_names_file_and_line(unpacked):
    files = dict(unpacked["moodle", "en"])
    files[WEB] = files[WEB].replace(b'href="https', b'href="ftps')
    (finding,) = linter.check("x.imscc", _packed(files))
    assert finding.path == f"dist/x.imscc:{WEB}"
    assert b"ftps" in files[WEB].splitlines()[finding.line - 1]


def test_what_is_no_archive_is_found():
    assert list(map(str, linter.check("x.imscc", b"PK"))) == [
        "dist/x.imscc:1:1 cartridge: is not a zip archive that can be read"
    ]


def test_no_damage_to_a_package_gives_a_traceback(unpacked):
    chance = random.Random(11)
    for kind in ("moodle", "canvas"):
        files = {name: data for name, data in unpacked[kind, "ko"].items() if "-01-" in name or "-0" not in name}
        for _ in range(60):
            damaged = dict(files)
            name = chance.choice(sorted(name for name in files if not name.endswith(".png")))
            start = chance.randrange(len(files[name]))
            damage = chance.choice([b"", b"<", b"/>", b"<x>", b"&", b"\xff", b"&lt;!--", b' a="'])
            damaged[name] = files[name][:start] + damage + files[name][start + chance.randrange(200) :]
            list(linter.check("x.imscc", _packed(damaged)))
