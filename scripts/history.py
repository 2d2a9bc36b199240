"""When the text of each page changed in substance, from one reading of the repository's log."""

from __future__ import annotations

import os
import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from scripts.content.book import key_of
from scripts.substance import substance

# What a reader's own settings of git would change is set here; --cc shows what a merge itself changed.
LOG = (
    "-c", "core.quotepath=false", "log", "--reverse", "--topo-order", "--cc", "--unified=0", "--no-renames", "--relative",
    "--no-color", "--no-ext-diff", "--no-textconv", "--no-notes", "--no-show-signature", "--no-decorate",
    "--src-prefix=a/", "--dst-prefix=b/", "--format=%x00%H %as", "--", "docs/*.md",
)  # fmt: skip


@dataclass
class Texts:
    """The two texts of a page. None: unknown, because the history that is here does not reach back so far."""

    changed: dict[str, date | None] = field(default_factory=dict)  # by language, the day of the last change
    waiting: str | None = None  # the language that has not followed a change of the other
    settled: bool = False  # whether it is known that both once stood together, so that `waiting` means something


@dataclass
class History:
    """`partial`: a shallow clone, whose oldest commits hold everything from before them."""

    pages: dict[str, Texts]
    partial: bool


def read(root: Path) -> History | None:
    """The history of every page, by key; None without git, without a repository or where git fails.

    What is not committed does not count. A change of one language leaves the other waiting until that changes too; a
    commit that changes both settles them. A page that was renamed is a new page.
    """
    log, shallow = _git(root, *LOG), _git(root, "rev-parse", "--git-path", "shallow")
    if not log or shallow is None:
        return None
    file = root / shallow.strip()
    oldest = set(file.read_text().split()) if file.is_file() else set()
    pages: dict[str, Texts] = defaultdict(Texts)
    for commit in log.split("\0")[1:]:
        head, _, diff = commit.partition("\n")
        sha, _, day = head.partition(" ")
        for key, locales in _changed(diff).items():
            if sha in oldest:
                pages[key].changed = dict.fromkeys(locales)
            else:
                _count(pages[key], locales, date.fromisoformat(day), known=not oldest)
    return History(dict(pages), bool(oldest))


def _git(root: Path, *arguments: str) -> str | None:
    environment = os.environ | {"GIT_NO_LAZY_FETCH": "1"}  # a partial clone is not to ask the network
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, env=environment)
    except OSError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _count(texts: Texts, locales: set[str], day: date, known: bool) -> None:
    new = not texts.changed
    texts.changed |= dict.fromkeys(locales, day)
    if len(locales) == 2:
        texts.waiting, texts.settled = None, True
        return
    (locale,) = locales
    other = "en" if locale == "ko" else "ko"
    if known or new:  # a page whose first commit is here has no other history
        texts.settled = True
    if texts.settled:
        texts.waiting = None if texts.waiting == locale else other


def _changed(diff: str) -> dict[str, set[str]]:
    """Languages in which the pages of a commit's diff changed in substance, by key."""
    found: dict[str, set[str]] = defaultdict(set)
    for part in re.split(r"^diff --", diff, flags=re.MULTILINE)[1:]:
        head, *hunks = re.split(r"^@@+ .*\n", part, flags=re.MULTILINE)
        names = re.findall(r"^(?:---|\+\+\+) [ab]/(docs/.+?)\t?$", head, re.MULTILINE)
        locale = names and re.search(r"\.(ko|en)\.md$", names[-1])
        if locale and (part.startswith("cc ") or _differ("".join(hunks))):
            found[key_of(names[-1])].add(locale[1])
    return found


def _differ(lines: str) -> bool:
    gone, come = ("".join(re.findall(rf"^\{mark}(.*\n?)", lines, re.MULTILINE)) for mark in "-+")
    return substance(gone) != substance(come)
