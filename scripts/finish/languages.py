"""Says of words in the other language which language they are, so that a screen reader pronounces them (WCAG 3.1.2)."""

from __future__ import annotations

import re
from pathlib import Path

_TOKEN = re.compile(r"""<!--.*?-->|<[/!]?[a-zA-Z](?:"[^"]*"|'[^']*'|[^>"'])*>""", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_LANG = re.compile(r"""\slang\s*=\s*["']?([\w-]+)""")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_PLAIN = {"option", "script", "style", "svg", "textarea", "title"}  # nothing can be marked inside these
_KOREAN = re.compile(r"[가-힣](?:[가-힣0-9\s·,‘’“”–-]*[가-힣])?")
# Names and acronyms belong to Korean text; four words or more without Hangul between them are English.
_ENGLISH = re.compile(r"[A-Za-z][\w'’&#;:,./()–-]*(?:\s+[\w'’&#;:,./()–-]+){3,}")


def mark(site: Path) -> None:
    """Marks Korean in English pages, and English phrases in Korean ones; 404.html speaks both by itself."""
    for path in sorted(site.rglob("index.html")):
        text = path.read_text(encoding="utf-8")
        path.write_text(marked(text), encoding="utf-8")


def marked(page: str) -> str:
    """The page with `<span lang>` around words that are not in the language of the element they stand in."""
    out: list[str] = []
    open_tags: list[tuple[str, str]] = []
    end = 0
    for token in _TOKEN.finditer(page):
        out.append(_text(page[end : token.start()], open_tags))
        out.append(token[0])
        end = token.end()
        if tag := _TAG.match(token[0]):
            _follow(open_tags, tag[1] == "/", tag[2].lower(), token[0])
    return "".join(out) + page[end:]


def _follow(open_tags: list[tuple[str, str]], closing: bool, name: str, token: str) -> None:
    """Keeps the names of the elements that are open, each with the language in it."""
    if closing:
        while open_tags and open_tags.pop()[0] != name:
            pass
    elif name not in _VOID and not token.endswith("/>"):
        lang = _LANG.search(token)
        open_tags.append((name, lang[1] if lang else open_tags[-1][1] if open_tags else ""))


def _text(text: str, open_tags: list[tuple[str, str]]) -> str:
    if not text.strip() or any(name in _PLAIN for name, _ in open_tags):
        return text
    lang = open_tags[-1][1] if open_tags else ""
    if lang == "en":
        return _KOREAN.sub(r'<span lang="ko">\g<0></span>', text)
    if lang == "ko" and not re.search("[가-힣]", text):
        return _ENGLISH.sub(r'<span lang="en">\g<0></span>', text)
    return text
