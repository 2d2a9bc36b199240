"""The glossary as an Anki deck: a card a term, from its name to its definition.

A learner who imports a later edition keeps her progress: Anki knows a note by its guid, a deck and a note type by their
ids. So none of these may ever change.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, time
from html import escape

import genanki

from scripts.content.book import LOCALES, Entry
from scripts.exports.archive import repacked
from scripts.exports.edition import Edition
from scripts.view import View, initial

_DECKS = {"ko": 1763251801, "en": 1763251802}
_NOTE_TYPES = {"ko": 1763251811, "en": 1763251812}
_FIELDS = ("Term", "Other names", "Definition", "In the other language", "Address")
# Anki gives .nightMode to the card in dark mode and sets the colors of paper and ink itself.
_STYLE = """\
.card { font-family: "Pretendard", "Apple SD Gothic Neo", "Noto Sans KR", "Malgun Gothic", system-ui, sans-serif;
  font-size: 20px; line-height: 1.6; text-align: center; padding: 1em; }
:lang(ko) { word-break: keep-all; overflow-wrap: anywhere; }
.term { font-size: 1.6em; font-weight: 600; line-height: 1.3; }
.names, .link { font-size: .8em; color: #56606b; }
.definition { max-width: 34em; margin: 1em auto; text-align: start; }
.other { font-weight: 600; }
a { color: #0b655d; }
.nightMode .names, .nightMode .link { color: #a9b3bd; }
.nightMode a { color: #6dd6c8; }
"""


def deck(edition: Edition, locale: str) -> bytes:
    """From the names in a language to what they mean in it, with the name in the other. The notes are as old as the
    edition: Anki changes those it has only if the file's are newer."""
    view = edition.views[locale]
    made = genanki.Deck(_DECKS[locale], view.t("flashcards_deck", view.site_title), _about(view))
    note_type = _note_type(view)
    for place, term in enumerate(term for _, group in view.terms(locale) for term in group):
        made.add_note(_note(term, view, note_type, place))
    file = io.BytesIO()
    day = datetime.combine(edition.book.site.edition.date, time(), UTC)
    genanki.Package(made).write_to_file(file, timestamp=day.timestamp())
    return repacked(file.getvalue())  # genanki's zip tells the time of the clock


def _about(view: View) -> str:
    edition = view.book.site.edition
    made = view.t("edition", edition.version, view.date(edition.date))
    about = view.t("flashcards_about", view.site_title, len(view.book.of_kind("glossary")), made, view.t("license"))
    return f'{escape(about)} <a href="{view.absolute("index")}">{view.absolute("index")}</a>'


def _note_type(view: View) -> genanki.Model:
    front = (
        f'<div class="term" lang="{view.locale}">{{{{Term}}}}</div>'
        f'{{{{#Other names}}}}<div class="names" lang="{view.locale}">{{{{Other names}}}}</div>{{{{/Other names}}}}'
    )
    back = (
        '{{FrontSide}}<hr id="answer">'
        f'<div class="definition" lang="{view.locale}">{{{{Definition}}}}</div>'
        f'<div class="other" lang="{view.other}">{{{{In the other language}}}}</div>'
        f'<div class="link" lang="{view.locale}"><a href="{{{{Address}}}}">{view.t("flashcards_open")}</a></div>'
    )
    return genanki.Model(
        _NOTE_TYPES[view.locale],
        view.t("flashcards_deck", view.site_title),
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "1", "qfmt": front, "afmt": back}],
        css=_STYLE,
    )


def _note(term: Entry, view: View, note_type: genanki.Model, place: int) -> genanki.Note:
    other = term.data.name[view.other]
    names = ", ".join(_other_names(term, view.locale))
    fields = [term.title(view.locale), names, term.description(view.locale), other, view.absolute(term.key)]
    tags = [f"{view.t('flashcards_initial')}::{initial(term.title(view.locale))}"]
    tags += [f"{view.t('flashcards_page')}::{page:02}" for page in term.data.pages]
    return genanki.Note(
        note_type,
        fields=[escape(field) for field in fields],
        tags=tags,
        guid=genanki.guid_for("metaverse-ai", term.slug, view.locale),
        due=place,
    )


def _other_names(term: Entry, locale: str) -> list[str]:
    """Those of the language and acronyms, each in one spelling; the entry knows more, so that a search finds it."""
    found = {_spelled(term.data.name[language]): "" for language in LOCALES}
    for name in term.data.aliases[locale]:
        korean = re.search("[가-힣]", name) is not None
        if korean == (locale == "ko") or (name.isupper() and not korean):
            found.setdefault(_spelled(name), name)
    return [name for name in found.values() if name]


def _spelled(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()
