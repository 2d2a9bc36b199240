"""The Anki decks, imported by Anki itself."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from scripts.content.book import LOCALES
from scripts.environment import ROOT
from scripts.exports import flashcards
from scripts.exports.edition import Edition


@pytest.fixture(scope="module")
def decks(edition: Edition) -> dict[str, bytes]:
    return {locale: flashcards.deck(edition, locale) for locale in LOCALES}


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    made = Collection(str(tmp_path / "collection.anki2"))
    yield made
    made.close()


def bring_in(collection: Collection, deck: bytes):
    """Imports as Anki's dialog does by default, and tells what was new, updated, and so on."""
    file = Path(collection.path).parent / "deck.apkg"
    file.write_bytes(deck)
    request = ImportAnkiPackageRequest(package_path=str(file), options=ImportAnkiPackageOptions())
    return collection.import_anki_package(request).log


def notes(collection: Collection, query: str = "") -> list:
    return [collection.get_note(note) for note in collection.find_notes(query)]


def later(edition: Edition, slug: str, definition: str) -> Edition:
    """The next day's edition, with a new Korean definition of one term."""
    book = deepcopy(edition.book)
    day = book.site.edition.model_copy(update={"date": book.site.edition.date + timedelta(days=1)})
    book.site = book.site.model_copy(update={"editions": [day, *book.site.editions]})
    book.entries[f"glossary/{slug}"].pages["ko"].meta["description"] = definition
    return Edition(book, {key: replace(view, book=book) for key, view in edition.views.items()}, edition.site, {})


def test_both_decks_together_hold_each_term_once_in_each_direction(edition: Edition, decks, collection):
    terms = edition.book.of_kind("glossary")
    for count, locale in enumerate(LOCALES, 1):
        log = bring_in(collection, decks[locale])
        assert len(log.new) == len(terms)
        assert collection.note_count() == collection.card_count() == count * len(terms)
    names = {note["Term"] for note in notes(collection)}
    assert names == {term.title(locale) for term in terms for locale in LOCALES}
    assert collection.fix_integrity()[1]


def test_a_card_leads_from_the_name_to_the_definition_and_the_live_page(edition: Edition, decks, collection):
    bring_in(collection, decks["ko"])
    term = edition.book.entries["glossary/digital-twin"]
    (note,) = notes(collection, '"Term:디지털 트윈"')
    (card,) = note.cards()
    front, back = card.question(), card.answer()
    assert '<div class="term" lang="ko">디지털 트윈</div>' in front and "digital twin" not in front
    assert term.description("ko") not in front and term.description("ko") in back
    assert '<div class="other" lang="en">digital twin</div>' in back
    assert f'<a href="{edition.views["ko"].absolute(term.key)}">' in back
    assert "가나다::다" in note.tags and "보고서쪽::08" in note.tags


def test_other_names_are_of_the_language_and_no_mere_spellings(edition: Edition, decks, collection):
    for locale in LOCALES:
        bring_in(collection, decks[locale])
    korean, english = notes(collection, '"Term:확장 현실"')[0], notes(collection, '"Term:extended reality"')[0]
    assert "XR" in korean["Other names"].split(", ") and "확장현실" not in korean["Other names"]
    assert english["Other names"] == "XR"
    english_names = [note["Other names"] for note in notes(collection, f'"note:{english.note_type()["name"]}"')]
    assert not any(re.search("[가-힣]", names) for names in english_names)


def test_a_second_import_adds_nothing(edition: Edition, decks, collection):
    bring_in(collection, decks["ko"])
    log = bring_in(collection, decks["ko"])
    assert not log.new and not log.updated
    assert collection.note_count() == len(edition.book.of_kind("glossary"))


def test_a_later_edition_changes_notes_in_place_and_keeps_what_was_learned(edition: Edition, decks, collection):
    bring_in(collection, decks["ko"])
    (before,) = notes(collection, '"Term:아바타"')
    card = before.cards()[0]
    card.reps, card.ivl, card.type, card.queue = 3, 12, 2, 2
    collection.update_card(card)
    log = bring_in(collection, flashcards.deck(later(edition, "avatar", "새로 쓴 뜻."), "ko"))
    (after,) = notes(collection, '"Term:아바타"')
    assert not log.new and collection.note_count() == len(edition.book.of_kind("glossary"))
    assert (after.id, after["Definition"]) == (before.id, "새로 쓴 뜻.")
    assert (after.cards()[0].id, after.cards()[0].ivl) == (card.id, 12)


def test_cards_come_in_the_order_of_the_glossary(edition: Edition, decks, collection):
    bring_in(collection, decks["ko"])
    places = {note.cards()[0].due: note["Term"] for note in notes(collection)}
    terms = [term.title("ko") for _, group in edition.views["ko"].terms("ko") for term in group]
    assert [places[place] for place in sorted(places)] == terms


def test_a_process_with_other_hashes_makes_the_same_bytes(edition: Edition, decks):
    """The other process reads the sources, not the site, which the cards do not need."""
    program = """
import hashlib, sys
from scripts.content.loading import load
from scripts.environment import ROOT
from scripts.exports import flashcards
from scripts.exports.edition import Edition
from scripts.view import views

book = load(ROOT)[0]
edition = Edition(book, views(book, sys.argv[1], "", ""), None, {})
print(*(hashlib.sha256(flashcards.deck(edition, locale)).hexdigest() for locale in edition.views))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, edition.site.site_url],
        cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": "1"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == [hashlib.sha256(decks[locale]).hexdigest() for locale in LOCALES]
