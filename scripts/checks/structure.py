"""Both languages have the same blocks in the same order, and the same links in each block.

Reading side by side, keeping one's place across a switch of language, and
trusting that nothing was left out all stand on this.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from scripts.checks._prose import sentences
from scripts.checks.dead_link import fault
from scripts.content.book import Book, Entry
from scripts.content.markdown import JOINER, Block
from scripts.findings import Finding

ID = "structure"


def check(book: Book) -> Iterator[Finding]:
    usual = _usual_headings(book)
    for entry in book.entries.values():
        ko, en = entry.pages["ko"], entry.pages["en"]
        if entry.kind in ("chapters", "cases", "glossary"):
            for page in (ko, en):
                if not page.document.blocks:
                    yield Finding(page.path, 1, 1, ID, "has no text below its front matter; write it")
        dead = {link.target for page in (ko, en) for link in page.document.links if fault(book, page, link)}
        have = _headings(entry)
        for id in usual.get(entry.kind, ()) if have else ():
            if id not in have:
                yield Finding(
                    ko.path, 1, 1, ID, f"has no heading {{#{id}}}, which readers find on the others; write it"
                )
        if not ko.document.blocks or not en.document.blocks:
            continue
        for index, (left, right) in enumerate(zip_longest(ko.document.blocks, en.document.blocks)):
            if left is None or right is None:
                yield _gap(entry, index)
                break
            if not _sound(left, right):
                continue
            if (left.kind, left.shape) != (right.kind, right.shape):
                if len(ko.document.blocks) != len(en.document.blocks):
                    yield _gap(entry, index)
                    break
                yield Finding(
                    en.path, right.line, 1, ID,
                    f"{_say(right)} stands where {ko.path}:{left.line} has {_say(left)}; give both the same blocks",
                )  # fmt: skip
                break
            yield from _unlike(entry, left, right)
            if left.targets != right.targets and not dead & {*left.targets, *right.targets}:
                only_ko = sorted(set(left.targets) - set(right.targets))
                only_en = sorted(set(right.targets) - set(left.targets))
                said = [f"only Korean links {t}" for t in only_ko] + [f"only English links {t}" for t in only_en]
                yield Finding(
                    en.path, right.line, 1, ID,
                    f"links differ from {ko.path}:{left.line}: {', '.join(said) or 'not equally often'}",
                )  # fmt: skip


MANY = 5  # pages of a kind, from which on what nine in ten of them have is asked of all


def _usual_headings(book: Book) -> dict[str, list[str]]:
    """For cases and terms, the ids of the headings that readers expect on each."""
    usual = {}
    for kind in ("cases", "glossary"):
        entries = book.of_kind(kind)
        count = Counter(id for entry in entries for id in _headings(entry))
        usual[kind] = [id for id, times in count.items() if len(entries) >= MANY and times >= 0.9 * len(entries)]
    return usual


def _headings(entry: Entry) -> set[str]:
    return {heading.id for page in entry.pages.values() for heading in page.document.headings if heading.id}


def _gap(entry: Entry, index: int) -> Finding:
    """Told where the page that has fewer blocks lacks the one at `index` of the other."""
    longer, shorter = sorted(entry.pages.values(), key=lambda page: -len(page.document.blocks))
    block, rest = longer.document.blocks[index], shorter.document.blocks[index:]
    line = rest[0].line if rest else shorter.text.rstrip("\n").count("\n") + 1
    where = "before this" if rest else "at the end"
    message = f"{_say(block)} of {longer.path}:{block.line} is missing {where}; write it, or remove it there"
    return Finding(shorter.path, line, 1, ID, message)


USUAL = 2.0  # letters of English for one of Korean
LONG = 60  # letters of Korean, below which a paragraph tells nothing
# How far a side may fall short, as a logarithm: so much, and so much by the root of the paragraph's letters. First where it
# has no fewer sentences than the other, then where it has. A tenth more than in any paragraph of the book in 2026.
ROOM = {"ko": ((0.2, 2.0), (0.1, 1.2)), "en": ((0.3, 2.4), (0.2, 2.0))}


def _unlike(entry: Entry, left: Block, right: Block) -> Iterator[Finding]:
    """Bold words in one language only, and a paragraph of which one language has but a part."""
    ko, en = entry.pages["ko"], entry.pages["en"]
    said = [page.document.lines_of(block) for page, block in ((ko, left), (en, right))]
    if any("TODO" in text for text in said):
        return  # still to be written; the check `leftover` tells
    bold = [text.count("**") // 2 for text in said]
    if bold[0] != bold[1]:
        message = f"{bold[1]} words or phrases are bold, {bold[0]} in {ko.path}:{left.line}; make the same ones bold"
        yield Finding(en.path, right.line, 1, ID, message)
    if left.kind == "paragraph" and (side := side_that_lacks(*said)):
        page, block, there = (
            (en, right, f"{ko.path}:{left.line}") if side == "en" else (ko, left, f"{en.path}:{right.line}")
        )
        message = f"the paragraph is much shorter than in {there}; say all of it in both languages"
        yield Finding(page.path, block.line, 1, ID, message)


def side_that_lacks(korean: str, english: str) -> str | None:
    """The language in which a paragraph is too short for the other.

    English takes 1.3 to 2.8 letters for one of Korean, the longer a paragraph the closer to USUAL. Half of the sentences
    that one drops from Korean, two in five of those from English, are found so.
    """
    letters = [len(re.sub(rf"[\s{JOINER}*]+", " ", text).strip()) for text in (korean, english)]
    length = max(letters[0], letters[1] / USUAL)
    if length <= LONG:
        return None
    off = math.log(max(letters[1], 1) / max(letters[0], 1) / USUAL)
    more = len(sentences(english)) - len(sentences(korean))
    side = "en" if off < 0 else "ko"
    base, share = ROOM[side][more * off > 0]
    return side if abs(off) > base + share / math.sqrt(length) else None


def _sound(left: Block, right: Block) -> bool:
    """False for a pair whose fault another check tells: a heading without a usable id, a picture from elsewhere."""
    if left.kind == right.kind == "heading":
        return all(b.shape[0] > 1 and b.shape[1] and b.shape[1].isascii() for b in (left, right))
    if left.kind == right.kind == "admonition" and not (left.shape[1] and right.shape[1]):
        return False  # a note without text
    return not (left.kind == right.kind == "figure" and any("://" in b.shape[0] for b in (left, right)))


def _say(block: Block) -> str:
    """In words: `a list of 4`, `a heading (level 2, #what)`."""
    if block.kind in ("list", "numbered list"):
        return f"a {block.kind} of {block.shape[0]}"
    if block.kind == "table":
        return f"a table of {block.shape[0]} lines and {block.shape[1]} columns"
    if block.kind == "heading":
        return f"a heading (level {block.shape[0]}, #{block.shape[1]})"
    if block.kind == "figure":
        return f"the figure {block.shape[0]}"
    if block.kind == "admonition":
        return f"an admonition ({block.shape[0]}) with {block.shape[1]} inside"
    return "a block of code" if block.kind == "code" else f"a {block.kind}"
