"""What editors are told of data files is what the models say."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from scripts.content import yaml_tree
from scripts.environment import ROOT
from scripts.schemas import FOLDER, SETTINGS, schemas, write

SMALL_BOOK = Path(__file__).parent / "book"
EXAMPLES = yaml.safe_load((Path(__file__).parent / "bad-examples.yml").read_text(encoding="utf-8"))
SCHEMAS = schemas(ROOT)
# What needs a calendar, a comparison or a count over several places; the check says it.
BEYOND_A_SCHEMA = {
    "a day that does not exist",
    "a period that runs backwards",
    "evidence that is not listed",
    "a quiz with three questions for the cartridge",
    "a single choice with two right options",
    "an entity in data",
    "an id that is given twice",
}


def schema_of(path: Path, root: Path) -> dict:
    found = [schema for globs, schema in SCHEMAS.values() if any(path in set(root.glob(glob)) for glob in globs)]
    assert len(found) == 1, path
    return found[0]


def faults(path: str, text: str, root: Path) -> list[str]:
    schema = schema_of(root / path, root)
    return [error.message for error in Draft7Validator(schema).iter_errors(yaml_tree.parse(text)[0])]


def data_files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in (root / "docs").rglob("*.yml"))


def test_the_committed_schemas_are_current():
    stale = [
        name
        for name, (_, schema) in SCHEMAS.items()
        if json.loads((ROOT / FOLDER / f"{name}.json").read_text(encoding="utf-8")) != schema
    ]
    assert stale == [], "run python -m scripts schemas"
    there = {path.stem for path in (ROOT / FOLDER).iterdir()}
    assert there == set(SCHEMAS)
    settings = json.loads((ROOT / SETTINGS).read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {f"./{FOLDER}/{name}.json": globs for name, (globs, _) in SCHEMAS.items()}


def test_what_is_stale_is_written_anew_and_nothing_else(tmp_path):
    for name in ("docs", ".vscode"):
        shutil.copytree(ROOT / name, tmp_path / name)
    assert write(tmp_path) == []
    (tmp_path / FOLDER / "case.json").unlink()
    (tmp_path / FOLDER / "term.json").write_text("{}")
    assert write(tmp_path) == [f"{FOLDER}/case.json", f"{FOLDER}/term.json"]
    assert write(tmp_path) == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_one(name):
    Draft7Validator.check_schema(SCHEMAS[name][1])


@pytest.mark.parametrize("path", [*data_files(ROOT), "overrides/strings.yml"])
def test_every_data_file_keeps_its_schema(path):
    assert faults(path, (ROOT / path).read_text(encoding="utf-8"), ROOT) == []


@pytest.mark.parametrize("path", data_files(SMALL_BOOK))
def test_every_data_file_of_the_small_book_keeps_its_schema(path):
    assert faults(path, (SMALL_BOOK / path).read_text(encoding="utf-8"), SMALL_BOOK) == []


@pytest.mark.parametrize(
    "bad",
    [bad for bad in EXAMPLES if bad["path"].endswith(".yml") and any(" schema: " in line for line in bad["found"])],
    ids=lambda bad: bad["name"],
)
def test_a_fault_that_a_schema_can_express_is_underlined(bad):
    text = (SMALL_BOOK / bad["path"]).read_text(encoding="utf-8").replace(bad["old"], bad["new"], 1)
    assert bool(faults(bad["path"], text, SMALL_BOOK)) == (bad["name"] not in BEYOND_A_SCHEMA)


def test_the_keys_of_a_schema_stand_in_the_order_of_the_files():
    keys = list(SCHEMAS["case"][1]["properties"])
    assert keys[:3] == ["name", "aliases", "organization"]
    assert keys[-3:] == ["facts", "sources", "errata"]


def test_keys_carry_what_the_model_says_of_them():
    question = SCHEMAS["quiz"][1]["definitions"]["Question"]["properties"]
    assert re.match("1000000", question["per"]["description"])
