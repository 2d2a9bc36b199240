"""No word stands twice in a row, Korean pages keep one style, and a link is called by the name of what it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.checks import _prose
from scripts.content.book import LOCALES, Book, Page, resolve
from scripts.content.markdown import JOINER
from scripts.findings import Finding

ID = "wording"
_DOUBLED = re.compile(r"(?<![\w’'-])(?P<word>[A-Za-z]+|[가-힣]{2,})[ \u2060]+(?P=word)(?![\w’'-])")
_POLITE = re.compile(r"[가-힣]*[가-힣]니[다까](?![가-힣])")


def check(book: Book) -> Iterator[Finding]:
    for locale in LOCALES:
        for passage in _prose.passages(book, locale):
            for match in _DOUBLED.finditer(passage.text):
                word = match["word"]
                yield passage.finding(match.start(), ID, f"‘{word} {word}’: the word stands twice; write it once")
            for match in _POLITE.finditer(_prose.unquoted(passage.text)) if locale == "ko" else ():
                if (ord(match[0][-3]) - 0xAC00) % 28 == 17:  # 합니다, 습니까: a final ㅂ
                    message = f"‘{match[0]}’: pages are written in the plain style; end it in -다 or -는가"
                    yield passage.finding(match.start(), ID, message)
    for page in book.pages:
        if book.is_judged(page.key):
            yield from _misnamed(book, page)


def _misnamed(book: Book, page: Page) -> Iterator[Finding]:
    names = book.key_of_name[page.locale]
    for link in page.document.links:
        target, _ = resolve(page.key, link.target)
        text = " ".join(link.text.replace("*", "").replace(JOINER, "").split())
        if target in book.entries and names.get(text, target) != target:
            message = f"‘{text}’ is the name of {names[text]}, but the link leads to {target}; let both mean the same"
            yield Finding(page.path, link.line, link.column, ID, message)
