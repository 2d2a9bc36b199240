"""What a pull request does, as one Markdown comment for those who read it.

The words of the pull request itself stand in the comment as text: nothing in them becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from scripts.build import source_findings
from scripts.changes import Change, since
from scripts.content import yaml_tree
from scripts.content.book import LOCALES, Book, Page, address, key_of
from scripts.environment import CannotRun
from scripts.findings import Finding, counted
from scripts.messages import say
from scripts.substance import substance

LANGUAGE = {"ko": "Korean", "en": "English"}
ADDRESSES = "docs/published.yml"  # grown by a release, says nothing to readers
PARTS = ("Korean", "English", "data", "drawing")
# Lines of a list, letters of a value: GitHub takes 65,536 letters, and both languages have to fit.
MOST, LONGEST = 30, 200
NOTHING = "–"


def review(root: Path, base: str, preview: str = "", language: str = "en") -> tuple[str, int]:
    """The comment, and the number of findings.

    `base` is the commit that the pull request is to be merged into, `preview` the address at which the built site can
    be seen. Raises CannotRun if git does not know `base`.
    """
    change = since(root, base)
    if change is None:
        raise CannotRun(f"git knows no commit {base} here that this branch comes from; fetch it first")
    book, findings = source_findings(root, change)
    findings = sorted(set(findings))
    parts = [
        _findings(findings, language),
        _pages(book, change, preview, language),
        _values(book, change, language),
        _one_sided(book, change, language),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part), len(findings)


def _findings(findings: list[Finding], language: str) -> list[str]:
    if not findings:
        return [_title("No findings", language)]
    files = [(path, list(group)) for path, group in groupby(findings, key=lambda finding: finding.path)]
    lines = []
    for path, group in files:
        lines.append(f"- {_code(path)} ({len(group)})")
        lines += [f"  - {f.line}:{f.column} {f.id}: {_text(say(f.message, language))}" for f in group]
    count = f"{counted(len(findings), 'finding')} in {counted(len(files), 'file')}"
    return [_title(count, language), *_cut(lines, language)]


def _pages(book: Book, change: Change, preview: str, language: str) -> list[str]:
    changed: dict[str, list[str]] = {}
    for path in change.before:
        key = key_of(path)
        if key and (key in book.page_keys or path.endswith(".md")):
            changed.setdefault(key, []).append(_part(path))
        elif key and key.startswith("figures/"):
            for page in book.pages:
                if key.removeprefix("figures/") in page.drawings:
                    changed.setdefault(page.key, []).append("drawing")
    if not changed:
        return [_title("No page changed", language)]
    rows = []
    for key, parts in sorted(changed.items()):
        seen = [_link(book, key, locale, preview, language) for locale in LOCALES]
        rows.append([*seen, ", ".join(say(part, language) for part in PARTS if part in parts)])
    return [
        _title(counted(len(rows), "changed page"), language),
        *_table(("Korean", "English", "What changed"), rows, language),
    ]


def _part(path: str) -> str:
    """What of a page a file holds."""
    locale = re.search(r"\.(ko|en)\.md$", path)
    return LANGUAGE[locale[1]] if locale else "data"


def _link(book: Book, key: str, locale: str, preview: str, language: str) -> str:
    if not any((page.key, page.locale) == (key, locale) for page in book.pages):
        return say("is gone", language)
    title = _text(book.entries[key].title(locale)) if key in book.entries else ""
    title = title or _code(key)  # a quiz has the title of its chapter
    return f"[{title}]({preview.rstrip('/')}/{address(key, locale)})" if preview else title


def _values(book: Book, change: Change, language: str) -> list[str]:
    rows = []
    for path, old in change.before.items():
        if path.startswith("docs/") and path.endswith(".yml") and path != ADDRESSES and (old or path in book.texts):
            where = key_of(path)
            for name, before, after in differences(old, book.texts.get(path, "")):
                rows.append([_code(f"{where} {name}"), _text(before), _text(after)])
    if not rows:
        return []
    return [
        _title(f"Before and after: {counted(len(rows), 'value')} in the data", language),
        *_table(("Where", "Before", "After"), rows, language),
    ]


def differences(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """Name, value before and value after of what two versions of a data file say differently; nothing for one that
    cannot be read, which findings tell of.

    What has an id is named by it (`facts visitors value`), and what is new or gone as a whole is one value.
    """
    try:
        before, after = (_tree(yaml_tree.parse(text)[0]) for text in (old, new))
    except yaml_tree.BadYaml:
        return
    yield from _compare("", before, after)


def _tree(value: object) -> object:
    """The data with every list of items that have ids as a mapping of these."""
    if isinstance(value, dict):
        return {key: _tree(one) for key, one in value.items()}
    if isinstance(value, list):
        ids = [one.get("id") if isinstance(one, dict) else None for one in value]
        if ids and None not in ids and len(set(map(str, ids))) == len(ids):
            return {str(one["id"]): _tree({k: v for k, v in one.items() if k != "id"}) for one in value}
    return value


def _compare(name: str, before: object, after: object) -> Iterator[tuple[str, str, str]]:
    if before == after or {_value(before), _value(after)} == {NOTHING}:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            yield from _compare(f"{name} {key}".strip(), before.get(key), after.get(key))
    else:
        yield name, _value(before), _value(after)


def _value(value: object) -> str:
    """A value as it is read: a number with commas between its thousands, a whole item with its parts in a row."""
    if value is None:
        return NOTHING
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_value(one)}" for key, one in value.items()) or NOTHING
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or NOTHING
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10_000:
        return f"{value:,}"
    return str(value)


def _one_sided(book: Book, change: Change, language: str) -> list[str]:
    said = []
    by_place = {(page.key, page.locale): page for page in book.pages}
    for page in book.pages:
        other = by_place.get((page.key, "en" if page.locale == "ko" else "ko"))
        if other and _changed(page, change) and not _changed(other, change):
            which = say(f"{LANGUAGE[page.locale]} changed, {LANGUAGE[other.locale]} did not", language)
            said.append(f"- {_code(other.path)}: {which}")
    if not said:
        return []
    title = _title(f"{counted(len(said), 'page')} changed in one language only", language)
    return [title, *_cut(said, language)]


def _changed(page: Page, change: Change) -> bool:
    return page.path in change.before and substance(change.before[page.path]) != substance(page.text)


def _title(words: str, language: str) -> str:
    return f"### {say(words, language)}\n"


def _table(head: Iterable[str], rows: list[list[str]], language: str) -> list[str]:
    head = [say(words, language) for words in head]
    more = _cut(["| " + " | ".join(row) + " |" for row in rows], language)
    return ["| " + " | ".join(head) + " |", "|---" * len(head) + "|", *more]


def _cut(lines: list[str], language: str) -> list[str]:
    if len(lines) <= MOST:
        return lines
    return [*lines[:MOST], "", say(f"… and {counted(len(lines) - MOST, 'more line')}", language)]


def _text(words: str) -> str:
    """Words in which nothing is markup, in one line and not too long."""
    words = re.sub(r"\s+", " ", words).strip()
    if len(words) > LONGEST:
        words = words[: LONGEST - 1] + "…"
    return re.sub(r"([\\`*_\[\]<>|~&])", r"\\\1", words)


def _code(words: str) -> str:
    """A name as code."""
    words = re.sub(r"[`|\s]+", " ", words).strip()
    return f"`{words}`"
