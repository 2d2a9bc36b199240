"""No mark of Markdown is left standing as text, nothing that opens stays open, and tables and notes are whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.checks.unsafe_markup import DEFINITION, HANDLER
from scripts.content.book import LOCALES, Book
from scripts.content.markdown import ADMONITION, ATTRIBUTES, CITATION, HEADING, TABLE_RULE, Document, blank
from scripts.findings import Finding

ID = "stray-mark"
_BOLD = re.compile(r"\*\*(?=[^\s*])(?:[^*\n]|\*(?!\*))*?(?<=[^\s*])\*\*")
_ITALIC = re.compile(r"(?<!\*)\*(?=[^\s*])[^*\n]*?(?<=[^\s*])\*(?!\*)")
_STRAY = re.compile(
    r"\]\(|[\[\]`]|\*+|\{[^}\n]*\}?|\}|~~|==+|(?<!\w)_+(?=\w)|^\s*(?:!{2,}|\?\?\?|#{1,6}|>)|^ {0,3}(?:=|-){3,}[ \t]*$",
    re.MULTILINE,
)
NOTES = ("note",)
_ADDRESS = re.compile(r"https?://[^\s)\]]+|\bwww\.[\w-]+\.[^\s)\]]+|(?<![\w/])[\w./-]+\.md\b")
_ENTITY = re.compile(r"&(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);")
_BULLET = re.compile(r"(?:[-*+]|\d+[.)])[ \t]+\S")
# What opens and what closes it. An English apostrophe is no quotation mark, so single ones are counted in Korean only.
_PAIRS = {"ko": ("()", "“”", "‘’", "「」"), "en": ("()", "“”")}
_APOSTROPHE = re.compile(r"’(?=\d\d)|(?<=[A-Za-z])’(?=[a-z])")  # ’23, it’s


def check(book: Book) -> Iterator[Finding]:
    for page in book.pages:
        if not book.is_judged(page.key) or page.document.first_line == 1:  # without front matter all is in doubt
            continue
        for offset, message in _faults(page.document, page.locale):
            yield Finding(page.path, *page.document.place(offset), ID, message)
    for entry in book.entries.values():
        for where, said in entry.wordings if book.is_judged(entry.key) else ():
            for locale in LOCALES:
                for message in _open(said[locale], locale).values():
                    yield Finding(entry.data_path, *entry.place((*where, locale)), ID, message)


def _faults(document: Document, locale: str) -> Iterator[tuple[int, str]]:
    text = document.prose
    text = CITATION.sub(lambda m: blank(m[0]), text)
    text = _BOLD.sub(lambda m: m[0].replace("**", "  "), text)
    text = _ITALIC.sub(lambda m: " " + m[0][1:-1] + " ", text)
    text = DEFINITION.sub(lambda m: blank(m[0]), _without_rules_and_headings(document, text))
    for match in _STRAY.finditer(text):
        if match[0][0] == "{" and HANDLER.search(match[0]):
            continue  # the check `unsafe-markup` tells
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        yield start, f"‘{match[0].strip()}’ would stand in the text; close it, or write it between backticks"
    for match in ATTRIBUTES.finditer(document.markup):
        before = document.markup[: match.start()].rpartition("\n")[2]
        if before.strip() and before[-1] in " \t" and not HEADING.match(before.lstrip() + match[0]):
            yield match.start(), f"‘{match[0]}’ would stand in the text; close it, or write it between backticks"
    for match in _ENTITY.finditer(text):
        yield match.start(), f"{match[0]} is HTML; type the letter itself"
    for match in _ADDRESS.finditer(text):
        yield match.start(), f"{match[0]} is no link; write [words](address)"
    for match in re.finditer(r"^ {1,3}#{1,6}[ \t]", document.markup, re.MULTILINE):
        yield match.start(), "the heading is set in; begin it at the start of the line"
    offset = 0
    for paragraph in re.split(r"(\n[ \t]*\n)", text):
        for at, message in _open(paragraph, locale).items():
            yield offset + at, message
        offset += len(paragraph)
    yield from _tables_and_notes(document)


def _without_rules_and_headings(document: Document, text: str) -> str:
    """The text without the lines that draw tables; the marks of headings and notes are blanked in prose already."""
    lines = text.split("\n")
    markup = document.markup.split("\n")
    for index, line in enumerate(markup):
        if "|" in line and TABLE_RULE.match(line):
            lines[index] = blank(lines[index])
    return "\n".join(lines)


def _open(text: str, locale: str) -> dict[int, str]:
    """Offset → message for each mark that is opened and not closed, or closed and not opened, in a paragraph."""
    text = _APOSTROPHE.sub(" ", re.sub(r"\([‘’“”]\)", "   ", text))  # (’): the mark itself is meant
    found = {}
    for opening, closing in _PAIRS[locale]:
        if opening not in text and closing not in text:
            continue
        waiting: list[int] = []
        for match in re.finditer(re.escape(opening) + "|" + re.escape(closing), text):
            if match[0] == opening:
                waiting.append(match.start())
            elif waiting:
                waiting.pop()
            else:
                found[match.start()] = f"‘{closing}’ closes what nothing opens"
        found |= {at: f"‘{opening}’ is not closed" for at in waiting}
    return found


def _tables_and_notes(document: Document) -> Iterator[tuple[int, str]]:
    lines = document.markup.split("\n")
    offset, columns = 0, 0
    for index, line in enumerate(lines):
        if columns and "|" in line:
            here = _columns(line)
            if here != columns and not TABLE_RULE.match(line):
                yield offset, f"the row has {here} cells, the table has {columns} columns"
            if TABLE_RULE.match(line) and here != columns:
                yield offset, f"the row has {here} cells, the table has {columns} columns"
        elif "|" in line and index + 1 < len(lines) and "|" in lines[index + 1] and TABLE_RULE.match(lines[index + 1]):
            columns = _columns(line)
        elif "|" in line and line.strip().startswith("|"):
            yield offset, "the row belongs to no table; write the line |---| below its first row"
        else:
            columns = 0
        before = lines[index - 1] if index else ""
        if _BULLET.match(line) and before.strip() and not _BULLET.match(before) and not before.startswith((" ", "\t")):
            yield offset, "the list begins right below a line of text; leave an empty line before it"
        if HEADING.match(line) and before.strip():
            yield offset, "the heading stands right below a line of text; leave an empty line before it"
        if (note := ADMONITION.match(line)) and note["type"] not in NOTES:
            yield offset, f"‘{note['type']}’ is no kind of note here; write {' or '.join(NOTES)}"
        if re.match(r"[ \t]*(?:!!!|\?\?\?)", line) and not ADMONITION.match(line.lstrip()):
            yield offset, "the line begins no note; write the kind and a title in quotation marks"
        if ADMONITION.match(line):
            body = next((x for x in lines[index + 1 :] if x.strip()), "")
            if not body.startswith("    "):
                yield offset, "the note has no text; indent its text by four spaces"
        offset += len(line) + 1


def _columns(line: str) -> int:
    return re.sub(r"\\\|", "  ", line.strip()).strip("|").count("|") + 1
