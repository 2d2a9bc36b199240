"""What everybody must be able to do: WCAG 2.2 AA and KWCAG 2.2, as far as a machine can judge."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sampling import some
from test_browser import BOOK, DESK, PHONE, TEMPLATES, Watched, first_sign, until, url

LOCALES = pytest.mark.parametrize("locale", ["ko", "en"])
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = sorted(BOOK.entries)
PLACED = "performance.getEntriesByType('resource').some((one) => one.name.includes('/place.'))"
FOLDED = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"


FRAME = {"exclude": [[".md-header"], [".md-tabs"], [".md-sidebar"], [".md-footer"]]}


def _violations(page: Page, context: dict | None = None, **more: object) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]} | more
    found = Axe().run(page, context, options).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


HANGUL = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const text = walk.currentNode;
    if (/[가-힣]/.test(text.data) && !text.parentElement.closest("[lang=ko], script")) found.push(text.data.trim().slice(0, 60));
  }
  return found;
}"""


@LOCALES
def test_axe_finds_no_violation_in_the_text_of_pages_and_korean_says_that_it_is_korean(
    locale, browser: Browser, address
):
    """The text of every page. Contrast and the frame follow from template and style: the test below has them."""
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    page = context.new_page()
    found = []
    for key in some(PAGES, 12, locale == "en"):
        page.goto(address + url(key, locale))
        page.evaluate(FOLDED)
        found += [f"{key}: {one}" for one in _violations(page, FRAME, rules={"color-contrast": {"enabled": False}})]
        if locale == "en":
            found += [f"{key}: not marked as Korean: {one}" for one in page.evaluate(HANGUL)]
    context.close()
    assert found == []


@LOCALES
@pytest.mark.parametrize(
    ("size", "scheme"),
    [(DESK, "dark"), (PHONE, "light"), (PHONE, "dark")],
    ids=["desk-dark", "phone-light", "phone-dark"],
)
def test_axe_finds_no_violation_on_any_template_at_any_size_and_in_any_scheme(size, scheme, locale, browser, address):
    only = (
        {"runOnly": {"type": "rule", "values": ["color-contrast"]}} if scheme == "dark" else {}
    )  # nothing else differs
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    found = []
    for key in some((*TEMPLATES, "404.html"), 6, (locale == "en") + 2 * (size is PHONE)):
        page.goto(address + (key if key == "404.html" else url(key, locale)))
        page.evaluate(FOLDED)
        found += [f"{key}: {one}" for one in _violations(page, **only)]
    context.close()
    assert found == []


# Whatever can be operated and is shown, in the order of the page.
OPERABLE = """() => [...document.querySelectorAll(
  "a[href], button, input, select, textarea, summary, [tabindex='0']")].filter((one) =>
    one.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && !one.disabled && one.tabIndex >= 0
    && !(one.type === "radio" && !one.checked && document.querySelector(`input[name="${one.name}"]`) !== one)
  ).map((one, number) => { one.dataset.operable = number; return one.outerHTML.slice(0, 120); })"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const header = document.querySelector(".md-header");
  const behind = header && !header.contains(one) && box.bottom <= header.getBoundingClientRect().bottom && scrollY > 0
    && getComputedStyle(header).position === "sticky" && !one.matches(".md-skip");
  return {
    number: one.dataset.operable,
    html: one.outerHTML.slice(0, 120),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight && box.width > 0 && !behind,
  };
}"""


@pytest.mark.parametrize(
    ("size", "locale", "key"),
    [(DESK, "ko", key) for key in some(TEMPLATES, 3)] + [(PHONE, "en", key) for key in some(TEMPLATES, 5)],
)
def test_tab_reaches_everything_in_sight_with_a_ring_around_it_and_is_trapped_nowhere(
    size, locale, key, browser: Browser, address
):
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + url(key, locale))
    first_sign(page)
    until(page, PLACED)
    operable = page.evaluate(OPERABLE)
    reached, faults = [], []
    for _ in range(len(operable) + 30):
        page.keyboard.press("Tab")
        one = page.evaluate(FOCUSED)
        if one is None:
            break
        if one["number"] is not None:
            reached.append(int(one["number"]))
        faults += [f"{what}: {one['html']}" for what in ("ring", "seen") if not one[what]]
    else:
        faults.append(f"trapped: {one['html']}")
    context.close()
    faults += [f"never reached: {operable[n]}" for n in range(len(operable)) if n not in set(reached)]
    assert faults == []


@pytest.fixture
def phone(browser: Browser, address: str) -> Watched:
    context = browser.new_context(viewport=PHONE)
    watched = Watched(context, address)
    yield watched
    context.close()
    assert watched.faults == []


@LOCALES
def test_the_menu_of_a_phone_opens_and_closes_by_keyboard_and_says_so(locale, phone):
    page = phone.open("cases/roblox", locale)
    menu = page.get_by_role("button", name={"ko": "메뉴", "en": "Menu"}[locale])
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    until(page, "document.activeElement.closest('.md-sidebar--primary')")
    page.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()
    page.keyboard.press("Space")
    expect(menu).to_have_attribute("aria-expanded", "true")
    until(page, "document.activeElement.closest('.md-sidebar--primary')")
    page.evaluate("document.querySelector('article a').focus()")
    expect(menu).to_have_attribute("aria-expanded", "false")


def test_the_closed_menu_of_a_phone_is_hidden_from_keyboard_and_screen_reader(phone):
    page = phone.open("cases/roblox")
    assert not page.locator(".md-sidebar--primary a").first.is_visible()
    page.get_by_role("button", name="메뉴").click()
    expect(page.locator(".md-sidebar--primary a.md-nav__link").first).to_be_visible()


@LOCALES
@SIZES
def test_the_first_tab_offers_to_skip_to_the_text(size, locale, browser, address):
    page = browser.new_page(viewport=size)
    page.goto(address + url("cases/roblox", locale))
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('article')")
    page.close()


@LOCALES
def test_the_shortcut_of_one_key_can_be_switched_off(locale, browser, address):
    page = browser.new_page()
    page.goto(address + url("accessibility", locale))
    choice = page.get_by_role("button", name="/", pressed=True)
    box = page.locator("form.search input")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    choice.click()
    expect(page.get_by_role("button", name="/", pressed=False)).to_be_visible()
    for key in ("accessibility", "cases/roblox"):
        page.goto(address + url(key, locale))
        page.locator("h1").click()
        page.keyboard.press("/")
        expect(box).not_to_be_focused()
        page.keyboard.press("Control+k")
        expect(box).to_be_focused()
    page.close()


@pytest.mark.parametrize(
    ("width", "key"), [(width, key) for start, width in enumerate((640, 320)) for key in some(TEMPLATES, 4, start)]
)
def test_zoom_and_wider_spacing_of_text_lose_nothing(key, width, browser: Browser, address):
    """1280 pixels at 200 and 400 %; the spacing of WCAG 1.4.12. Styles are set by script, as the policy allows."""
    context = browser.new_context(viewport={"width": width, "height": 400})
    page = context.new_page()
    page.goto(address + url(key, "en" if width == 320 else "ko"))
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
            p { margin-bottom: 2em !important; }`);
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        """() => [...document.querySelectorAll("article *")].filter((one) => one.checkVisibility()
          && ["hidden", "clip"].includes(getComputedStyle(one).overflowY) && one.clientHeight > 1
          && one.scrollHeight > one.clientHeight + 2 && !one.closest("svg")).map((one) => one.outerHTML.slice(0, 120))"""
    )
    context.close()
    assert cut == []


@pytest.mark.parametrize("key", TEMPLATES)
def test_who_asks_for_less_motion_sees_none(key, browser: Browser, address):
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + url(key, "ko"))
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => {
          const style = getComputedStyle(one);
          const lasts = (value) => value.split(",").some((time) => parseFloat(time) > .001);
          return style.transitionProperty !== "none" && lasts(style.transitionDuration)
            || style.animationName !== "none" && lasts(style.animationDuration) || style.scrollBehavior === "smooth";
        }).map((one) => one.outerHTML.slice(0, 120))"""
    )
    context.close()
    assert moving == []


# Signs drawn as masks: forced colors would paint them like the page behind them.
MASKED = """() => [...document.querySelectorAll("*")].flatMap((one) => ["::before", "::after"].map((part) => {
  const style = getComputedStyle(one, part);
  return style.content !== "none" && style.maskImage !== "none" && style.display !== "none" && one.checkVisibility()
    && style.backgroundColor === getComputedStyle(document.body).backgroundColor ? one.outerHTML.slice(0, 100) + part : "";
})).filter(Boolean)"""


@SIZES
def test_forced_colors_keep_signs_and_the_edges_of_controls(size, browser: Browser, address):
    context = browser.new_context(viewport=size, forced_colors="active")
    page = context.new_page()
    faults = []
    for key in TEMPLATES:
        page.goto(address + url(key, "ko"))
        page.evaluate(FOLDED)
        faults += [f"{key}: {one}" for one in page.evaluate(MASKED)]
    context.close()
    assert faults == []


@LOCALES
def test_folds_tooltips_and_messages_are_announced(locale, browser, address):
    page = browser.new_page()
    page.goto(address + url("quizzes/03-making-content", locale))
    assert page.locator("[role=status], [aria-live=polite]").count() >= 1
    page.goto(address + url("chapters/01-introduction", locale))
    term = page.locator("a.term").first
    expect(term).to_have_accessible_description(
        page.locator("#" + term.get_attribute("aria-describedby")).text_content().strip()
    )
    fold = page.locator("summary").first
    assert fold.evaluate("e => e.parentElement.tagName") == "DETAILS"
    page.close()
