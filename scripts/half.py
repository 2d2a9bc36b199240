"""`new half`: the missing language of a page, with the blocks, ids and links of the language that is there."""

from __future__ import annotations

import re
from collections import Counter

from scripts.content import numbers
from scripts.content.book import Book, Page, key_of, resolve
from scripts.content.dates import Point
from scripts.content.loading import split
from scripts.content.markdown import ADMONITION, CITATION, HEADING, LINK, LIST_ITEM, TABLE_RULE

TODO = {"ko": "TODO 문장", "en": "TODO sentence"}


def half(book: Book, wish: object, faults: list[str]) -> dict[str, str]:
    """The file at `wish.name`, or a line in `faults`."""
    from scripts.scaffold import nearest

    path = wish.name
    match = re.fullmatch(r"(docs/.+)\.(ko|en)\.md", path)
    single = {p.key: p for p in book.pages if sum(other.key == p.key for other in book.pages) == 1}
    missing = [f"docs/{key}.{'en' if p.locale == 'ko' else 'ko'}.md" for key, p in sorted(single.items())]
    hint = nearest(path, missing) or (f"; missing here: {', '.join(missing)}" if missing else "; no page lacks one")
    if not match:
        faults.append(f"{path} is no page in one language, such as docs/cases/my-case.en.md{hint}")
    elif path in book.texts:
        faults.append(f"{path} exists already{hint}")
    elif key_of(path) not in single:
        faults.append(f"{path} has no other language to follow{hint}")
    if faults:
        return {}
    return {path: _Half(book, single[key_of(path)], match[2]).text()}


class _Half:
    def __init__(self, book: Book, sibling: Page, locale: str) -> None:
        self.book, self.sibling, self.locale = book, sibling, locale
        self.folder = sibling.key.rpartition("/")[0]

    def text(self) -> str:
        front, body, _ = split(self.sibling.text)
        lines = body.rstrip("\n").split("\n")
        return "\n".join([*self._front(front), *self._lines(lines)]).rstrip("\n") + "\n"

    def _front(self, front: str | None) -> list[str]:
        if front is None:
            return []
        lines = ["---"]
        for line in front.rstrip("\n").split("\n"):
            key, _, value = line.partition(":")
            if re.fullmatch(r"[\w-]+", key):
                written = value.strip() if key == "template" else self._sentence(value)
                lines.append(f"{key}: {written if key == 'template' else _plain(written)}")
        return [*lines, "---"]

    def _lines(self, lines: list[str]) -> list[str]:
        """Each block of the sibling, with TODO for its sentences."""
        out: list[str] = []
        at = 0
        while at < len(lines):
            line = lines[at]
            bare = line.lstrip(" ")
            indent = line[: len(line) - len(bare)]
            if not bare:
                out.append("")
            elif fence := re.match(r"`{3,}|~{3,}", bare):
                end = next(
                    (i for i in range(at + 1, len(lines)) if lines[i].lstrip().startswith(fence[0])), len(lines) - 1
                )
                out += lines[at : end + 1]
                at = end
            elif match := HEADING.match(bare):
                id = f" {{#{match['id']}}}" if match["id"] else ""
                out.append(f"{indent}{match['marks']} {self._heading(match['id'])}{id}")
            elif match := ADMONITION.match(bare):
                title = f' "{self._note(match["type"])}"' if match["title"] else ""
                out.append(f"{indent}{bare.split()[0]} {match['type']}{title}")
            elif TABLE_RULE.match(bare) and "|" in bare:
                out.append(line)
            elif bare.startswith("|"):
                cells = re.split(r"(?<!\\)\|", bare.strip().strip("|"))
                out.append(
                    f"{indent}| " + " | ".join(self._sentence(cell) if cell.strip() else "" for cell in cells) + " |"
                )
            else:
                end = at + 1
                while end < len(lines) and lines[end].strip() and not _begins(lines[end].lstrip(" ")):
                    end += 1
                words = " ".join(part.strip() for part in lines[at:end])
                mark = re.match(r"(?:[-*+]|\d+[.)])[ \t]+", bare) if LIST_ITEM.match(bare) else None
                out.append(
                    f"{indent}{mark[0] if mark else ''}{self._sentence(words[len(mark[0]) :] if mark else words)}"
                )
                at = end - 1
            at += 1
        return out

    def _sentence(self, text: str) -> str:
        """TODO, and then what both languages must have: links, figures, citations, in their order."""
        kept: list[tuple[int, str]] = []
        image = LINK.fullmatch(text.strip())
        if image and image["image"]:
            title = f' "{self._sentence(image["title"])}"' if image["title"] else ""
            return f"![{TODO[self.locale]}, {self._sentence(image['text'])}]({image['target']}{title})"
        prose = text
        for match in LINK.finditer(text):
            kept.append((match.start(), f"[{self._title(match)}]({match['target']})"))
            start, end = match.span("text")
            prose = (
                prose[: match.start()]
                + " " * (start - match.start())
                + prose[start:end]
                + " " * (match.end() - end)
                + prose[match.end() :]
            )
        for match in CITATION.finditer(text):
            kept.append((match.start(), match[0]))
        for found in numbers.read(self.book.names_with_digits.blank(prose), self.sibling.locale):
            shown = found.value.show(self.locale) if isinstance(found.value, Point) else str(found.value)
            kept.append((found.start, shown))
        return " · ".join([TODO[self.locale], *(part for _, part in sorted(kept, key=lambda pair: pair[0]))])

    def _title(self, match: re.Match[str]) -> str:
        key, _ = resolve(self.sibling.key, match["target"])
        entry = self.book.entries.get(key or "")
        return entry.title(self.locale) if entry else "TODO"

    def _heading(self, id: str | None) -> str:
        """How most pages of the folder call the section, or TODO."""
        pages = [p for p in self.book.pages if p.locale == self.locale and p.key.rpartition("/")[0] == self.folder]
        said = Counter(h.text for page in pages for h in page.document.headings if id and h.id == id)
        common = said.most_common(1)
        return common[0][0] if common and common[0][1] > 1 else "TODO"

    def _note(self, kind: str) -> str:
        """The title that most notes of the kind have, such as that on differences between report and sources."""
        pages = [page for page in self.book.pages if page.locale == self.locale]
        found = (ADMONITION.match(line) for page in pages for line in page.text.split("\n"))
        said = Counter(match["title"] for match in found if match and match["type"] == kind and match["title"])
        return said.most_common(1)[0][0] if said else "TODO"


def _begins(line: str) -> bool:
    """Whether a line begins a block of its own."""
    return bool(HEADING.match(line) or ADMONITION.match(line) or LIST_ITEM.match(line) or line.startswith("|"))


def _plain(sentence: str) -> str:
    """For front matter: no links, and in quotation marks where YAML would take it for something else."""
    text = LINK.sub(lambda match: match["text"], sentence)
    return f'"{text}"' if re.search(r"[:#\[\]{}]", text) else text
