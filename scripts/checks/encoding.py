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
    "\ufffd": "a replacement character, so a letter was lost",
}
_SUSPECT = re.compile(f"[{''.join(INVISIBLE)}\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def check(book: Book) -> Iterator[Finding]:
    for path, text in book.texts.items():
        if not book.is_judged(key_of(path)):
            continue
        for number, line in enumerate(text.split("\n"), 1):
            for match in _SUSPECT.finditer(line):
                letter = match[0]
                what = INVISIBLE.get(
                    letter, "a Windows line end" if letter == "\r" else f"the control character U+{ord(letter):04X}"
                )
                edit = None if letter == "\ufffd" else Edit(1, "")
                yield Finding(path, number, match.start() + 1, ID, f"holds {what}; remove it", edit)
            if not unicodedata.is_normalized("NFC", line):
                start = next(i for i in range(len(line)) if not unicodedata.is_normalized("NFC", line[: i + 1]))
                nfc = unicodedata.normalize("NFC", line)
                yield Finding(
                    path, number, max(start, 1), ID,
                    "holds decomposed letters (NFD, as macOS writes them); save as NFC", _line_edit(line, nfc, max(start, 1)),
                )  # fmt: skip


def _line_edit(line: str, new: str, column: int) -> Edit:
    """From the finding's column to the end of the line."""
    return Edit(len(line) - column + 1, new[column - 1 :])
