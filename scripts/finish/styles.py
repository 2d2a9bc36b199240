"""One style sheet for all pages, without the rules that no page can use.

A rule stays if some element could match each part of its selector: an element of a page, or one that our scripts make.
Of scripts nothing is guessed: whatever name stands in one of them counts as used. How elements are nested is not looked
at, so rather too much stays than too little.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import tinycss2

JOINED = "assets/site.css"
_LINK = re.compile(r'<link rel="stylesheet" href="([^"]*)">\s*')
_TAG = re.compile(r"""<([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>""")
_ATTRIBUTE = re.compile(r"""([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL)
_WORD = re.compile(r"[\w-]+")
_ALTERNATIVES = {"is", "where", "has", "-webkit-any"}


@dataclass(frozen=True)
class _Element:
    """What selectors ask of an element."""

    tag: str
    id: str
    classes: frozenset[str]
    attributes: frozenset[str]


@dataclass
class Usage:
    """What stands in the pages and scripts of a site."""

    elements: set[_Element] = field(default_factory=set)
    values: dict[str, set[str]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    by_class: dict[str, set[_Element]] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Iterable[str], scripts: Iterable[str]) -> Usage:
        usage = cls()
        seen: set[tuple[str, str]] = set()
        for page in pages:
            seen.update(_TAG.findall(page))
            for inline in _SCRIPT.findall(page):
                usage.words.update(_WORD.findall(inline))
        for script in scripts:
            usage.words.update(_WORD.findall(script))
        usage.words |= {"data-" + re.sub("([A-Z])", r"-\1", word).lower() for word in usage.words}  # dataset.asWord
        for tag, rest in seen:
            usage._add(tag.lower(), rest)
        return usage

    def made(self, name: str) -> bool:
        """Whether a script may write this name: it stands there, or the beginning of it does, as in `kind-${name}`."""
        return name in self.words or any(
            name[: at + 1] in self.words for at, letter in enumerate(name) if letter == "-"
        )

    def _add(self, tag: str, rest: str) -> None:
        attributes = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(rest)}
        for name, value in attributes.items():
            if name not in ("href", "title", "content", "d", "alt"):
                self.values.setdefault(name, set()).add(value)
        classes = frozenset(attributes.get("class", "").split())
        element = _Element(tag, attributes.get("id", ""), classes, frozenset(attributes))
        self.elements.add(element)
        for name in classes:
            self.by_class.setdefault(name, set()).add(element)


def reduce(site: Path, pages: dict[Path, str]) -> None:
    """Joins the sheets that all pages load into `assets/site.css`, drops unused rules everywhere, and the theme's files."""
    scripts = [path.read_text(encoding="utf-8") for path in sorted((site / "assets").glob("*.js"))]
    usage = Usage.of(pages.values(), scripts)
    common = _common(site, pages)
    joined = "\n".join((site / name).read_text(encoding="utf-8") for name in common)
    for sheet in sorted((site / "assets").glob("*.css")):
        sheet.write_text(used(sheet.read_text(encoding="utf-8"), usage), encoding="utf-8")
    (site / JOINED).write_text(used(joined, usage), encoding="utf-8")
    for path, text in pages.items():
        pages[path] = _link_once(text, common)
    for theme in ("images", "javascripts", "stylesheets"):
        shutil.rmtree(site / "assets" / theme, ignore_errors=True)


def _common(site: Path, pages: dict[Path, str]) -> list[str]:
    """The sheets of the home page, in its order."""
    return [href for href in _LINK.findall(pages[site / "index.html"])]


def _link_once(page: str, common: list[str]) -> str:
    """The page with one link in place of those to the common sheets."""
    stems = [name.removeprefix("./") for name in common]

    def one(match: re.Match) -> str:
        for stem in stems:
            if match[1].endswith(stem):
                last = stem == stems[-1]
                return f'<link rel="stylesheet" href="{match[1].removesuffix(stem)}{JOINED}">\n' if last else ""
        return match[0]

    return _LINK.sub(one, page)


def used(css: str, usage: Usage) -> str:
    """The style sheet without comments, rules that nothing can match, and names that nothing refers to."""
    blocks = list(_blocks(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), usage))
    names: set[str] | None = None
    while (asked := set(re.findall(r"--[\w-]+", "".join(_values(blocks))))) != names:
        names = asked
        _forget(blocks, names | usage.words)
    animations = set(_WORD.findall("".join(_values(blocks, "animation"))))
    kept = [
        block.text()
        for block in blocks
        if not block.head.startswith("@keyframes") or block.head.split()[1] in animations
    ]
    return "\n".join(filter(None, kept)) + "\n"


@dataclass
class _Block:
    """A rule with its declarations, or an at-rule with its blocks; `whole` is one that is taken as it is."""

    head: str
    declarations: list[tuple[str, str]] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)
    whole: str = ""

    def text(self) -> str:
        inner = "".join(block.text() for block in self.blocks)
        inner += ";".join(f"{name}:{value}" for name, value in self.declarations)
        return self.whole or (f"{self.head}{{{inner}}}" if inner else "")


def _values(blocks: Iterable[_Block], start: str = "") -> Iterator[str]:
    for block in blocks:
        yield from _values(block.blocks, start)
        yield from (f"{value} " for name, value in block.declarations if name.startswith(start))
        if not start:
            yield block.whole


def _forget(blocks: Iterable[_Block], names: set[str]) -> None:
    """Drops the custom properties that are not among the names."""
    for block in blocks:
        _forget(block.blocks, names)
        block.declarations = [(name, value) for name, value in block.declarations if name[:2] != "--" or name in names]


def _blocks(nodes: Iterable, usage: Usage) -> Iterator[_Block]:
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = [_text(part) for part in _split(node.prelude, ",") if _possible(part, usage)]
            if selectors:
                yield _Block(",".join(selectors), list(_declarations(node.content)))
        elif node.type == "at-rule" and node.lower_at_keyword in ("media", "supports", "container") and node.content:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield _Block(f"@{node.lower_at_keyword} {_text(node.prelude)}", blocks=list(_blocks(inner, usage)))
        elif node.type == "at-rule" and node.lower_at_keyword == "keyframes":
            yield _Block(f"@keyframes {_text(node.prelude)}", whole=re.sub(r"\s+", " ", node.serialize()))
        elif node.type == "at-rule" and node.lower_at_keyword != "charset":
            yield _Block(f"@{node.lower_at_keyword}", whole=re.sub(r"\s+", " ", node.serialize()).strip())


def _declarations(content: Iterable) -> Iterator[tuple[str, str]]:
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            yield node.name, _text(node.value) + ("!important" if node.important else "")


def _text(tokens: Iterable) -> str:
    """Tokens as text, with single spaces and no comments."""
    return re.sub(r"\s+", " ", tinycss2.serialize([t for t in tokens if t.type != "comment"])).strip()


def _split(tokens: Iterable, mark: str) -> list[list]:
    parts: list[list] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == mark:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _compounds(selector: Iterable) -> Iterator[list]:
    """The parts of a selector between combinators."""
    part: list = []
    for token in selector:
        if token.type == "whitespace" or (token.type == "literal" and token.value in (">", "+", "~")):
            if part:
                yield part
            part = []
        elif token.type != "comment":
            part.append(token)
    if part:
        yield part


def _possible(selector: list, usage: Usage) -> bool:
    return all(_occurs(compound, usage) for compound in _compounds(selector))


def _occurs(compound: list, usage: Usage) -> bool:
    """Whether one element of a page has everything that the compound asks for, but for what scripts may add."""
    tag, ids, classes, attributes, choices = "", set(), set(), set(), []
    tokens = iter(compound)
    for token in tokens:
        if token.type == "ident":
            tag = token.lower_value
        elif token.type == "hash":
            ids.add(token.value)
        elif token.type == "[] block":
            name, wanted = _attribute(token)
            if wanted is not None and wanted not in usage.values.get(name, ()) and not usage.made(wanted):
                return False
            attributes.add(name)
        elif token.type == "literal" and token.value == ".":
            classes.add(next(tokens).value)
        elif token.type == "literal" and token.value == ":":
            pseudo = next(tokens)
            if pseudo.type == "literal":
                pseudo = next(tokens)  # ::before
            if pseudo.type == "function" and pseudo.lower_name in _ALTERNATIVES:
                choices.append(_split(pseudo.arguments, ","))
    if not all(any(_possible(part, usage) for part in choice) for choice in choices):
        return False
    tag = "" if usage.made(tag) else tag
    ids, classes, attributes = (
        {name for name in names if not usage.made(name)} for names in (ids, classes, attributes)
    )
    if not (tag or ids or classes or attributes):
        return True
    return any(
        (not tag or tag == element.tag)
        and classes <= element.classes
        and attributes <= element.attributes
        and all(id == element.id for id in ids)
        for element in (usage.by_class.get(next(iter(classes)), ()) if classes else usage.elements)
    )


def _attribute(block) -> tuple[str, str | None]:
    """Name of an attribute selector, and the value it asks for where it asks for the whole value."""
    tokens = [token for token in block.content if token.type != "whitespace"]
    name = tokens[0].value.lower()
    if len(tokens) == 3 and tokens[1].type == "literal" and tokens[1].value == "=":
        return name, tokens[2].value
    return name, None
