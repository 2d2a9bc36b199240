"""Editions: nothing that was published is lost, what moved is found, past editions stay readable, releases are whole."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from conftest import make_small_project
from lxml import html
from playwright.sync_api import Browser, Page, expect
from server import serve

from scripts import editions, git, release
from scripts.build import build, read_site
from scripts.checks import check_built
from scripts.content.loading import load
from scripts.environment import ROOT, CannotRun
from scripts.published import grown

BELOW = "course/"  # the folder of the host in which the site stands


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """The small book with a page and ids that moved, in git, tagged as edition 0.1, and built."""
    folder = make_small_project(tmp_path_factory.mktemp("editions") / "project")
    for name in ("requirements.txt", "requirements-test.txt", "CHANGELOG.md", "CITATION.cff"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1 – 2026-01-01\n\n- First.\n", encoding="utf-8")
    (folder / ".gitignore").write_text("/.cache/\n/site/\n/.venv\n__pycache__/\n")
    for command in (["init", "-q", "-b", "main"], ["add", "."]):
        git.run(folder, *command)
    commit(folder, "The first edition")
    git.run(folder, "tag", "0.1")
    assert build(folder) == []
    return folder


def commit(folder: Path, message: str) -> None:
    person = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    git.run(folder, *person, "commit", "-q", "-a", "--allow-empty", "-m", message)


@pytest.fixture(scope="module")
def host(project: Path, tmp_path_factory) -> Iterator[str]:
    """Address of the built project in a folder of its host."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "404.html").write_text("not here")
    (folder / BELOW.strip("/")).symlink_to(project / "site")
    server, address = serve(folder)
    yield address + BELOW
    server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


MOVED = {
    "cases/fort/": "cases/castle/",
    "en/cases/fort/": "en/cases/castle/",
    "cases/fort/#what": "cases/castle/#what",
    "en/cases/fort/#gate": "en/cases/castle/#question",
    "cases/fort/?beside#gate": "cases/castle/?beside#question",
    "cases/fort/#%E0%A4%A": "cases/castle/#%E0%A4%A",
}


@pytest.mark.parametrize("old", MOVED)
def test_a_reader_of_an_old_address_gets_to_the_new_page_and_heading(old, host, page):
    page.goto(host + old)
    page.wait_for_url(host + MOVED[old])
    expect(page.locator("h1")).to_have_text("castle" if old.startswith("en/") else "가상 성")


def test_without_script_the_old_address_still_leads_to_the_new_page(host, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(host + "en/cases/fort/#gate")
    page.wait_for_url(re.compile(r"/en/cases/castle/"))
    context.close()


def test_an_old_id_of_the_same_page_leads_to_the_heading_that_took_its_place(host, page):
    page.goto(host + "cases/castle/#visitors")
    place = page.evaluate("document.querySelector(':target').parentElement.id")
    assert place == "question"


def test_an_id_that_went_to_another_page_says_so_only_to_those_who_ask_for_it(host, page):
    page.goto(host + "en/cases/castle/")
    note = page.locator("#mirror")
    expect(note).to_be_hidden()
    page.goto(host + "en/cases/castle/#mirror")
    expect(note).to_be_visible()
    note.get_by_role("link").click()
    page.wait_for_url(host + "en/glossary/mirror-world/#in-the-report")


def test_hosts_are_told_what_moved_as_a_whole(project, tmp_path, monkeypatch):
    folder = shutil.copytree(project, tmp_path / "project")
    text = (folder / "docs/redirects.yml").read_text().replace("cases/fort#gate: cases/castle#question\n", "")
    (folder / "docs/redirects.yml").write_text(text)
    monkeypatch.setenv("SITE_URL", "https://example.org/course/")
    found = [str(f) for f in build(folder)]
    assert found == [
        f"docs/published.yml:{line}:1 site-published: {at}#gate was published and is gone; keep the id, or add "
        "‘cases/fort#gate: cases/castle#…’ to docs/redirects.yml"
        for line, at in ((3, "/cases/fort/"), (5, "/en/cases/fort/"))
    ]
    published = folder / "docs/published.yml"
    published.write_text(published.read_text().replace("[gate, what]", "[what]"))
    assert build(folder) == []
    assert (folder / "site/_redirects").read_text() == (
        "/course/cases/fort/ /course/cases/castle/ 301\n/course/en/cases/fort/ /course/en/cases/castle/ 301\n"
    )


def test_a_published_id_that_is_gone_from_a_built_page_is_found(project, tmp_path):
    folder = shutil.copytree(project, tmp_path / "project")
    file = folder / "site/cases/castle/index.html"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r'id="?what"?(?=[ >])', 'id="what-it-is"', text), encoding="utf-8")
    shutil.rmtree(folder / "site/en/cases/fort")
    published = folder / "docs/published.yml"
    published.write_text(published.read_text() + "/timeline.csv: []\n")
    found = [str(f) for f in sorted(check_built(read_site(folder / "site", folder))) if f.id == "site-published"]
    gone = "was published and is gone; keep the id, or add"
    assert found == [
        f"docs/published.yml:2:1 site-published: /cases/castle/#what {gone} ‘cases/castle#what: cases/castle#…’ "
        "to docs/redirects.yml",
        f"docs/published.yml:3:1 site-published: /cases/fort/#what {gone} ‘cases/fort#what: cases/castle#…’ "
        "to docs/redirects.yml",
        "docs/published.yml:6:1 site-published: /timeline.csv was published and is gone; files cannot move, so write it again",
    ]


def test_the_file_of_what_was_published_grows_and_never_shrinks(project):
    site = read_site(project / "site", project)
    text = grown(site)
    now = yaml.safe_load(text)
    assert {a: set(ids) for a, ids in site.book.published.items()}.items() <= {
        a: set(ids) & set(site.book.published.get(a, [])) for a, ids in now.items() if a in site.book.published
    }.items()
    assert "in-the-report" in now["/en/glossary/mirror-world/"]
    assert now["/timeline.ics"] == []
    addresses = [line.partition(":")[0] for line in text.splitlines() if line.startswith("/")]
    assert addresses == sorted(addresses)


def test_what_the_published_editions_had_is_held_by_the_book(real_book, built):
    addresses = {a.removeprefix("/") for a in real_book.published}
    assert {"", "en/", "cases/roblox/", "en/chapters/01-introduction/", "timeline.ics"} <= addresses
    assert "packages/metaverse-ai-moodle-ko.imscc" in addresses


@pytest.fixture(scope="module")
def archived(project: Path, tmp_path_factory) -> Path:
    """A later state of the project, with edition 0.1 below its site."""
    folder = tmp_path_factory.mktemp("later") / "project"
    shutil.copytree(project, folder, symlinks=True)
    for name in ("castle.yml", "castle.ko.md", "castle.en.md"):
        file = folder / "docs/cases" / name
        file.write_text(file.read_text(encoding="utf-8").replace("무너진", "새로운"), encoding="utf-8")
    assert build(folder) == []
    assert editions.archive(read_site(folder / "site", folder), folder) == ["0.1"]
    return folder / "site"


def test_every_page_of_a_past_edition_links_to_the_same_page_of_the_current_one(archived):
    old = archived / "editions/0.1"
    pages = sorted(old.rglob("*.html"))
    assert len(pages) > 40
    for file in pages:
        root = html.fromstring(file.read_bytes())
        if root.xpath("//meta[@http-equiv='refresh']"):
            continue
        (link,) = root.xpath("//aside[@class='edition-notice']//a/@href")
        target = Path(os.path.normpath(file.parent / link))
        assert target == archived / file.relative_to(old).parent
        assert (target / "index.html").is_file()
        english = file.relative_to(old).parts[0] == "en"
        assert ("Edition 0.1" if english else "0.1판") in root.xpath("string(//aside)").replace("edition", "Edition")
        assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
        (canonical,) = root.xpath("//link[@rel='canonical']/@href")
        assert canonical.endswith("/" + target.relative_to(archived).as_posix().strip(".") + "/" * (target != archived))
    assert not (old / "sitemap.xml").exists()


def test_the_page_of_editions_leads_to_a_past_edition_in_the_readers_language(archived, page):
    server, address = serve(archived)
    page.goto(address + "en/editions/")
    page.get_by_role("link", name="Read edition 0.1").click()
    page.wait_for_url(address + "editions/0.1/en/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("complementary", name="Archived edition").get_by_role("link").click()
    page.wait_for_url(address + "en/")
    server.shutdown()


def test_the_search_of_a_past_edition_stays_in_it(archived, page):
    server, address = serve(archived)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "editions/0.1/en/")
    page.get_by_role("searchbox").fill("castle")
    link = page.locator(".search__pages a[href]").first
    expect(link).to_be_visible()
    assert "/editions/0.1/en/" in link.evaluate("link => link.href")
    indexes = [url for url in asked if url.endswith(".json")]
    assert indexes and all(url.startswith(address + "editions/0.1/") for url in indexes)
    server.shutdown()


def test_a_release_begins_in_the_papers_and_then_asks_for_what_is_missing(project, tmp_path):
    folder = shutil.copytree(project, tmp_path / "project", symlinks=True)
    chapter = folder / "docs/chapters/01-start.en.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(CannotRun, match=r"commit or put aside: docs/chapters/01-start\.en\.md"):
        release.need_clean(folder)
    commit(folder, "A change")
    release.need_clean(folder)
    book = load(folder)[0]
    assert not release.is_begun(book, "0.2")
    release.begin(folder, book, "0.2", date(2026, 12, 1))
    book, found = load(folder)
    assert found == []
    newest = book.site.edition
    assert (newest.version, str(newest.date), list(newest.chapters)) == ("0.2", "2026-12-01", ["01-start"])
    assert release.is_begun(book, "0.2")
    assert "## 0.2 – 2026-12-01\n" in (folder / "CHANGELOG.md").read_text(encoding="utf-8")
    assert yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))["version"] == "0.2"
    site = (folder / "docs/site.yml").read_text(encoding="utf-8")
    (folder / "docs/site.yml").write_text(re.sub(r"    chapters:\n.*\n", "", site), encoding="utf-8")
    (folder / "CITATION.cff").write_text("version: '0.1'\n")
    assert [str(f) for f in sorted(release.findings(folder, load(folder)[0]))] == [
        "CHANGELOG.md:5:3 leftover: TODO is left over; write what is new",
        "CITATION.cff:1:1 edition: does not say ‘date-released: 2026-12-01’ as docs/site.yml does; write it",
        'CITATION.cff:1:1 edition: does not say ‘version: "0.2"’ as docs/site.yml does; write it',
        "docs/site.yml:4:5 edition: 01-start changed since 0.1; say under chapters: what readers will find changed",
    ]


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("0.0.9", "comes before 0.1"),
        ("next", "is not the name of an edition"),
        ("../x", "is not the name of an edition"),
    ],
)
def test_a_name_that_cannot_follow_is_refused(version, message, project):
    with pytest.raises(CannotRun, match=message):
        release.is_begun(load(project)[0], version)


def test_an_edition_that_is_tagged_is_not_published_again(project):
    with pytest.raises(CannotRun, match=r"edition 0\.1 is published"):
        release.findings(project, load(project)[0])


def test_without_the_tag_of_the_last_edition_a_release_says_how_to_get_it(project, tmp_path):
    folder = shutil.copytree(project, tmp_path / "project", symlinks=True)
    git.run(folder, "tag", "-d", "0.1")
    with pytest.raises(CannotRun, match=r"there is no tag 0\.1.*git fetch --tags"):
        release.begin(folder, load(folder)[0], "0.2", date(2026, 12, 1))


def test_a_folder_without_git_gives_a_message(tmp_path):
    with pytest.raises(CannotRun, match="git tag: "):
        git.tags(tmp_path)
