"""Cases, terms, the timeline and facts as open data: JSON with a schema, and CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from enum import StrEnum
from typing import get_args

from scripts.content.book import LOCALES, Entry
from scripts.content.model import Direction, Fact, Horizon, Sector, Source, SourceKind, Verdict, Wording
from scripts.exports import timeline
from scripts.exports.archive import zipped
from scripts.exports.edition import Edition
from scripts.view import View

Schema = dict[str, object]
Item = dict[str, object]


def package(edition: Edition) -> bytes:
    return zipped(files(edition))


def files(edition: Edition) -> dict[str, bytes]:
    """Name → bytes. The fields of every file are those of FILES, which its schema, its table and README.txt follow."""
    made = {}
    for name, (items, _) in FILES.items():
        text = _json(edition, name)
        made[f"{name}.json"] = text.encode()
        made[f"{name}.schema.json"] = _dumped(_schema(edition, name)).encode()
        made[f"{name}.csv"] = _csv(json.loads(text, parse_float=Decimal)[items])
    made["README.txt"] = "\n\n".join(_read_me(edition, edition.views[locale]) for locale in LOCALES).encode()
    return made


def _json(edition: Edition, name: str) -> str:
    if name == "timeline":  # as the site publishes it
        return timeline.as_json(edition.book, edition.views)
    items = _ITEMS[name](edition)
    key, _ = FILES[name]
    day = edition.book.site.edition
    return _dumped({"edition": day.version, "date": str(day.date), "license": "CC-BY-4.0", key: items})


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _cases(edition: Edition) -> list[Item]:
    return [
        _head(entry, edition)
        | {
            "description": _both(entry.description),
            "organization": _said(case.organization),
            "country": case.country,
            "sector": case.sector,
            "direction": case.direction,
            "horizon": case.horizon,
            "report_pages": case.pages,
            "report_figures": case.figures,
            "citations": case.citations,
            "verdict": case.verdict,
            "checked": str(case.checked),
            "related": [{"case": f"cases/{related.case}", "why": _said(related.why)} for related in case.related],
            "sources": [_source(source) for source in case.sources],
        }
        for entry in _sorted(edition, "cases")
        for case in [entry.data]
    ]


def _terms(edition: Edition) -> list[Item]:
    return [
        _head(entry, edition)
        | {
            "definition": _both(entry.description),
            "plain": term.plain,
            "standard": term.source(term.standard).url if term.standard else None,
            "report_pages": term.pages,
            "citations": term.citations,
            "related": [f"glossary/{slug}" for slug in term.related],
            "sources": [_source(source) for source in term.sources],
        }
        for entry in _sorted(edition, "glossary")
        for term in [entry.data]
    ]


def _facts(edition: Edition) -> list[Item]:
    return [
        timeline.stated(fact, entry, edition.views)
        | {
            "approximate": fact.approximate,
            "evidence": [entry.data.source(source).url for source in fact.evidence],
            "citations": fact.citations,
        }
        for _, entry in sorted(edition.book.entries.items())
        for fact in entry.data.facts
    ]


_ITEMS = {"cases": _cases, "glossary": _terms, "facts": _facts}


def _sorted(edition: Edition, kind: str) -> list[Entry]:
    return sorted(edition.book.of_kind(kind), key=lambda entry: entry.key)


def _head(entry: Entry, edition: Edition) -> Item:
    return {
        "id": entry.key,
        "name": _said(entry.data.name),
        "aliases": {locale: entry.data.aliases[locale] for locale in LOCALES},
        "url": {locale: edition.views[locale].absolute(entry.key) for locale in LOCALES},
    }


def _both(of) -> dict[str, str]:
    return {locale: of(locale) for locale in LOCALES}


def _said(wording: Wording) -> dict[str, str]:
    return _both(wording.__getitem__)


def _source(source: Source) -> Item:
    return {
        "id": source.id,
        "url": source.url,
        "title": source.title,
        "publisher": source.publisher,
        "date": timeline.written(source.date) if source.date else None,
        "kind": source.kind,
        "says": _said(source.says),
        "read": str(source.read),
    }


# Schemas: https://json-schema.org/draft/2020-12/schema


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


def _schema(edition: Edition, name: str) -> Schema:
    """With every field described in both languages."""

    def said(key: str) -> str:
        return " / ".join(edition.views[locale].t(key) for locale in LOCALES)

    def described(fields: dict[str, Schema], prefix: str) -> dict[str, Schema]:
        return {
            field: {"description": said(f"{prefix}_{field}")} | inner(field, schema) for field, schema in fields.items()
        }

    def inner(field: str, schema: Schema) -> Schema:
        if field not in _PARTS or "properties" not in schema["items"]:
            return schema
        return schema | {"items": _object(described(schema["items"]["properties"], _PARTS[field]))}

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


# Tables

_SHOWN = {"sources": "url", "related": "case"}  # what a table has of items within an item
_BETWEEN = " | "
# With these a spreadsheet takes a text for a formula: OWASP, CSV Injection. A text here holds no line break.
_FORMULA = tuple("=+-@\t\r＝＋－＠")


def _csv(items: list[Item]) -> bytes:
    """As Excel opens it in any language: a byte order mark, and lines that end as in RFC 4180."""
    rows = [_row(item) for item in items]
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _row(item: Item) -> dict[str, str]:
    row = {}
    for name, value in item.items():
        if isinstance(value, dict):
            row |= {f"{name}_{locale}": _cell(name, value[locale]) for locale in LOCALES}
        else:
            row[name] = _cell(name, value)
    return row


def _cell(name: str, value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() | Decimal():
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        case list():
            return _text(_BETWEEN.join(str(part[_SHOWN[name]] if isinstance(part, dict) else part) for part in value))
        case _:
            return _text(str(value))


def _text(text: str) -> str:
    """That no spreadsheet runs: with an apostrophe in front if need be."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _read_me(edition: Edition, view: View) -> str:
    """What is in the package, in one language."""
    t, site = view.t, edition.book.site
    counts = {
        "cases": len(edition.book.of_kind("cases")),
        "glossary": len(edition.book.of_kind("glossary")),
        "timeline": len(edition.book.events),
        "facts": sum(len(entry.data.facts) for entry in edition.book.entries.values()),
    }
    lines = [
        t("data_title", view.site_title),
        "=" * 40,
        "",
        f"{t('edition', site.edition.version, view.date(site.edition.date))}. {view.absolute('index')}",
        "",
        t("data_about"),
        "",
        f"{t('data_files')}:",
        *(f"- {name}.json, {name}.csv, {name}.schema.json: {t(f'data_file_{name}', counts[name])}" for name in FILES),
        "",
        *(t(f"data_{note}") for note in ("json", "csv", "formulas", "excel_dates")),
        "",
        f"{t('data_columns')}:",
        *(f"- {field} ({', '.join(names)}): {t(f'data_{field}')}" for field, names in _used().items()),
        "",
        t("data_license_use"),
        f"{t('data_cite')} {view.cite(view.work(edition.book.entries['index']), 'apa')}",
        f"{t('data_report')} {view.cite(view.report_work(), 'apa')} {t('license_report')}",
    ]
    return "\n".join(lines) + "\n"


def _used() -> dict[str, list[str]]:
    """Every field with the files that have it."""
    used: dict[str, list[str]] = {}
    for name, (_, fields) in FILES.items():
        for field in fields:
            used.setdefault(field, []).append(name)
    return used
