"""Asks on the terminal what `new` needs to know, each question with what is taken when one presses Enter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scripts.content.model import Direction, Horizon, Sector
from scripts.content.teaching import QuestionKind
from scripts.environment import CannotRun
from scripts.messages import say
from scripts.scaffold import KINDS, OPTIONS_OF, Wish, new, slug_of

WORDS = {
    "kind": "What do you want to write?",
    "ko": "Name in Korean",
    "en": "Name in English",
    "pages": "Pages of the report (1-20, with spaces between)",
    "direction": "Which drives the other?",
    "sector": "Sectors (with spaces between)",
    "horizon": "When does the report expect it to matter?",
    "country": "Countries (ISO 3166-1 codes, with spaces between)",
    "question": "Kind of question",
    "objective": "Number of the learning objective",
    "at": "Id of the heading under which the answer stands",
    "fact": "The fact that is the answer, such as cases/roblox#daily-users-2025q1",
}
NAMES = {"question": "Chapter", "half": "Path of the file that is missing"}  # else: the address
CHOICES = {
    "kind": KINDS,
    "direction": [one.value for one in Direction],
    "sector": [one.value for one in Sector],
    "horizon": [one.value for one in Horizon],
    "question": [one.value for one in QuestionKind],
}
LISTS = ("pages", "sector", "country")


def ask(
    root: Path, kind: str | None, name: str | None, language: str, answer: Callable[[str], str] = input
) -> list[str]:
    """Asks, writes, and asks again for what was wrong; returns the paths that were written."""

    def put(words: str, default: str = "", choices: object = ()) -> str:
        known = f" [{', '.join(choices)}]" if choices else ""
        given = answer(f"{say(words, language)}{known}{f' ({default})' if default else ''}: ").strip()
        return given or default

    wish = Wish(kind or put(WORDS["kind"], "case", KINDS), name or "")
    due = list(OPTIONS_OF.get(wish.kind, ()))
    while True:
        for option in due:
            if option == "fact" and wish.question != QuestionKind.NUMERIC.value:
                continue
            old = getattr(wish, option)
            given = put(WORDS[option], " ".join(old) if option in LISTS else old or "", CHOICES.get(option, ()))
            setattr(wish, option, given.replace(",", " ").split() if option in LISTS else given or None)
        if not wish.name:
            words = NAMES.get(wish.kind, "Address, in lower-case ASCII words with hyphens")
            wish.name = put(words, "" if wish.kind in NAMES else slug_of(wish.en))
        try:
            return new(root, wish)
        except CannotRun as error:
            due = _wrong(str(error), wish)
            print("\n".join(say(line, language) for line in str(error).split("\n")))
            if wish.kind not in KINDS:
                wish.kind = put(WORDS["kind"], "case", KINDS)
                due = list(OPTIONS_OF.get(wish.kind, ()))


def _wrong(said: str, wish: Wish) -> list[str]:
    """The options that an error speaks of; what speaks of none is about the name, which is asked again."""
    options = []
    for line in said.split("\n"):
        option = line.partition(":")[0]
        if option in OPTIONS_OF.get(wish.kind, ()):
            options.append(option)
        else:
            wish.name = ""
    return list(dict.fromkeys(options))
