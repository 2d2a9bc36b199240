"""Words that neither hunspell's dictionaries nor the project know: `python -m scripts prose`.

Hunspell inflects a word of ours as it inflects a word of its own that is named as a model (hunspell(1), personal
dictionary), so `docs/words.yml` lists Korean words without particles and endings; a verb that no model below fits names
its own, `켜다/펴다`. Names of cases and terms, of their makers and of the term base are known without being listed. What
stands in quotation marks keeps its own spelling.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from scripts.checks._prose import Passage, passages
from scripts.content import yaml_tree
from scripts.content.book import LOCALES, Book
from scripts.content.markdown import JOINER
from scripts.findings import Finding

ID = "spelling"
LIST = "docs/words.yml"
DICTIONARIES = {"ko": "ko", "en": "en_US"}
# How words inflect that are listed: as these do. By their endings, the longest first; other words are nouns.
_MODELS = {"하다": "연구하다", "되다": "연구되다", "받다": "본받다", "지다": "사라지다", "시키다": "이해시키다"}
_NOUN = "사람"
_MOST = 30  # words for which one more is proposed: hunspell searches for seconds
_QUOTED = re.compile(r"‘[^’\n]*’|“[^”\n]*”|`[^`\n]*`|\S*(?:://|\.(?:com|org|html|io|kr|md|yml)\b)\S*|\{\w*\}")
_WORD = {"ko": re.compile("[가-힣]+"), "en": re.compile(r"[A-Za-zÀ-ɏ]+(?:['’](?!s\b)[A-Za-z]+)*")}
# What follows these is a particle or a unit, and no word of its own.
_TORN_OFF = {"ko": re.compile(r"[A-Za-z0-9À-ɏ%’”)]$"), "en": re.compile(r"[0-9]$")}

# Endings that the Korean dictionary lacks, and what may stand in their place for it to judge the rest.
_ENDINGS = [
    (re.compile(pattern), stand_in)
    for pattern, stand_in in (
        (r"(?<=.)뿐(?=$|[이인만])", ""),
        (r"(?<=.)(?:씩|쯤|꼴|끼리|마다)(?:이라는|이라도|이라|으로|을|이다|이|은|의|에)?$", ""),
        (r"(?<=게)(?:는|만|도)$", ""),
        (r"(?<=대로)라면$", ""),
        (r"(?<=들)(?:보다|이어서|이었다)$", "이"),
        (r"(?<=서)(?:다|야)$", ""),
        (r"(?<=.)(?:이라야|라야)$", ""),
        (r"(?<=[았었했랬])듯$", "다"),
        (r"(?<=[개번쪽줄분])짜리(?=$|[이의])", ""),
        (r"(?<=.)만으로(?:는|도)?$", ""),
        (r"(?<=.)만(?:은|을|이|도)$", ""),
        (r"(?<=.)까지(?:다|인가|나|(?=[이의를는도만]|라|로|$))", ""),
        (r"(?<=에서|으로|부터)(?:[의만도나든]|보다|처럼|까지)$", ""),
        (r"(?:이라|라|인)지(?:는|를|도)?$", "이다"),
        (r"(?:이라|라|다)기보다$", "다"),
        (r"(?<=[라다냐자]고)(?:만|도|는)$", ""),
        (r"리라(?:고|는|는지|던)?(?:도|만)?$", "며"),
        (r"려(?:던|는지)$", "려는"),
        (r"(?<=지)(?:를|와|로|부터|까지|는|도|에|의|만|이다|인지|가)+$", ""),
        (r"(?<=[는은운]가)(?:를|에|의|와|이다|이고)$", ""),
        (r"(?<=느냐)(?:를|에서?|가|다|와|로)$", ""),
        (r"(?<=이냐)에$", ""),
        (r"(?<=다)(?:거나|면서도|는데)$", "고"),
        (r"(?<=..)[용별형]$", ""),
    )
]


def findings(book: Book, strings: str = "") -> list[Finding]:
    """Unknown words at their places, and words of the list that nobody needs. `strings`: text of overrides/strings.yml.

    hunspell has to be there (`scripts.system.need_hunspell`).
    """
    places = _words(book, strings)
    found = []
    for language in LOCALES:
        names, listed = _names(book, language), getattr(book.words, language)
        ours, seen = [*names, *listed], places[language]
        unknown = _unknown(language, seen, ours)
        if language == "ko":
            unknown -= _ending_unusually(unknown, ours)
        proposed = _proposed(language, sorted(unknown)[:_MOST], ours)
        for word in unknown:
            said = f"‘{word}’ stands in no dictionary; mend it, or add it to {LIST} if it is right"
            if near := proposed.get(word):
                said = f"‘{word}’ stands in no dictionary; did you mean {near}? If it is right, add it to {LIST}"
            found += [passage.finding(start, ID, said) for passage, start in seen[word]]
        found += _dead(book, language, names, seen)
    return sorted(set(found))


def _words(book: Book, strings: str) -> dict[str, dict[str, list[tuple[Passage, int]]]]:
    """By the language whose letters it has, every word with its places."""
    found: dict[str, dict[str, list[tuple[Passage, int]]]] = {language: defaultdict(list) for language in LOCALES}
    for passage in [one for locale in LOCALES for one in passages(book, locale)] + list(_templates(strings)):
        bare = _QUOTED.sub(lambda m: "’".rjust(len(m[0])), passage.text)
        at = [index for index, letter in enumerate(bare) if letter not in f"{JOINER}*_"]
        text = "".join(bare[index] for index in at)
        for language, pattern in _WORD.items():
            for match in pattern.finditer(text):
                torn_off = _TORN_OFF[language].search(text[: match.start()])
                if not torn_off and len(match[0]) > 1:
                    found[language][match[0].replace("’", "'")].append((passage, at[match.start()]))
    return found


def _templates(strings: str) -> Iterator[Passage]:
    data, places = yaml_tree.parse(strings)
    for locale, words in (data or {}).items():
        for key, text in words.items():
            yield Passage("overrides/strings.yml", *places[locale, key], text, False)


def _names(book: Book, language: str) -> list[str]:
    """Words of names that the book states as names."""
    rules = book.term_base.terms
    texts = [name for rule in rules for name in (rule.ko, rule.en, *rule.avoid.ko, *rule.avoid.en)]
    texts += [text for pair in book.term_base.readings.items() for text in pair]
    for entry in book.entries.values():
        for wording in (getattr(entry.data, "name", None), getattr(entry.data, "organization", None)):
            texts += [wording.ko, wording.en] if wording else []
    return sorted({word for text in texts for word in _WORD[language].findall(text)})


def _unknown(language: str, words: Iterable[str], ours: Iterable[str]) -> set[str]:
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "words"
        own.write_text("".join(f"{word}{_model(language, word)}\n" for word in ours), encoding="utf-8")
        command = ["hunspell", "-d", DICTIONARIES[language], "-i", "UTF-8", "-p", str(own), "-l"]
        answer = subprocess.run(command, input="\n".join(words), capture_output=True, encoding="utf-8", check=True)
    return set(answer.stdout.split("\n")) - {""}


def _model(language: str, word: str) -> str:
    if language == "en" or "/" in word:
        return ""
    return "/" + next((model for ending, model in _MODELS.items() if word.endswith(ending)), _NOUN)


def _ending_unusually(words: set[str], ours: list[str]) -> set[str]:
    """Those that are known but for an ending that the dictionary lacks."""
    forms = {word: _forms(word) for word in words}
    unknown = _unknown("ko", {form for some in forms.values() for form in some}, ours)
    return {word for word, some in forms.items() if some - unknown}


def _forms(word: str) -> set[str]:
    forms, before = {word}, set()
    while forms != before:
        before = forms
        forms = forms | {pattern.sub(stand_in, form) for form in forms for pattern, stand_in in _ENDINGS}
    return forms - {word}


def _proposed(language: str, words: list[str], ours: list[str]) -> dict[str, str]:
    """For each word the nearest one that is known, of ours before hunspell's."""
    found = {word: near[0] for word in words if (near := get_close_matches(word, ours, 1, 0.8))}
    command = ["hunspell", "-d", DICTIONARIES[language], "-i", "UTF-8", "-a"]
    rest = "\n".join(word for word in words if word not in found)
    answer = subprocess.run(command, input=rest, capture_output=True, encoding="utf-8", check=True)
    for match in re.finditer(r"^& (\S+) \d+ \d+: ([^,\n]+)", answer.stdout, re.MULTILINE):
        found.setdefault(match[1], match[2])
    return found


def _dead(book: Book, language: str, names: list[str], seen: Iterable[str]) -> Iterator[Finding]:
    """Words of the list that no word of the site needs."""
    places, needing = book.file_places.get(LIST, {}), _unknown(language, seen, names)
    for index, word in enumerate(getattr(book.words, language)):
        stem = word.partition("/")[0]
        stem = stem.removesuffix("다")[:-1] if stem.endswith("다") else stem
        if not any(one.startswith(stem) for one in needing):
            line, column = places.get((language, index), (1, 1))
            yield Finding(LIST, line, column, ID, f"nothing on the site needs ‘{word}’ here; remove it")
