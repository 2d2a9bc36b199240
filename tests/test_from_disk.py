"""The copy of the site for a USB stick: opened by file://, in a real browser."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, Request, expect
from test_browser import DESK, PHONE
from test_teaching import VIEWS

from scripts.build import read_site
from scripts.exports import from_disk

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
LOCALE = pytest.mark.parametrize("locale", ["ko", "en"])


@pytest.fixture(scope="module")
def packed(built: Path) -> bytes:
    return from_disk.site(read_site(built), VIEWS)


@pytest.fixture(scope="module")
def folder(packed: bytes, tmp_path_factory) -> Path:
    """Where somebody unpacked it, under a name with a space and Hangul in it."""
    into = tmp_path_factory.mktemp("USB 막대")
    zipfile.ZipFile(io.BytesIO(packed)).extractall(into)
    return into / "site-ko-en"


@pytest.fixture
def opened(browser: Browser, folder: Path, size) -> Iterator[Page]:
    """A page whose console has to stay without errors."""
    context = browser.new_context(viewport=size)
    page = context.new_page()
    faults: list[str] = []
    page.on(
        "console", lambda message: faults.append(f"{page.url}: {message.text}") if message.type == "error" else None
    )
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "requestfailed", lambda request: faults.append(f"{request.url}: {request.failure}") if lost(request) else None
    )
    yield page
    context.close()
    assert faults == []


def lost(request: Request) -> bool:
    """A file that is not there or shut out; one that was still loading when the reader went on is neither."""
    return request.failure != "net::ERR_ABORTED"


def start(folder: Path, locale: str, path: str = "") -> str:
    return (folder / ("en" if locale == "en" else "") / path / "index.html").as_uri()


def test_every_relative_reference_of_every_page_names_a_file_that_is_there(folder: Path, built: Path):
    lost = []
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) == len(list(built.rglob("index.html")))
    for path in pages:
        for target in html.parse(str(path), html.HTMLParser(encoding="utf-8")).xpath(
            "//@href | //@src | //form/@action"
        ):
            parts = urlsplit(target)
            if not parts.scheme and parts.path and not (path.parent / unquote(parts.path)).is_file():
                lost.append(f"{path.relative_to(folder)}: {target}")
    assert lost == []


def test_no_link_goes_to_the_online_site_where_the_page_is_in_the_copy(folder: Path, built: Path):
    root = read_site(built).site_url.rstrip("/") + "/"
    online = set()
    for path in sorted(folder.rglob("*.html")):
        online |= {t for t in html.parse(str(path)).xpath("//a/@href") if t.startswith(root)}
    assert online <= {root + "teach/downloads/", root + "en/teach/downloads/"}


def test_two_copies_are_the_same_to_the_byte(packed: bytes, built: Path):
    assert from_disk.site(read_site(built), VIEWS) == packed


@SIZES
@LOCALE
def test_every_kind_of_page_is_styled_and_without_errors(opened: Page, folder: Path, locale: str):
    for path in (
        "", "chapters/02-co-evolution", "cases", "cases/roblox", "glossary/digital-twin", "timeline", "map",
        "quizzes/02-co-evolution", "teach/downloads", "teach/plans/four-weeks", "about",
    ):  # fmt: skip
        opened.goto(start(folder, locale, path))
        opened.mouse.move(100, 300)
        opened.mouse.wheel(0, 600)
        assert opened.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky", path
        expect(opened.locator("button.beside:visible")).to_have_count(0)


@SIZES
@LOCALE
def test_links_and_the_switch_lead_from_file_to_file(opened: Page, folder: Path, locale: str):
    opened.goto(start(folder, locale, "chapters/02-co-evolution"))
    for kind in ("cases", "glossary"):
        opened.locator(f"article p a[href*='{kind}/']:not([href*='{kind}/index'])").first.click()
        opened.wait_for_url(re.compile(rf"^file:.*/{kind}/[a-z0-9-]+/index\.html"))
        opened.go_back()
    opened.locator("#switch").click()
    other = "en" if locale == "ko" else "ko"
    expect(opened.locator("html")).to_have_attribute("lang", other)
    assert unquote(opened.url).startswith(unquote(start(folder, other, "chapters/02-co-evolution")))


@SIZES
@LOCALE
def test_search_answers_with_excerpts_and_its_links_open_files(opened: Page, folder: Path, locale: str):
    opened.goto(start(folder, locale, "chapters/02-co-evolution"))
    opened.keyboard.press("Control+k")
    opened.locator("form.search input").fill({"ko": "로블록스", "en": "Roblox"}[locale])
    first = opened.locator(".search__pages a").first
    expect(first).to_be_visible()
    expect(opened.locator(".search__excerpt").first).not_to_be_empty()
    first.click()
    opened.wait_for_url(re.compile(r"^file:.*/cases/roblox/index\.html"))
