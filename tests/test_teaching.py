"""What lecturers and students do, in a real Chromium: take a quiz, build an assignment, copy a plan."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, expect
from test_browser import BOOK, DESK, PHONE, Watched, url

from scripts.content.teaching import Level
from scripts.view import views

VIEWS = views(BOOK, "https://metaverse-ai.example/", "", "")
QUIZ = "quizzes/03-making-content"
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
LANGUAGES = pytest.mark.parametrize("locale", ["ko", "en"])


@pytest.fixture
def reader(browser: Browser, address: str, request) -> Iterator[Watched]:
    """A fresh reader, at the test's `size` if it has one."""
    size = request.node.callspec.params.get("size", DESK) if hasattr(request.node, "callspec") else DESK
    context = browser.new_context(viewport=size, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched = Watched(context, address)
    yield watched
    context.close()
    assert watched.faults == []


def answer(box: Locator, question, locale: str, rightly: bool) -> None:
    """Fills in a right or a wrong answer, as the data have it."""
    if question.kind in ("single", "multiple"):
        for option, label in zip(question.options, box.locator("label.option").all(), strict=True):
            wanted = option.right if rightly else not option.right
            if question.kind == "multiple":
                label.locator("input").set_checked(wanted)
            elif wanted:
                label.locator("input").check()
    elif question.kind == "true-false":
        box.locator(f"input[value={str(question.answer is rightly).lower()}]").check()
    elif question.kind == "numeric":
        key = BOOK.key_number(question)
        box.locator("input").fill(f"{key if rightly else key + 1:,}")
    elif question.kind == "matching":
        rights = [pair.right[locale] for pair in question.pairs]
        for select, right in zip(
            box.locator("select").all(), rights if rightly else rights[1:] + rights[:1], strict=True
        ):
            select.select_option(right)


@LANGUAGES
@SIZES
def test_every_kind_of_question_is_judged_by_its_key_and_explained(size, locale, reader):
    page = reader.open(QUIZ, locale)
    t = VIEWS[locale].t
    scored = 0
    for question in BOOK.entries[QUIZ].data.questions:
        box = page.locator(f"#{question.id}")
        expect(box.locator(".key")).to_be_hidden()
        if question.kind == "essay":
            box.get_by_role("button", name=t("quiz_compare")).click()
            expect(box.locator(".key")).to_contain_text(question.right[locale])
            continue
        check = box.get_by_role("button", name=t("quiz_check"))
        check.click()
        expect(box.get_by_role("status")).to_have_text(t("quiz_empty"))
        answer(box, question, locale, rightly=False)
        check.click()
        expect(box.get_by_role("status")).to_have_text(f"{t('quiz_wrong')} {question.wrong[locale]}")
        answer(box, question, locale, rightly=True)
        expect(box.get_by_role("status")).to_be_empty()
        check.click()
        expect(box.get_by_role("status")).to_have_text(f"{t('quiz_right')} {question.right[locale]}")
        scored += 1
    expect(page.locator(".score output")).to_have_text(t("quiz_score", scored, scored, scored))
    page.get_by_role("button", name=t("quiz_again")).click()
    expect(page.locator(".score")).to_be_hidden()
    assert page.locator("[data-result]").count() == 0 and page.locator(".quiz input:checked").count() == 0
    assert page.evaluate("document.cookie + Object.keys(localStorage) + Object.keys(sessionStorage)") == ""


@pytest.mark.parametrize("given", ["9.7e7", "abc", "0x61", "--97", "97 98", "∞"])
def test_what_is_no_number_is_a_wrong_answer_and_nothing_worse(given, reader):
    question = next(q for q in BOOK.entries[QUIZ].data.questions if q.kind == "numeric")
    box = reader.open(QUIZ, "en").locator(f"#{question.id}")
    box.locator("input").fill(given)
    box.locator("input").press("Enter")
    expect(box.get_by_role("status")).to_contain_text(question.wrong.en)


@LANGUAGES
def test_a_quiz_can_be_taken_without_javascript_its_answers_in_folds(locale, browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + url(QUIZ, locale))
    for question in BOOK.entries[QUIZ].data.questions:
        box = page.locator(f"#{question.id}")
        assert not box.locator(".check").is_visible()
        box.locator("summary").click()
        expect(box.locator(".feedback-right")).to_be_visible()
        for option in question.options:
            if option.right:
                expect(box.locator(".key ul")).to_contain_text(option.text[locale])
    context.close()


def test_a_quiz_is_taken_by_keyboard_alone(reader):
    page = reader.open(QUIZ, "en")
    question = next(q for q in BOOK.entries[QUIZ].data.questions if q.kind == "single")
    box = page.locator(f"#{question.id}")
    box.locator("input").first.focus()
    for _ in range(next(i for i, option in enumerate(question.options) if option.right)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(box.get_by_role("status")).to_contain_text(question.right.en)


def test_right_options_are_not_given_away_by_their_place_or_length():
    choices = [q for quiz in BOOK.of_kind("quizzes") for q in quiz.data.questions if q.kind == "single"]
    places = [next(i for i, option in enumerate(q.options) if option.right) for q in choices]
    assert all(places.count(place) >= len(choices) / 8 for place in range(4)), places
    for locale in ("ko", "en"):
        longest = [max(q.options, key=lambda option: len(option.text[locale])).right for q in choices]
        assert sum(longest) <= 0.4 * len(choices), (locale, sum(longest), len(choices))


@LANGUAGES
@SIZES
def test_a_choice_of_readings_is_summed_shared_and_restored(size, locale, reader):
    view = VIEWS[locale]
    page = reader.open("teach/assignment", locale)
    keys = ["chapters/01-introduction", "chapters/05-running-services", "cases/zepeto"]
    page.locator("summary", has_text=view.t("builder_cases")).click()
    for key in keys:
        page.locator(f"input[value='{key}']").check()
    minutes = sum(view.minutes(key) for key in keys)
    total = page.locator(".chosen output")
    expect(total).to_have_text(view.t("builder_total", 3, minutes))
    page.locator("input[data-day='cases/zepeto']").fill("2027-03-09")
    page.get_by_label(view.t("builder_title")).fill('Week 1: "start" <b>')
    expect(page).to_have_url(
        re.compile(r"\?title=.*pick=chapters/01-introduction,chapters/05-running-services,cases/zepeto@2027-03-09$")
    )
    link = page.locator("#builder-link").input_value()
    assert link == page.url
    page.goto(link)
    expect(total).to_have_text(view.t("builder_total", 3, minutes))
    assert page.locator("input[data-day='cases/zepeto']").input_value() == "2027-03-09"
    assert page.locator("#builder-title").input_value() == 'Week 1: "start" <b>'
    markup = page.locator("#builder-html").input_value()
    assert "<b>" not in markup and view.absolute("cases/zepeto") in markup and view.date("2027-03-09") in markup
    assert (
        f"[{view.title('cases/zepeto')}]({view.absolute('cases/zepeto')})"
        in page.locator("#builder-markdown").input_value()
    )
    page.locator("#switch").click()
    other = VIEWS[view.other]
    expect(total).to_have_text(other.t("builder_total", 3, sum(other.minutes(key) for key in keys)))


@LANGUAGES
def test_dates_become_a_calendar_that_others_can_read(locale, reader):
    view = VIEWS[locale]
    page = reader.open(
        "teach/assignment",
        locale,
        "?title=a,b;c\\&pick=chapters/01-introduction@2027-03-02,cases/zepeto@2027-02-28,cases/roblox",
    )
    with page.expect_download() as download:
        page.get_by_role("button", name=view.t("builder_calendar")).click()
    raw = download.value.path().read_bytes()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    events = Calendar.from_ical(raw).events
    assert [str(e["dtstart"].dt) for e in events] == ["2027-02-28", "2027-03-02"]
    assert [str(e["dtend"].dt) for e in events] == ["2027-03-01", "2027-03-03"]
    assert [
        view.long_title(k) in str(e["summary"])
        for e, k in zip(events, ("cases/zepeto", "chapters/01-introduction"), strict=True)
    ] == [True, True]
    assert str(events[0]["description"]).startswith("a,b;c\\ ·")


def test_an_assignment_prints_as_a_list_of_what_was_chosen(reader):
    page = reader.open("teach/assignment", "en", "?title=Week 1&pick=cases/zepeto@2027-03-09")
    page.emulate_media(media="print")
    for hidden in (".picker", ".outputs", ".builder button"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".printed-title")).to_have_text("Week 1")
    expect(page.locator(".printed")).to_have_text("By 9 March 2027: https://metaverse-ai.example/en/cases/zepeto/")


def test_what_cannot_be_read_in_the_address_is_said_and_left_out(reader):
    page = reader.open(
        "teach/assignment", "en", "?pick=cases/zepeto@2027-02-30,cases/nowhere,../x,<script>alert(1)</script>"
    )
    warning = page.get_by_role("alert")
    expect(warning).to_contain_text("cases/zepeto@2027-02-30, cases/nowhere, ../x, <script>alert(1)</script>")
    expect(page.locator(".list li")).to_have_count(1)
    assert page.locator("input[data-day]").input_value() == ""


@LANGUAGES
def test_the_minutes_and_titles_of_a_plan_are_those_of_its_pages(locale, reader):
    view = VIEWS[locale]
    for plan in BOOK.of_kind("teach/plans"):
        page = reader.open(plan.key, locale)
        rows = page.locator("#plan-table tbody tr").all()
        assert len(rows) == len(plan.data.units)
        for row, unit in zip(rows, plan.data.units, strict=True):
            keys = [f"chapters/{s}" for s in unit.chapters] + [f"cases/{s}" for s in unit.cases]
            assert row.locator("td").nth(2).inner_text() == str(sum(view.minutes(key) for key in keys))
            assert [x.strip() for x in row.locator("li").all_inner_texts()] == [view.long_title(key) for key in keys]


def test_the_three_plans_are_a_seminar_a_month_and_a_semester():
    units = {plan.slug: plan.data for plan in BOOK.of_kind("teach/plans")}
    assert sum(unit.minutes for unit in units["seminar"].units) == 90
    chapters = {chapter.slug for chapter in BOOK.of_kind("chapters")}
    for slug, weeks in (("four-weeks", 4), ("fifteen-weeks", 15)):
        assert units[slug].unit == "week" and len(units[slug].units) == weeks
        assert {c for unit in units[slug].units for c in unit.chapters} == chapters


def test_a_plan_is_copied_as_a_table_with_whole_addresses(reader):
    page = reader.open("teach/plans/four-weeks", "en")
    button = page.get_by_role("button", name="Copy the table")
    button.click()
    expect(button).to_have_attribute("aria-live", "polite")  # stays; the word "Copied" is gone after two seconds
    copied = page.evaluate(
        "async () => { const [item] = await navigator.clipboard.read();"
        " return Object.fromEntries(await Promise.all(item.types.map(async type => [type, await (await item.getType(type)).text()]))); }"
    )
    assert f'href="{reader.address}en/chapters/01-introduction/"' in copied["text/html"]
    lines = copied["text/plain"].splitlines()
    assert lines[0].split("\t")[:3] == ["Week", "Topic", "To read"] and len(lines) == 1 + 4 + 1


@LANGUAGES
def test_a_plan_opens_in_the_assignment_builder_with_its_readings(locale, reader):
    view = VIEWS[locale]
    plan = BOOK.entries["teach/plans/four-weeks"].data
    page = reader.open("teach/plans/four-weeks", locale)
    page.get_by_role("link", name=view.t("plan_build")).click()
    count = sum(len(unit.chapters) + len(unit.cases) for unit in plan.units)
    expect(page.locator(".chosen output")).to_have_text(
        view.t("builder_total", count, view.reading_minutes(plan.units))
    )


@LANGUAGES
def test_a_guide_shows_objectives_session_answers_and_rubric(locale, reader):
    view = VIEWS[locale]
    for guide in BOOK.of_kind("teach/guides"):
        page = reader.open(guide.key, locale)
        assert page.locator("section[aria-labelledby=objectives] li").all_inner_texts() == view.objectives(
            guide.chapter
        )
        assert page.locator("[data-kind=session] tfoot td").first.inner_text() == str(guide.data.minutes)
        asked = page.locator("#discussion + ol > li > p:first-child > strong").all_inner_texts()
        assert asked == view.discussion(guide.chapter)
        assert page.locator("section[aria-labelledby=rubric] td").count() == len(guide.data.rubric) * len(Level)


@LANGUAGES
def test_the_student_page_of_a_chapter_holds_no_answer_and_leads_to_its_quiz(locale, reader):
    page = reader.open("chapters/03-making-content", locale)
    guide = BOOK.entries["teach/guides/03-making-content"].pages[locale].document
    text = page.locator("article").inner_text()
    assert not [answer for _, answer in guide.items("discussion") if answer[:40] in text]
    page.get_by_role("link", name=VIEWS[locale].t("quiz_this")).click()
    expect(page).to_have_url(reader.address + url(QUIZ, locale))


@LANGUAGES
def test_site_chapter_case_and_report_are_cited_apart_in_six_forms(locale, reader):
    page = reader.open("teach/cite", locale)
    for part in ("site", "chapter", "case", "report"):
        assert page.locator(f"section[aria-labelledby={part}] pre").count() == 6
        (item,) = json.loads(page.locator(f"#cite-{part}-csl").inner_text())
        assert item["type"] == ("report" if part == "report" else "webpage")
    assert VIEWS[locale].site_title not in page.locator("section[aria-labelledby=report]").inner_text()
