"""The packages as a whole: all of them made, listed where lecturers look, the same bytes every time."""

from __future__ import annotations

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from lxml import html
from playwright.sync_api import Browser, expect
from sampling import SWEEP
from server import serve
from test_browser import DESK, PHONE
from test_teaching import BOOK, VIEWS

from scripts import manifest
from scripts.build import read_site
from scripts.environment import ROOT
from scripts.exports import KINDS, packages
from scripts.exports.packages import DOWNLOADS, FOLDER, Package, export


@pytest.fixture(scope="module")
def exported(built: Path, browser: Browser, tmp_path_factory) -> tuple[Path, Path]:
    """A site with its packages, and the folder of the packages."""
    folder = tmp_path_factory.mktemp("exported")
    site = Path(shutil.copytree(built, folder / "site"))
    assert export(read_site(site), folder / "dist", browser) == []
    return site, folder / "dist"


def test_every_package_is_there_in_both_languages_under_an_ascii_name(exported):
    names = sorted(path.name for path in exported[1].iterdir())
    assert all(re.fullmatch(r"(metaverse-ai|site)-[a-z0-9.-]+", name) for name in names)
    chapters = len(BOOK.of_kind("chapters"))
    for locale in ("ko", "en"):
        count = {kind: sum(name.startswith(f"metaverse-ai-{kind}-{locale}") for name in names) for kind in KINDS}
        assert count == {
            "moodle": 1, "canvas": 1, "links": 1, "questions": 2, "slides": chapters, "pdf": 1 + chapters,
            "epub": 1, "anki": 1, "site": 0, "data": 0,
        }  # fmt: skip
    assert {"metaverse-ai-data.zip", "site-ko-en.zip"} <= set(names)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_the_downloads_page_lists_every_file_with_language_size_and_date(locale, exported):
    site, dist = exported
    prefix = "en/" if locale == "en" else ""
    page = html.parse(str(site / prefix / DOWNLOADS / "index.html"))
    lines = page.xpath("//ul[@class='packages']/li")
    assert sorted(line.xpath("string(a/@href)").rpartition("/")[2] for line in lines) == sorted(
        p.name for p in dist.iterdir()
    )
    for line in lines:
        assert re.search(r"(?:\d+ KB|\d+\.\d MB) · ", line.text_content())
        assert VIEWS[locale].date(BOOK.site.edition.date) in line.text_content()
    assert not page.xpath("//p[contains(@class, 'packages')]")
    assert (site / FOLDER).is_dir()


@pytest.mark.parametrize("locale", ["ko", "en"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_lecturer_gets_from_home_to_the_moodle_package_in_four_clicks(size, locale, exported, browser: Browser):
    server, address = serve(exported[0])
    context = browser.new_context(viewport=size, accept_downloads=True)
    page = context.new_page()
    t = VIEWS[locale].t
    page.goto(address + ("en/" if locale == "en" else ""))
    article = page.locator("article")
    article.get_by_role("link", name=t("door_start_teach")).click()
    article.get_by_role("link", name=BOOK.entries["teach/plans/four-weeks"].data.name[locale]).click()
    article.get_by_role("link", name=t("plan_moodle")).click()
    expect(page).to_have_url(re.compile(r"teach/downloads/#moodle$"))
    expect(page.locator("#moodle")).to_be_in_viewport()
    with page.expect_download() as download:
        page.locator("#files-moodle a").first.click()
    assert download.value.suggested_filename == f"metaverse-ai-moodle-{locale}.imscc"
    assert download.value.path().read_bytes() == (exported[1] / f"metaverse-ai-moodle-{locale}.imscc").read_bytes()
    context.close()
    server.shutdown()


@pytest.mark.skipif(not SWEEP, reason="makes all packages a second time: in the weekly sweep")
def test_the_verb_elsewhere_and_at_another_time_makes_the_same_bytes(exported, tmp_path):
    copy = tmp_path / "other place"
    left_out = shutil.ignore_patterns(".venv", ".git", "site", "dist", ".site-*", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, copy, ignore=left_out)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    elsewhere = {"TZ": "AAA-24", "LC_ALL": "C", "PYTHONHASHSEED": "7"}  # where it is tomorrow already
    done = subprocess.run(
        [sys.executable, "-m", "scripts", "exports"],
        cwd=copy, capture_output=True, text=True, env=os.environ | elsewhere, umask=0o077,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    names = sorted(path.name for path in exported[1].iterdir())
    assert sorted(path.name for path in (copy / "dist").iterdir()) == names
    assert filecmp.cmpfiles(exported[1], copy / "dist", names, shallow=False)[1:] == ([], [])
    pages = [p.relative_to(exported[0]).as_posix() for p in exported[0].rglob("*") if p.is_file()]
    pages.remove("sitemap.xml.gz")  # the verb compresses it anew
    assert filecmp.cmpfiles(exported[0], copy / "site", pages, shallow=False)[1:] == ([], [])


def test_a_release_names_its_parts_and_sums_every_file(exported, tmp_path):
    dist = Path(shutil.copytree(exported[1], tmp_path / "dist"))
    written = manifest.write(exported[0], dist, BOOK.site)
    first = [(dist / name).read_bytes() for name in written]
    assert manifest.write(exported[0], dist, BOOK.site) == written
    assert [(dist / name).read_bytes() for name in written] == first
    with zipfile.ZipFile(dist / manifest.SITE) as site:
        site.extractall(dist)
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", manifest.SUMS], cwd=dist, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    summed = {line.split("  ", 1)[1] for line in (dist / manifest.SUMS).read_text().splitlines()}
    files = {p.relative_to(dist).as_posix() for p in dist.rglob("*") if p.is_file()}
    assert summed == files - {manifest.SUMS}
    assert {"site/index.html", "metaverse-ai-moodle-ko.imscc", manifest.PARTS} <= summed


def test_the_list_of_parts_keeps_the_schema_and_names_every_locked_package_with_its_hashes():
    lock, full_lock = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("requirements.txt", "requirements-test.txt")
    )
    text = manifest.parts(BOOK.site, lock, full_lock)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    parts = {part["name"]: part for part in json.loads(text)["components"]}
    assert parts.keys() == set(re.findall(r"^([\w.-]+)==", full_lock, re.MULTILINE))
    assert {name for name, part in parts.items() if part["scope"] == "required"} == set(
        re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)
    )
    assert sum(len(part["externalReferences"][0]["hashes"]) for part in parts.values()) == full_lock.count(
        "--hash=sha256:"
    )


def test_a_package_that_breaks_a_rule_stops_all_of_them(built, browser, tmp_path, monkeypatch):
    site = Path(shutil.copytree(built, tmp_path / "site"))
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist/old.txt").write_text("old")
    monkeypatch.setattr(
        packages, "packages", lambda *_: [Package("moodle", "metaverse-ai-moodle-ko.imscc", b"no zip", "ko")]
    )
    assert {finding.id for finding in export(read_site(site), tmp_path / "dist", browser)} == {"cartridge"}
    assert [path.name for path in (tmp_path / "dist").iterdir()] == ["old.txt"]
    assert not (site / FOLDER).exists()
