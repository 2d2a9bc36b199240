"""Cases, terms, the timeline and facts as open data: JSON with a schema, and CSV for spreadsheets."""

from __future__ import annotations

import json
from decimal import Decimal

from scripts.content.book import LOCALES, Entry
from scripts.content.model import Source, Wording
from scripts.exports import timeline
from scripts.exports.archive import zipped
from scripts.exports.data_schema import FILES, schema
from scripts.exports.data_table import table
from scripts.exports.edition import Edition
from scripts.view import View

Item = dict[str, object]


def package(edition: Edition) -> bytes:
    return zipped(files(edition))


def files(edition: Edition) -> dict[str, bytes]:
    """Name → bytes. The fields of every file are those of FILES, which its schema and README.txt follow."""
    made = {}
    for name, (items, _) in FILES.items():
        text = _json(edition, name)
        made[f"{name}.json"] = text.encode()
        made[f"{name}.schema.json"] = _dumped(schema(edition, name)).encode()
        made[f"{name}.csv"] = table(json.loads(text, parse_float=Decimal)[items])
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
