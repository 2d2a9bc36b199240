"""Reading side by side, in a real Chromium: nothing lost or doubled, in place, remembered when chosen, honest when it fails."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, Page, Route, expect
from sampling import some
from test_browser import BOOK, DESK, PHONE, TEMPLATES, Watched, until, url

CHAPTER = "chapters/01-introduction"
WITHOUT = {"cases/index", "glossary/index", "map", "teach/assignment"}
PAIRED = some(sorted(set(BOOK.entries) - WITHOUT), 12)
LAID = "document.body.dataset.beside"
# Of the other page, what is not text but the site around it.
AROUND = (
    "headerlink", "closing", "definitions", "site-only", "filters", "score", "copying", "check", "verdict-line",
)  # fmt: skip


@pytest.fixture(scope="module")
def desk(browser: Browser, address: str) -> Iterator[Watched]:
    context = browser.new_context(viewport=DESK)
    yield Watched(context, address)
    context.close()


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def fresh(request, browser: Browser, address: str) -> Iterator[Watched]:
    context = browser.new_context(viewport=request.param)
    yield Watched(context, address)
    context.close()


def button(page: Page):
    return page.locator("button.beside")


def lay(page: Page) -> Page:
    button(page).click()
    until(page, LAID)
    return page


def stored(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))")


def words_of(built: Path, key: str, locale: str) -> Counter[str]:
    """The words of a page's text as it was built."""
    page = (built / url(key, locale) / "index.html").read_text(encoding="utf-8")
    article = html.fromstring(page).xpath("//article")[0]
    for name in AROUND:
        for element in article.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]"):
            element.drop_tree()
    for element in article.xpath(".//script | .//style | .//button | .//select | .//textarea | .//*[@hidden]"):
        element.drop_tree()
    return Counter(" ".join(article.itertext()).split())


SHOWN = """() => {
  const copies = [...document.querySelectorAll('article .beside-copy')].filter(x => !x.parentElement.closest('.beside-copy'));
  const ids = [...document.querySelectorAll('[id]')].map(x => x.id);
  const text = (node) => [...(function* walk(n) { if (n.nodeType === 3) yield n.data; else for (const c of n.childNodes) yield* walk(c); })(node)].join(' ');
  return {
    words: copies.map(text).join(' '),
    langs: [...new Set(copies.map(x => x.lang))],
    own: [...new Set([...document.querySelectorAll('.beside-lang')].map(x => x.lang))],
    rest: document.querySelectorAll('.beside-rest').length,
    twice: ids.filter((x, i) => ids.indexOf(x) !== i),
    dangling: [...document.querySelectorAll('.beside-copy [aria-labelledby], .beside-copy [aria-describedby]')]
      .flatMap(x => (x.getAttribute('aria-labelledby') + ' ' + (x.getAttribute('aria-describedby') || '')).split(' '))
      .filter(x => x && x !== 'null' && !document.getElementById(x)),
    fields: document.querySelectorAll('.beside-copy :is(input, select, textarea, button)').length,
    width: document.documentElement.scrollWidth,
  };
}"""


@pytest.mark.parametrize("place", range(0, len(PAIRED), 8))
def test_each_block_of_a_page_has_its_sibling_and_no_word_is_lost_or_doubled(place, desk, built):
    for number, key in list(enumerate(PAIRED))[place : place + 8]:
        desk.faults.clear()
        locale, other = ("ko", "en") if number % 2 else ("en", "ko")
        page = desk.open(key, locale)
        page.wait_for_load_state("networkidle")  # the page about reading offline writes how large things are
        before = page.evaluate("document.querySelector('article').textContent")
        page = desk.open(key, locale, "?beside")
        until(page, LAID)
        shown = page.evaluate(SHOWN)
        assert (shown["langs"], shown["own"], shown["rest"]) == ([other], [locale], 0), key
        assert (shown["twice"], shown["dangling"], shown["fields"], shown["width"]) == ([], [], 0, 1280), key
        # The choices of a matching question are written out once, in brackets; a field for a number is an ellipsis.
        words = re.sub(r"\([^()]* · [^()]*\)", " ", shown["words"]) if key.startswith("quizzes/") else shown["words"]
        drop = {"…", "·"}
        found, wanted = Counter(words.split()), words_of(built, key, other)
        assert {w: n for w, n in (found - wanted).items() if w not in drop} == {}, key
        if not key.startswith("quizzes/"):
            assert {w: n for w, n in (wanted - found).items() if w not in drop} == {}, key
        button(page).click()
        after = page.evaluate("document.querySelector('article').textContent.replaceAll('¶', '')")
        assert after == before.replace("¶", ""), key
        assert desk.faults == [], key


def test_pages_that_are_a_tool_or_sorted_by_one_language_have_no_button(desk):
    for key in sorted(WITHOUT):
        expect(button(desk.open(key))).to_have_count(0)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_paragraphs_share_a_line_on_a_desk_and_follow_each_other_on_a_phone(locale, fresh):
    page = lay(fresh.open(CHAPTER, locale))
    own = page.locator("article > p.beside-own").nth(2)
    copy = page.locator("article > p.beside-own").nth(2).locator("xpath=following-sibling::*[1]")
    other = "en" if locale == "ko" else "ko"
    assert (own.get_attribute("lang"), copy.get_attribute("lang")) == (locale, other)
    left, right = own.bounding_box(), copy.bounding_box()
    if page.viewport_size == DESK:
        assert abs(left["y"] - right["y"]) < 3 and left["x"] + left["width"] <= right["x"]
        assert right["width"] > 380
    else:
        assert left["y"] + left["height"] <= right["y"] < left["y"] + left["height"] + 40
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    assert fresh.faults == []


@pytest.mark.parametrize("width", [320, 640])
def test_at_200_and_400_percent_zoom_it_is_one_column_that_fits(width, browser, address):
    context = browser.new_context(viewport={"width": width, "height": 512})
    page = Watched(context, address).open(CHAPTER, "ko", "?beside")
    until(page, LAID)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("article").evaluate("e => getComputedStyle(e).display") == "block"
    box = button(page).bounding_box()
    assert min(box["width"], box["height"]) >= 24
    context.close()


def test_only_the_sibling_page_is_fetched_and_only_when_asked(fresh):
    page = fresh.open(CHAPTER, "en")
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url.removeprefix(fresh.address)))
    page.mouse.move(200, 300)
    page.wait_for_timeout(400)
    assert not [one for one in asked if "beside" in one]
    lay(page)
    others = ("place.", "ahead.", "search", "favicon")  # what a reader's first move loads in any case
    mine = {re.sub(r"\.\w{8}\.", ".", one) for one in asked if not any(name in one for name in others)}
    assert mine == {"assets/beside.js", "assets/beside.css", f"{CHAPTER}/"}
    button(page).click()
    lay(page)
    assert asked.count(f"{CHAPTER}/") == 1


def test_the_choice_is_remembered_once_made_and_forgotten_when_taken_back(fresh):
    page = fresh.open(CHAPTER)
    assert stored(page) == []
    lay(page)
    expect(page).to_have_url(f"{fresh.address}{CHAPTER}/?beside")
    page = fresh.open("cases/roblox", "en")
    until(page, LAID)
    expect(button(page)).to_have_attribute("aria-pressed", "true")
    button(page).click()
    assert stored(page) == []
    assert page.locator(".beside-copy").count() == 0
    page = fresh.open("cases/kidstopia")
    expect(button(page)).to_have_attribute("aria-pressed", "false")
    assert fresh.faults == []


@pytest.mark.parametrize("asked", ["?beside", "?beside=en", "?beside=ko", "?x=1&beside"])
def test_the_address_can_ask_for_it_and_the_switch_of_language_keeps_that(asked, fresh):
    page = fresh.open(CHAPTER, "ko", asked)
    until(page, LAID)
    assert stored(page) == []
    page.locator("#switch").click()
    expect(page).to_have_url(f"{fresh.address}en/{CHAPTER}/{asked}")
    until(page, LAID + " === 'ko'")
    button(page).click()
    expect(page).to_have_url(f"{fresh.address}en/{CHAPTER}/{'?x=1' if 'x' in asked else ''}")
    assert fresh.faults == []


@pytest.mark.parametrize("asked", ["?beside=<script>", "?beside=fr", "?besides", "?x=beside", "?beside=//evil/", "?%"])
def test_what_the_address_asks_unreadably_is_ignored(asked, desk):
    desk.faults.clear()
    page = desk.open(CHAPTER, "ko", asked)
    page.wait_for_timeout(200)
    expect(button(page)).to_have_attribute("aria-pressed", "false")
    assert desk.faults == []


@pytest.mark.parametrize("value", some(["{", "1", '"true"', "[]", "null", '{"a":1}'], 2))
def test_what_is_stored_unreadably_is_ignored(value, fresh):
    page = fresh.open(CHAPTER)
    page.evaluate("value => localStorage.setItem(__md_scope.pathname + '.beside', value)", value)
    page.reload()
    page.wait_for_timeout(200)
    expect(button(page)).to_have_attribute("aria-pressed", "false")
    assert fresh.faults == []


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_what_the_reader_looks_at_stays_where_it_is(locale, fresh):
    page = fresh.open(CHAPTER, locale)
    heading = page.locator("#loop")
    heading.evaluate("e => window.scrollTo(0, e.getBoundingClientRect().top + scrollY - 120)")
    before = heading.bounding_box()["y"]
    for _ in range(2):
        lay(page)
        assert abs(heading.bounding_box()["y"] - before) < 40
        button(page).click()
        assert abs(heading.bounding_box()["y"] - before) < 40
    page.goto(f"{fresh.address}{url(CHAPTER, locale)}?beside#loop")
    until(page, LAID)
    page.wait_for_timeout(300)
    top = page.locator(".md-header").bounding_box()["height"]
    assert top - 5 <= heading.bounding_box()["y"] < top + 90


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_the_keyboard_turns_it_on_and_off_and_a_screen_reader_hears_it(locale, fresh):
    page = fresh.open(CHAPTER, locale)
    for _ in range(40):
        page.keyboard.press("Tab")
        if button(page).evaluate("e => e === document.activeElement"):
            break
    words = {"ko": ("나란히", "영어 글을 나란히 놓았다."), "en": ("Side by side", "The Korean text now stands")}[locale]
    expect(page.get_by_role("button", name=words[0], pressed=False)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text=words[1])).to_be_visible()
    expect(page.get_by_role("button", name=words[0], pressed=True)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".beside-copy")).to_have_count(0)


@pytest.mark.parametrize("missing", [f"**/en/{CHAPTER}/", "**/beside.*.css", "**/beside.*.js"])
def test_without_a_network_it_says_so_and_the_page_stays(missing, browser, address):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address + url(CHAPTER, "ko"))
    before = page.locator("article").evaluate("e => e.textContent.replaceAll('¶', '')")
    page.route(missing, lambda route: route.abort())
    button(page).click()
    expect(page.get_by_role("status")).to_have_text("영어 글을 불러오지 못했다. 연결을 살핀 뒤 다시 누른다.")
    expect(button(page)).to_have_attribute("aria-pressed", "false")
    assert page.locator("article").evaluate("e => e.textContent.replaceAll('¶', '')") == before
    assert stored(page) == []
    page.unroute(missing)
    lay(page)
    assert page.locator(".beside-copy").count() > 20 and errors == []
    context.close()


def fulfill(answer: dict, route: Route) -> None:
    route.fulfill(content_type="text/html", **answer)


def test_a_page_that_is_not_the_sibling_is_not_laid_beside(browser, address):
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    for answer in (
        {"body": "<h1>log in"},
        {"status": 500, "body": "no"},
        {"body": "<html lang='ko'><article class='md-content__inner'>x"},
    ):
        page.goto(address + url(CHAPTER, "ko"))
        page.route(f"**/en/{CHAPTER}/", partial(fulfill, answer))
        button(page).click()
        expect(page.get_by_role("status")).to_contain_text("불러오지 못했다")
        expect(page.locator(".beside-copy")).to_have_count(0)
        page.unroute(f"**/en/{CHAPTER}/")
    context.close()


def test_no_button_where_it_cannot_work(browser, address, built):
    page = browser.new_page()
    page.goto((built / CHAPTER / "index.html").as_uri() + "?beside")
    expect(button(page)).to_be_hidden()
    page.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + url(CHAPTER, "ko"))
    expect(button(page)).to_be_hidden()
    context.close()


def test_a_print_has_both(fresh):
    page = lay(fresh.open(CHAPTER))
    page.emulate_media(media="print")
    expect(button(page)).to_be_hidden()
    own = page.locator("article > p.beside-own").nth(2)
    copy = own.locator("xpath=following-sibling::*[1]")
    expect(own).to_be_visible()
    expect(copy).to_be_visible()
    assert abs(own.bounding_box()["y"] - copy.bounding_box()["y"]) < 3


def test_links_of_the_copy_lead_to_its_own_language_and_anchors_stay_on_the_page(fresh):
    page = lay(fresh.open("cases/roblox"))
    links = page.locator(".beside-copy a").evaluate_all("links => links.map(x => x.href)")
    inside = [one for one in links if one.startswith(fresh.address)]
    here = f"{fresh.address}cases/roblox/?beside#"
    assert inside and all(one.startswith((fresh.address + "en/", here)) for one in inside)
    assert any(one.startswith(here) for one in inside)
    assert page.locator(".beside-copy a.term").count() == 0


def test_a_quiz_still_answers_and_its_key_stays_folded_on_both_sides(fresh):
    page = lay(fresh.open("quizzes/03-making-content", "en"))
    question = page.locator("fieldset.question[data-kind=single]").first
    copy = question.locator("xpath=following-sibling::*[1]")
    expect(copy.locator(".key")).to_be_hidden()
    question.locator("input[data-right]").check()
    question.get_by_role("button").click()
    expect(question).to_have_attribute("data-result", "right")
    expect(copy.locator(".key")).to_be_visible()


def test_filters_of_the_timeline_hold_for_both_sides(fresh):
    page = lay(fresh.open("timeline", "en"))
    events = len(BOOK.events)
    copies = page.locator(".timeline li.beside-copy:visible")
    expect(copies).to_have_count(events)
    page.get_by_label("Sector").select_option("games")
    left = page.locator(".timeline .event:visible").count()
    assert 0 < left < events
    expect(copies).to_have_count(left)


def violations(page: Page) -> set[str]:
    page.locator("details").evaluate_all("folds => folds.forEach(x => x.open = true)")
    found = Axe().run(page).response["violations"]
    return {f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]}


@pytest.mark.parametrize("locale", ["ko", "en"])
@pytest.mark.parametrize(("size", "scheme"), [(DESK, "dark"), (PHONE, "light")], ids=["desk-dark", "phone-light"])
def test_axe_finds_no_violation_that_side_by_side_brings(size, scheme, locale, browser, address):
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    new = {}
    for key in some(sorted(set(TEMPLATES) - WITHOUT - {"timeline"}), 6, (locale == "en") + 2 * (size is PHONE)):
        page.goto(address + url(key, locale) + "?beside")
        until(page, LAID)
        found = violations(page)
        if found:  # is it there without, too?
            page.goto(address + url(key, locale))
            found -= violations(page)
        if found:
            new[key] = found
    context.close()
    assert new == {}
