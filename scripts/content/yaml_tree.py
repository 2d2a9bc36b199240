"""YAML with places: the data, and the line and column of every key and item."""

from __future__ import annotations

import re

import yaml

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # libyaml is missing
    from yaml import SafeLoader as Loader

Path = tuple[str | int, ...]
Place = tuple[int, int]


_PLAINLY = {
    "mapping values are not allowed in this context": "a value that holds a colon; put it in quotation marks",
    "could not find expected ':'": "no colon behind the key in this line or the one before",
    "found character that cannot start any token": "a value that begins with a sign of YAML or a tab; put it in quotation marks",
}
# What follows is a comment: the reader of the file sees it, the reader of the page does not.
_CUT_OFF = re.compile(r"^[ ]*(?:- )?(?:[\w-]+:[ ]+|- )(?![\"'|>\[{#&*])[^\n]*?(?P<at>[ ]#)", re.MULTILINE)


class BadYaml(ValueError):
    """Text that is not usable YAML, with the place of the fault."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


def parse(text: str, first_line: int = 1) -> tuple[object, dict[Path, Place]]:
    """Data and places; `first_line` is the line of the file on which `text` begins.

    Only null, true/false and numbers get a type: dates stay text (the model
    reads them), and so does `no`, the country. Raises BadYaml, also for a key
    that is written twice, and for an alias: aliases of aliases grow without end.
    """
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "cannot be read"
        problem = _PLAINLY.get(problem, problem)
        raise BadYaml(
            f"not valid YAML: {problem}",
            (mark.line if mark else 0) + first_line,
            (mark.column if mark else 0) + 1,
        ) from None
    except yaml.YAMLError as error:
        raise BadYaml(f"not valid YAML: {error}".splitlines()[0], first_line, 1) from None
    except RecursionError:
        raise BadYaml("not valid YAML: nested too deeply", first_line, 1) from None
    if cut := _CUT_OFF.search(text):
        line, column = text.count("\n", 0, cut.start("at")), cut.start("at") - text.rfind("\n", 0, cut.start("at"))
        message = "what follows ‘ #’ is cut off; put the value in quotation marks, or the comment on a line of its own"
        raise BadYaml(message, line + first_line, column)
    places: dict[Path, Place] = {(): (first_line, 1)}
    if node is None:
        return None, places
    try:
        return _build(node, (), places, first_line, set()), places
    except RecursionError:
        raise BadYaml("not valid YAML: nested too deeply", first_line, 1) from None


def _build(node: yaml.Node, path: Path, places: dict[Path, Place], first_line: int, seen: set[int]) -> object:
    if id(node) in seen:
        mark = node.start_mark
        raise BadYaml("a value is repeated by & and *; write it out", mark.line + first_line, mark.column + 1)
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        data = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            mark = key_node.start_mark
            place = (mark.line + first_line, mark.column + 1)
            if key in data:
                raise BadYaml(f"the key {key!r} is written twice", *place)
            places[(*path, key)] = place
            data[key] = _build(value_node, (*path, key), places, first_line, seen)
        return data
    if isinstance(node, yaml.SequenceNode):
        items = []
        for index, item in enumerate(node.value):
            mark = item.start_mark
            places[(*path, index)] = (mark.line + first_line, mark.column + 1)
            items.append(_build(item, (*path, index), places, first_line, seen))
        return items
    return _scalar(node)


def _scalar(node: yaml.ScalarNode) -> object:
    kind = node.tag.rpartition(":")[2]
    try:
        if kind == "null":
            return None
        if kind == "int":
            return int(node.value.replace("_", ""))
        if kind == "float":
            return float(node.value.replace("_", ""))
    except ValueError:  # forms such as 0o17 or 1:30 stay text
        return node.value
    if kind == "bool" and node.value.lower() in ("true", "false"):
        return node.value.lower() == "true"
    return node.value
