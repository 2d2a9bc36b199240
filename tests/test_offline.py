"""Reading without a network: nothing before it is asked for, honest while it lasts, gone when it is taken back."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from server import serve
from test_browser import DESK, PHONE, first_sign, url

from scripts.finish import offline

CHAPTER, CASE, ELSEWHERE = "chapters/03-making-content", "cases/roblox-cube-3d", "cases/xr5"
SAYS = {
    "ko": {
        "chapter": "3장", "save": "고른 것 저장", "remove": "저장한 것 모두 지우기", "renew": "새로 바뀐 글로 갈기",
        "nothing": "이 기기에 저장된 글이 없다.", "done": "저장을 마쳤다.", "stale": "네트워크에 닿지 못해", "absent": "저장하지 않은 페이지",
        "here": "이 페이지는", "removed": "저장한 것을 모두 지웠다.", "search": "월드 모델", "full": "자리가 모자라", "failed": "다 저장하지 못했다",
    },
    "en": {
        "chapter": "Chapter 3", "save": "Save what is ticked", "remove": "Delete everything saved", "renew": "Renew what has changed",
        "nothing": "Nothing is saved on this device.", "done": "Everything is saved.", "stale": "The network cannot be reached.",
        "absent": "A page that was not saved", "here": "This page was saved", "removed": "Everything saved was deleted.",
        "search": "world model", "full": "not enough room", "failed": "not everything was saved",
    },
}  # fmt: skip
KEPT = "async () => (await Promise.all((await caches.keys()).map(async (key) => (await (await caches.open(key)).keys()).map((one) => one.url)))).flat()"


class Host:
    """The site below a path, as GitHub Pages has it, on a server that can be switched off."""

    def __init__(self, site: Path, folder: Path) -> None:
        folder.mkdir()
        os.symlink(site, folder / "name")
        shutil.copy(site / "404.html", folder)
        self.folder = folder
        self.server: ThreadingHTTPServer
        self.server, root = serve(folder)
        self.address = root + "name/"

    def stop(self) -> None:
        """From now on every connection is closed unanswered; the port stays taken, so that no other test gets it."""
        self.server.gone = True


@pytest.fixture
def host(built: Path, tmp_path: Path) -> Iterator[Host]:
    host = Host(built, tmp_path / "host")
    yield host
    host.server.shutdown()


@pytest.fixture(params=[("ko", DESK), ("en", PHONE)], ids=["ko-desk", "en-phone"])
def reader(request, browser: Browser) -> Iterator[tuple[BrowserContext, str]]:
    locale, size = request.param
    context = browser.new_context(viewport=size)
    yield context, locale
    context.close()


def save(page: Page, host: Host, locale: str) -> None:
    page.goto(host.address + url(CHAPTER, locale))
    first_sign(page)
    page.locator(".keep a[href*=offline]").click()
    box = page.get_by_role("checkbox", name=SAYS[locale]["chapter"])
    expect(box).to_be_checked()
    page.get_by_role("button", name=SAYS[locale]["save"]).click()
    expect(page.locator("output")).to_contain_text(SAYS[locale]["done"], timeout=60_000)


def test_nothing_is_registered_or_kept_before_the_reader_asks(reader, host):
    context, locale = reader
    page = context.new_page()
    for key in ("index", CHAPTER, "offline"):
        page.goto(host.address + url(key, locale))
        first_sign(page)
        page.wait_for_load_state("networkidle")
    expect(page.locator("output")).to_have_text(SAYS[locale]["nothing"])
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert page.evaluate(KEPT) == []
    assert page.evaluate("localStorage.length") == 0


def test_a_saved_chapter_is_read_and_searched_without_a_network_and_says_from_when_it_is(reader, host):
    context, locale = reader
    says = SAYS[locale]
    page = context.new_page()
    save(page, host, locale)
    page.goto(host.address + url("summary", locale))  # what is opened from now on is kept as well
    expect(page.locator("p.saved")).to_contain_text(says["here"])
    expect(page.locator(".stale")).to_have_count(0)
    host.stop()
    for key in (CHAPTER, CASE, "summary", "index", "glossary/world-model"):
        page.goto(host.address + url(key, locale))
        expect(page.locator(".stale")).to_contain_text(says["stale"])
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700", "no styles"
    page.keyboard.press("Control+k")
    page.locator("form.search input").fill(says["search"])
    expect(page.locator(".search__pages a").first).to_be_visible()
    page.goto(host.address + url(ELSEWHERE, locale))
    expect(page.locator("h1")).to_have_text(says["absent"])


def test_one_press_deletes_everything_and_pages_need_the_network_again(reader, host):
    context, locale = reader
    page = context.new_page()
    save(page, host, locale)
    page.get_by_role("button", name=SAYS[locale]["remove"]).click()
    expect(page.locator("output")).to_contain_text(SAYS[locale]["removed"])
    page.goto(host.address + url(CASE, locale))
    page.wait_for_timeout(300)
    assert page.evaluate(KEPT) == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    host.stop()
    with pytest.raises(Error, match="ERR_EMPTY_RESPONSE"):
        page.goto(host.address + url(ELSEWHERE, locale))


def test_pages_that_changed_since_are_told_of_and_renewed_and_with_a_network_none_is_old(reader, built, tmp_path):
    context, locale = reader
    site = Path(shutil.copytree(built, tmp_path / "site"))
    host = Host(site, tmp_path / "host")
    page = context.new_page()
    save(page, host, locale)
    changed = site / url(CASE, locale) / "index.html"
    changed.write_text(changed.read_text(encoding="utf-8").replace("</h1>", " +++</h1>", 1), encoding="utf-8")
    offline.write(site)
    page.goto(host.address + url("offline", locale))
    renew = page.get_by_role("button", name=SAYS[locale]["renew"])
    expect(renew).to_be_visible()
    renew.click()
    expect(page.locator("output")).to_contain_text(SAYS[locale]["done"])
    expect(renew).to_be_hidden()
    changed.write_text(changed.read_text(encoding="utf-8").replace("+++", "===", 1), encoding="utf-8")
    later = changed.stat().st_mtime + 2  # HTTP's dates count whole seconds, and the page was renewed within this one
    os.utime(changed, (later, later))
    page.goto(host.address + url(CASE, locale))
    expect(page.locator("h1")).to_contain_text("===")
    host.stop()
    page.goto(host.address + url(CASE, locale))
    expect(page.locator("h1")).to_contain_text("===")
    expect(page.locator(".stale")).to_be_visible()


def test_what_is_not_there_and_packages_are_never_kept(reader, host):
    context, locale = reader
    page = context.new_page()
    save(page, host, locale)
    for path in ("nowhere/", "packages/x.zip"):
        page.goto(host.address + path)
    page.wait_for_timeout(300)
    assert not [one for one in page.evaluate(KEPT) if "nowhere" in one or "packages" in one]
    assert all(one.startswith(host.address) for one in page.evaluate(KEPT))


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("Cache.prototype.put = () => Promise.reject(new DOMException('', 'QuotaExceededError'))", "full"),
        ("const real = fetch; self.fetch = (what, ...rest) => String(what.url ?? what).includes('cases/') ? Promise.reject(new TypeError()) : real(what, ...rest)", "failed"),
        ("const real = fetch; self.fetch = (what, ...rest) => String(what.url ?? what).includes('offline.json') ? Promise.resolve(new Response('{', { status: 404 })) : real(what, ...rest)", "failed"),
    ],
    ids=["no room", "no network", "no list"],
)  # fmt: skip
def test_what_could_not_be_saved_is_said(fault, says, reader, host):
    context, locale = reader
    page = context.new_page()
    page.add_init_script(fault)
    page.goto(host.address + url("offline", locale) + "?chapter=03-making-content")
    page.get_by_role("button", name=SAYS[locale]["save"]).click()
    expect(page.locator("output")).to_contain_text(SAYS[locale][says])


@pytest.mark.parametrize("asked", ["%", "%E0%A4%A", "<script>", "../../x", "a" * 5000])
def test_what_the_address_asks_unreadably_is_ignored(asked, host, browser):
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{host.address}offline/?chapter={asked}")
    expect(page.locator("output")).to_have_text(SAYS["ko"]["nothing"])
    assert page.locator("form.offline input:checked").count() == 0
    assert faults == []
    page.close()


def test_the_list_names_every_page_once_and_the_thread_of_each_chapter_stays_in_its_language(built):
    plan = json.loads((built / "offline.json").read_text(encoding="utf-8"))
    pages = {p.parent.relative_to(built).as_posix().removeprefix(".") for p in built.rglob("index.html")}
    assert {p.rstrip("/") for p in plan["files"] if p == "" or p.endswith("/")} == pages
    for chapter, thread in plan["threads"].items():
        assert thread, chapter
        assert all(p.startswith("en/") == chapter.startswith("en/") for p in thread)
        assert set(thread) <= set(plan["files"])
