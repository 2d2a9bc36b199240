"""What readers do, in a real Chromium: switch languages, look up terms, read in the dark and on a phone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sampling import some

from scripts.content.loading import load
from scripts.environment import ROOT

BOOK = load(ROOT)[0]
expect.set_options(timeout=20_000)
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 760}
# One page of each template.
TEMPLATES = (
    "index", "chapters/index", "chapters/01-introduction", "cases/index", "cases/shutagen-hyundai", "glossary/index",
    "glossary/xr", "timeline", "map",
    "outlook", "references", "errata", "about", "quizzes/index", "quizzes/03-making-content", "teach/index",
    "teach/plans/four-weeks", "teach/guides/03-making-content", "teach/assignment", "teach/cite", "teach/downloads",
)  # fmt: skip


def url(key: str, locale: str) -> str:
    path = "" if key == "index" else key.removesuffix("index") if key.endswith("/index") else f"{key}/"
    return ("en/" if locale == "en" else "") + path


def until(page: Page, expression: str) -> None:
    """Waits until a JavaScript expression is true. Playwright's own wait evaluates a string inside the page, which the
    page's policy forbids."""
    end = time.monotonic() + 30
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(25)


def first_sign(page: Page) -> None:
    """The mouse comes in and goes to the corner: what waits for the first sign of a reader loads."""
    page.mouse.move(300, 300)
    page.mouse.move(3, 3)


class Watched:
    """A page that remembers what went wrong while it was open."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.address = address
        self.page.on("console", lambda m: self.faults.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._request)
        self.page.on("response", lambda r: self.faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)

    def _request(self, request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"asks another origin: {request.url}")

    def open(self, key: str, locale: str = "ko", anchor: str = "") -> Page:
        self.page.goto(self.address + url(key, locale) + anchor)
        return self.page


@pytest.fixture(scope="module")
def desk(browser: Browser, address: str) -> Iterator[Watched]:
    context = browser.new_context(viewport=DESK)
    yield Watched(context, address)
    context.close()


@pytest.fixture(scope="module")
def narrow(browser: Browser, address: str) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    yield Watched(context, address)
    context.close()


@pytest.fixture
def fresh(browser: Browser, address: str) -> Iterator[Watched]:
    context = browser.new_context(viewport=DESK)
    yield Watched(context, address)
    context.close()


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Watched]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    yield Watched(context, address)
    context.close()


@pytest.mark.parametrize("key", some(sorted(BOOK.entries), 5))
def test_a_page_keeps_place_across_languages_fits_320_pixels_and_fails_at_nothing(key, narrow):
    narrow.faults.clear()
    for locale, other in (("ko", "en"), ("en", "ko")):
        headings = [h.id for h in BOOK.entries[key].pages[locale].document.headings]
        anchor = f"#{headings[-1]}" if headings else ""
        page = narrow.open(key, locale, anchor)
        page.locator("#switch").focus()
        seen = page.evaluate(
            "() => [document.documentElement.lang, document.getElementById('switch').href,"
            " document.documentElement.scrollWidth]"
        )
        assert seen == [locale, narrow.address + url(key, other) + anchor, 320]
    assert narrow.faults == []


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_click_on_the_switch_arrives_at_the_other_language(key, desk):
    for locale, other in (("ko", "en"), ("en", "ko")):
        page = desk.open(key, locale)
        page.locator("#switch").click()
        expect(page).to_have_url(desk.address + url(key, other))
        assert page.locator("html").get_attribute("lang") == other


def test_the_switch_goes_to_the_heading_that_the_reader_scrolled_to(fresh):
    page = fresh.open("chapters/01-introduction")
    anchor = BOOK.entries["chapters/01-introduction"].pages["ko"].document.headings[4].id
    page.locator(f"#{anchor}").evaluate("e => window.scrollTo(0, e.getBoundingClientRect().top + scrollY - 100)")
    page.locator("#switch").click()
    expect(page).to_have_url(f"{fresh.address}en/chapters/01-introduction/#{anchor}")


def test_a_term_explains_itself_under_the_mouse_and_stays_while_the_mouse_is_on_it(fresh):
    page = fresh.open("chapters/01-introduction")
    term = page.locator("a.term").first
    term.hover()
    tooltip = page.locator(".tooltip")
    expect(tooltip).to_be_visible()
    expect(tooltip).to_contain_text(BOOK.entries["glossary/metaverse"].description("ko"))
    tooltip.hover()
    page.wait_for_timeout(400)
    expect(tooltip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tooltip).to_be_hidden()
    term.hover()
    page.mouse.move(5, 5)
    expect(tooltip).to_be_hidden()


def test_a_term_explains_itself_to_the_keyboard_and_escape_closes(fresh):
    page = fresh.open("chapters/01-introduction", "en")
    term = page.locator("a.term").first
    for _ in range(80):
        page.keyboard.press("Tab")
        if term.evaluate("e => e === document.activeElement"):
            break
    tooltip = page.locator(".tooltip")
    expect(tooltip).to_be_visible()
    expect(tooltip).to_contain_text(BOOK.entries["glossary/metaverse"].description("en"))
    page.keyboard.press("Escape")
    expect(tooltip).to_be_hidden()
    assert term.evaluate("e => e === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(tooltip).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{fresh.address}en/glossary/metaverse/")


def test_the_first_tap_explains_a_term_and_the_second_follows_it(phone):
    page = phone.open("chapters/01-introduction")
    term = page.locator("a.term").first
    term.scroll_into_view_if_needed()
    term.tap()
    tooltip = page.locator(".tooltip")
    expect(tooltip).to_be_visible()
    box = tooltip.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    page.locator("h1").tap()
    expect(tooltip).to_be_hidden()
    term.tap()
    expect(tooltip.locator("a")).to_be_visible()
    term.tap()
    expect(page).to_have_url(f"{phone.address}glossary/metaverse/")


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_a_screen_reader_hears_the_definition_of_every_term_after_its_link(locale, fresh):
    page = fresh.open("chapters/01-introduction", locale)
    for term in page.locator("a.term").all():
        described = page.locator("#" + term.get_attribute("aria-describedby"))
        slug = described.get_attribute("id").removeprefix("definition-")
        assert described.inner_text(timeout=1000) or described.text_content()
        assert described.text_content() == BOOK.entries[f"glossary/{slug}"].description(locale)


def test_a_term_is_explained_before_every_korean_particle(fresh):
    page = fresh.open("chapters/01-introduction")
    following = page.locator("a.term").evaluate_all("links => links.map(x => (x.nextSibling || {}).textContent || '')")
    assert {text[0] for text in following if text} & set("은는이가을를의와과")


def test_dark_mode_follows_the_device_and_can_be_switched(browser, address):
    context = browser.new_context(viewport=DESK, color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(20, 24, 29)"
    page.get_by_role("button", name="밝은 화면으로 바꾸기").click()
    assert page.evaluate(background) == "rgb(252, 251, 248)"
    page.goto(address + "cases/roblox/")
    assert page.evaluate(background) == "rgb(252, 251, 248)"
    context.close()


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_korean_words_are_not_broken_and_lines_are_not_too_long(locale, fresh):
    page = fresh.open("chapters/01-introduction", locale)
    paragraph = page.locator(".md-content__inner > p").nth(1)
    style = paragraph.evaluate(
        "e => ({width: e.getBoundingClientRect().width, size: parseFloat(getComputedStyle(e).fontSize), keep: getComputedStyle(e).wordBreak})"
    )
    assert style["keep"] == ("keep-all" if locale == "ko" else "normal")
    assert style["width"] / style["size"] <= 42


def test_the_timeline_is_readable_without_javascript(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "en/timeline/")
    assert page.locator(".timeline time").count() == len(BOOK.events)
    years = page.locator(".timeline h2").all_text_contents()
    assert years == sorted(years)
    page.locator(".timeline a").first.click()
    assert "#fact-" in page.url and page.locator("h1").is_visible()
    context.close()


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_a_print_is_a_handout_with_addresses_and_without_menus(locale, fresh, tmp_path: Path):
    page = fresh.open("cases/roblox", locale)
    page.emulate_media(media="print")
    for hidden in (".md-header", ".md-tabs", ".md-sidebar--primary", ".md-footer__inner"):
        expect(page.locator(hidden).first).to_be_hidden()
    content = page.locator(".sources a").first.evaluate("e => getComputedStyle(e, '::after').content")
    assert "http" in content


def test_the_drawing_has_a_title_and_description_in_the_pages_language(fresh):
    for locale, word in (("ko", "순환"), ("en", "loop")):
        page = fresh.open("chapters/01-introduction", locale)
        drawing = page.get_by_role("img", name=BOOK.figures["co-evolution-loop"].title[locale])
        expect(drawing).to_be_visible()
        assert word in drawing.locator("title").text_content()
        assert len(drawing.locator("desc").text_content()) > 15


def test_nothing_is_stored_before_the_reader_chooses_something(fresh):
    page = fresh.open("chapters/01-introduction")
    page.wait_for_timeout(300)
    assert (
        page.evaluate("document.cookie + Object.keys(localStorage).join() + Object.keys(sessionStorage).join()") == ""
    )


def test_a_wrong_address_shows_the_bilingual_page_with_working_links(fresh):
    page = fresh.page
    page.goto(fresh.address + "en/nowhere/at/all/")
    expect(page.locator("h1")).to_contain_text("Page not found")
    page.get_by_role("link", name="Glossary").click()
    expect(page).to_have_url(f"{fresh.address}en/glossary/")


def test_the_timeline_is_narrowed_by_filters_that_live_in_the_address(fresh):
    page = fresh.open("timeline", "en")
    whole = len(BOOK.events)
    expect(page.locator(".filters output")).to_have_text(f"Showing {whole}")
    page.get_by_label("Sector").select_option("games")
    wanted = [e for e in BOOK.events if e.entry.kind == "cases" and "games" in [s.value for s in e.entry.data.sector]]
    expect(page.locator(".timeline .event:visible")).to_have_count(len(wanted))
    assert page.url.endswith("/en/timeline/?sector=games")
    page.locator("#switch").click()
    expect(page).to_have_url(f"{fresh.address}timeline/?sector=games")
    expect(page.locator(".timeline .event:visible")).to_have_count(len(wanted))
    page.get_by_role("button", name="모두 보기").click()
    expect(page.locator(".timeline .event:visible")).to_have_count(whole)
    page.goto(f"{fresh.address}timeline/?sector=<script>&country=XX&x=1")
    expect(page.locator(".timeline .event:visible")).to_have_count(whole)
    assert fresh.faults == []


# What the browser knows of the line, told before the page asks.
LINE = "Object.defineProperty(navigator, 'connection', {{ value: {} }})"
FAST = "{ effectiveType: '4g', saveData: false, type: 'wifi' }"


def _asked_while_the_mouse_rests(line: str, browser: Browser, address: str) -> list[str]:
    context = browser.new_context(viewport=DESK)
    context.add_init_script(LINE.format(line))
    watched = Watched(context, address)
    page = watched.open("chapters/01-introduction")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    first_sign(page)
    until(page, "performance.getEntriesByType('resource').some((one) => one.name.includes('/ahead.'))")
    for link in page.locator("article a[href*='cases/']").all()[:2] * 2:
        link.hover()
        page.wait_for_timeout(250)
    assert watched.faults == []
    context.close()
    return [one for one in asked if one.endswith("/")]


def test_a_page_on_whose_link_the_mouse_rests_is_fetched_once_and_before_the_click(browser, address):
    asked = _asked_while_the_mouse_rests(FAST, browser, address)
    assert asked and len(asked) == len(set(asked)) and all(one.startswith("cases/") for one in asked)


@pytest.mark.parametrize(
    "line",
    ["undefined", FAST.replace("false", "true"), FAST.replace("wifi", "cellular"), FAST.replace("4g", "3g")],
    ids=["unknown", "saving", "cellular", "slow"],
)
def test_nothing_is_fetched_ahead_where_data_may_be_metered(line, browser, address):
    assert _asked_while_the_mouse_rests(line, browser, address) == []


@pytest.mark.parametrize(
    "key",
    [
        "index",
        "timeline",
        "map",
        "teach/assignment",
        "cases/roblox",
        "quizzes/03-making-content",
        "chapters/03-making-content",
    ],
)
def test_nothing_moves_when_scripts_come_after_the_page_was_drawn(key, phone):
    def late(route) -> None:
        time.sleep(0.3)
        route.continue_()

    phone.page.route("**/*.js", late)
    phone.page.add_init_script(
        "window.moved = []; new PerformanceObserver((list) => window.moved.push(...list.getEntries().map((entry) =>"
        " [entry.value, ...entry.sources.map((one) => one.node?.className)])))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page = phone.open(key)
    page.wait_for_timeout(500)
    assert page.evaluate("window.moved") == []
