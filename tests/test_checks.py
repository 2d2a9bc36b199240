"""Every check finds its fault, on its line, in its words; and stays quiet on good books."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml
from sampling import SWEEP

from scripts import checks
from scripts.checks import built, modules
from scripts.checks._prose import sentences
from scripts.checks.structure import side_that_lacks
from scripts.environment import ROOT

EXAMPLES = yaml.safe_load((Path(__file__).parent / "bad-examples.yml").read_text(encoding="utf-8"))
GOOD = yaml.safe_load((Path(__file__).parent / "good-examples.yml").read_text(encoding="utf-8"))


def test_the_small_book_has_no_findings(small_book, findings_of):
    assert list(map(str, findings_of(small_book))) == []


def test_the_real_book_has_no_findings(findings_of):
    assert list(map(str, findings_of(ROOT))) == []


@pytest.mark.parametrize("bad", EXAMPLES, ids=lambda bad: bad["name"])
def test_a_fault_gives_exactly_its_findings(bad, small_book, findings_of):
    _put(bad, small_book)
    assert sorted(map(str, findings_of(small_book))) == sorted(bad["found"])


@pytest.mark.parametrize("good", GOOD, ids=lambda good: f"{good['check']}: {good['new'][:40]}")
def test_what_only_looks_like_a_fault_gives_no_finding(good, small_book, findings_of):
    _put(good, small_book)
    assert [str(f) for f in findings_of(small_book) if f.id == good["check"]] == []


def _put(example: dict, book: Path) -> None:
    for change in (example, *example.get("with", ())):
        file = book / change["path"]
        if change["new"] is None:
            file.unlink()
        elif "old" not in change:
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(change["new"].encode())
        else:
            text = file.read_bytes().decode()
            assert change["old"] in text
            file.write_bytes(text.replace(change["old"], change["new"], 1).encode())


def test_every_check_has_a_bad_example():
    caught = {re.match(r"\S+ ([\w-]+):", line)[1] for bad in EXAMPLES for line in bad["found"]}
    assert {module.ID for module in modules(checks)} | {"yaml", "schema", "siblings"} <= caught


def test_every_check_has_a_good_example():
    assert {module.ID for module in modules(checks)} | {"yaml", "schema", "siblings"} <= {
        good["check"] for good in GOOD
    }


def test_every_check_is_explained_to_contributors():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    ids = [module.ID for module in modules(checks) + modules(built)]
    assert [i for i in [*ids, "yaml", "schema", "siblings"] if f"`{i}`" not in text] == []


DAMAGE = [
    b'"', b"[", b"{", b": ", b"\n- ", b"\t", b"\x00", b"\xff", b"---\n", b"&x ", b"*x ", b"!!python/object ", b"null",
    b"1e999", b"| ", b"{{ x }}", b"![](", b"](", b"```\n", b"",
]  # fmt: skip
WHOLE = [b"", b"[]", b"null", b"3", b"a: b", b"- a", b"---\n---\n", b"---\ndescription: [1]\n---\n", b"items: 3"]


def test_no_damage_to_a_file_gives_a_traceback(small_book, findings_of):
    chance = random.Random(206)
    files = [p for p in [*(small_book / "docs").rglob("*"), small_book / "mkdocs.yml"] if p.is_file()]
    for _ in range(400 if SWEEP else 120):
        file = chance.choice(files)
        good = file.read_bytes()
        start = chance.randrange(len(good) + 1)
        end = min(len(good), start + chance.randrange(30))
        bad = good[:start] + chance.choice(DAMAGE) + good[end:]
        file.write_bytes(chance.choice([bad, bad, bad, chance.choice(WHOLE)]))
        findings_of(small_book)
        file.write_bytes(good)


def test_bytes_that_are_no_text_give_a_finding_and_no_traceback(small_book, findings_of):
    (small_book / "docs/cases/castle.ko.md").write_bytes(b"\xff\xfe\x00")
    found = list(map(str, findings_of(small_book)))
    assert found == ["docs/cases/castle.ko.md:1:1 encoding: is not UTF-8 (byte 0); save it as UTF-8"]


def test_of_the_sentences_that_one_language_drops_about_half_are_found(real_book):
    """It cannot be more without telling of good paragraphs; fewer would be a check that got blunt."""
    found = {"ko": [], "en": []}
    for entry in real_book.entries.values():
        documents = [entry.pages[locale].document for locale in found]
        for blocks in zip(*(document.blocks for document in documents), strict=True):
            texts = [document.lines_of(block) for document, block in zip(documents, blocks, strict=True)]
            for at, locale in enumerate(found):
                for one in sentences(texts[at]) if blocks[0].kind == "paragraph" else ():
                    rest = texts[at][: one.start()] + texts[at][one.end() :]
                    if rest.strip():
                        short = [*texts[:at], rest, *texts[at + 1 :]]
                        found[locale].append(side_that_lacks(*short) == locale)
    shares = {locale: sum(each) / len(each) for locale, each in found.items()}
    assert shares["ko"] > 0.45 and shares["en"] > 0.35, shares
