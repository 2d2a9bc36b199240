"""The open data: JSON that its schemas allow, tables that hold the same, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from scripts.content.book import LOCALES
from scripts.content.dates import Period
from scripts.exports import open_data, timeline
from scripts.exports.data_schema import FILES
from scripts.exports.data_table import table
from scripts.exports.edition import Edition


@pytest.fixture(scope="module")
def files(edition: Edition) -> dict[str, bytes]:
    return open_data.files(edition)


@pytest.fixture(params=FILES)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


def items(files: dict[str, bytes], name: str) -> list[dict]:
    return json.loads(files[f"{name}.json"], parse_float=Decimal)[FILES[name][0]]


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode("utf-8-sig"), newline="")))


def test_every_file_holds_every_item(edition: Edition, files):
    book = edition.book
    assert {item["id"] for item in items(files, "cases")} == {case.key for case in book.of_kind("cases")}
    assert {item["id"] for item in items(files, "glossary")} == {term.key for term in book.of_kind("glossary")}
    facts = [f"{entry.key}#{fact.id}" for entry in book.entries.values() for fact in entry.data.facts]
    assert sorted(item["id"] for item in items(files, "facts")) == sorted(facts)
    assert len(items(files, "timeline")) == len(book.events)


def test_the_timeline_is_the_one_that_the_site_publishes(edition: Edition, files):
    assert files["timeline.json"] == (edition.site.folder / "timeline.json").read_bytes()
    assert files["timeline.json"].decode() == timeline.as_json(edition.book, edition.views)


def test_json_keeps_to_its_schema(files, name):
    schema = json.loads(files[f"{name}.schema.json"])
    Draft202012Validator.check_schema(schema)
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    assert "date" in FormatChecker().checkers
    checker.validate(json.loads(files[f"{name}.json"]))


def test_a_schema_refuses_what_is_missing_wrong_or_unknown(files, name):
    schema = Draft202012Validator(json.loads(files[f"{name}.schema.json"]), format_checker=FormatChecker())
    whole = json.loads(files[f"{name}.json"])
    key = FILES[name][0]
    first = whole[key][0]
    for broken in ({k: v for k, v in first.items() if k != "url"}, first | {"colour": "red"}, first | {"id": "No Id"}):
        with pytest.raises(ValidationError):
            schema.validate(whole | {key: [broken]})


def test_a_schema_describes_each_field_in_both_languages(files, name):
    schema = json.loads(files[f"{name}.schema.json"])
    described = []

    def walk(fields: dict) -> None:
        for field in fields.values():
            described.append(field["description"])
            if set(field.get("items", {}).get("properties", {})) - set(LOCALES):
                walk(field["items"]["properties"])

    walk({k: v for k, v in schema["properties"].items() if k != FILES[name][0]})
    walk(schema["properties"][FILES[name][0]]["items"]["properties"])
    assert len(described) > 10
    assert all(re.search("[가-힣]", text) and re.search(" / .*[a-z]", text) for text in described)


def test_tables_hold_what_the_json_holds(files, name):
    table = rows(files, name)
    assert len(table) == len(items(files, name))
    for row, item in zip(table, items(files, name), strict=True):
        flat = {}
        for field, value in item.items():
            in_both = isinstance(value, dict)
            flat |= {f"{field}_{locale}": value[locale] for locale in LOCALES} if in_both else {field: value}
        assert list(row) == list(flat)
        for column, value in flat.items():
            cell = row[column]
            if isinstance(value, bool):
                assert cell == str(value).lower()
            elif isinstance(value, int | Decimal):
                assert Decimal(cell) == value
            elif isinstance(value, list):
                part = {"sources": "url", "related": "case"}.get(column)
                texts = [str(v[part] if isinstance(v, dict) else v) for v in value]
                assert (cell.split(" | ") if cell else []) == texts
            else:
                assert cell.removeprefix("'") == (value or "").removeprefix("'")


def test_a_table_opens_in_excel_in_any_language(files, name):
    table = files[f"{name}.csv"]
    assert table.startswith(b"\xef\xbb\xbf")
    assert table.count(b"\r\n") == table.count(b"\n") == len(items(files, name)) + 1


def test_no_text_of_a_table_is_taken_for_a_formula(files, name):
    for row in rows(files, name):
        for column, cell in row.items():
            assert column == "value" or not re.match(r"[=+\-@\t\r＝＋－＠]", cell)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_text_that_begins_like_a_formula_gets_an_apostrophe(start):
    made = table([{"text": {"ko": f"{start}1", "en": "a"}, "names": [f"{start}cmd", "b"], "value": -2}])
    (row,) = csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline=""))
    assert row == {"text_ko": f"'{start}1", "text_en": "a", "names": f"'{start}cmd | b", "value": "-2"}


def test_numbers_are_exact_and_have_no_exponent(edition: Edition, files):
    values = {
        f"{entry.key}#{fact.id}": fact.value
        for entry in edition.book.entries.values()
        for fact in entry.data.facts
        if fact.value is not None
    }
    shown = {row["id"]: row["value"] for row in rows(files, "facts") if row["value"]}
    assert shown.keys() == values.keys()
    for fact, value in values.items():
        assert re.fullmatch(r"-?\d+(\.\d+)?", shown[fact]) and Decimal(shown[fact]) == Decimal(str(value))


def test_large_and_small_numbers_are_written_out():
    made = table([{"value": Decimal("1E+21")}, {"value": Decimal("1E-7")}]).decode("utf-8-sig")
    assert made.split() == ["value", "1000000000000000000000", "0.0000001"]


def test_every_fact_says_where_it_stands(files):
    for fact in items(files, "facts"):
        assert (fact["report_page"] is None) != (fact["source"] is None)
        assert (fact["report_page"] is None) == (fact["verdict"] is None)


def test_dates_can_be_read_back(files):
    for fact in items(files, "facts"):
        if fact["date"]:
            assert timeline.written(Period.parse(fact["date"])) == fact["date"]
    for name in ("cases", "glossary"):
        for source in (source for item in items(files, name) for source in item["sources"]):
            assert date.fromisoformat(source["read"])
            assert not source["date"] or timeline.written(Period.parse(source["date"])) == source["date"]


def test_addresses_lead_to_places_of_the_site(edition: Edition, files, name):
    for item in items(files, name):
        for locale in LOCALES:
            url, _, anchor = item["url"][locale].removeprefix(edition.views[locale].site_url).partition("#")
            assert url in edition.site.pages
            assert not anchor or anchor in edition.site.pages[url].ids, item["id"]


def test_related_items_exist(files):
    cases, terms = ({item["id"] for item in items(files, name)} for name in ("cases", "glossary"))
    assert {related["case"] for item in items(files, "cases") for related in item["related"]} <= cases
    assert {related for item in items(files, "glossary") for related in item["related"]} <= terms


def test_the_package_explains_itself_in_both_languages(edition: Edition, files):
    with zipfile.ZipFile(io.BytesIO(open_data.package(edition))) as package:
        assert {name: package.read(name) for name in package.namelist()} == files
        assert package.testzip() is None
    said = files["README.txt"].decode()
    fields = {field for _, fields in FILES.values() for field in fields}
    for wanted in ("CC BY 4.0", "IS-206", *files.keys() - {"README.txt"}, *(f"- {field} (" for field in fields)):
        assert said.count(wanted) >= 2, wanted
    assert "한국어" in said and "Korean and English" in said


def test_the_same_edition_gives_the_same_bytes(edition: Edition):
    assert open_data.package(edition) == open_data.package(edition)
