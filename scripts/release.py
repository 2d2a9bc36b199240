"""Makes an edition, in two runs: the first begins it in the papers, the second checks it and writes what was published.

Nothing is tagged or pushed: that is for a person to do.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from scripts import git
from scripts.content.book import Book
from scripts.environment import CannotRun
from scripts.findings import Finding

_SITE = "docs/site.yml"
_LOG = "CHANGELOG.md"
_CITATION = "CITATION.cff"


def is_begun(book: Book, version: str) -> bool:
    """Whether the papers name the edition already. Raises CannotRun for a name that cannot follow."""
    newest = book.site.edition.version
    if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)*", version):
        raise CannotRun(f"{version!r} is not the name of an edition; write numbers and points, such as 0.3")
    if _number(version) < _number(newest):
        raise CannotRun(f"{version} comes before {newest}, the newest edition in {_SITE}; choose a higher number")
    return version == newest


def need_clean(root: Path) -> None:
    """Raises CannotRun with the files that no commit holds."""
    if unsaved := git.unsaved(root):
        raise CannotRun("an edition is made from a commit; commit or put aside: " + ", ".join(unsaved))


def begin(root: Path, book: Book, version: str, today: date) -> list[str]:
    """Writes the new edition into site.yml, CITATION.cff and CHANGELOG.md, with TODO where a person must say what
    changed; returns the paths."""
    lines = [
        f'  - version: "{version}"',
        f"    date: {today}",
        "    new: {ko: TODO 달라진 것, en: TODO what is new}",
        *(["    chapters:"] if (slugs := _changed(root, book, book.site.edition.version)) else []),
        *(f"      {slug}: {{ko: TODO 달라진 것, en: TODO what changed}}" for slug in slugs),
    ]
    _replace(root / _SITE, r"^editions:\n", lambda m: m[0] + "\n".join(lines) + "\n")
    _replace(root / _CITATION, r"^version: .*$", lambda _: f'version: "{version}"')
    _replace(root / _CITATION, r"^date-released: .*$", lambda _: f"date-released: {today}")
    log = f"## {version} – {today}\n\n- TODO what readers and contributors will notice\n\n"
    _replace(root / _LOG, r"^## ", lambda m: log + m[0])
    return [_SITE, _CITATION, _LOG]


def findings(root: Path, book: Book) -> list[Finding]:
    """What the papers do not yet say of the edition that is to be published."""
    edition = book.site.edition
    places = book.file_places[_SITE]
    found = []
    if edition.version in git.tags(root):
        raise CannotRun(f"edition {edition.version} is published: there is a tag of that name; choose a higher number")
    if len(book.site.editions) > 1:
        before = book.site.editions[1].version
        for slug in _changed(root, book, before):
            if slug not in edition.chapters:
                message = f"{slug} changed since {before}; say under chapters: what readers will find changed"
                found.append(Finding(_SITE, *places["editions", 0, "version"], "edition", message))
    log = (root / _LOG).read_text(encoding="utf-8")
    heading = f"## {edition.version} – {edition.date}"
    if heading not in log.splitlines():
        found.append(Finding(_LOG, 1, 1, "edition", f"has no line ‘{heading}’; add it with what is new"))
    for number, line in enumerate(log.splitlines(), 1):
        if "TODO" in line:
            found.append(
                Finding(_LOG, number, line.index("TODO") + 1, "leftover", "TODO is left over; write what is new")
            )
    citation = (root / _CITATION).read_text(encoding="utf-8").splitlines()
    for line in (f'version: "{edition.version}"', f"date-released: {edition.date}"):
        if line not in citation:
            found.append(Finding(_CITATION, 1, 1, "edition", f"does not say ‘{line}’ as {_SITE} does; write it"))
    return found


def _changed(root: Path, book: Book, since: str) -> list[str]:
    """Chapters that are not as they were in an edition."""
    if since not in git.tags(root):
        raise CannotRun(
            f"there is no tag {since}, so what changed in the chapters cannot be told; get the tags (git fetch --tags), "
            f"or tag the commit of that edition (git tag {since} COMMIT)"
        )
    names = {Path(path).name.partition(".")[0] for path in git.changed(root, since, "docs/chapters")}
    return sorted(names & {chapter.slug for chapter in book.of_kind("chapters")})


def _number(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _replace(path: Path, pattern: str, new) -> None:
    text, count = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    if not count:
        raise CannotRun(f"{path.name} has no line that matches {pattern}; write one")
    path.write_text(text, encoding="utf-8")
