"""Says of words in the other language which language they are, so that a screen reader pronounces them (WCAG 3.1.2)."""

from __future__ import annotations

import re
from pathlib import Path

_TAG = re.compile(r"""<!--.*?-->|<(/?)([a-zA-Z][\w-]*)([^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*)>""", re.DOTALL)
_LANG = re.compile(r"""\slang\s*=\s*["']?([\w-]+)""")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_PLAIN = {"option", "script", "style", "svg", "textarea", "title"}  # nothing can be marked inside these
_HANGUL = re.compile("[가-힣]")
_KOREAN = re.compile(r"[가-힣](?:[가-힣0-9\s·,‘’“”–-]*[가-힣])?")
# Names and acronyms belong to Korean text; four words or more without Hangul between them are English.
_ENGLISH = re.compile(r"[A-Za-z][\w'’&#;:,./()–-]*(?:\s+[\w'’&#;:,./()–-]+){3,}")


def mark(site: Path, pages: dict[Path, str]) -> None:
    """Marks Korean in English pages, and English phrases in Korean ones; 404.html speaks both by itself."""
    for path, text in pages.items():
        if path != site / "404.html":
            pages[path] = marked(text)


def marked(page: str) -> str:
    """The page with `<span lang>` around words that are not in the language of the element they stand in."""
    out: list[str] = []
    within = [("", "")]  # the elements that are open, each with the language in it
    end = done = 0
    for tag in _TAG.finditer(page):
        start, lang = tag.start(), within[-1][1]
        if end < start and lang and (text := page[end:start]) != (new := _text(text, lang)):
            out += page[done:end], new
            done = start
        end = tag.end()
        if name := tag[2]:
            _follow(within, bool(tag[1]), name.lower(), tag[3], lang)
    return "".join(out) + page[done:]


def _follow(within: list[tuple[str, str]], closing: bool, name: str, attributes: str, lang: str) -> None:
    if closing:
        while len(within) > 1 and within.pop()[0] != name:
            pass
    elif name not in _VOID and not attributes.endswith("/"):
        own = _LANG.search(attributes) if "lang" in attributes else None
        inside_plain = name in _PLAIN or within[-1][0] in _PLAIN
        within.append((name, "" if inside_plain else own[1] if own else lang))


def _text(text: str, lang: str) -> str:
    if lang == "en":
        return _KOREAN.sub(r'<span lang="ko">\g<0></span>', text)
    if lang == "ko" and not _HANGUL.search(text):
        return _ENGLISH.sub(r'<span lang="en">\g<0></span>', text)
    return text
