"""The fields of the open data, and the schema of each of its files. https://json-schema.org/draft/2020-12/schema"""

from __future__ import annotations

from enum import StrEnum
from typing import get_args

from scripts.content.book import LOCALES
from scripts.content.model import Direction, Fact, Horizon, Sector, SourceKind, Verdict
from scripts.exports.edition import Edition

Schema = dict[str, object]


def _object(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_none(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _in_both(schema: Schema) -> Schema:
    return _object(dict.fromkeys(LOCALES, schema))


def _one_of(values: type[StrEnum]) -> Schema:
    return {"enum": [value.value for value in values]}


_POINT = r"\d{4}(-Q[1-4]|-\d{2}(-\d{2})?)?"
_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXTS = _in_both(_TEXT)
_WEB: Schema = {"type": "string", "format": "uri", "pattern": "^https?://"}
_DAY: Schema = {"type": "string", "format": "date"}
_WHEN: Schema = {"type": "string", "pattern": f"^{_POINT}(/({_POINT})?)?$"}
_PAGE: Schema = {"type": "integer", "minimum": 1, "maximum": 20}
_NUMBERS = _list({"type": "integer", "minimum": 1})
_UNITS = list(get_args(get_args(Fact.model_fields["unit"].annotation)[0]))  # of Literal[…] | None

_HEAD = {
    "id": {"type": "string", "pattern": "^[a-z]+/[a-z0-9-]+$"},
    "name": _TEXTS,
    "aliases": _in_both(_list(_TEXT)),
    "url": _in_both(_WEB),
}
_SOURCE = {
    "id": _TEXT,
    "url": _WEB,
    "title": _TEXT,
    "publisher": _TEXT,
    "date": _or_none(_WHEN),
    "kind": _one_of(SourceKind),
    "says": _TEXTS,
    "read": _DAY,
}
_CASE = _HEAD | {
    "description": _TEXTS,
    "organization": _TEXTS,
    "country": _list({"type": "string", "pattern": "^[A-Z]{2}$"}),
    "sector": _list(_one_of(Sector)),
    "direction": _one_of(Direction),
    "horizon": _one_of(Horizon),
    "report_pages": _list(_PAGE),
    "report_figures": _NUMBERS,
    "citations": _NUMBERS,
    "verdict": _one_of(Verdict),
    "checked": _DAY,
    "related": _list(_object({"case": _HEAD["id"], "why": _TEXTS})),
    "sources": _list(_object(_SOURCE)),
}
_TERM = _HEAD | {
    "definition": _TEXTS,
    "plain": _or_none(_TEXT),
    "standard": _or_none(_WEB),
    "report_pages": _list(_PAGE),
    "citations": _NUMBERS,
    "related": _list(_HEAD["id"]),
    "sources": _list(_object(_SOURCE)),
}
_EVENT = {
    "id": {"type": "string", "pattern": "^[a-z0-9/-]+#[a-z0-9-]+$"},
    "date": _WHEN,
    "entry": _TEXTS,
    "text": _TEXTS,
    "url": _in_both(_WEB),
    "report_page": _or_none(_PAGE),
    "source": _or_none(_WEB),
    "after_report": {"type": "boolean"},
    "planned": {"type": "boolean"},
    "value": {"type": ["number", "null"]},
    "unit": {"enum": [*_UNITS, None]},
    "verdict": {"enum": [*(verdict.value for verdict in Verdict), None]},
}
_FACT = _EVENT | {
    "date": _or_none(_WHEN),
    "approximate": {"type": "boolean"},
    "evidence": _list(_WEB),
    "citations": _NUMBERS,
}
# Name of the file → the key under which its items stand, and their fields in order.
FILES: dict[str, tuple[str, dict[str, Schema]]] = {
    "cases": ("cases", _CASE),
    "glossary": ("terms", _TERM),
    "timeline": ("events", _EVENT),
    "facts": ("facts", _FACT),
}


def schema(edition: Edition, name: str) -> Schema:
    """Of one file, with every field described in both languages."""

    def said(key: str) -> str:
        return " / ".join(edition.views[locale].t(key) for locale in LOCALES)

    def described(fields: dict[str, Schema], prefix: str) -> dict[str, Schema]:
        return {field: {"description": said(f"{prefix}_{field}")} | inner(field, one) for field, one in fields.items()}

    def inner(field: str, one: Schema) -> Schema:
        if field not in _PARTS or "properties" not in one["items"]:
            return one
        return one | {"items": _object(described(one["items"]["properties"], _PARTS[field]))}

    key, fields = FILES[name]
    whole = {
        "edition": _TEXT | {"description": said("data_edition")},
        "date": _DAY | {"description": said("data_edition_date")},
        "license": {"const": "CC-BY-4.0", "description": said("data_license")},
        key: _list(_object(described(fields, "data"))),
    }
    titles = " / ".join(edition.views[locale].t("data_title", edition.views[locale].site_title) for locale in LOCALES)
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "title": f"{name}.json", "description": titles} | _object(whole)


_PARTS = {"sources": "data_source", "related": "data_related"}  # how the words for the fields of a part begin
