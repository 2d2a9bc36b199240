"""Text is NFC without invisible letters: no byte order mark, zero-width or control character, no CRLF."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from scripts.content.book import Book, key_of
from scripts.findings import Edit, Finding

ID = "encoding"
INVISIBLE = {
    "\ufeff": "a byte order mark",
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\u2060": "a word joiner",
    "\u00ad": "a soft hyphen",
    "\u200e": "a direction mark",
    "\u200f": "a direction mark",
    "\u00a0": "a space that does not break",
    "\u202f": "a space that does not break",
    "\u3000": "a wide space",
    "\u3164": "an empty Korean letter",
    "\u115f": "an empty Korean letter",
    "\u1160": "an empty Korean letter",
    "\uffa0": "an empty Korean letter",
    "\ufffd": "a replacement character, so a letter was lost",
}
SPACES = "\u00a0\u202f\u3000"
_SUSPECT = re.compile(
    f"[{''.join(INVISIBLE)}\x00-\x08\x0b-\x1f\x7f-\x9f\u2000-\u200a\u2028-\u202e\u2061-\u206f\u205f"
    "\ufe00-\ufe0f\ue000-\uf8ff\U000e0000-\U000e0fff]"
)
# Letters that look like those of our languages: Cyrillic and Greek inside Latin words, wide and half-width forms,
# Hangul letters that stand alone.
_LOOKALIKE = re.compile("[\u0370-\u052f\u3131-\u318e\uff01-\uffdc\u1100-\u11ff]")


def check(book: Book) -> Iterator[Finding]:
    for path, text in book.texts.items():
        if not book.is_judged(key_of(path)):
            continue
        if path in book.raw:
            yield from _unclean(path, book.raw[path])
        for number, line in enumerate(text.split("\n"), 1):
            for match in _SUSPECT.finditer(line):
                letter = match[0]
                what = INVISIBLE.get(letter, f"the control character U+{ord(letter):04X}")
                edit = None if letter == "\ufffd" else Edit(1, " " if letter in SPACES else "")
                yield Finding(path, number, match.start() + 1, ID, f"holds {what}; remove it", edit)
            for match in _LOOKALIKE.finditer(unicodedata.normalize("NFC", line)):
                message = (
                    f"holds {match[0]} (U+{ord(match[0]):04X}), which only looks like a letter of ours; type it again"
                )
                yield Finding(path, number, match.start() + 1, ID, message)


def _unclean(path: str, raw: str) -> Iterator[Finding]:
    """What `fix` mends in the whole file, told where it begins."""
    if raw.startswith("\ufeff"):
        yield Finding(path, 1, 1, ID, f"holds {INVISIBLE[raw[0]]}; remove it")
    for number, line in enumerate(raw.split("\n"), 1):
        if line.endswith("\r"):
            yield Finding(path, number, len(line), ID, "has Windows line ends; save it with those of Linux (LF)")
            break
    for number, line in enumerate(raw.split("\n"), 1):
        if not unicodedata.is_normalized("NFC", line):
            start = next(i for i in range(len(line)) if not unicodedata.is_normalized("NFC", line[: i + 1]))
            message = "holds decomposed letters (NFD, as macOS writes them); save as NFC"
            yield Finding(path, number, max(start, 1), ID, message)
            break
