"""All packages of an edition: made, checked, written to a folder, and linked from the downloads page."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser

from scripts.checks.built._site import Site
from scripts.checks.built.link import check as check_links
from scripts.checks.built.published import check as check_published
from scripts.checks.packages import cartridge as cartridge_check
from scripts.content.book import LOCALES, address
from scripts.environment import ROOT
from scripts.exports import (
    KINDS,
    PREFIX,
    cartridge,
    epub,
    flashcards,
    from_disk,
    gift,
    moodle_xml,
    open_data,
    pdf,
    slides,
)
from scripts.exports.edition import Edition
from scripts.findings import Finding
from scripts.finish import offline
from scripts.view import View

FOLDER = "packages"  # of the files, below the site's root
DOWNLOADS = "teach/downloads"


@dataclass(frozen=True)
class Package:
    """A file to take away. `locale` is None where it holds both languages; `part` is the chapter that it is about."""

    kind: str
    name: str
    data: bytes
    locale: str | None = None
    part: str | None = None


def packages(edition: Edition, browser: Browser) -> Iterator[Package]:
    """Every package, in the order of the downloads page."""
    chapters = [chapter.key for chapter in edition.book.of_kind("chapters")]
    for locale in LOCALES:

        def package(kind: str, ending: str, data: bytes, part: str | None = None, locale=locale) -> Package:
            slug = f"-{posixpath.basename(part)}" if part else ""
            return Package(kind, f"{PREFIX}-{kind}-{locale}{slug}{ending}", data, locale, part)

        yield package("moodle", ".imscc", cartridge.moodle(edition, locale))
        yield package("canvas", ".imscc", cartridge.canvas(edition, locale))
        yield package("links", ".imscc", cartridge.thin(edition, locale))
        yield package("questions", ".xml", moodle_xml.bank(edition, locale))
        yield package("questions", ".gift.txt", gift.bank(edition, locale))
        for key in chapters:
            yield package("slides", ".pptx", slides.deck(edition, key, locale), key)
        yield package("pdf", ".pdf", pdf.book(edition, locale, browser))
        for key in chapters:
            yield package("pdf", ".pdf", pdf.chapter(edition, key, locale, browser), key)
        yield package("epub", ".epub", epub.book(edition, locale))
        yield package("anki", ".apkg", flashcards.deck(edition, locale))
    yield Package("site", from_disk.NAME, from_disk.site(edition.site, edition.views))
    yield Package("data", f"{PREFIX}-data.zip", open_data.package(edition))


def export(site: Site, into: Path, browser: Browser) -> list[Finding]:
    """Makes the packages of a built site; only if none has a finding they replace `into`, and the site's downloads
    pages list them."""
    edition = Edition.of(site, browser)
    made = list(packages(edition, browser))
    cartridges = [package for package in made if package.name.endswith(".imscc")]
    if findings := [f for package in cartridges for f in cartridge_check.check(package.name, package.data)]:
        return findings
    _write(made, into)
    _write(made, site.folder / FOLDER)
    for locale in LOCALES:
        _list(made, locale, edition.views, site.folder / address(DOWNLOADS, locale) / "index.html")
    offline.write(site.folder)
    whole = Site.read(site.folder, site.book, site.site_url)
    return [*check_links(whole), *check_published(whole)]


def _write(made: list[Package], into: Path) -> None:
    into.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".packages-", dir=into.parent))
    for package in made:
        (folder / package.name).write_bytes(package.data)
    folder.chmod(0o755)
    shutil.rmtree(into, ignore_errors=True)
    os.replace(folder, into)


@dataclass(frozen=True)
class _Line:
    """A file as the downloads page names it; `locale` is that of the label."""

    name: str
    label: str
    locale: str
    form: str
    size: str


def _list(made: list[Package], locale: str, views: dict[str, View], page: Path) -> None:
    """Puts the lists of files into a downloads page."""
    view = views[locale]
    text = page.read_text(encoding="utf-8")
    template = Environment(loader=FileSystemLoader(ROOT / "overrides"), autoescape=False).get_template("packages.html")
    up = "../" * address(DOWNLOADS, locale).count("/")
    macros = template.make_module({"t": view.t})
    day = view.date(view.book.site.edition.date)
    for kind in KINDS:
        lines = [_line(package, view, views) for package in _sorted(made, kind, locale)]
        after = macros.files(kind, lines, f"{up}{FOLDER}/", day)
        place = re.compile(rf'<p\b[^>]*\bid="?files-{kind}"?>.*?</p>', re.DOTALL)
        text, count = place.subn(lambda _, after=after: after, text)
        if count != 1:
            raise ValueError(f"{page} has no place for the files of {kind}")
    page.write_text(text, encoding="utf-8")


def _sorted(made: list[Package], kind: str, locale: str) -> list[Package]:
    """The reader's language first."""
    return sorted((p for p in made if p.kind == kind), key=lambda p: p.locale not in (locale, None))


def _line(package: Package, view: View, views: dict[str, View]) -> _Line:
    """A chapter is named in the language of the file, everything else in the reader's."""
    named = views[package.locale] if package.part else view
    label = named.long_title(package.part) if package.part else view.t(f"package_{package.kind}")
    language = view.t(f"language_{package.locale or 'both'}")
    form = package.name.split(".")[1].upper()
    return _Line(package.name, label, named.locale, f"{language}, {form}", _size(len(package.data)))


def _size(count: int) -> str:
    """Bytes as people read them, in powers of 1000."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1000))} KB"
