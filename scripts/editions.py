"""Archived editions below /editions/: each built from its tag, by its own code, with a notice on every page.

What is changed in the finished pages depends on nothing but HTML, so that no later edition can break an earlier one.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from scripts import git
from scripts.checks.built._site import Site
from scripts.content.book import LOCALES, address
from scripts.content.model import Edition
from scripts.environment import FOLDER, ROOT, STAMP, CannotRun
from scripts.finish import policy
from scripts.view import View, views

PAGE = "editions"  # key of the page that lists them, and folder of the archives
STYLE = "notice.css"
_OF_A_HOST = ("404.html", "sitemap.xml", "_headers", "_redirects")  # belong to the root of a site alone
_REFRESH = re.compile(r"""<meta\b[^>]*\bhttp-equiv=["']?refresh\b""")
_CANONICAL = re.compile(r"""<link\b[^>]*\brel=["']?canonical\b[^>]*>""")


def archive(site: Site, root: Path = ROOT) -> list[str]:
    """Builds every edition that has a tag into the site; returns their names."""
    known = git.tags(root)
    editions = [edition for edition in site.book.site.editions if edition.version in known]
    words = views(site.book, site.site_url, "", "")
    folder = site.folder / PAGE
    for edition in editions:
        with tempfile.TemporaryDirectory(prefix=".site-", dir=site.folder.parent) as place:
            built = _built(edition, site, Path(place), root)
            for page in built.rglob("*.html"):
                _mark(page, page.relative_to(built).as_posix(), edition, site, words)
            shutil.rmtree(folder / edition.version, ignore_errors=True)
            shutil.move(built, folder / edition.version)
    policy.allow_all(site.folder)
    shutil.copyfile(Path(__file__).with_suffix(".css"), folder / STYLE)
    for locale in LOCALES:
        _list(editions, site.folder / address(PAGE, locale) / "index.html", words[locale])
    return [edition.version for edition in editions]


def _built(edition: Edition, site: Site, place: Path, root: Path) -> Path:
    """The site of a tag, built in `place` by the tag's own code and requirements."""
    source, built = place / "source", place / "site"
    git.unpack(root, edition.version, source)
    locks = [hashlib.sha256(lock.read_bytes()).hexdigest() for lock in source.glob("requirements*.txt")]
    if STAMP.is_file() and STAMP.read_text() in locks:
        (source / FOLDER.name).symlink_to(FOLDER)
    below = f"{site.site_url.rstrip('/')}/{PAGE}/{edition.version}/"
    done = subprocess.run(
        [sys.executable, "-m", "scripts", "build", "--into", str(built)],
        cwd=source, env=os.environ | {"SITE_URL": below, "REPOSITORY_URL": "", "CONTACT": ""}, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise CannotRun(f"edition {edition.version} does not build:\n{done.stdout}{done.stderr}")
    for name in _OF_A_HOST:
        (built / name).unlink(missing_ok=True)
    return built


def _mark(page: Path, path: str, edition: Edition, site: Site, words: dict[str, View]) -> None:
    """Puts the notice on a page, and tells search engines that the current page is the one to show."""
    at = path.removesuffix("index.html")
    locale = "en" if at.startswith("en/") else "ko"
    current = site.book.moves.get((at, ""), (at, ""))[0]
    if current not in site.pages:
        current = address("index", locale)
    up = "../" * (at.count("/") + 2)
    view = words[locale]
    notice = _template("edition-notice.html").render(
        t=view.t, edition=edition, day=view.date(edition.date), current=(up + current) or "./"
    )
    head = (
        '<meta name="robots" content="noindex">'
        f'<link rel="canonical" href="{site.site_url.rstrip("/")}/{current}">'
        f'<link rel="stylesheet" href="{up}{PAGE}/{STYLE}">'
    )
    text = page.read_text(encoding="utf-8")
    if _REFRESH.search(text):  # a page that moved before this edition; it sends readers on within it
        return
    text = _CANONICAL.sub("", text)
    text = text.replace("</head>", f"{head}</head>", 1)
    page.write_text(re.sub(r"<body[^>]*>", lambda match: match[0] + notice, text, count=1), encoding="utf-8")


def _list(editions: list[Edition], page: Path, view: View) -> None:
    """Links each archive on the page of editions."""
    text = page.read_text(encoding="utf-8")
    up = "../" if view.locale == "en" else ""
    for edition in editions:
        place = re.compile(rf'<span\b[^>]*\bdata-edition="?{re.escape(edition.version)}"?[^>]*></span>')
        target = f"{up}{'../editions/' if up else ''}{edition.version}/{'en/' if up else ''}"
        link = f' · <a class="archived" href="{target}">{view.t("edition_read", edition.version)}</a>'
        text = place.sub(link, text)
    page.write_text(text, encoding="utf-8")


def _template(name: str):
    return Environment(loader=FileSystemLoader(ROOT / "overrides"), autoescape=True).get_template(name)
