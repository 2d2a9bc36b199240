"""Addresses and storage that mean harm, or nothing: no script runs, nothing is thrown, the page is still there.

INPUTS=3000 tries more; the weekly sweep does.
"""

from __future__ import annotations

import json
import os
import random
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page
from test_browser import DESK, Watched, until, url

INPUTS = int(os.environ.get("INPUTS", "40"))  # each of them opens a page
RERUNS = 30 * INPUTS  # each of them runs a script anew on the open page
WICKED = (
    "<img src=x onerror=\"document.title='taken'\">", "<script>document.title='taken'</script>", "\"><svg onload=\"document.title='taken'\">",
    "javascript:document.title='taken'", "{{constructor.constructor('document.title=1')()}}", "${document.title='taken'}",
    "__proto__", "constructor", "toString", "[object Object]", "null", "NaN", "-1", "1e999", "../../x", "//evil.example/", "\\", "'\"`",
    "%", "%zz", "%00", "%E0%A4%A", "\u0000", "\u202e", "\ud83d\ude00", "가", "ㅎ", "(((((a+)+)+)+)", "[", "*", "a" * 3000, "가" * 500,
)  # fmt: skip
KNOWN = (
    "chapters/01-introduction", "cases/zepeto", "2027-03-09", "9999-12-31", "games", "KR", "both", "short", "facts", "en", "ko",
    "01-introduction", "디지털 트윈", "digital twin",
)  # fmt: skip
NAMES = (
    "pick",
    "title",
    "sector",
    "country",
    "direction",
    "horizon",
    "verdict",
    "sort",
    "beside",
    "q",
    "chapter",
    "__proto__",
)
PAGES = (
    "index", "timeline", "cases/index", "teach/assignment", "teach/plans/four-weeks", "cases/roblox", "chapters/01-introduction",
    "quizzes/03-making-content", "map", "offline", "accessibility", "glossary/xr",
)  # fmt: skip
TAKEN = """() => document.title.includes('taken')
  || document.querySelector('img[src=x], [onerror], [onload], a[href^="javascript:"], .warning *, .printed-title *') !== null"""


def _text(chance: random.Random) -> str:
    return "".join(chance.choice(WICKED + KNOWN + ("@", ",", " ")) for _ in range(chance.randrange(1, 5)))


def _query(chance: random.Random) -> str:
    raw = chance.random() < 0.5  # a browser takes both
    parts = []
    for _ in range(chance.randrange(0, 6)):
        text = _text(chance)
        parts.append(
            chance.choice(NAMES) + "=" + (text.replace("#", "") if raw else quote(text.encode("utf-8", "replace")))
        )
    return ("?" + "&".join(parts))[:8000]


def _stored(chance: random.Random) -> dict[str, str]:
    """What some other script, or an older edition, left where the site keeps its few things."""
    values = [
        *WICKED, "", "{", "true", "[]", "{}", "1e999", '{"url": "javascript:document.title=\'taken\'", "title": "<img src=x>"}',
        json.dumps({"url": "//evil.example/", "title": 7, "heading": {}, "anchor": [], "at": "x"}), '"slate"', '"<b>"', '{"__proto__": 1}',
    ]  # fmt: skip
    keys = [f"{root}.{key}" for root in ("/", "/en/") for key in ("scheme", "place", "beside", "slash")]
    return {key: chance.choice(values) for key in chance.sample(keys, chance.randrange(0, 5))}


def test_no_address_and_no_storage_makes_a_page_run_or_throw_anything(browser: Browser, address: str):
    chance = random.Random(INPUTS)
    context = browser.new_context(viewport=DESK)
    watched = Watched(context, address)
    page = watched.page
    page.on("dialog", lambda dialog: (watched.faults.append(dialog.message), dialog.dismiss()))
    page.goto(address + "404.html")
    wrong = []
    for _ in range(INPUTS):
        key, locale, query, stored = chance.choice(PAGES), chance.choice(("ko", "en")), _query(chance), _stored(chance)
        page.evaluate(
            "all => { localStorage.clear(); for (const [key, value] of Object.entries(all)) localStorage.setItem(key, value); }",
            stored,
        )
        page.goto(address + url(key, locale) + query + chance.choice(["", "#" + _text(chance)]))
        page.mouse.move(chance.randrange(300, 900), chance.randrange(200, 700))  # the first sign of a reader
        if query.startswith("?q=") or "beside" in query:
            page.wait_for_timeout(120)
        page.evaluate("text => { location.hash = text; }", _text(chance))
        if page.evaluate(TAKEN) or watched.faults or not page.locator("h1").first.is_visible():
            wrong.append(f"{key} {locale} {query[:300]!r} {stored}: {watched.faults}")
            watched.faults.clear()
    context.close()
    assert wrong == []


@pytest.mark.parametrize(
    ("key", "script"), [("teach/assignment", "assignment"), ("timeline", "filters"), ("cases/index", "filters")]
)
def test_what_a_form_reads_from_thousands_of_addresses_runs_and_throws_nothing(key, script, browser, address):
    """The script runs anew for every address on one page; opening the page each time would take an hour."""
    context = browser.new_context(viewport=DESK, bypass_csp=True)  # a text is run as a script
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    page.goto(address + url(key, "ko"))
    source = next(x for x in page.evaluate("[...document.scripts].map(x => x.src)") if f"assets/{script}." in x)
    text = page.evaluate("source => fetch(source).then(answer => answer.text())", source)
    chance = random.Random(key)
    result = page.evaluate(
        """([text, addresses, taken]) => {
            const form = document.querySelector('form.builder, form.filters');
            const run = new Function(text), isTaken = new Function('return (' + taken + ')()');
            const seen = [];
            let said = 0;
            for (const address of addresses) {
                try { history.replaceState(null, '', location.pathname + address); } catch { continue; }
                form.querySelectorAll('input').forEach(box => { box.checked = false; if (box.type !== 'checkbox') box.value = ''; });
                form.querySelectorAll('select').forEach(select => { select.value = ''; });
                form.replaceWith(form.cloneNode(true)); // without the listeners of the runs before
                try { run(); } catch (error) { seen.push(address + ': ' + error); }
                said += !document.querySelector('form .warning').hidden;
                if (isTaken()) seen.push(address);
            }
            return [seen, said];
        }""",
        [text, [_query(chance) for _ in range(RERUNS if script == "assignment" else RERUNS // 4)], TAKEN],
    )
    context.close()
    assert result[0] == [] and faults == []
    assert result[1] > RERUNS // 50, "what could not be read is said"


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_the_search_answers_whatever_is_typed(locale, browser: Browser, address: str):
    context = browser.new_context(viewport=DESK)
    watched = Watched(context, address)
    page: Page = watched.open("index", locale)
    chance = random.Random(locale)
    page.locator("form.search input").focus()
    until(page, "document.querySelector('.search__panel')")
    slow = page.evaluate(
        """async (queries) => {
            const form = document.querySelector('form.search'), at = (name) => new URL(form.dataset[name], document.baseURI);
            const worker = new Worker(at('worker')), slow = [];
            const answer = () => new Promise((done, failed) => { worker.onmessage = ({ data }) => done(data); worker.onerror = failed; });
            let coming = answer();
            worker.postMessage({ index: await (await fetch(at('index'))).json() });
            await coming;
            for (const [id, query] of queries.entries()) {
                coming = answer();
                const begun = performance.now();
                worker.postMessage({ id, query });
                if ((await coming).id !== id || performance.now() - begun > 3000) slow.push(query);
            }
            return slow;
        }""",
        [_text(chance)[:2000] for _ in range(RERUNS // 2)],
    )
    assert slow == [] and watched.faults == []
    context.close()
