"""Two checkers, ours and lychee, judge the links of the built site alike."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from test_built_site import SITE_URL, broken  # noqa: F401 (a fixture)

from scripts.checks.built import link
from scripts.checks.built._site import Site

# What goes wrong in links, each on a page of its own: what to replace, and by what. (lychee asks for no scripts.)
SLIPS = {
    "cases/roblox/index.html": ("href=../zepeto/", "href=../zepetto/"),
    "cases/zepeto/index.html": ("href=#question", "href=#questions"),
    "en/cases/bmw-virtual-factory/index.html": ("href=../../chapters/", "href=../../chapter/"),
    "en/glossary/gmp/index.html": ("</article>", '<a href="../../errata/#e-none">x</a><img alt="" src="none.svg"></article>'),
    "chapters/03-making-content/index.html": ("href=../../assets/site.", "href=../../asset/site."),
    "timeline/index.html": (f"href={SITE_URL}", f"href={SITE_URL}none/"),
}  # fmt: skip


def _lychee(site: Path) -> dict:
    """What lychee says; a link to the site's public address is looked for among the files."""
    command = [
        Path(sys.executable).with_name("lychee"), "--offline", "--include-fragments", "--no-progress", "--format", "json",
        "--root-dir", site, "--index-files", "index.html", "--remap", f"{SITE_URL} {site.as_uri()}/", f"{site}/**/*.html",
    ]  # fmt: skip
    return json.loads(subprocess.run(command, capture_output=True, text=True).stdout)


def _places(found: dict, site: Path) -> set[tuple[str, str]]:
    """Pages, and what they link to that is not there."""
    return {
        (Path(page).relative_to(site).as_posix(), _shown(unquote(url.path).removeprefix(f"{site}/"), url.fragment))
        for page, errors in found["error_map"].items()
        for url in (urlsplit(one["url"]) for one in errors)
    }


def _shown(path: str, anchor: str) -> str:
    return f"{path.removesuffix('index.html').rstrip('/')}#{anchor}"


def test_lychee_finds_no_dead_link_among_all_of_the_site(built):
    found = _lychee(built)
    assert found["error_map"] == {}
    assert found["successful"] > 25_000


def test_ours_and_lychee_find_the_same_dead_links(broken, real_book):  # noqa: F811
    for name, (old, new) in SLIPS.items():
        text = (broken / name).read_text(encoding="utf-8")
        assert old in text, name
        (broken / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    (broken / "en/cases/imma-coach-play/index.html").unlink()
    site = Site.read(broken, real_book, SITE_URL)
    ours = {
        (finding.path.removeprefix("site/"), _shown(*site.inside(page, target)))
        for finding in link.check(site)
        for page in [site.pages[finding.path.removeprefix("site/").removesuffix("index.html")]]
        for target in [re.match(r"(\S+?):? ", finding.message)[1]]
    }
    assert _places(_lychee(broken), broken) == ours
    assert {page for page, _ in ours} >= set(SLIPS)
