"""The search finds what readers ask for, in their language, at every keystroke, and is light until it is used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sampling import some
from test_browser import DESK, PHONE, Watched, url

from scripts import bench_search, search_index
from scripts.finish.names import stamped
from scripts.search_words import RULES
from scripts.view import views

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
LOCALES = pytest.mark.parametrize("locale", ["ko", "en"])
NAMES = {"ko": "키즈토피아", "en": "Kidstopia"}
# Shares that must be reached: right page first, right page among five.
WANTED = {"ko": (0.90, 0.97), "en": (0.92, 0.97)}


@pytest.fixture(scope="module")
def answered(browser: Browser, address: str) -> dict[bench_search.Question, list[str]]:
    """What the real worker finds for each question of tests/search-questions.yml."""
    page = browser.new_page()
    page.goto(address)
    found = {}
    for locale in ("ko", "en"):
        asked = [q for q in bench_search.questions() if q.locale == locale]
        found |= zip(asked, bench_search.answers(page, address, locale, asked), strict=True)
    page.close()
    return found


@pytest.fixture
def watched(browser: Browser, address: str, request) -> Iterator[Watched]:
    size = getattr(request, "param", DESK)
    context = browser.new_context(viewport=size, has_touch=size is PHONE, is_mobile=size is PHONE)
    yield Watched(context, address)
    context.close()


def box(page: Page):
    return page.get_by_role("searchbox")


def open_box(page: Page):
    """The box with the focus, whatever the size of the screen."""
    if box(page).count() and box(page).is_visible():
        box(page).click()
    else:
        page.locator("form.search button").click()
    expect(box(page)).to_be_focused()
    return box(page)


def results(page: Page):
    return page.locator(".search__title")


def _score(answered, locale: str, kinds=None, but=("absent",)) -> bench_search.Score:
    asked = [q for q in answered if q.locale == locale and (q.kind in kinds if kinds else q.kind not in but)]
    return bench_search.score(asked, [answered[q] for q in asked])


def _missed(answered, locale: str) -> str:
    return "\n".join(f"{q.kind}: {q.text} → {answered[q][:3]}" for q in answered if q.locale == locale and q.kind != "absent" and not set(answered[q][:1]) & q.answers)  # fmt: skip


@LOCALES
def test_the_right_page_comes_first_or_among_the_first_five(locale, answered):
    score = _score(answered, locale)
    first, five = WANTED[locale]
    assert score.asked >= {"ko": 120, "en": 60}[locale]
    assert score.first >= first and score.five >= five, _missed(answered, locale)


@LOCALES
def test_questions_in_whole_sentences_are_answered_first(locale, answered):
    assert _score(answered, locale, ("question",)).first >= 0.7, _missed(answered, locale)


@LOCALES
def test_what_the_book_does_not_treat_is_answered_with_nothing(locale, answered):
    assert _score(answered, locale, ("absent",)).nothing >= 0.5


def test_no_answer_is_in_the_other_language(answered):
    for question, found in answered.items():
        assert [u for u in found if u.startswith("en/") != (question.locale == "en")] == [], question.text


def test_the_index_and_the_engine_are_small(built, real_book):
    assert len(brotli.compress(stamped(built, "search-worker.js").read_bytes())) <= 4096
    for locale, view in views(real_book, "", "", "").items():
        letters = search_index.letters(search_index.items_of(real_book, view))
        assert len(brotli.compress((built / f"search/{locale}.json").read_bytes())) <= 0.35 * letters


def test_the_indexes_hold_their_own_language_and_no_index_of_the_theme_is_left(built, real_book):
    for locale in ("ko", "en"):
        pages = json.loads((built / f"search/{locale}.json").read_text(encoding="utf-8"))["pages"]
        assert {page[0] for page in pages} == {url(key, locale) for key in real_book.entries}
    assert not [*built.rglob("search_index.json"), *built.rglob("lunr*")]


@pytest.mark.parametrize(
    ("locale", "text", "stems"),
    [
        ("ko", "로블록스는 9,700만 명", ["로블록스", "9700만"]),
        ("ko", "AI를 훈련한다", ["ai", "훈련"]),
        ("ko", "아바타에서도", ["아바타"]),
        ("en", "Roblox's avatars are trained", ["roblox", "avatar", "train"]),
        ("en", "1,250 companies, 21.9 billion", ["1250", "compan", "21.9", "bill"]),
    ],
)
def test_words_lose_particles_and_endings(locale, text, stems):
    assert RULES[locale].stems(text) == stems


@LOCALES
def test_nothing_of_the_search_is_fetched_before_it_is_used_and_then_one_language_only(locale, watched):
    asked = []
    watched.page.on("request", lambda r: asked.append(r.url.removeprefix(watched.address)))
    page = watched.open("cases/roblox", locale)
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(500)
    assert [u for u in asked if "search" in u] == []
    open_box(page)
    page.keyboard.insert_text(NAMES[locale])
    expect(results(page).first).to_have_text(NAMES[locale])
    expect(page.locator(".search__excerpt").first).not_to_be_empty()
    fetched = {u for u in asked if "search" in u}
    assert {u for u in fetched if u.endswith(".json") and u.count("/") == 1} == {f"search/{locale}.json"}
    assert all(u.startswith("search/en/") == (locale == "en") for u in fetched if u.endswith("text.json"))
    assert watched.faults == []


@LOCALES
@pytest.mark.parametrize("watched", [DESK, PHONE], indirect=True, ids=["desk", "phone"])
def test_a_case_is_found_by_name_with_its_words_marked_and_enter_opens_it(locale, watched):
    page = watched.open("index", locale)
    open_box(page)
    page.keyboard.insert_text(NAMES[locale])
    expect(results(page).first).to_have_text(NAMES[locale])
    expect(results(page).first.locator("mark")).to_have_text(NAMES[locale])
    expect(page.locator(".search__status")).to_contain_text(re.compile(r"\d"))
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    page.keyboard.press("Enter")
    expect(page).to_have_url(watched.address + url("cases/kidstopia", locale))
    assert watched.faults == []


def test_a_section_is_linked_with_the_sentence_that_answers(watched):
    page = watched.open("index")
    open_box(page)
    page.keyboard.insert_text("종근당 10초")
    section = page.locator(".search__pages > li").filter(has_text="종근당 메타버스 팩토리").locator("ul a").first
    expect(section).to_be_visible()
    expect(page.locator(".search__excerpt mark", has_text="10초").first).to_be_visible()
    section.click()
    expect(page).to_have_url(re.compile(f"^{watched.address}(cases|glossary|chapters)/.*#"))


@pytest.mark.parametrize("word", ["로블록스", "디지털 트윈", "샌드박스", "합성 데이터"])
def test_results_stay_while_hangul_is_composed_key_by_key(word, watched):
    """As an input method does it: each syllable grows jamo by jamo under composition."""
    page = watched.open("cases/index")
    open_box(page)
    page.locator(".search__pages").wait_for(state="attached")
    page.evaluate(
        """() => {
          window.empty = 0;
          const list = document.querySelector(".search__pages");
          let filled = false;
          new MutationObserver(() => {
            if (list.children.length) filled = true;
            else if (filled) window.empty++;
          }).observe(list, { childList: true });
        }"""
    )
    session = page.context.new_cdp_session(page)
    for place, syllable in enumerate(word):
        for step in _steps(syllable):
            session.send("Input.imeSetComposition", {"text": step, "selectionStart": 1, "selectionEnd": 1})
            page.wait_for_timeout(30)
            if place:
                expect(results(page).first).to_be_visible()
        session.send("Input.insertText", {"text": syllable})
    expect(box(page)).to_have_value(word)
    expect(results(page).first).to_contain_text(word)
    assert page.evaluate("window.empty") == 0
    assert watched.faults == []


def _steps(syllable: str) -> list[str]:
    """ㄹ, 로, 록 for 록."""
    n = ord(syllable) - 0xAC00
    if n < 0:
        return [syllable]
    steps = ["ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"[n // 588], chr(0xAC00 + n - n % 28)]
    return steps if n % 28 == 0 else [*steps, syllable]


@LOCALES
def test_everything_works_by_keyboard(locale, watched):
    page = watched.open("cases/roblox", locale)
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.insert_text(NAMES[locale][:4])
    expect(results(page).first).to_be_visible()
    focused = "document.activeElement.textContent"
    links = page.locator(".search__panel a")
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("End")
    expect(links.last).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.last).to_be_focused()
    page.keyboard.press("Home")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("x")
    expect(box(page)).to_have_value(NAMES[locale][:4] + "x")
    page.keyboard.press("Escape")
    expect(page.locator(".search__panel")).to_be_hidden()
    expect(box(page)).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("Control+k")
    expect(box(page)).to_be_focused()
    expect(page.locator(".search__panel")).to_be_visible()
    page.keyboard.insert_text(NAMES[locale])
    expect(results(page).first).to_have_text(NAMES[locale])
    page.keyboard.press("ArrowDown")
    assert NAMES[locale] in page.evaluate(focused)
    page.keyboard.press("Enter")
    expect(page).to_have_url(watched.address + url("cases/kidstopia", locale))


def test_the_shortcut_leaves_the_reader_alone_while_writing(watched):
    page = watched.open("quizzes/03-making-content")
    field = page.locator(".quiz textarea").first
    field.click()
    page.keyboard.type("1/2")
    expect(field).to_have_value("1/2")
    expect(page.locator(".search__panel")).to_have_count(0)


@LOCALES
@pytest.mark.parametrize("watched", [DESK, PHONE], indirect=True, ids=["desk", "phone"])
def test_without_a_result_there_is_a_way_on(locale, watched):
    page = watched.open("index", locale)
    open_box(page)
    page.keyboard.insert_text({"ko": "김치찌개 끓이는 법", "en": "chocolate cake recipe"}[locale])
    expect(page.locator(".search__status")).to_contain_text({"ko": "김치찌개", "en": "chocolate cake"}[locale])
    page.get_by_role("link", name={"ko": "사례 목록에서 찾기", "en": "Look in the list of cases"}[locale]).click()
    expect(page).to_have_url(watched.address + url("cases/index", locale))


@pytest.mark.parametrize("watched", [DESK, PHONE], indirect=True, ids=["desk", "phone"])
def test_the_query_is_there_again_when_the_reader_comes_back(watched):
    page = watched.open("cases/roblox")
    open_box(page)
    page.keyboard.insert_text("아바타")
    results(page).first.click()
    expect(page).to_have_url(watched.address + "glossary/avatar/")
    page.go_back()
    expect(page).to_have_url(re.compile(re.escape(watched.address) + r"cases/roblox/\?q="))
    expect(box(page)).to_have_value("아바타")
    expect(results(page).first).to_have_text("아바타")
    page.keyboard.press("Escape")
    expect(page).to_have_url(watched.address + "cases/roblox/")


@LOCALES
def test_an_address_can_ask(locale, watched):
    page = watched.page
    page.goto(f"{watched.address}{url('timeline', locale)}?sector=games&q={NAMES[locale]}")
    expect(results(page).first).to_have_text(NAMES[locale])
    expect(box(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"\?sector=games$"))
    assert watched.faults == []


@pytest.mark.parametrize(
    "query", ["<img src=x onerror=alert(1)>", "%00%ff", "\\(*+?[", "ㄱ", "ㅏ" * 200, "a." * 90, "\ud83d\ude00 \u202e", "1,2,3.4.5", "^ $ |"]
)  # fmt: skip
def test_nothing_breaks_whatever_is_asked(query, watched):
    page = watched.open("index")
    open_box(page)
    page.keyboard.insert_text("아바타")
    expect(results(page).first).to_be_visible()
    box(page).fill(query)
    page.wait_for_timeout(200)
    box(page).fill("아바타")
    expect(results(page).first).to_have_text("아바타")
    page.goto(f"{watched.address}?q=%3Cscript%3E%E0%A4%A")
    expect(page.locator(".search__status")).to_contain_text("<script>")
    assert watched.faults == []


def test_what_cannot_be_loaded_is_said_and_the_lists_are_offered(watched):
    watched.page.route("**/search/ko.json", lambda route: route.abort())
    page = watched.open("index")
    open_box(page)
    expect(page.locator(".search__status")).to_contain_text("불러오지 못했다")
    expect(page.locator(".search__panel a")).to_have_count(2)
    assert [fault for fault in watched.faults if "ERR_FAILED" not in fault] == []


@LOCALES
@SIZES
def test_without_script_the_box_leads_to_the_glossary(locale, size, browser, address):
    context = browser.new_context(viewport=size, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + url("cases/roblox", locale))
    page.locator("form.search button").click()
    assert page.url.partition("?")[0] == address + url("glossary/index", locale)
    context.close()


@pytest.mark.parametrize(("locale", "size", "scheme"), some(product(("ko", "en"), (DESK, PHONE), ("light", "dark")), 3))
def test_axe_finds_nothing_while_results_are_shown(locale, size, scheme, browser, address):
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}{url('cases/roblox', locale)}?q={NAMES[locale]}")
    expect(results(page).first).to_be_visible()
    expect(page.locator(".search__excerpt").first).not_to_be_empty()
    found = [f"{v['id']}: {n['html'][:200]}" for v in Axe().run(page).response["violations"] for n in v["nodes"]]
    small = page.locator(".search a, .search button").evaluate_all(
        "all => all.map((x) => [x, x.getBoundingClientRect()]).filter(([, r]) => r.width && r.height < 24).map(([x]) => x.outerHTML)"
    )
    context.close()
    assert found + small == []


def test_the_panel_closes_when_the_reader_goes_elsewhere(watched):
    page = watched.open("cases/roblox")
    open_box(page)
    page.keyboard.insert_text("아바타")
    expect(results(page).first).to_be_visible()
    page.mouse.click(300, 700)
    expect(page.locator(".search__panel")).to_be_hidden()
    box(page).click()
    expect(results(page).first).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".search__panel")).to_be_hidden()


@pytest.mark.parametrize("away", ["by key", "by mouse", "to the button"])
def test_a_box_left_while_its_script_is_on_the_way_leaves_the_focus_where_the_reader_went(away, watched):
    page, coming = watched.page, []
    page.route(re.compile(r"/search\.\w+\.js"), lambda route: coming.append(route))
    watched.open("cases/roblox")
    with page.expect_request(re.compile(r"/search\.\w+\.js")):
        box(page).click()
    if away == "by mouse":
        page.mouse.click(300, 700)
    else:
        for _ in range(2 if away == "by key" else 1):
            page.keyboard.press("Tab")
    focused = page.evaluate_handle("document.activeElement")
    coming[0].continue_()
    expect(page.locator(".search__panel")).to_have_count(1)
    page.wait_for_timeout(100)
    assert page.evaluate("one => document.activeElement === one", focused)
    assert page.locator(".search__panel").is_visible() == (away == "to the button")
    assert page.locator(".search--open").count() == (away == "to the button")
