"""Cases found by filters, in a real Chromium: counts, addresses, order, table and cards, also without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from test_browser import BOOK, DESK, PHONE, Watched

from scripts.finish.names import stamped
from scripts.view import views

VIEWS = views(BOOK, "https://metaverse-ai.example/", "", "")
CASES = BOOK.of_kind("cases")
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
LANGUAGES = pytest.mark.parametrize("locale", ["ko", "en"])
SHOWN = "#cases tbody tr:visible"


@pytest.fixture
def reader(browser: Browser, address: str, request) -> Iterator[Watched]:
    """A fresh reader, at the test's `size` if it has one."""
    size = request.node.callspec.params.get("size", DESK) if hasattr(request.node, "callspec") else DESK
    context = browser.new_context(viewport=size)
    watched = Watched(context, address)
    yield watched
    context.close()
    assert watched.faults == []


def marks(case) -> dict[str, list[str]]:
    """What filters look at in a case, as the model has it."""
    return {
        "direction": [case.direction.value],
        "sector": [sector.value for sector in case.sector],
        "horizon": [case.horizon.value],
        "country": case.country,
        "year": [str(year) for year in case.years],
        "verdict": [case.verdict.value],
    }


def fitting(**chosen: str) -> list:
    """The cases that these values leave."""
    return [e for e in CASES if all(value in marks(e.data)[name] for name, value in chosen.items())]


def status(locale: str, count: int) -> str:
    return VIEWS[locale].t("cases_shown", count, len(CASES))


def choose(page: Page, **chosen: str) -> None:
    for name, value in chosen.items():
        page.locator(f".filters select[name={name}]").select_option(value)


def names(page: Page) -> list[str]:
    return page.locator(f"{SHOWN} th a").all_inner_texts()


@LANGUAGES
@SIZES
def test_each_value_of_a_filter_says_how_many_cases_it_would_leave_and_none_is_hidden(size, locale, reader):
    page = reader.open("cases/index", locale)
    for chosen in ({}, {"sector": "games"}, {"sector": "games", "country": "US"}):
        choose(page, **chosen)
        for name, _, options in VIEWS[locale].case_filters:
            others = {key: value for key, value in chosen.items() if key != name}
            wanted = [(VIEWS[locale].t("all"), len(fitting(**others)), "")]
            wanted += [(label, len(fitting(**others | {name: value})), value) for value, label in options]
            seen = page.locator(f"select[name={name}] option").evaluate_all("all => all.map(x => [x.text, x.disabled])")
            assert seen == [[f"{label} ({n})", not n and bool(value)] for label, n, value in wanted]


def test_the_years_of_a_case_are_those_of_which_it_has_something_dated_up_to_the_report():
    years = BOOK.entries["cases/bmw-virtual-factory"].data.years
    assert years == [2022, 2023]
    for entry in CASES:
        dated = {p.year for f in entry.data.facts if f.date and not f.is_later for p in f.date.points}
        assert dated <= set(entry.data.years)
        assert not dated or (min(dated), max(dated)) == (entry.data.years[0], entry.data.years[-1])


@LANGUAGES
@SIZES
def test_filters_narrow_the_list_together_and_live_in_the_address_which_the_language_switch_keeps(size, locale, reader):
    page = reader.open("cases/index", locale)
    chosen = {"direction": "metaverse-to-ai", "country": "US", "horizon": "medium", "year": "2025"}
    left = fitting(**chosen)
    assert 0 < len(left) < len(fitting(direction="metaverse-to-ai"))
    choose(page, **chosen)
    assert sorted(names(page)) == sorted(e.title(locale) for e in left)
    expect(page.locator(".filters output")).to_have_text(status(locale, len(left)))
    query = "?direction=metaverse-to-ai&horizon=medium&country=US&year=2025"
    assert sorted(page.url.partition("?")[2].split("&")) == sorted(query[1:].split("&"))
    page.reload()
    expect(page.locator(SHOWN)).to_have_count(len(left))
    other = VIEWS[locale].other
    page.locator("#switch").click()
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.locator(SHOWN)).to_have_count(len(left))
    assert sorted(names(page)) == sorted(e.title(other) for e in left)
    page.get_by_role("button", name=VIEWS[other].t("show_all")).click()
    expect(page.locator(SHOWN)).to_have_count(len(CASES))
    expect(page.locator(".filters output")).to_have_text(status(other, len(CASES)))
    assert "?" not in page.url


@LANGUAGES
@pytest.mark.parametrize(
    "hostile",
    ["<img src=x onerror=alert(1)>", "%00", "__proto__", "games media", "게임", "x" * 3000, "$&$1{0}", "GAMES"],
)
def test_what_the_address_asks_for_in_vain_is_ignored_and_said(hostile, locale, reader):
    reader.open("cases/index", locale)
    page = reader.page
    page.goto(page.url + "?" + page.evaluate("x => new URLSearchParams({sector: x, horizon: 'short'}) + ''", hostile))
    expect(page.locator(SHOWN)).to_have_count(len(fitting(horizon="short")))
    warning = page.locator(".filters .warning")
    expect(warning).to_be_visible()
    expect(warning).to_have_text(VIEWS[locale].t("builder_unread", hostile[:100]))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    choose(page, sector="games")
    expect(warning).to_be_hidden()
    assert page.url.endswith("?sector=games&horizon=short") or page.url.endswith("?horizon=short&sector=games")


def test_addresses_out_of_order_do_no_harm_and_what_is_not_ours_stays(reader):
    page = reader.open(
        "cases/index", "en", "?sector=%E0%A4%A&sector=games&sort=-nothing&constructor=1&h=word&&=#%E0%A4%A"
    )
    expect(page.locator(SHOWN)).to_have_count(len(fitting(sector="games")))
    expect(page.locator(".filters .warning")).to_contain_text("-nothing")
    choose(page, horizon="short")
    assert "constructor=1" in page.url and "h=word" in page.url and "nothing" not in page.url


def test_a_choice_that_fits_no_case_shows_none_and_can_be_taken_back(reader):
    assert not fitting(sector="games", country="CH")
    page = reader.open("cases/index", "en", "?sector=games&country=CH")
    expect(page.locator(SHOWN)).to_have_count(0)
    expect(page.locator(".filters output")).to_have_text(status("en", 0))
    expect(page.locator("select[name=sector]")).to_have_value("games")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(SHOWN)).to_have_count(len(CASES))


@pytest.mark.parametrize("name", ["sector", "direction"])
def test_links_to_the_former_headings_choose_what_they_named(name, reader):
    for value in sorted({value for e in CASES for value in marks(e.data)[name]})[:3]:
        page = reader.open("cases/index", "ko", f"#{name}-{value}")
        expect(page.locator(SHOWN)).to_have_count(len(fitting(**{name: value})))
        expect(page).to_have_url(f"{reader.address}cases/?{name}={value}")
        page.goto("about:blank")
    page = reader.open("cases/index", "ko", f"#by-{name}")
    expect(page.locator(f"#by-{name}")).to_be_in_viewport()
    expect(page.locator(SHOWN)).to_have_count(len(CASES))


def wanted_order(column: str, locale: str) -> list:
    """What the cases are sorted by, least first; None comes last in either direction."""
    view = VIEWS[locale]
    keys = {
        "direction": lambda case: view.rank(case.direction),
        "horizon": lambda case: view.rank(case.horizon),
        "verdict": lambda case: view.rank(case.verdict),
        "dates": lambda case: case.years or None,
    }
    return [(e.title(locale), keys[column](e.data)) for e in CASES]


@LANGUAGES
def test_the_table_is_sorted_from_its_heads_by_keyboard_and_says_so(locale, reader):
    page = reader.open("cases/index", locale)
    view = VIEWS[locale]
    assert names(page) == [e.title(locale) for e in view.sorted("cases")]
    for column in ("direction", "horizon", "verdict", "dates"):
        keys = dict(wanted_order(column, locale))
        head = page.locator(f"#cases th[data-column={column}]")
        button = page.get_by_role("button", name=view.t(column), exact=True)
        button.focus()
        for press, said, query in (("Enter", "ascending", column), ("Space", "descending", f"-{column}")):
            page.keyboard.press(press)
            expect(head).to_have_attribute("aria-sort", said)
            expect(page.locator("#cases th[aria-sort]")).to_have_count(1)
            assert page.url.endswith(f"?sort={query}")
            assert button.evaluate("e => e === document.activeElement")
            found = [keys[name] for name in names(page)]
            known = [key for key in found if key is not None]
            assert known == sorted(known, reverse=said == "descending")
            assert found == known + [None] * (len(found) - len(known))
    first = page.get_by_role("button", name=view.t("kind_cases"), exact=True)
    first.click()
    assert "sort" not in page.url
    first.click()
    assert names(page) == [e.title(locale) for e in view.sorted("cases")][::-1]
    page.reload()
    assert names(page) == [e.title(locale) for e in view.sorted("cases")][::-1]


@LANGUAGES
@pytest.mark.parametrize("column", ["organization", "sector"])
def test_words_are_sorted_as_the_pages_language_does(column, locale, reader):
    page = reader.open("cases/index", locale, f"?sort={column}")
    place = 1 if column == "organization" else 2
    words = page.locator(f"#cases tbody td:nth-child({place + 1})").all_inner_texts()
    assert len(set(words)) > 10
    ordered = "words => words.every((x, i) => !i || new Intl.Collator(document.documentElement.lang, {numeric: true}).compare(words[i - 1], x) <= 0)"
    assert page.evaluate(ordered, words)


@LANGUAGES
def test_a_desk_shows_a_table_within_the_page_and_a_phone_cards_with_labels(locale, reader):
    page = reader.open("cases/index", locale)
    for size in (DESK, PHONE, {"width": 320, "height": 640}):
        page.set_viewport_size(size)
        boxes = [row.bounding_box() for row in page.locator("#cases tbody tr").all()[:4]]
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= size["width"] for box in boxes)
        assert all(a["y"] + a["height"] <= b["y"] + 1 for a, b in pairwise(boxes))
        label = page.locator("#cases tbody td").first.evaluate("e => getComputedStyle(e, '::before').content")
        assert (VIEWS[locale].t("organization") in label) == (size is not DESK)
        cut = page.locator("#cases tbody :is(td, th)").evaluate_all(
            "all => all.filter(x => x.scrollWidth > x.clientWidth + 1).map(x => x.innerText)"
        )
        assert cut == []


@SIZES
def test_heads_sort_and_a_screen_reader_meets_a_table_at_every_size(size, reader):
    page = reader.open("cases/index", "en")
    dates = page.get_by_role("columnheader", name="Dates").get_by_role("button")
    dates.click()
    dates.click()
    newest = max(CASES, key=lambda e: e.data.years)
    assert dict(wanted_order("dates", "en"))[names(page)[0]] == newest.data.years
    table = page.get_by_role("table", name="All cases")
    expect(table.get_by_role("row")).to_have_count(len(CASES) + 1)
    expect(table.get_by_role("columnheader")).to_have_count(7)
    expect(table.get_by_role("rowheader")).to_have_count(len(CASES))
    expect(table.get_by_role("cell")).to_have_count(len(CASES) * 6)


@LANGUAGES
@SIZES
def test_without_javascript_all_cases_stand_in_a_plain_table(size, locale, browser, address):
    context = browser.new_context(java_script_enabled=False, viewport=size)
    page = context.new_page()
    page.goto(f"{address}{'en/' if locale == 'en' else ''}cases/?sector=games")
    assert page.locator(SHOWN).count() == len(CASES)
    assert page.locator(".filters").is_hidden() and not page.locator("#cases button").count()
    assert names(page) == [e.title(locale) for e in VIEWS[locale].sorted("cases")]
    page.locator(f"{SHOWN} a").first.click()
    assert page.locator("h1").inner_text() == VIEWS[locale].sorted("cases")[0].title(locale)
    context.close()


@LANGUAGES
@pytest.mark.parametrize(("size", "scheme"), [(DESK, "dark"), (PHONE, "light")], ids=["desk-dark", "phone-light"])
def test_axe_finds_nothing_wrong_with_a_narrowed_and_warned_list(size, scheme, locale, browser, address):
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}{'en/' if locale == 'en' else ''}cases/?sector=games&year=x&sort=-dates")
    assert [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]] == []
    small = page.locator(".finder :is(select, button):visible, .cases th a:visible").evaluate_all(
        "all => all.filter(x => Math.min(x.getBoundingClientRect().height, x.getBoundingClientRect().width) < 24).map(x => x.outerHTML)"
    )
    assert [html for html in small if not html.startswith("<a")] == []
    context.close()


@LANGUAGES
def test_the_timeline_counts_its_values_too_and_says_what_it_could_not_read(locale, reader):
    page = reader.open("timeline", locale, "?sector=nowhere&horizon=long")
    of_cases = [e.entry.data for e in BOOK.events if e.entry.kind == "cases"]
    wanted = [case for case in of_cases if case.horizon == "long"]
    expect(page.locator(".timeline .event:visible")).to_have_count(len(wanted))
    expect(page.locator(".warning")).to_contain_text("nowhere")
    for option in page.locator("select[name=sector] option").all()[1:]:
        value = option.get_attribute("value")
        count = sum(value in marks(case)["sector"] for case in wanted)
        assert option.inner_text().endswith(f" ({count})")
        assert option.is_disabled() == (not count)


def test_only_the_pages_with_filters_load_them(built):
    for page in built.rglob("index.html"):
        folder = page.parent.relative_to(built).as_posix().removeprefix("en").strip("/")
        text = page.read_text(encoding="utf-8")
        assert ("assets/filters." in text) == (folder in ("cases", "timeline")), page
        assert ("assets/explorer." in text) == (folder in ("cases", "map")), page
        assert ("assets/map." in text) == (folder == "map"), page
    assert "filters" not in stamped(built, "site.js").read_text(encoding="utf-8")
