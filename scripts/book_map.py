"""Where the map of the book draws its entries: cases on the left, chapters in the middle, terms on the right.

Chapters keep their order; cases and terms are ordered so that few of their links to chapters cross. Lengths are units
of the drawing, in which letters are SIZE high. The same book always gives the same map.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from scripts.content.book import Book

Link = tuple[str, str]  # keys of two entries, in alphabetical order

COLUMNS = ("cases", "chapters", "glossary")
SIZE, LINE = 14, 18  # height of letters and of a line
WIDTHS = {"cases": 216, "chapters": 214, "glossary": 196}
HEAD = 34  # of the columns' headings
PADDING = 7  # between a box and its words
BETWEEN = 2  # boxes of a column
ALLEY = 104  # between columns, for the links
MARGIN = 34  # beside the outer columns, for links inside them


@dataclass(frozen=True)
class Node:
    """The box of an entry."""

    key: str
    column: str
    lines: tuple[str, ...]
    x: int
    y: int
    height: int

    @property
    def width(self) -> int:
        return WIDTHS[self.column]

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


@dataclass(frozen=True)
class Edge:
    """A link between two entries; `ends` are places in the map's nodes, `path` is what SVG calls `d`."""

    ends: tuple[int, int]
    path: str
    of_chapter: bool  # between a chapter and a case or term: always drawn, the others when one of their ends is chosen


@dataclass(frozen=True)
class Map:
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: int
    height: int

    def column(self, name: str) -> list[tuple[int, Node]]:
        """A column's nodes with their places, from the top."""
        return [(place, node) for place, node in enumerate(self.nodes) if node.column == name]

    def linked(self, key: str, column: str) -> list[str]:
        """Keys of the entries of a column that an entry is linked with, from the top."""
        place = next(i for i, node in enumerate(self.nodes) if node.key == key)
        others = sorted(sum(edge.ends) - place for edge in self.edges if place in edge.ends)
        return [self.nodes[other].key for other in others if self.nodes[other].column == column]


def links(book: Book) -> list[Link]:
    """Pairs of chapters, cases and terms of which one links to the other in its prose."""
    shown = {key for key, entry in book.entries.items() if entry.kind in COLUMNS}
    found = {(source, key) for key in shown for source in book.backlinks.get(key, ()) if source in shown}
    return sorted({tuple(sorted(pair)) for pair in found})


def draw(book: Book, label: Callable[[str], str]) -> Map:
    """The map with the words that `label` gives for a key."""
    pairs = links(book)
    chapters = [entry.key for entry in book.of_kind("chapters")]
    order = {
        name: chapters if name == "chapters" else ordered([e.key for e in book.of_kind(name)], chapters, pairs)
        for name in COLUMNS
    }
    boxes = {name: [(key, _lines(label(key), name)) for key in keys] for name, keys in order.items()}
    height = max(sum(_height(lines) + BETWEEN for _, lines in column) for column in boxes.values())
    nodes = tuple(node for name in COLUMNS for node in _column(name, boxes[name], height))
    places = {node.key: place for place, node in enumerate(nodes)}
    edges = tuple(_edge(nodes, *sorted((places[a], places[b]))) for a, b in pairs)
    width = sum(WIDTHS.values()) + 2 * (ALLEY + MARGIN)
    return Map(nodes, edges, width, HEAD + height)


def ordered(keys: list[str], fixed: list[str], pairs: list[Link]) -> list[str]:
    """`keys` so that few links to the column `fixed` cross: by the mean place of what they are linked with, then two
    neighbors change places as long as that takes crossings away."""
    place = {key: i for i, key in enumerate(fixed)}
    both = [*pairs, *((b, a) for a, b in pairs)]
    linked = {key: sorted(place[other] for one, other in both if one == key and other in place) for key in keys}
    mean = {key: sum(found) / len(found) if found else len(fixed) / 2 for key, found in linked.items()}
    result = sorted(keys, key=lambda key: (mean[key], key))
    better = True
    while better:
        better = False
        for i in range(len(result) - 1):
            upper, lower = linked[result[i]], linked[result[i + 1]]
            if crossings(lower, upper) < crossings(upper, lower):
                result[i : i + 2] = result[i + 1], result[i]
                better = True
    return result


def crossings(upper: list[int], lower: list[int]) -> int:
    """How often the links of two entries cross, one above the other, that lead to these places of another column."""
    return sum(one > other for one in upper for other in lower)


def _column(name: str, boxes: list[tuple[str, tuple[str, ...]]], height: int) -> list[Node]:
    """The boxes one below the other, spread over the height."""
    if not boxes:
        return []
    heights = [_height(lines) for _, lines in boxes]
    step = (height - sum(heights)) / len(boxes)
    tops = [0, *accumulate(h + step for h in heights)]
    before = COLUMNS[: COLUMNS.index(name)]
    x = MARGIN + sum(WIDTHS[one] + ALLEY for one in before)
    return [
        Node(key, name, lines, x, HEAD + int(top), high)
        for (key, lines), top, high in zip(boxes, tops, heights, strict=False)
    ]


def _edge(nodes: tuple[Node, ...], start: int, end: int) -> Edge:
    a, b = nodes[start], nodes[end]
    kinds = {a.column, b.column}
    if len(kinds) == 1:  # an arc beside the column, on the outer side
        right = a.column == "glossary"
        x = a.x + a.width if right else a.x
        bend = x + (1 if right else -1) * min(MARGIN * 5 // 4, 12 + abs(b.middle - a.middle) // 8)
        path = f"M{x} {a.middle}C{bend} {a.middle} {bend} {b.middle} {x} {b.middle}"
    else:
        left, right = a.x + a.width, b.x
        half = (left + right) // 2
        path = f"M{left} {a.middle}C{half} {a.middle} {half} {b.middle} {right} {b.middle}"
    return Edge((start, end), path, "chapters" in kinds and len(kinds) == 2)


def _height(lines: tuple[str, ...]) -> int:
    return max(24, len(lines) * LINE + 8)


def _lines(text: str, column: str) -> tuple[str, ...]:
    """The words in lines that fit the column's boxes."""
    room = WIDTHS[column] - 2 * PADDING
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


def _width(text: str) -> float:
    """About as wide as the widest of the fonts that readers may have shows it."""
    return SIZE * sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 0.96
    if letter in " .,:;'’‘ijlftrI()-":
        return 0.4
    return 0.76 if letter.isupper() or letter in "mw" else 0.64
