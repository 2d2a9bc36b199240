"""Every chapter has a guide for lecturers, with all its parts and an answer to each discussion question."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from scripts.content.book import LOCALES, Book, Entry
from scripts.findings import Finding

ID = "guide"
PARTS = ("before", "discussion", "misconceptions", "activity", "assignment")


def check(book: Book) -> Iterator[Finding]:
    for chapter in book.of_kind("chapters"):
        if f"teach/guides/{chapter.slug}" not in book.page_keys:
            wanted = f"docs/teach/guides/{chapter.slug}.yml and its two pages"
            yield Finding(chapter.data_path, 1, 1, ID, f"the chapter has no guide; write {wanted}")
    for entry in book.of_kind("teach/guides"):
        chapter = book.entries.get(entry.chapter)
        if chapter:
            yield from _parts(entry, chapter)
        elif entry.chapter not in book.page_keys:
            near = get_close_matches(entry.slug, [c.slug for c in book.of_kind("chapters")], 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield Finding(entry.data_path, 1, 1, ID, f"no chapter is called {entry.slug}{hint}")


def _parts(entry: Entry, chapter: Entry) -> Iterator[Finding]:
    for locale in LOCALES:
        page = entry.pages[locale]
        headings = {heading.id: heading.line for heading in page.document.headings}
        for part in PARTS:
            if part not in headings:
                yield Finding(page.path, 1, 1, ID, f"has no section {{#{part}}}; a guide has {', '.join(PARTS)}")
        questions = len(chapter.pages[locale].document.items("discussion"))
        answers = len(page.document.items("discussion"))
        if "discussion" in headings and answers != questions:
            yield Finding(
                page.path, headings["discussion"], 1, ID,
                f"answers {answers} discussion questions; the chapter asks {questions}, answer each in a numbered list",
            )  # fmt: skip
