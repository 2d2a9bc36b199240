"""JSON Schemas of the data files, by which editors complete keys and underline mistakes while one types.

They say what the models in `scripts/content/` say, as far as a schema can; the models decide.
"""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

from pydantic import BaseModel

from scripts.content.book import KINDS
from scripts.content.loading import FILES, model_of
from scripts.content.model import Figure, Strict

FOLDER = ".vscode/schemas"
SETTINGS = ".vscode/settings.json"
DRAFT = "http://json-schema.org/draft-07/schema#"  # the newest that the editors' YAML server knows
WORDS = {"type": "object", "additionalProperties": {"type": "string"}}
STRINGS = {
    "description": "Words of the templates, in both languages: the same keys in each.",
    "type": "object",
    "properties": {"ko": WORDS, "en": WORDS},
    "required": ["ko", "en"],
    "additionalProperties": False,
}


def schemas(root: Path) -> dict[str, tuple[list[str], dict[str, object]]]:
    """By name of the schema: the files it is for, as globs below the project, and the schema."""
    globs: dict[type[BaseModel], list[str]] = {}
    for folder, model in {**KINDS, "figures": Figure}.items():
        globs.setdefault(model, []).append(f"docs/{folder}/*.yml")
    for name, model in FILES.items():
        globs.setdefault(model, []).append(f"docs/{name}.yml")
    covered = {path for patterns in globs.values() for pattern in patterns for path in root.glob(pattern)}
    for path in sorted(set((root / "docs").rglob("*.yml")) - covered):
        name = path.relative_to(root).as_posix()
        globs.setdefault(model_of(name), []).append(name)
    found = {_name(model): (patterns, _schema(model)) for model, patterns in globs.items()}
    found["strings"] = (["overrides/strings.yml"], STRINGS)
    return {name: (patterns, {"$schema": DRAFT, **schema}) for name, (patterns, schema) in sorted(found.items())}


def write(root: Path) -> list[str]:
    """Writes the schemas and tells VS Code which file has which; returns the paths that changed."""
    made = schemas(root)
    texts = {f"{FOLDER}/{name}.json": _json(schema) for name, (_, schema) in made.items()}
    settings = json.loads((root / SETTINGS).read_text(encoding="utf-8"))
    settings["yaml.schemas"] = {f"./{FOLDER}/{name}.json": globs for name, (globs, _) in made.items()}
    texts[SETTINGS] = _json(settings)
    changed = [path for path, text in texts.items() if not _is(root / path, text)]
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(texts[path], encoding="utf-8")
    return changed


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _name(model: type[BaseModel]) -> str:
    """`TermBase` → `term-base`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", model.__name__).lower()


def _schema(model: type[BaseModel]) -> dict[str, object]:
    schema = model.model_json_schema(ref_template="#/definitions/{model}")
    definitions = schema.pop("$defs", {})
    models = {one.__name__: one for one in _models(model)}
    for name, part in [*definitions.items(), (model.__name__, schema)]:
        part.pop("title", None)
        if name in models:
            _explain(part, models[name])
    return {**schema, "definitions": definitions}


def _models(model: type[BaseModel]) -> set[type[BaseModel]]:
    """The model and its bases and all models that it is made of."""
    found, waiting = set(), [model]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            for field in one.model_fields.values():
                waiting += [m for m in _inside(field.annotation) if m not in found]
    return found


def _inside(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _inside(part)]


def _explain(part: dict, model: type[BaseModel]) -> None:
    """Puts keys into their order, gives each the comment beside it in the model, drops titles that repeat the key."""
    comments: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base.__module__.startswith("scripts.") and "[" not in base.__name__:
            comments |= dict(re.findall(r"^    (\w+):[^\n#]*#[ ]([^\n]+)$", inspect.getsource(base), re.MULTILINE))
    keys = part.get("properties", {})
    if issubclass(model, Strict):
        part["properties"] = keys = {key: keys[key] for key in sorted(keys, key=model.keys_in_order().index)}
    for key, value in keys.items():
        if isinstance(value, dict):
            value.pop("title", None)
            if key in comments:
                value["description"] = comments[key]
