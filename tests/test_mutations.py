"""Seeded faults in the real content: every one is found on its file and line, and nothing else is."""

from __future__ import annotations

import os
import random
import shutil
from collections import defaultdict

import pytest
from mutations import ANY, Fault, Kind, Tree
from mutations.all import KINDS
from sampling import SWEEP

from scripts.build import source_findings
from scripts.changes import Change
from scripts.content.book import key_of
from scripts.environment import ROOT
from scripts.findings import Finding

SEED = int(os.environ.get("SEED", "7"))  # SEED=8 make test explores other places
PLACES = int(os.environ.get("PLACES", "1"))  # of each kind
DAMAGES = 240 if SWEEP else 24  # of bytes, anywhere


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Tree:
    """A copy of the content that the tests may break."""
    root = tmp_path_factory.mktemp("content")
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copy(ROOT / "mkdocs.yml", root)
    return Tree(root)


Batch = list[tuple[Kind, Fault]]


def _batches(tree: Tree) -> list[Batch]:
    """Faults that touch nothing in common are tried together, so that a hundred kinds take a dozen checks."""
    batches: list[tuple[object, set[str], Batch]] = []
    for number, kind in enumerate(KINDS):
        chance = random.Random(f"{SEED} {kind.name}")
        done: set[str] = set()
        for place in range(1 if kind.once else PLACES):
            fault = next((f for _ in range(20) if not (f := kind.make(tree, chance)).keys & done), None)
            if fault is None:
                break  # the kind has fewer places
            done |= fault.keys
            group = (number, place) if kind.alone else kind.breaks
            for have, keys, batch in batches:
                if have == group and not keys & fault.keys:
                    keys |= fault.keys
                    batch.append((kind, fault))
                    break
            else:
                batches.append((group, set(fault.keys), [(kind, fault)]))
    return [batch for _, _, batch in batches]


def _findings(tree: Tree, batch: Batch, findings_of) -> list[Finding]:
    """All of them; those of `check --changed` must be the same, because nothing else is wrong."""
    before = {}
    try:
        for _, fault in batch:
            for path, new in fault.files.items():
                file = tree.root / path
                before[file] = file.read_bytes() if file.exists() else None
                if new is None:
                    file.unlink()
                else:
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(new)
        findings = findings_of(tree.root)
        change = Change(
            {path: (before[tree.root / path] or b"").decode() for _, fault in batch for path in fault.files}
        )
        assert sorted(set(source_findings(tree.root, change)[1])) == findings
        return findings
    finally:
        for file, old in before.items():
            if old is None:
                file.unlink()
            else:
                file.write_bytes(old)


def _near(tree: Tree, fault: Fault) -> set[str]:
    """Where a fault may break something else: pages that it links or that link it, what rests on its chapter, the
    inventory, which names words of pages."""
    if "mkdocs.yml" in fault.keys:
        return set(tree.book.page_keys)
    keys = {page.key for page in tree.book.pages if page.key in fault.keys or fault.keys & set(page.targets)}
    keys |= {target for page in tree.book.pages if page.key in fault.keys for target in page.targets}
    slugs = {key.rpartition("/")[2] for key in fault.keys}
    keys |= {page.key for page in tree.book.pages if page.key.rpartition("/")[2] in slugs}
    chapters = {key.rpartition("/")[2] for key in keys if key.startswith("chapters/")}
    return keys | {f"quizzes/{slug}" for slug in chapters} | {"inventory", "mkdocs.yml"}


# What speaks on another page wherever a link, a heading or a page is gone: nobody links it, or readers have its address.
MISSED = {"orphan", "published", "edition"}


def test_every_seeded_fault_is_found_where_it_is_and_nothing_else(tree, findings_of):
    assert findings_of(tree.root) == []
    found: dict[str, set[str]] = defaultdict(set)
    wrong = []
    for batch in _batches(tree):
        findings = _findings(tree, batch, findings_of)
        for kind, fault in batch:
            own = [f for f in findings if (key_of(f.path) or f.path) in fault.keys]
            hits = {f.id for f in own if f.path == fault.path and fault.line in (f.line, ANY) and f.id in kind.checks}
            found[kind.name] |= hits
            if not hits:
                wrong.append(f"not found: {kind.name}, {fault.path}:{fault.line}; said: {[*map(str, own)]}")
        spoken_of = set().union(*(fault.keys for _, fault in batch))
        caused = {
            (key, check) for kind, fault in batch if not kind.alone for key in _near(tree, fault) for check in kind.also
        }
        of_all = {check for kind, _ in batch if kind.alone for check in kind.also} | MISSED
        for finding in findings:
            key = key_of(finding.path) or finding.path
            if key not in spoken_of and (key, finding.id) not in caused and finding.id not in of_all:
                wrong.append(f"false alarm: {finding}")
    print(*(f"{name:<70} {', '.join(sorted(found[name])) or '-'}" for name in found), sep="\n")
    assert not wrong, "\n".join(wrong)


def test_the_kinds_are_many_and_each_is_named_once():
    names = [kind.name for kind in KINDS]
    assert len(names) >= 100
    assert sorted(set(names)) == sorted(names)


def test_no_damage_to_the_real_content_gives_a_traceback(tree, findings_of):
    chance = random.Random(SEED)
    files = sorted(tree.texts)
    batch_size = 12
    for _ in range(DAMAGES // batch_size):
        damaged = []
        for path in chance.sample(files, batch_size):
            good = (tree.root / path).read_bytes()
            start = chance.randrange(len(good) + 1)
            end = start + chance.choice([0, 1, 3, 30, 300])
            lines = good.split(b"\n")
            bad = chance.choice(
                [
                    good[:start] + chance.randbytes(chance.randrange(6)) + good[end:],
                    good[:start] + good[end:],
                    good[:start] + good[start:end] * 3 + good[end:],
                    b"\n".join(chance.sample(lines, len(lines))),
                    good[:start],
                ]
            )
            damaged.append((Kind("damage", (), None), Fault(path, ANY, {path: bad})))
        _findings(tree, damaged, findings_of)
