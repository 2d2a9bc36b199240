"""What changed since the main branch or another commit, from git, and what a change can break elsewhere in the book."""

from __future__ import annotations

import posixpath
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from scripts.content import yaml_tree
from scripts.content.book import Book, key_of

# The branch that changes are compared with: the first of these that there is.
MAIN = ("upstream/main", "origin/main", "main")
# What every page is judged by: after a change here everything is checked.
FOR_ALL = re.compile(r"scripts/.*|docs/(?:site|term-base|references)\.yml|requirements.*\.txt")
INVENTORY = "docs/inventory.yml"
# What keeps account of all pages: a page that goes, or an id, shows there.
ACCOUNTS = ("mkdocs.yml", INVENTORY, "docs/published.yml", "docs/redirects.yml", "docs/site.yml")
NAMED = ("docs/cases/", "docs/glossary/")


@dataclass(frozen=True)
class Change:
    """The files that changed, with the text that each had before ("" for a new one)."""

    before: dict[str, str]


def since_main(root: Path) -> Change | None:
    """What differs from the commit where this branch left main, uncommitted and new files included; None if git
    cannot tell (no repository, no main, a shallow clone)."""
    base = next((found for name in MAIN if (found := _git(root, "merge-base", "HEAD", name))), None)
    return base and _since(root, base.strip())


def since(root: Path, commit: str) -> Change | None:
    """What differs from the commit where this branch left another commit; None if git does not know that one."""
    base = None if commit.startswith("-") else _git(root, "merge-base", "HEAD", commit)
    return base and _since(root, base.strip())


def _since(root: Path, base: str) -> Change | None:
    changed = _git(root, "diff", "--relative", "--name-only", "--no-renames", "-z", base, "--", ".")
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    return None if changed is None or new is None else _change(root, base, changed + new)


def staged(root: Path) -> Change | None:
    """What the next commit changes; None if git cannot tell."""
    base = "HEAD" if _git(root, "rev-parse", "--verify", "--quiet", "HEAD") else None
    changed = base and _git(
        root, "diff", "--cached", "--relative", "--name-only", "--no-renames", "-z", base, "--", "."
    )
    return None if changed is None else _change(root, base, changed)


def write_index(root: Path, into: Path) -> None:
    """Writes what the next commit holds of docs/ and mkdocs.yml into an empty folder."""
    names = _git(root, "ls-files", "-z", "--", "docs", "mkdocs.yml") or ""
    subprocess.run(
        ["git", "checkout-index", "-z", "--stdin", f"--prefix={into}/"], cwd=root, input=names, text=True, check=True
    )


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True)
    except OSError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _change(root: Path, base: str, names: str) -> Change:
    paths = sorted(set(filter(None, names.split("\0"))))
    wanted = [path for path in paths if path.endswith((".md", ".yml"))]
    old = _old_texts(root, base, wanted)
    return Change({path: old.get(path, "") for path in paths})


def _old_texts(root: Path, base: str, paths: list[str]) -> dict[str, str]:
    """The text of files as `base` has them, asked for in one go."""
    asked = "".join(f"{base}:./{path}\n" for path in paths if "\n" not in path)
    out = subprocess.run(["git", "cat-file", "--batch"], cwd=root, input=asked.encode(), capture_output=True).stdout
    texts = {}
    for path in paths:
        head, _, out = out.partition(b"\n")
        if head.endswith(b"missing"):
            continue
        size = int(head.rsplit(b" ", 1)[-1] or 0)
        texts[path], out = out[:size].decode("utf-8", "replace"), out[size + 1 :]
    return texts


class Scope(NamedTuple):
    """What a change can break: keys of the pages whose wording is to be judged, and paths of the files whose findings
    belong to the change. None: all."""

    judged: frozenset[str] | None = None
    shown: frozenset[str] | None = None


def scope(book: Book, change: Change) -> Scope:
    """Wider than need be, never narrower: whoever names a changed page, and whoever it names, before or after."""
    inventory = _of_changed_items(book, change)
    if inventory is None or any(FOR_ALL.fullmatch(path) for path in change.before):
        return Scope()
    files = _files_by_key(book)
    said = {key: "\n".join(book.texts[path] for path in paths) for key, paths in files.items()}
    changed = {key for path in change.before if (key := key_of(path))}
    judged = changed | inventory
    if names := _changed_names(book, change):
        flat = {key: " ".join(text.lower().split()) for key, text in said.items()}
        judged |= {key for key, text in flat.items() if any(name in text for name in names)}
    of_change = "\n".join([*change.before.values(), *(said.get(key, "") for key in changed)])
    slugs = {_slug(key) for key in judged}
    near = {
        key
        for key, text in said.items()
        if _slug(key) in slugs
        or _speaks(text, slugs)
        or _speaks(of_change, [_slug(key)])
        or ("errata:" in of_change and "errata.md#" in text)
    }
    shown = {path for key in judged | near for path in files.get(key, ())}
    return Scope(frozenset(judged), frozenset({*shown, *change.before, *ACCOUNTS}))


def _slug(key: str) -> str:
    return posixpath.basename(key)


def _files_by_key(book: Book) -> dict[str, list[str]]:
    files: dict[str, list[str]] = {}
    for path in book.texts:
        if key := key_of(path):
            files.setdefault(key, []).append(path)
    return files


def _speaks(text: str, slugs: Iterable[str]) -> bool:
    """Whether a text holds one of the slugs as a whole word: in a link, a list of related entries, a fact's address."""
    return any(slug in text and re.search(rf"(?<![\w-]){re.escape(slug)}(?![\w-])", text) for slug in slugs)


def _of_changed_items(book: Book, change: Change) -> set[str] | None:
    """Pages that changed items of the inventory speak of; None if it cannot be read."""
    if INVENTORY not in change.before:
        return set()
    try:
        old, new = (yaml_tree.parse(text)[0] for text in (change.before[INVENTORY], book.texts.get(INVENTORY, "")))
        kept = [item for item in (old or {}).get("items", [])]
        return {str(item["at"]) for item in (new or {}).get("items", []) if item not in kept}
    except (yaml_tree.BadYaml, AttributeError, KeyError, TypeError):
        return None


def _changed_names(book: Book, change: Change) -> set[str]:
    """Names of cases and terms that the change adds, takes away or treats otherwise, in small letters: any page may
    speak of them."""
    changed: set[tuple[str, str, str]] = set()
    for path, old in change.before.items():
        if path.startswith(NAMED) and path.endswith(".yml"):
            changed |= _names(old) ^ _names(book.texts.get(path, ""))
        elif path.startswith(NAMED) and (key := key_of(path)) not in book.entries:
            changed |= _names(book.texts.get(f"docs/{key}.yml", ""))  # a page that is gone takes the entry with it
    return {name.lower() for name, *_ in changed}


def _names(text: str) -> set[tuple[str, str, str]]:
    """Each name of an entry, with its language, and with whether its first mention is to be linked."""
    try:
        data = yaml_tree.parse(text)[0]
    except yaml_tree.BadYaml:
        return set()
    found: set[tuple[str, str]] = set()
    data = data if isinstance(data, dict) else {}
    for part in (data.get("name"), data.get("aliases")):
        for language, names in part.items() if isinstance(part, dict) else ():
            found |= {(str(name), str(language)) for name in (names if isinstance(names, list) else [names])}
    return {(name, language, str(data.get("link_first"))) for name, language in found if name}
