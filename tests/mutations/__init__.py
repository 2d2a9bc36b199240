"""Seeded faults: what can go wrong with the real content, a kind at a time, and where it must be found.

A kind is a function from the tree and a source of chance to a `Fault`: what becomes of which files, and the file and
line on which one of the kind's checks must speak. `swap` makes the commonest: something in a file becomes another.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from scripts.content.book import Book, key_of
from scripts.content.loading import load
from scripts.content.markdown import JOINER, blank

ANY = 0  # a line that cannot be known: what is missing stands nowhere


@dataclass(frozen=True)
class Fault:
    """`path` and `line` are where it must be found; `files` what becomes of files, None for one that goes."""

    path: str
    line: int
    files: dict[str, bytes | None]

    @property
    def keys(self) -> set[str]:
        """The entries that it may be told of: their files together are one page."""
        return {key_of(path) or path for path in (self.path, *self.files)}


@dataclass(frozen=True)
class Kind:
    """A kind of fault. `also` are checks that may speak elsewhere, because the fault truly breaks something there.

    `breaks`: the entry cannot be read, so that nothing else is said of it and of what rests on it. `alone`: it is seen
    in many places and is tried by itself. `once`: there is but one file for it, so that one place is tried.
    """

    name: str
    checks: tuple[str, ...]
    make: Callable[[Tree, random.Random], Fault]
    also: tuple[str, ...] = ()
    breaks: bool = False
    alone: bool = False
    once: bool = False


KINDS: list[Kind] = []


def kind(name: str, checks: str, also: str = "", *, breaks: bool = False, alone: bool = False, once: bool = False):
    """Declares the function below as a kind of fault; `checks` and `also` are ids with spaces between."""

    def declare(make: Callable[[Tree, random.Random], Fault]):
        KINDS.append(Kind(name, tuple(checks.split()), make, tuple(also.split()), breaks, alone, once))
        return make

    return declare


@dataclass(eq=False)
class Tree:
    """The content as it is, to be broken in copies."""

    root: Path
    texts: dict[str, str] = field(init=False)
    book: Book = field(init=False)

    def __post_init__(self) -> None:
        self.book = load(self.root)[0]
        self.texts = self.book.texts | self.book.assets
        self._readable: dict[str, str] = {}

    def readable(self, path: str) -> str:
        """A page's body with all but what its readers read blanked, letter for letter."""
        if path not in self._readable:
            page = next(page for page in self.book.pages if page.path == path)
            front = len(page.text) - len(page.document.text)
            self._readable[path] = blank(page.text[:front]) + page.document.prose
        return self._readable[path]

    @cache  # noqa: B019 - a tree lives as long as its test
    def paths(self, pattern: str) -> list[str]:
        """Paths that fit one of several patterns, with | between."""
        return sorted(p for p in self.texts if any(fnmatch(p, one) for one in pattern.split("|")))

    def edit(self, path: str, start: int, end: int, new: str, line: int | None = None) -> Fault:
        """The fault that puts `new` in place of letters `start` to `end`, found on the line where they stood."""
        text = self.texts[path]
        at = text.count("\n", 0, start) + 1 if line is None else line
        return Fault(path, at, {path: (text[:start] + new + text[end:]).encode()})

    def find(self, chance: random.Random, files: str, pattern: str, *, prose: bool) -> tuple[str, re.Match[str]]:
        """A random match in a random file that has one."""
        paths = self.paths(files)
        for path in chance.sample(paths, len(paths)):
            text = self.readable(path) if prose else self.texts[path]
            if found := [m for m in re.finditer(pattern, text, re.MULTILINE) if JOINER not in m[0]]:
                return path, chance.choice(found)
        raise LookupError(f"nothing in {files} fits {pattern}")


def swap(
    name: str, checks: str, files: str, pattern: str, new, also: str = "", *, prose: bool = False, line: int | None = None,
    there: bool = False, breaks: bool = False, alone: bool = False, once: bool = False,
) -> None:
    """Declares a kind: a match of `pattern` becomes `new`, a template or a function of the match and chance.

    `prose`: only where readers read. If the pattern has a group `at`, that alone is replaced. `there`: the other
    language's half of the page is where it is told, at its own line of the same block.
    """

    def make(tree: Tree, chance: random.Random) -> Fault:
        path, match = tree.find(chance, files, pattern, prose=prose)
        group = "at" if "at" in match.re.groupindex else 0
        text = new(match, chance) if callable(new) else match.expand(new)
        fault = tree.edit(path, *match.span(group), text, line)
        if there:
            place = other_half(tree, path, tree.texts[path].count("\n", 0, match.start(group)) + 1)
            return Fault(*place, fault.files)
        return fault

    KINDS.append(Kind(name, tuple(checks.split()), make, tuple(also.split()), breaks, alone, once))


def other_half(tree: Tree, path: str, line: int) -> tuple[str, int]:
    """Path and line of the same block in the other language."""
    page = next(page for page in tree.book.pages if page.path == path)
    other = tree.book.entries[page.key].pages["en" if page.locale == "ko" else "ko"]
    block = page.document.block(line)
    return other.path, other.document.blocks[block].line if block >= 0 else ANY
