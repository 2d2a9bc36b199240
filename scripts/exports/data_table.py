"""The open data as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from scripts.content.book import LOCALES

_SHOWN = {"sources": "url", "related": "case"}  # what a table has of items within an item
_BETWEEN = " | "
# With these a spreadsheet takes a text for a formula: OWASP, CSV Injection. A text here holds no line break.
_FORMULA = tuple("=+-@\t\r＝＋－＠")


def table(items: list[dict[str, object]]) -> bytes:
    """As Excel opens it in any language: a byte order mark, and lines that end as in RFC 4180."""
    rows = [_row(item) for item in items]
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _row(item: dict[str, object]) -> dict[str, str]:
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
