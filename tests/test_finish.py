"""The finished site: light, with names that follow the bytes, and with a policy that lets nothing else in."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import brotli
import material
import pytest
from playwright.sync_api import Browser, Page, Route
from sampling import some
from test_browser import DESK, PHONE, TEMPLATES, first_sign, until, url

from scripts.environment import ROOT
from scripts.finish import compress, names, policy, styles
from scripts.finish.names import stamped

LOCALES = pytest.mark.parametrize("locale", ["ko", "en"])
# Bytes after brotli of all that a first view loads, in thousands. A page may grow to its budget and no further.
BUDGETS = {
    "index": 20,
    "chapters/03-making-content": 30,
    "cases/roblox": 24,
    "glossary/digital-twin": 25,
    "timeline": 39,
    "quizzes/03-making-content": 28,
    "teach/guides/03-making-content": 27,
    "teach/assignment": 30,
    "cases/index": 30,
    "map": 40,
}


# Chromium's shell begins each page with a mouse in its corner, also on a phone.
UNTOUCHED = "addEventListener('pointermove', (e) => { if (!e.x && !e.y) e.stopImmediatePropagation(); }, true)"


@pytest.mark.parametrize("key", BUDGETS)
@LOCALES
def test_a_first_view_stays_within_its_budget_of_bytes_and_six_requests(key, locale, browser, built, address):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    context.add_init_script(UNTOUCHED)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + url(key, locale), wait_until="networkidle")
    page.wait_for_timeout(300)
    context.close()
    files = [path_of(built, one.removeprefix(address)) for one in asked]
    weight = {file.name: len(brotli.compress(file.read_bytes())) for file in files}
    assert len(asked) <= (7 if key == "cases/index" else 6), asked
    assert sum(weight.values()) <= 1000 * BUDGETS[key], weight


def path_of(built: Path, address: str) -> Path:
    """The file that a host sends for an address below the site."""
    file = built / address.partition("?")[0]
    return file / "index.html" if file.is_dir() else file


# What readers make of a page with a click: state, page, script, what is true when it is done.
STATES = (
    ("drawer", "chapters/03-making-content", "document.querySelector('button.menu').click()", "true"),
    (
        "folds",
        "quizzes/03-making-content",
        "document.querySelectorAll('details').forEach(x => { x.open = true })",
        "true",
    ),
    ("end", "cases/roblox", "scrollTo(0, document.body.scrollHeight)", "true"),
    ("answers", "quizzes/03-making-content", "document.querySelectorAll('.check').forEach(x => x.click())", "true"),
    (
        "search",
        "cases/roblox",
        "document.querySelector('form.search button').click()",
        "document.querySelector('.search__panel')",
    ),
    ("beside", "cases/roblox", "document.querySelector('button.beside').click()", "document.body.dataset.beside"),
    ("message", "cases/roblox", "dispatchEvent(new CustomEvent('say', { detail: 'x' }))", "true"),
)


@pytest.fixture(scope="module")
def whole_styles(built: Path) -> dict[str, str]:
    """The style sheets as they are written, by the names that the finished site asks for."""
    theme = sorted((Path(material.__file__).parent / "templates/assets/stylesheets").glob("*.min.css"))
    own = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/assets").glob("*.css")}
    own["site.css"] = "\n".join([*(path.read_text(encoding="utf-8") for path in theme), own["site.css"]])
    return {stamped(built, name).name: text for name, text in own.items()}


# Where each element stands and how it is drawn: what a picture shows, and the same at every run.
LOOK = """() => {
  const seen = ["align-items", "appearance", "background-color", "background-image", "border-bottom", "border-left", "border-radius",
    "border-right", "border-top", "box-shadow", "clip-path", "color", "content", "cursor", "display", "fill", "filter", "flex", "float",
    "font", "gap", "grid-template-columns", "letter-spacing", "list-style", "margin", "mask-image", "opacity", "order", "outline",
    "overflow", "padding", "pointer-events", "position", "stroke", "text-align", "text-decoration", "transform", "transition",
    "visibility", "white-space", "word-break", "z-index"];
  return [...document.querySelectorAll("body, body *")].map((element) => {
    const box = element.getBoundingClientRect();
    const styles = [null, "::before", "::after"].map((part) => {
      const style = getComputedStyle(element, part);
      return part && style.content === "none" ? "" : seen.map((name) => style.getPropertyValue(name)).join(";");
    });
    return [element.tagName, element.className, box.x, box.y, box.width, box.height, ...styles].join("|");
  });
}"""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_template_looks_the_same_with_all_rules_and_with_those_that_are_left(
    size, browser, address, whole_styles
):
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    page = context.new_page()

    def whole(route: Route) -> None:
        route.fulfill(body=whole_styles[route.request.url.rpartition("/")[2]], content_type="text/css")

    different = []
    for name, key, script, done in (*((key, key, "", "true") for key in some(TEMPLATES, 5, size is PHONE)), *STATES):
        page.evaluate("location.protocol.startsWith('http') && localStorage.clear()")  # side by side is remembered
        page.goto(address + url(key, "ko"))
        few = _look(page, script, done)
        page.evaluate("localStorage.clear()")
        page.route("**/*.css", whole)
        page.goto(address + url(key, "ko"))
        all_rules = _look(page, script, done)
        different += [f"{name}: {a[:150]}" for a, b in zip_longest(few, all_rules, fillvalue="") if a != b][:3]
        page.unroute("**/*.css")
    context.close()
    assert different == []


PLACED = "performance.getEntriesByType('resource').some((one) => one.name.includes('/place.'))"


def _look(page: Page, script: str, done: str) -> list[str]:
    first_sign(page)
    until(page, PLACED)
    page.evaluate(f"() => {{ {script} }}")
    until(page, done)
    seen, before = page.evaluate(LOOK), None
    while seen != before:  # until nothing moves any more
        page.wait_for_timeout(150)
        seen, before = page.evaluate(LOOK), seen
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    return seen + page.evaluate(LOOK)


USED = styles.Usage.of(
    ['<body data-scheme="light"><p class="lead quiet">x</p><a href="#" class="term">y</a></body>'],
    ["box.className = 'tooltip'; row.classList.add(`kind-${name}`); page.dataset.readyNow = 'yes';"],
)


@pytest.mark.parametrize(
    "rule",
    [
        "p{a:b}", "p.lead{a:b}", ".lead.quiet{a:b}", "body > .term:hover::before{a:b}", ".tooltip .kind-case{a:b}",
        "[data-scheme=light] p{a:b}", "[data-ready-now]{a:b}", "p:is(.none, .lead){a:b}", "p:not(.none){a:b}",
        "@media print{p{a:b}}", "p:has(.term){a:b}",
    ],
)  # fmt: skip
def test_a_rule_that_may_match_is_kept(rule):
    assert styles.used(rule, USED).strip() == rule


@pytest.mark.parametrize(
    "rule",
    [
        "h1{a:b}", ".none{a:b}", "p.term{a:b}", ".lead .none{a:b}", "[data-scheme=sepia]{a:b}", "p:is(.none, .not){a:b}",
        "@media print{.none{a:b}}", "p:has(.none){a:b}", "p{--unused:1}", "@keyframes turn{to{a:b}}",
    ],
)  # fmt: skip
def test_a_rule_that_nothing_can_match_is_dropped(rule):
    assert styles.used(rule, USED).strip() == ""


def test_of_several_selectors_only_those_that_may_match_are_kept():
    assert styles.used("p , .none, a{ color: var(--ink) }\n:root { --ink : #000; --no: url(x;y) }", USED) == (
        "p,a{color:var(--ink)}\n:root{--ink:#000}\n"
    )


def test_the_name_of_an_asset_follows_from_its_bytes_and_from_those_it_mentions(tmp_path):
    def site(folder: str, text: str) -> set[str]:
        (tmp_path / folder / "assets").mkdir(parents=True)
        (tmp_path / folder / "assets/part.css").write_text(text, encoding="utf-8")
        (tmp_path / folder / "assets/whole.js").write_text('load("assets/part.css")', encoding="utf-8")
        pages = {tmp_path / folder / "index.html": '<script src="assets/whole.js">'}
        names.stamp(tmp_path / folder, pages)
        (page,) = pages.values()
        found = {path.name for path in (tmp_path / folder / "assets").iterdir()}
        assert re.search(r"assets/([^\"]*)", page)[1] in found
        assert re.search(r"assets/([^\"]*)", names.stamped(tmp_path / folder, "whole.js").read_text())[1] in found
        return found

    assert site("one", "a{}") == site("two", "a{}")
    assert not site("one more", "b{}") & site("three", "c{}")


def test_assets_that_mention_each_other_are_refused(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/a.js").write_text("assets/b.js", encoding="utf-8")
    (tmp_path / "assets/b.js").write_text("assets/a.js", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.js → b\.js → a\.js"):
        names.stamp(tmp_path, {})


def _pages(built: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(built.rglob("*.html")):
        yield path.relative_to(built).as_posix(), path.read_text(encoding="utf-8")


def test_every_page_carries_the_policy_that_fits_its_own_scripts(built):
    for name, text in _pages(built):
        stated = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert stated, name
        assert stated[1] == policy.policy(policy.hashes_of(text)), name
        assert text.index("Content-Security-Policy") < text.index("<link"), name


def test_no_page_needs_more_than_the_policy_allows(built):
    for name, text in _pages(built):
        outside = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
        assert not re.search(r"<style|<[^>]*\s(?:style|on\w+)=", outside), name


def test_a_host_is_told_the_same_policy_and_to_keep_assets(built):
    headers = (built / "_headers").read_text(encoding="utf-8")
    stated = re.search(r"Content-Security-Policy: (.*)", headers)[1]
    for _, text in _pages(built):
        assert all(one in stated for one in policy.hashes_of(text))
    assert "unsafe" not in stated
    assert "default-src 'none'" in stated
    for name in ("Referrer-Policy", "X-Content-Type-Options", "Permissions-Policy", "Cross-Origin-Opener-Policy"):
        assert f"\n  {name}: " in headers
    assert "immutable" in headers.partition("/assets/*")[2]


def test_a_script_that_somebody_slips_into_a_page_does_not_run(browser: Browser, built, address):
    page = browser.new_page()
    slipped = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">"

    def serve(route: Route) -> None:
        body = (built / "about/index.html").read_text(encoding="utf-8").replace("</article>", slipped + "</article>")
        route.fulfill(body=body, content_type="text/html")

    page.route("**/about/", serve)
    page.goto(address + "about/")
    until(page, "document.querySelector('img[src=x]').complete")
    assert page.title() != "taken"
    page.close()


def test_compressed_copies_hold_the_same_bytes_and_come_out_the_same(tmp_path):
    (tmp_path / "page.html").write_text("<p>같은 말 " * 100, encoding="utf-8")
    (tmp_path / "short.html").write_text("<p>", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(bytes(1000))
    compress.write(tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(first) == {"page.html", "page.html.br", "page.html.gz", "short.html", "picture.png"}
    assert brotli.decompress(first["page.html.br"]) == gzip.decompress(first["page.html.gz"]) == first["page.html"]
    compress.write(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
