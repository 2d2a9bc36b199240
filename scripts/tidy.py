"""The form in which files are kept where no check asks for it: order of keys, quotation marks, ends of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import get_args, get_origin

import yaml

from scripts.content import yaml_tree
from scripts.content.loading import model_of, split
from scripts.content.markdown import ADMONITION, Document
from scripts.content.model import Strict

# In these forms quotation marks are told from apostrophes: they open after a space or bracket, and close what they open.
_DOUBLE = re.compile(r"(?<![\w”])\"(?=\S)([^\"\n]*[^\s\"])\"(?!\w)")
_SINGLE = re.compile(r"(?<![\w’])'(?=\S)([^'\n]*[^\s'])'(?!\w)")
_DOUBLE_KO = re.compile(r"(?<![A-Za-z0-9”])\"(?=\S)([^\"\n]*[^\s\"])\"")
_SINGLE_KO = re.compile(r"(?<![A-Za-z0-9’])'(?=\S)([^'\n]*[^\s'])'(?![A-Za-z0-9])")


@dataclass(frozen=True, order=True)
class Mended:
    """What was changed in a line: `before` and `after` are the words around the change."""

    path: str
    line: int
    column: int
    id: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.id}: {_visible(self.before)} → {_visible(self.after)}"


def between(path: str, line: int, id: str, before: str, after: str) -> Mended:
    """The change of one line, shown with whole words and no more."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    column = start + 1
    while start and not before[start - 1].isspace():
        start -= 1
    while end and not before[len(before) - end].isspace():
        end -= 1
    return Mended(path, line, column, id, before[start : len(before) - end], after[start : len(after) - end])


def _visible(text: str) -> str:
    """Text with what cannot be seen written as its number, and at most 60 letters of it."""
    shown = "".join(
        letter if letter.isprintable() and not 0x1100 <= ord(letter) <= 0x11FF else f"\\u{ord(letter):04x}"
        for letter in text
    )
    return shown if len(shown) <= 60 else f"{shown[:29]} … {shown[-28:]}"


def tidy(path: str, text: str) -> tuple[str, list[Mended]]:
    """The text as it is kept, and what differs. Words, figures and data stay what they are."""
    done: list[Mended] = []
    if path.endswith(".md"):
        text = _with_quotes(path, text, done)
    text = _with_ends(path, text, done)
    if path.endswith(".yml") and path.startswith("docs/"):
        text = _in_order(path, text, done)
    return text, sorted(done)


def _with_quotes(path: str, text: str, done: list[Mended]) -> str:
    """Straight quotation marks in prose become ‘ ’ and “ ”; apostrophes stay."""
    _, body, first_line = split(text)
    document, head = Document(body, first_line), text[: len(text) - len(body)]
    pairs = (_DOUBLE_KO, _SINGLE_KO) if path.endswith(".ko.md") else (_DOUBLE, _SINGLE)
    lines = body.split("\n")
    for index, (line, prose) in enumerate(zip(lines, document.prose.split("\n"), strict=True)):
        if ADMONITION.match(line):
            continue
        new = line
        for pattern, (opening, closing) in zip(pairs, ("“”", "‘’"), strict=True):
            for match in pattern.finditer(prose):
                new = (
                    new[: match.start()]
                    + opening
                    + new[match.start() + 1 : match.end() - 1]
                    + closing
                    + new[match.end() :]
                )
        if new != line:
            lines[index] = new
            done.append(between(path, first_line + index, "quotes", line, new))
    return head + "\n".join(lines)


def _with_ends(path: str, text: str, done: list[Mended]) -> str:
    """No spaces at the end of a line, one line end at the end of the file."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        bare = line.rstrip(" \t")
        if bare != line:
            lines[index] = bare
            done.append(Mended(path, index + 1, len(bare) + 1, "trailing-space", f"{line[-12:]}|", f"{bare[-12:]}|"))
    kept = "\n".join(lines)
    ended = kept.rstrip("\n") + "\n" if kept.strip() else kept
    if ended != kept:
        done.append(Mended(path, ended.count("\n"), 1, "end-of-file", kept[len(ended.rstrip("\n")) :], "\n"))
    return ended


def _in_order(path: str, text: str, done: list[Mended]) -> str:
    """Keys in the order of the model, with their comments; a file that cannot be read is left as it is."""
    try:
        data = yaml_tree.parse(text)[0]
    except yaml_tree.BadYaml:
        return text
    while found := next(_disorder(yaml.compose(text, Loader=yaml_tree.Loader), model_of(path)), None):
        node, order = found
        new = _sorted(text, node, order)
        if yaml_tree.parse(new)[0] != data or new == text:
            return text
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        keys = [key.value for key, _ in node.value]
        done.append(Mended(path, line, column, "key-order", ", ".join(keys), ", ".join(sorted(keys, key=order.index))))
        text = new
    return text


def _disorder(node: yaml.Node | None, kind: object) -> Iterator[tuple[yaml.MappingNode, list[str]]]:
    """Mappings whose keys are all known and out of order, from the outside in; `kind` is a model or an annotation."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _disorder(item, _item(kind))
    elif isinstance(node, yaml.MappingNode):
        model = _model(kind)
        order = model.keys_in_order() if model else []
        keys = [key.value for key, _ in node.value]
        if set(keys) <= set(order) and keys != sorted(keys, key=order.index):
            yield node, order
        for key, value in node.value:
            field = model.model_fields.get(key.value) if model else None
            yield from _disorder(value, _item(kind) if not model else field and field.annotation)


def _model(kind: object) -> type[Strict] | None:
    """The model of an annotation such as `Fact` or `Wording | None`."""
    choices = [kind, *(get_args(kind) if get_origin(kind) not in (list, dict) else ())]
    return next((one for one in choices if isinstance(one, type) and issubclass(one, Strict)), None)


def _item(kind: object) -> object:
    """What a list or a mapping with free keys holds: of `list[Fact]` and `dict[str, Fact]` it is Fact."""
    if get_origin(kind) in (list, dict):
        return get_args(kind)[-1]
    return next((_item(part) for part in get_args(kind) if _item(part)), None)


def _sorted(text: str, node: yaml.MappingNode, order: list[str]) -> str:
    if node.flow_style:
        spans = [(key.start_mark.index, value.end_mark.index) for key, value in node.value]
        joints = [text[end:start] for (_, end), (start, _) in pairwise(spans)]
    else:
        starts = [
            _with_comment(text, key.start_mark.index) if i else key.start_mark.index
            for i, (key, _) in enumerate(node.value)
        ]
        spans = [
            (start, start + len(text[start:end].rstrip()))
            for start, end in zip(starts, [*starts[1:], _end(text, node)], strict=True)
        ]
        joints = ["\n" + " " * node.start_mark.column] * (len(spans) - 1)
    parts = [text[start:end] for start, end in spans]
    ranked = sorted(range(len(parts)), key=lambda i: order.index(node.value[i][0].value))
    new = parts[ranked[0]] + "".join(joint + parts[i] for joint, i in zip(joints, ranked[1:], strict=True))
    return text[: spans[0][0]] + new + text[spans[-1][1] :]


def _with_comment(text: str, start: int) -> int:
    """Where a key begins together with the lines of comment right above it."""
    line = text.rfind("\n", 0, start) + 1
    first = line
    while (
        first and (above := text.rfind("\n", 0, first - 1) + 1) < first and text[above:first].lstrip().startswith("#")
    ):
        first = above
    return start if first == line else first + len(text[first:line]) - len(text[first:line].lstrip(" "))


def _end(text: str, node: yaml.MappingNode) -> int:
    """Where a block ends, without the lines of comment and the empty lines after it."""
    lines = text[: node.end_mark.index].rstrip(" ").split("\n")
    while lines and (
        not lines[-1].strip()
        or (lines[-1].startswith("#") and node.start_mark.column == 0)
        or lines[-1].strip().startswith("#")
    ):
        lines.pop()
    return len("\n".join(lines))
