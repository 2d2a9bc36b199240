"""Keeping one's place, in a real Chromium: addresses of headings, how far one has read, and continuing, once asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sampling import some
from test_browser import BOOK, DESK, PHONE, Watched, until, url

CHAPTER = "chapters/01-introduction"
KEEP = {"ko": "이 기기에 읽던 곳 기억하기", "en": "Remember my place on this device"}
RESUME = {"ko": "이어 읽기", "en": "Continue where you were"}
CLEAR = {"ko": "기억한 것 지우기", "en": "Forget it"}


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def fresh(request, browser: Browser, address: str) -> Iterator[Watched]:
    context = browser.new_context(viewport=request.param, permissions=["clipboard-read", "clipboard-write"])
    yield Watched(context, address)
    context.close()


def stored(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))")


def scroll_to(page: Page, anchor: str) -> None:
    page.locator(f"#{anchor}").evaluate("e => window.scrollTo(0, e.getBoundingClientRect().top + scrollY - 120)")


def keep(page: Page, locale: str) -> None:
    page.get_by_role("button", name=KEEP[locale]).click()
    expect(page.get_by_role("button", name=KEEP[locale], pressed=True)).to_be_visible()


@pytest.mark.parametrize("locale", ["ko", "en"])
@pytest.mark.parametrize("anchor", ["loop", "facts"])
def test_a_click_beside_a_heading_copies_its_address_and_goes_there(anchor, locale, fresh):
    """`facts` is a heading of the template, `loop` one of the text."""
    page = fresh.open(CHAPTER, locale, "?x=1")
    page.mouse.move(300, 300)
    link = page.locator(f"#{anchor} .headerlink")
    expect(link).to_have_accessible_name({"ko": "이 자리의 주소 복사", "en": "Copy the address of this place"}[locale])
    box = link.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    link.click()
    wanted = f"{fresh.address}{url(CHAPTER, locale)}?x=1#{anchor}"
    expect(page).to_have_url(wanted)
    expect(page.get_by_role("status")).to_have_text({"ko": "주소를 복사했다.", "en": "Address copied."}[locale])
    assert page.evaluate("navigator.clipboard.readText()") == wanted
    assert fresh.faults == []


def test_the_link_beside_a_heading_works_where_nothing_can_be_copied(browser, address):
    context = browser.new_context(viewport=DESK)
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    watched = Watched(context, address)
    page = watched.open(CHAPTER)
    page.mouse.move(300, 300)
    page.locator("#loop .headerlink").click()
    expect(page).to_have_url(f"{address}{CHAPTER}/#loop")
    assert watched.faults == []
    context.close()


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_a_line_and_a_count_show_how_far_one_has_read(locale, fresh):
    page = fresh.open(CHAPTER, locale)
    page.mouse.move(300, 300)
    line = page.locator(".position")
    expect(line).to_have_attribute("aria-hidden", "true")
    width = "e => Math.round(e.getBoundingClientRect().width / innerWidth * 100)"
    assert line.evaluate(width) == 0
    headings = page.locator("article > h2[id]").evaluate_all("all => all.map(x => x.id)")
    seen = []
    for anchor in headings[1::3]:
        scroll_to(page, anchor)
        page.wait_for_timeout(150)
        seen.append(line.evaluate(width))
        if page.viewport_size == DESK:
            number = headings.index(anchor) + 1
            count = page.locator(".md-sidebar--secondary .md-nav__title span[aria-hidden]").last
            expect(count).to_have_text(f"{number}/{len(headings)}")
    assert seen == sorted(set(seen)) and seen[0] > 0 and seen[-1] <= 100
    scroll_to(page, "sources")
    page.wait_for_timeout(150)
    assert line.evaluate(width) == 100
    assert fresh.faults == []


def test_pages_without_sections_show_no_line(fresh):
    page = fresh.open("chapters/index")
    page.mouse.move(300, 300)
    page.wait_for_timeout(400)
    assert page.locator(".position").count() == 0
    assert fresh.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_heading_that_one_arrives_at_stands_out_also_after_a_switch_of_language(scheme, browser, address):
    context = browser.new_context(viewport=DESK, color_scheme=scheme)
    page = Watched(context, address).open(CHAPTER, "ko", "#loop")
    background = "e => getComputedStyle(e).backgroundColor"
    plain = page.locator("#key-points").evaluate(background)
    assert page.locator("#loop").evaluate(background) != plain
    page.locator("#switch").click()
    expect(page).to_have_url(f"{address}en/{CHAPTER}/#loop")
    assert page.locator("#loop").evaluate(background) != plain
    page.emulate_media(forced_colors="active")
    assert page.locator("#loop").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.emulate_media(media="print", forced_colors="none")
    assert page.locator("#loop").evaluate(background) == plain
    context.close()


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_who_asks_for_it_continues_from_the_home_page_and_can_have_it_deleted(locale, fresh):
    page = fresh.open(CHAPTER, locale)
    scroll_to(page, "loop")
    page.wait_for_timeout(600)
    assert stored(page) == []
    page.evaluate("scrollTo(0, 0)")
    keep(page, locale)
    assert stored(page) == ["/.place"]
    scroll_to(page, "loop")
    page.wait_for_timeout(600)
    title = BOOK.entries[CHAPTER].title(locale)
    for home in ("ko", "en"):
        page = fresh.open("index", home)
        resume = page.locator(".resume")
        expect(resume).to_contain_text(RESUME[home])
        expect(resume.locator("a")).to_contain_text(f"{title} – ")
        assert resume.locator("a").get_attribute("lang") == locale
    resume.locator("a").click()
    expect(page).to_have_url(f"{fresh.address}{url(CHAPTER, locale)}#loop")
    expect(page.get_by_role("button", name=KEEP[locale], pressed=True)).to_be_visible()
    page = fresh.open("index", locale)
    page.get_by_role("button", name=CLEAR[locale]).click()
    expect(page.locator(".resume")).to_be_hidden()
    expect(page.locator(".door").first).to_be_focused()
    assert stored(page) == []
    page = fresh.open(CHAPTER, locale)
    page.mouse.move(300, 300)
    expect(page.get_by_role("button", name=KEEP[locale], pressed=False)).to_be_visible()
    assert fresh.faults == []


def test_a_second_press_deletes_at_once_and_another_chapter_takes_the_place_of_the_first(fresh):
    page = fresh.open(CHAPTER)
    page.mouse.move(300, 300)
    keep(page, "ko")
    page = fresh.open("chapters/09-outlook", "en")
    expect(page.get_by_role("button", name=KEEP["en"], pressed=True)).to_be_visible()
    place = json.loads(page.evaluate("localStorage['/.place']"))
    assert place["page"] == "en/chapters/09-outlook/"
    page.get_by_role("button", name=KEEP["en"]).click()
    expect(page.get_by_role("status")).to_have_text("What was remembered is deleted.")
    scroll_to(page, "key-points")
    page.wait_for_timeout(600)
    assert stored(page) == []


def test_only_what_the_privacy_paragraph_names_is_stored(fresh):
    page = fresh.open(CHAPTER)
    page.mouse.move(300, 300)
    keep(page, "ko")
    page.locator("button.beside").click()
    until(page, "document.body.dataset.beside")
    page.locator("button.scheme").click()
    page.wait_for_timeout(300)
    assert set(stored(page)) <= {"/.place", "/.beside", "/.scheme"}
    assert set(json.loads(page.evaluate("localStorage['/.place']"))) == {"page", "title", "section", "heading"}
    for locale, names in (
        ("ko", ("화면 색", "나란히 읽기", "읽던 곳", KEEP["ko"], CLEAR["ko"])),
        ("en", ("Color scheme", "side by side", "Your place", KEEP["en"], CLEAR["en"])),
    ):
        text = fresh.open("about", locale).locator("#privacy ~ ul").first.text_content()
        assert all(name in text for name in names)


GOOD = {"page": "chapters/01-introduction/", "title": "x", "section": "loop", "heading": "y"}


@pytest.mark.parametrize(
    "value",
    some([
        "{", "1", '"x"', "[]", "true", "{}",
        json.dumps(GOOD | {"page": "javascript:alert(1)//chapters/x/"}),
        json.dumps(GOOD | {"page": "//evil.example/chapters/x/"}),
        json.dumps(GOOD | {"page": "../../chapters/x/"}),
        json.dumps(GOOD | {"page": 7}),
        json.dumps(GOOD | {"title": {"a": 1}}),
        json.dumps(GOOD | {"section": "<img src=x onerror=alert(1)>"}),
    ], 3),
)  # fmt: skip
def test_a_place_that_cannot_be_read_is_as_good_as_none(value, fresh):
    page = fresh.open("about")
    page.evaluate("value => localStorage.setItem('/.place', value)", value)
    page = fresh.open("index")
    page.mouse.move(300, 300)
    page.wait_for_timeout(300)
    expect(page.locator(".resume")).to_be_hidden()
    page = fresh.open(CHAPTER)
    page.mouse.move(300, 300)
    expect(page.get_by_role("button", name=KEEP["ko"], pressed=False)).to_be_visible()
    assert fresh.faults == []


def test_titles_from_storage_are_text(fresh):
    page = fresh.open("about")
    place = GOOD | {"title": "<b onclick=alert(1)>" + "x" * 900, "heading": 5}
    page.evaluate("value => localStorage.setItem('/.place', value)", json.dumps(place))
    page = fresh.open("index")
    link = page.locator(".resume a")
    expect(link).to_contain_text("<b onclick=alert(1)>x")
    assert len(link.text_content()) <= 200 and link.locator("b").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]


def test_a_browser_that_stores_nothing_is_told_of(browser, address):
    context = browser.new_context(viewport=PHONE)
    context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
    )
    watched = Watched(context, address)
    page = watched.open(CHAPTER)
    page.mouse.move(100, 300)
    page.get_by_role("button", name=KEEP["ko"]).click()
    expect(page.get_by_role("status")).to_contain_text("저장을 막고 있어")
    expect(page.get_by_role("button", name=KEEP["ko"], pressed=False)).to_be_visible()
    assert watched.faults == []
    context.close()


def test_no_control_of_it_without_javascript_or_in_print(browser, address, fresh):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + url(CHAPTER, "ko"))
    expect(page.locator(".keep")).to_be_hidden()
    page.goto(address)
    expect(page.locator(".resume")).to_be_hidden()
    context.close()
    page = fresh.open(CHAPTER)
    page.mouse.move(300, 300)
    keep(page, "ko")
    page.emulate_media(media="print")
    expect(page.locator(".keep")).to_be_hidden()
    page = fresh.open("index")
    expect(page.locator(".resume")).to_be_hidden()
    page.emulate_media(media="screen")
    expect(page.locator(".resume")).to_be_visible()


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_axe_finds_no_violation_where_a_place_is_kept(locale, fresh):
    page = fresh.open(CHAPTER, locale)
    page.mouse.move(300, 300)
    keep(page, locale)
    scroll_to(page, "loop")
    page.wait_for_timeout(600)
    found = Axe().run(page).response["violations"]
    page = fresh.open("index", locale)
    expect(page.locator(".resume")).to_be_visible()
    found += Axe().run(page).response["violations"]
    assert [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]] == []
    for control in page.locator(".resume button").all():
        box = control.bounding_box()
        assert min(box["width"], box["height"]) >= 24
