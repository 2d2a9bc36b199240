"""The map of the book: where its boxes stand, and how one walks it in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from test_browser import BOOK, DESK, PHONE, Watched, url

from scripts import book_map
from scripts.view import views

VIEWS = views(BOOK, "https://metaverse-ai.example/", "", "")
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
LANGUAGES = pytest.mark.parametrize("locale", ["ko", "en"])
KINDS = ("chapters", "cases", "glossary")
PROSE = {  # pairs of entries of which one links to the other, as the pages have it
    tuple(sorted((entry.key, key)))
    for entry in BOOK.entries.values()
    if entry.kind in KINDS
    for page in entry.pages.values()
    for key in page.targets
    if key in BOOK.entries and BOOK.entries[key].kind in KINDS and key != entry.key
}


@pytest.fixture
def reader(browser: Browser, address: str, request) -> Iterator[Watched]:
    """A fresh reader, at the test's `size` if it has one."""
    size = request.node.callspec.params.get("size", DESK) if hasattr(request.node, "callspec") else DESK
    context = browser.new_context(viewport=size)
    watched = Watched(context, address)
    yield watched
    context.close()
    assert watched.faults == []


def node(page: Page, key: str, locale: str) -> Locator:
    return page.locator(f"svg.map a[href$='/{url(key, locale).removeprefix('en/')}']")


def neighbors(key: str) -> set[str]:
    return {one if other == key else other for one, other in PROSE if key in (one, other)}


def focused(page: Page) -> str:
    """Key of the entry that has the focus."""
    path = page.evaluate("document.activeElement.href.baseVal || ''")
    return "/".join(path.strip("/").split("/")[-2:])


def lit(page: Page) -> set[str]:
    hrefs = page.locator("svg.map a.on").evaluate_all("all => all.map(x => x.href.baseVal)")
    return {"/".join(href.strip("/").split("/")[-2:]) for href in hrefs}


@LANGUAGES
def test_every_chapter_case_and_term_stands_on_the_map_once_and_no_boxes_overlap(locale):
    drawn = VIEWS[locale].map
    assert sorted(n.key for n in drawn.nodes) == sorted(e.key for e in BOOK.entries.values() if e.kind in KINDS)
    for a, b in combinations(drawn.nodes, 2):
        apart = a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y
        assert apart, (a.key, b.key)
    assert all(n.x >= 0 and n.x + n.width <= drawn.width and n.y + n.height <= drawn.height for n in drawn.nodes)
    assert all(n.height >= 24 for n in drawn.nodes)


@LANGUAGES
def test_every_line_is_a_link_in_prose_and_every_link_a_line(locale):
    drawn = VIEWS[locale].map
    lines = [tuple(sorted(drawn.nodes[end].key for end in edge.ends)) for edge in drawn.edges]
    assert len(lines) == len(set(lines))
    assert set(lines) == PROSE
    for edge in drawn.edges:
        kinds = {drawn.nodes[end].column for end in edge.ends}
        assert edge.of_chapter == ("chapters" in kinds and len(kinds) == 2)


@LANGUAGES
def test_the_labels_say_the_whole_name(locale):
    for one in VIEWS[locale].map.nodes:
        assert " ".join(one.lines).endswith(BOOK.entries[one.key].title(locale))


def test_entries_are_ordered_so_that_fewer_links_cross_than_by_name():
    chapters = [e.key for e in BOOK.of_kind("chapters")]
    pairs = book_map.links(BOOK)

    def crossed(keys: list[str]) -> int:
        at = [[i for i, c in enumerate(chapters) if tuple(sorted((key, c))) in pairs] for key in keys]
        return sum(book_map.crossings(upper, lower) for upper, lower in combinations(at, 2))

    for kind in ("cases", "glossary"):
        keys = sorted(e.key for e in BOOK.of_kind(kind))
        ordered = book_map.ordered(keys, chapters, pairs)
        assert sorted(ordered) == keys
        assert ordered == book_map.ordered(keys[::-1], chapters, pairs[::-1])
        assert crossed(ordered) < crossed(keys) * 0.75


def test_links_that_need_not_cross_do_not():
    pairs = [("a", "x"), ("b", "y"), ("c", "z"), ("a", "y")]
    assert book_map.ordered(["c", "b", "a", "lonely"], ["x", "y", "z"], pairs)[0] == "a"
    assert [k for k in book_map.ordered(["c", "b", "a", "lonely"], ["x", "y", "z"], pairs) if k != "lonely"] == [
        "a",
        "b",
        "c",
    ]


def test_a_book_without_chapters_or_links_has_a_map_too(small_book):
    from scripts.content.loading import load

    book = load(small_book)[0]
    for key in [k for k, e in book.entries.items() if e.kind == "chapters"]:
        del book.entries[key]
    drawn = book_map.draw(book, lambda key: key)
    assert {n.column for n in drawn.nodes} == {"cases", "glossary"}
    assert not any(edge.of_chapter for edge in drawn.edges)


@LANGUAGES
@SIZES
def test_the_words_lie_within_their_boxes_in_the_fonts_at_hand(size, locale, reader):
    page = reader.open("map", locale)
    outside = page.locator("svg.map a").evaluate_all(
        "all => all.filter(a => { const [box, text] = [a.querySelector('rect').getBBox(), a.querySelector('text').getBBox()];"
        " return text.x < box.x || text.x + text.width > box.x + box.width"
        " || text.y < box.y - 1 || text.y + text.height > box.y + box.height + 1 }).map(a => a.textContent)"
    )
    assert outside == []
    assert page.locator("svg.map a").first.evaluate("a => a.getBoundingClientRect().height") >= 24
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


@LANGUAGES
@SIZES
def test_the_map_is_walked_by_keyboard_along_columns_and_links(size, locale, reader):
    page = reader.open("map", locale)
    drawn = VIEWS[locale].map
    chapters = [e.key for e in BOOK.of_kind("chapters")]
    terms = [n.key for n in drawn.nodes if n.column == "glossary"]
    page.locator("a[href='#list']:not(.headerlink)").focus()
    page.keyboard.press("Tab")
    assert focused(page) == chapters[0]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    third = chapters[2]
    assert focused(page) == third
    assert lit(page) == {third} | neighbors(third)
    expect(page.locator("svg.map path.on")).to_have_count(len(neighbors(third)))
    # right: the first of its terms; down: the next of its terms; left: back
    linked = [key for key in terms if key in neighbors(third)]
    for place, key in enumerate(linked):
        page.keyboard.press("ArrowDown" if place else "ArrowRight")
        assert focused(page) == key
        assert lit(page) == {key} | neighbors(key)
    page.keyboard.press("ArrowDown")
    assert focused(page) == linked[-1]
    page.keyboard.press("ArrowLeft")
    assert focused(page) == third
    page.keyboard.press("Escape")
    assert focused(page) == third and lit(page) == set()
    page.keyboard.press("End")
    assert focused(page) == chapters[-1]
    page.keyboard.press("ArrowLeft")
    case = focused(page)
    assert case in neighbors(chapters[-1]) and case.startswith("cases/")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('svg')")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == case
    page.keyboard.press("Enter")
    expect(page).to_have_url(reader.address + url(case, locale))


@SIZES
def test_all_links_of_an_entry_can_be_reached_from_it(size, reader):
    page = reader.open("map", "en")
    for key in ("cases/roblox", "glossary/avatar", "chapters/09-outlook"):
        reached = set()
        for side in ("ArrowLeft", "ArrowRight"):
            node(page, key, "en").focus()
            page.keyboard.press("Escape")
            page.keyboard.press(side)
            before = None
            while focused(page) not in (before, key):
                before = focused(page)
                reached.add(before)
                page.keyboard.press("ArrowDown")
        same = {other for other in neighbors(key) if other.startswith("chapters/") and key.startswith("chapters/")}
        assert reached == neighbors(key) - same


@LANGUAGES
@SIZES
def test_what_has_the_focus_is_said_and_seen(size, locale, reader):
    page = reader.open("map", locale)
    view = VIEWS[locale]
    node(page, "chapters/03-making-content", locale).focus()
    for _ in range(8):
        page.keyboard.press("ArrowDown")
        box = page.evaluate(
            "(() => { const x = document.activeElement.getBoundingClientRect(); return [x.top, x.bottom, x.left, x.right] })()"
        )
        header = page.locator(".md-header").bounding_box()["height"]
        assert box[0] >= header and box[1] <= size["height"] and box[3] > 0 and box[2] < size["width"]
    node(page, "cases/uneeq", locale).focus()
    said = page.locator(".map-said")
    expect(said).to_have_attribute("aria-live", "polite")
    around = neighbors("cases/uneeq")
    expect(said).to_contain_text(f"{view.title('cases/uneeq')}, {view.t('kind_cases')}")
    expect(said).to_contain_text(str(len(around)))
    text = said.text_content()
    assert all(view.title(key) in text for key in around)
    assert page.locator("svg.map a:focus rect").evaluate("e => getComputedStyle(e).strokeWidth") == "2px"


def test_the_mouse_shows_what_an_entry_is_linked_with_and_the_rest_fades(reader):
    page = reader.open("map", "en")
    node(page, "glossary/sandbox", "en").hover()
    assert lit(page) == {"glossary/sandbox"} | neighbors("glossary/sandbox")
    faded = page.locator("svg.map a:not(.on)").first.evaluate("e => getComputedStyle(e).opacity")
    assert float(faded) < 0.5
    expect(page.locator(".map-said")).to_have_text("")
    page.locator("h1").hover()
    assert lit(page) == set()


def test_a_finger_shows_at_the_first_tap_and_opens_at_the_second(browser, address):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address + "map/")
    first = node(page, "cases/zepeto", "ko")
    first.scroll_into_view_if_needed()
    first.tap()
    page.wait_for_timeout(200)
    assert page.url == address + "map/"
    assert lit(page) == {"cases/zepeto"} | neighbors("cases/zepeto")
    first.tap()
    expect(page).to_have_url(address + "cases/zepeto/")
    context.close()


@LANGUAGES
def test_the_list_says_the_same_of_each_chapter_and_needs_no_javascript(locale, browser, address):
    context = browser.new_context(java_script_enabled=False, viewport=DESK)
    page = context.new_page()
    page.goto(address + url("map", locale))
    folds = page.locator(".map-list details").all()
    chapters = BOOK.of_kind("chapters")
    for fold, chapter in zip(folds, chapters, strict=True):
        assert VIEWS[locale].long_title(chapter.key) in fold.locator("summary").inner_text()
        fold.locator("summary").click()
        names = fold.locator("li a").all_inner_texts()
        around = [key for key in neighbors(chapter.key) if not key.startswith("chapters/")]
        assert sorted(names) == sorted(VIEWS[locale].title(key) for key in around)
    assert page.locator("#map-keys").is_hidden()
    node(page, "glossary/sandbox", locale).click()
    assert page.locator("h1").inner_text() == VIEWS[locale].title("glossary/sandbox")
    context.close()


@LANGUAGES
@pytest.mark.parametrize(("size", "scheme"), [(DESK, "dark"), (PHONE, "light")], ids=["desk-dark", "phone-light"])
def test_axe_finds_nothing_wrong_with_the_map(size, scheme, locale, browser, address):
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.goto(address + url("map", locale))
    page.locator("details").evaluate_all("folds => folds.forEach(x => x.open = true)")
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in Axe().run(page).response["violations"]] == []
    context.close()


def test_forced_colors_keep_boxes_lines_and_focus(browser, address):
    context = browser.new_context(viewport=DESK, forced_colors="active")
    page = context.new_page()
    page.goto(address + "map/")
    one = node(page, "chapters/02-co-evolution", "ko")
    one.focus()
    page.keyboard.press("ArrowDown")
    strokes = page.evaluate(
        "['svg.map a:focus rect', 'svg.map a:not(.on) rect', 'svg.map path.on']"
        ".map(x => getComputedStyle(document.querySelector(x)).stroke)"
    )
    assert "none" not in strokes and strokes[0] != strokes[1]
    context.close()


def test_home_and_chapters_lead_to_the_map(reader):
    for key in ("index", "chapters/index"):
        page = reader.open(key, "en")
        page.get_by_role("article").get_by_role("link", name="Map of the reader").click()
        expect(page).to_have_url(f"{reader.address}en/map/")
