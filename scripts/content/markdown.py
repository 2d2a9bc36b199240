"""One Markdown page as its parts: headings, links, blocks, and prose with everything else blanked.

Not a renderer. It reads the subset that our pages use, and keeps every letter
in its place: masks have the length of the text, so that a finding's line and
column are those of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

FENCE = re.compile(r"^(?P<mark>`{3,}|~{3,}).*?^(?P=mark)[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
LINK = re.compile(
    r"(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\(\s*(?P<target><[^>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)"
    r"(?:\s+\"(?P<title>[^\"]*)\")?\s*\)(?P<attributes>\{[^}\n]*\})?"
)
ATTRIBUTES = re.compile(r"\{:?\s*[#.][^}\n]*\}")
HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<text>.*?)[ \t]*(?:\{:?[ \t]*#(?P<id>[^\s}]+)[^}]*\})?[ \t]*#*$")
ADMONITION = re.compile(r"^(?:!!!|\?\?\?\+?)[ \t]*(?P<type>[\w-]+)(?:[ \t]+\"(?P<title>[^\"]*)\")?[ \t]*$")
CITATION = re.compile(r"\[(\d+(?:,\s?\d+)*)\](?!\()")  # [28, 31], numbers of the report's bibliography
LIST_ITEM = re.compile(r"^(?:(?P<bullet>[-*+])|(?P<number>\d+)[.)])[ \t]+\S")
TABLE_RULE = re.compile(r"^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    id: str | None
    line: int


@dataclass(frozen=True)
class Link:
    """An inline link or image. `column` is that of its first letter, `target_column` of its target."""

    text: str
    target: str
    title: str | None
    image: bool
    line: int
    column: int
    target_line: int
    target_column: int
    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list, table, figure, code or admonition; `shape` is what must be equal across languages."""

    kind: str
    shape: tuple
    line: int
    targets: tuple[str, ...]


# Stands for the marks of a link, so that `[AI](ai.md)는` still reads as one word. Not a letter, not a space.
JOINER = "\u2060"


def blank(text: str, filler: str = " ") -> str:
    """The text with every letter replaced; line ends stay."""
    return re.sub(r"[^\n]", filler, text)


def plain(text: str) -> str:
    """A line of Markdown without marks: links become their words."""
    return re.sub(r"\*\*|`", "", LINK.sub(lambda m: m["text"], text)).strip()


@dataclass
class Document:
    """A page's Markdown below its front matter, which ends before `first_line`."""

    text: str
    first_line: int = 1
    _starts: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._starts = [0, *(m.end() for m in re.finditer("\n", self.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the file for an offset in `text`."""
        index = bisect_right(self._starts, offset) - 1
        return index + self.first_line, offset - self._starts[index] + 1

    @cached_property
    def markup(self) -> str:
        """The text with code and comments blanked."""
        text = self.text
        for pattern in (FENCE, INLINE_CODE, COMMENT):
            text = pattern.sub(lambda m: blank(m[0]), text)
        return text

    @cached_property
    def links(self) -> list[Link]:
        links = []
        for match in LINK.finditer(self.markup):
            line, column = self.place(match.start())
            target = match["target"].strip("<>")
            target_line, target_column = self.place(match.start("target"))
            links.append(
                Link(match["text"], target, match["title"], bool(match["image"]), line, column,
                     target_line, target_column, match.start(), match.end())
            )  # fmt: skip
        return links

    @cached_property
    def headings(self) -> list[Heading]:
        headings = []
        for index, line in enumerate(self.markup.split("\n")):
            if match := HEADING.match(line):
                headings.append(Heading(len(match["marks"]), match["text"], match["id"], index + self.first_line))
        return headings

    @cached_property
    def prose(self) -> str:
        """What a reader reads: the text of links stays, their targets and all marks are blanked."""

        def keep_text(match: re.Match[str]) -> str:
            start, end = match.start("text") - match.start(), match.end("text") - match.start()
            whole = match[0]
            title = match["title"] or ""
            kept = blank(whole[:start], JOINER) + whole[start:end] + blank(whole[end:], JOINER)
            if title:
                at = match.start("title") - match.start()
                kept = kept[:at] + title + kept[at + len(title) :]
            return kept

        text = LINK.sub(keep_text, self.markup)
        text = ATTRIBUTES.sub(lambda m: blank(m[0]), text)
        text = re.sub(r"^(?:!!!|\?\?\?\+?)[ \t]*[\w-]+", lambda m: blank(m[0]), text, flags=re.MULTILINE)
        return re.sub(r"^[ \t]*(?:\d+[.)]|[-*+]|#{1,6})(?=[ \t])", lambda m: blank(m[0]), text, flags=re.MULTILINE)

    def items(self, heading: str) -> list[tuple[int, str]]:
        """Offsets and plain text of the list items under a heading; of an item with several paragraphs the first."""
        found, inside, offset = [], False, 0
        for line in self.markup.split("\n"):
            if match := HEADING.match(line):
                inside = match["id"] == heading
            elif inside and LIST_ITEM.match(line):
                found.append((offset, plain(re.sub(r"^\S+\s+", "", line))))
            offset += len(line) + 1
        return found

    @cached_property
    def words(self) -> int:
        """Words divided by spaces, in Korean 어절: what reading speed is counted in."""
        return len(re.findall(r"[^\s|*_]*\w[^\s|*_]*", self.prose))

    @cached_property
    def blocks(self) -> list[Block]:
        text = self.markup
        for match in FENCE.finditer(self.text):  # code is blanked, but it is a block
            text = text[: match.start()] + match["mark"][:3] + text[match.start() + 3 :]
        return _blocks(text.split("\n"), self.first_line)

    def block(self, line: int) -> int:
        """The index of the block in which a line of the file stands; -1 for front matter."""
        return bisect_right(self._block_lines, line) - 1

    def lines_of(self, block: Block) -> str:
        """The prose of a block."""
        end = self._block_lines[self.block(block.line) + 1 :]
        lines = self._prose_lines
        return "\n".join(lines[block.line - self.first_line : end[0] - self.first_line if end else None])

    @cached_property
    def _prose_lines(self) -> list[str]:
        return self.prose.split("\n")

    @cached_property
    def _block_lines(self) -> list[int]:
        return [block.line for block in self.blocks]


def _targets(lines: list[str]) -> tuple[str, ...]:
    return tuple(sorted(m["target"].strip("<>") for m in LINK.finditer("\n".join(lines)) if not m["image"]))


def _blocks(lines: list[str], first_line: int) -> list[Block]:
    blocks: list[Block] = []
    at = 0

    def add(kind: str, shape: tuple, end: int) -> None:
        nonlocal at
        blocks.append(Block(kind, shape, first_line + at, _targets(lines[at:end])))
        at = end

    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif line.strip() in ("```", "~~~"):
            add("code", (), at + 1)
        elif match := HEADING.match(line):
            add("heading", (len(match["marks"]), match["id"]), at + 1)
        elif match := ADMONITION.match(line):
            end = at + 1
            while end < len(lines) and (lines[end].startswith("    ") or not lines[end].strip()):
                end += 1
            inner = [inner_line[4:] for inner_line in lines[at + 1 : end]]
            inside = _blocks(inner, first_line + at + 1)
            blocks.append(Block("admonition", (match["type"], len(inside)), first_line + at, ()))
            blocks.extend(inside)
            at = end
        elif match := LIST_ITEM.match(line):
            kind = "numbered list" if match["number"] else "list"
            end, items = at, 0
            while end < len(lines):
                if LIST_ITEM.match(lines[end]):
                    items += 1
                elif not lines[end].strip():
                    following = next((x for x in lines[end:] if x.strip()), "")
                    if not (LIST_ITEM.match(following) or following.startswith("    ")):
                        break
                elif not lines[end].startswith(" ") and not lines[end - 1].strip():
                    break
                end += 1
            add(kind, (items,), end)
        elif "|" in line and at + 1 < len(lines) and TABLE_RULE.match(lines[at + 1]) and "|" in lines[at + 1]:
            end = at
            while end < len(lines) and "|" in lines[end]:
                end += 1
            columns = lines[at].strip().strip("|").count("|") + 1
            add("table", (end - at - 1, columns), end)
        else:
            end = at
            while (
                end < len(lines)
                and lines[end].strip()
                and not (end > at and (HEADING.match(lines[end]) or ADMONITION.match(lines[end])))
            ):
                end += 1
            whole = "\n".join(lines[at:end]).strip()
            match = LINK.fullmatch(whole)
            if match and match["image"]:
                add("figure", (match["target"],), end)
            else:
                add("paragraph", (), end)
    return blocks
