"""What checks and commands say, in the reader's language.

The code says everything in English, as one plain string; `messages.yml` holds the Korean of each. A message is found
there by its fixed words, so that a check needs to know nothing of languages.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

CATALOG = Path(__file__).with_name("messages.yml")
LANGUAGES = ("ko", "en")
_NAME = re.compile(r"\{([a-z]+)\}")
# The place inside a data file, or the name of a question, before what is wrong there.
_PREFIX = re.compile(r"(the file|[^\s:]+): (.+)", re.DOTALL)


def reader_language(environment: Mapping[str, str] = os.environ) -> str:
    """`ko` or `en`: what the locale of the reader's terminal says, as POSIX ranks its variables."""
    chosen = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "ko" if chosen.lower().startswith("ko") else "en"


def say(message: str, language: str) -> str:
    """The message in a language; in English where the catalog lacks it."""
    return (korean(message) or message) if language == "ko" else message


def korean(message: str) -> str | None:
    """The message in Korean; None where the catalog lacks it."""
    for pattern, text in _catalog()["hints"]:
        if (match := pattern.search(message)) and (head := korean(message[: match.start()])):
            return head + _fill(text, match)
    if (match := _PREFIX.fullmatch(message)) and (rest := korean(match[2])):
        return f"{_part(match[1])}: {rest}"
    return next(filter(None, (_render(message, name) for name in ("messages", "commands", "libraries"))), None)


def _render(text: str, section: str) -> str | None:
    for pattern, korean_text in _catalog()[section]:
        if match := pattern.fullmatch(text):
            return _fill(korean_text, match)
    return None


def _fill(text: str, match: re.Match[str]) -> str:
    return _NAME.sub(lambda name: _part(match[name[1]]), text)


def _part(value: str) -> str:
    """A value inside a message: words of ours are put into Korean, names and figures stay."""
    if whole := _render(value, "parts") or _render(value, "libraries"):
        return whole
    items = [_render(item, "parts") or item for item in value.split(", ")]
    return re.sub(r"(?<![\w])'([^'\n]*)'( or (?='))?", lambda m: f"‘{m[1]}’" + (", " if m[2] else ""), ", ".join(items))


@cache
def _catalog() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """By section, patterns of the English and the Korean; those with most fixed words first."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    sections = yaml.load(CATALOG.read_text(encoding="utf-8"), Loader=loader)
    return {
        name: [
            (_pattern(english, at_end=name == "hints"), text)
            for english, text in sorted(entries.items(), key=lambda pair: (-len(_NAME.sub("", pair[0])), pair[0]))
        ]
        for name, entries in sections.items()
    }


def _pattern(english: str, at_end: bool) -> re.Pattern[str]:
    parts, seen = [], set()
    for index, part in enumerate(_NAME.split(english)):
        if index % 2 == 0:
            parts.append(re.escape(part))
        else:
            parts.append(f"(?P={part})" if part in seen else f"(?P<{part}>.+?)")
            seen.add(part)
    return re.compile("".join(parts) + (r"\Z" if at_end else ""), re.DOTALL)
