"""`new`: the files of a new entry or question, filled in as far as can be, with TODO at every place for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from scripts.content import yaml_tree
from scripts.content.book import Book, Entry
from scripts.content.loading import load
from scripts.content.model import Direction, Horizon, Sector
from scripts.content.teaching import QuestionKind
from scripts.environment import CannotRun

KINDS = ("case", "term", "chapter", "question", "half")
# What can be chosen for each kind beside its name.
OPTIONS_OF = {
    "case": ("ko", "en", "pages", "direction", "sector", "horizon", "country"),
    "term": ("ko", "en", "pages"),
    "chapter": ("ko", "en", "pages"),
    "question": ("question", "objective", "at", "fact"),
    "half": (),
}
LAST_PAGE = 20  # of the report
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass
class Wish:
    """What the new thing is to be. `name` is a slug, of a question the chapter, of a half the path of the file."""

    kind: str
    name: str
    ko: str = "TODO 이름"
    en: str = "TODO name"
    pages: list[str] = field(default_factory=lambda: ["1"])
    direction: str = Direction.AI_TO_METAVERSE.value
    sector: list[str] = field(default_factory=lambda: [Sector.GAMES.value])
    horizon: str = Horizon.SHORT.value
    country: list[str] = field(default_factory=lambda: ["KR"])
    question: str = QuestionKind.SINGLE.value
    objective: str = "1"
    at: str | None = None
    fact: str | None = None


def new(root: Path, wish: Wish) -> list[str]:
    """Writes the files and returns their paths. Raises CannotRun, with a line for each thing that is wrong, before it
    writes anything."""
    from scripts.half import half

    book = load(root)[0]
    faults = [*_one_of("kind", wish.kind, KINDS)]
    make = {"case": _case, "term": _term, "chapter": _chapter, "question": _question, "half": half}.get(wish.kind)
    files = make(book, wish, faults) if make else {}
    if faults:
        raise CannotRun("\n".join(faults))
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return list(files)


def nearest(value: str, known: Iterable[str]) -> str:
    """`; did you mean …?`, or "" where nothing is near."""
    near = get_close_matches(value, list(known), 1)
    return f"; did you mean {near[0]}?" if near else ""


def slug_of(name: str) -> str:
    """The slug that an English name suggests."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _one_of(option: str, value: str, known: Iterable[str]) -> list[str]:
    known = list(known)
    if value in known:
        return []
    near = get_close_matches(value, known, 1)
    return [
        f"{option}: {value} is not known; " + (f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}")
    ]


def _values(kind: type[StrEnum]) -> list[str]:
    return [one.value for one in kind]


def _common_faults(book: Book, wish: Wish, folder: str) -> list[str]:
    faults = []
    if not SLUG.fullmatch(wish.name):
        right = slug_of(wish.name)
        hint = f"; did you mean {right}?" if right else ""
        faults.append(f"{wish.name!r} is no slug of lower-case ASCII words with hyphens, such as my-case{hint}")
    taken = [path for path in _siblings(folder, wish.name) if path in book.texts]
    if taken:
        faults.append(f"{taken[0]} exists already; choose another slug")
    for option in ("ko", "en"):
        name = getattr(wish, option)
        if not name.strip() or re.search(r"[<>\x00-\x1f\x7f-\x9f]", name):
            faults.append(f"{option}: write the name as one line of plain text, without < or >")
        elif owner := _owner(book, option, name):
            faults.append(f"{option}: {name} is the name of {owner} already; choose another")
    for page in wish.pages:
        if not (page.isascii() and page.isdigit() and 1 <= int(page) <= LAST_PAGE):
            near = LAST_PAGE if page.isascii() and page.isdigit() and int(page) > LAST_PAGE else 1
            faults.append(f"pages: the report has pages 1–{LAST_PAGE}, not {page}; did you mean {near}?")
    return faults


def _owner(book: Book, locale: str, name: str) -> str | None:
    entries = [entry for kind in ("cases", "glossary", "chapters") for entry in book.of_kind(kind)]
    return next((e.key for e in entries if name in (e.data.name[locale], *e.data.aliases[locale])), None)


def _siblings(folder: str, slug: str) -> list[str]:
    return [f"docs/{folder}/{slug}.{ending}" for ending in ("yml", "ko.md", "en.md")]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _numbers(pages: list[str]) -> str:
    return ", ".join(str(page) for page in sorted({int(page) for page in pages}))


def _page(description: str, sections: dict[str, tuple[str, str]], text: str | dict[str, str]) -> str:
    """Front matter and, for each id, a heading with what stands under it."""
    parts = [f"---\ndescription: {description}\n---\n"]
    for name, heading in sections.items():
        body = text if isinstance(text, str) else text.get(name, text[""])
        parts.append(f"## {heading} {{#{name}}}\n\n{body}\n")
    return "\n".join(parts)


def _in_navigation(book: Book, *keys: str) -> str:
    """mkdocs.yml with the pages, each after the last of its folder."""
    lines = book.texts["mkdocs.yml"].split("\n")
    for key in keys:
        folder = key.rpartition("/")[0]
        places = [i for i, line in enumerate(lines) if re.match(rf"\s+- {folder}/", line)]
        if not places:
            raise CannotRun(f"mkdocs.yml has no navigation for {folder}/; add its index first")
        indent = lines[places[-1]][: lines[places[-1]].index("-")]
        lines.insert(places[-1] + 1, f"{indent}- {key}.md")
    return "\n".join(lines)


CLAIM = """\
  - id: first-claim
    report: {page}
    wording:
      ko: TODO 보고서가 말하는 사실 한 문장
      en: TODO one sentence with what the report states
    verdict: unverified
"""

CASE = """\
name:
  ko: {ko}
  en: {en}
organization:
  ko: TODO 조직 이름
  en: TODO organization
country: [{country}]
sector: [{sector}]
direction: {direction}
horizon: {horizon}
pages: [{pages}]
checked: {today}
facts:
{claim}"""

OF_A_CASE = {
    "what": ("어떤 사례인가", "What it is"),
    "exchange": ("AI와 메타버스의 관계", "AI and the metaverse here"),
    "results": ("무엇이 나왔나", "What came of it"),
    "caution": ("주의할 점", "What to be careful about"),
    "question": ("생각해 볼 질문", "A question to think about"),
}
OF_A_TERM = {
    "in-the-report": ("보고서에서는", "In the report"),
    "not-to-confuse": ("헷갈리기 쉬운 말", "Not to be confused with"),
    "in-the-cases": ("사례에서", "In the cases"),
}
OF_A_CHAPTER = {
    "objectives": ("학습 목표", "Learning objectives"),
    "first-section": ("TODO 절의 제목", "TODO title of the section"),
    "key-points": ("핵심 정리", "Key points"),
    "discussion": ("토론 질문", "Discussion questions"),
}
OF_A_GUIDE = {
    "before": ("미리 알아야 할 것", "What students should know before"),
    "discussion": ("좋은 답의 조건", "What good answers contain"),
    "misconceptions": ("흔한 오해", "Common misconceptions"),
    "activity": ("활동", "Activity"),
    "assignment": ("과제", "Assignment"),
}
TEXT = ("TODO 본문", "TODO text")
DESCRIPTION = ("TODO 한 문장 설명", "TODO one sentence")


def _case(book: Book, wish: Wish, faults: list[str]) -> dict[str, str]:
    faults += _common_faults(book, wish, "cases")
    faults += _one_of("direction", wish.direction, _values(Direction))
    faults += [fault for sector in wish.sector for fault in _one_of("sector", sector, _values(Sector))]
    faults += _one_of("horizon", wish.horizon, _values(Horizon))
    for country in wish.country:
        if not re.fullmatch(r"[A-Z]{2}", country):
            right = country.upper() if re.fullmatch("[A-Za-z]{2}", country) else "KR"
            faults.append(f"country: {country} is no code of two capitals (ISO 3166-1); did you mean {right}?")
    if faults:
        return {}
    data = CASE.format(
        ko=_quoted(wish.ko), en=_quoted(wish.en), country=", ".join(wish.country), sector=", ".join(wish.sector),
        direction=wish.direction, horizon=wish.horizon, pages=_numbers(wish.pages), today=date.today(),
        claim=CLAIM.format(page=min(map(int, wish.pages))),
    )  # fmt: skip
    return _entry(book, f"cases/{wish.name}", data, OF_A_CASE)


def _term(book: Book, wish: Wish, faults: list[str]) -> dict[str, str]:
    faults += _common_faults(book, wish, "glossary")
    if faults:
        return {}
    names = f"name:\n  ko: {_quoted(wish.ko)}\n  en: {_quoted(wish.en)}\n"
    return _entry(book, f"glossary/{wish.name}", f"{names}pages: [{_numbers(wish.pages)}]\n", OF_A_TERM)


def _entry(book: Book, key: str, data: str, sections: dict[str, tuple[str, str]]) -> dict[str, str]:
    files = {f"docs/{key}.yml": data}
    for place, locale in enumerate(("ko", "en")):
        headings = {name: titles[place] for name, titles in sections.items()}
        files[f"docs/{key}.{locale}.md"] = _page(DESCRIPTION[place], headings, TEXT[place])
    return files | {"mkdocs.yml": _in_navigation(book, key)}


def _chapter(book: Book, wish: Wish, faults: list[str]) -> dict[str, str]:
    """The chapter with its guide and its quiz, which every chapter has."""
    number = max((chapter.data.number for chapter in book.of_kind("chapters")), default=0) + 1
    if SLUG.fullmatch(wish.name) and not re.match(r"\d+-", wish.name):
        wish.name = f"{number:02}-{wish.name}"
    faults += _common_faults(book, wish, "chapters")
    if faults:
        return {}
    key, guide, quiz = (f"{folder}/{wish.name}" for folder in ("chapters", "teach/guides", "quizzes"))
    page = min(map(int, wish.pages))
    files = {
        f"docs/{key}.yml": (
            f"number: {number}\nname:\n  ko: {_quoted(wish.ko)}\n  en: {_quoted(wish.en)}\n"
            f"pages: [{_numbers(wish.pages)}]\nfacts:\n{CLAIM.format(page=page)}"
            f"  - id: first-figure\n    report: {page}\n    # TODO\n    value: 0\n    unit: count\n"
            "    wording:\n      ko: TODO 숫자가 든 사실\n      en: TODO a fact with a figure\n    verdict: unverified\n"
        ),
        f"docs/{guide}.yml": _guide_data(),
        f"docs/{quiz}.yml": "questions:\n" + "".join(
            _question_text(f"question-{place}", kind, 1 + place % 3, "first-section", f"{key}#first-figure", place in (1, 2, 3, 4))
            for place, kind in enumerate(FIRST_QUESTIONS, 1)
        ),
    }  # fmt: skip
    for place, locale in enumerate(("ko", "en")):
        todo = TEXT[place]
        name = (wish.ko, wish.en)[place]
        bullets = "\n".join(f"- {todo}" for _ in range(3))
        chapter_text = {"": todo, "objectives": bullets, "key-points": bullets, "discussion": f"1. {todo}"}
        guide_text = {"": todo, "before": f"[{name}](../../{key}.md): {todo}", "discussion": f"1. {todo}"}
        for path, sections, text in ((key, OF_A_CHAPTER, chapter_text), (guide, OF_A_GUIDE, guide_text)):
            headings = {name: titles[place] for name, titles in sections.items()}
            files[f"docs/{path}.{locale}.md"] = _page(DESCRIPTION[place], headings, text)
        files[f"docs/{quiz}.{locale}.md"] = (
            f"---\ndescription: {DESCRIPTION[place]}\n---\n\n[{name}](../{key}.md): {todo}\n"
        )
    return files | {"mkdocs.yml": _in_navigation(book, key, guide, quiz)}


def _guide_data() -> str:
    both = "{ko: TODO, en: TODO}"
    steps = "".join(f"  - minutes: 15\n    what: {both}\n" for _ in range(3))
    levels = "".join(f"    {level}: {both}\n" for level in ("strong", "sound", "weak"))
    return f"session:\n{steps}rubric:\n" + "".join(f"  - name: {both}\n{levels}" for _ in range(3))


FIRST_QUESTIONS = (
    QuestionKind.SINGLE, QuestionKind.SINGLE, QuestionKind.TRUE_FALSE, QuestionKind.TRUE_FALSE,
    QuestionKind.MULTIPLE, QuestionKind.NUMERIC, QuestionKind.MATCHING, QuestionKind.ESSAY,
)  # fmt: skip
OPTIONS = {QuestionKind.SINGLE: (1, 4), QuestionKind.MULTIPLE: (2, 4)}  # how many right ones, of how many


def _question_text(id: str, kind: QuestionKind, objective: int, at: str, fact: str | None, cartridge: bool) -> str:
    """A question in the form of the quizzes, every sentence of it still to be written."""
    lines = [f"  - id: {id}", f"    kind: {kind.value}", f"    objective: {objective}", f"    at: {at}"]
    lines += ["    cartridge: true"] if cartridge else []
    if kind == QuestionKind.NUMERIC:
        lines += [f"    fact: {fact}", "    unit: {ko: TODO 단위, en: TODO unit}"]
    lines += ["    text:", "      ko: TODO 질문", "      en: TODO question"]
    if kind in OPTIONS:
        right, number = OPTIONS[kind]
        lines += ["    options:"]
        for place in range(number):
            lines += ["      - text: {ko: TODO 보기, en: TODO option}"]
            lines += ["        right: true"] if place < right else []
    if kind == QuestionKind.TRUE_FALSE:
        lines += ["    answer: true"]
    if kind == QuestionKind.MATCHING:
        pair = "      - {left: {ko: TODO, en: TODO}, right: {ko: TODO, en: TODO}}"
        lines += ["    pairs:", pair, pair, pair]
    for part, ko, en in (
        ("right", "맞은 까닭", "why it is right"),
        ("wrong", "틀렸다면 헷갈린 것", "what a wrong answer mixes up"),
    ):
        lines += [f"    {part}:", f"      ko: TODO {ko}", f"      en: TODO {en}"]
    return "\n".join(lines) + "\n"


def _question(book: Book, wish: Wish, faults: list[str]) -> dict[str, str]:
    slug = wish.name.removeprefix("docs/").removeprefix("quizzes/").removeprefix("chapters/").removesuffix(".yml")
    known = [quiz.slug for quiz in book.of_kind("quizzes") if quiz.chapter in book.entries]
    if slug not in known:
        near = get_close_matches(slug, known, 1) or [one for one in known if slug and slug in one]
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
        faults.append(f"chapter: {slug} is no chapter with a quiz; {hint}")
        return {}
    faults += _one_of("question", wish.question, _values(QuestionKind))
    quiz, chapter = book.entries[f"quizzes/{slug}"], book.entries[f"chapters/{slug}"]
    objectives = len(chapter.pages["ko"].document.items("objectives"))
    if not (wish.objective.isascii() and wish.objective.isdigit() and 1 <= int(wish.objective) <= objectives):
        near = objectives if wish.objective.isdigit() and int(wish.objective) else 1
        faults.append(
            f"objective: the chapter has objectives 1–{objectives}, not {wish.objective}; did you mean {near}?"
        )
    headings = [h.id for h in chapter.pages["ko"].document.headings if h.id]
    body = [name for name in headings if name not in OF_A_CHAPTER]
    at = wish.at or (body or headings)[0]
    faults += _one_of("at", at, headings)
    facts = [
        f"{key}#{fact.id}"
        for key in dict.fromkeys([chapter.key, *chapter.pages["ko"].targets])
        if key in book.entries
        for fact in book.entries[key].data.facts
        if fact.value is not None
    ]
    if wish.question == QuestionKind.NUMERIC and not facts:
        faults.append(
            "fact: neither the chapter nor an entry that it links to has a fact with a value; write one first"
        )
    elif wish.fact:
        faults += _one_of("fact", wish.fact, facts)
    if faults:
        return {}
    ids = {question.id for question in quiz.data.questions}
    id = next(name for place in range(1, 1000) if (name := f"new-question-{place}") not in ids)
    kind = QuestionKind(wish.question)
    text = _question_text(id, kind, int(wish.objective), at, wish.fact or next(iter(facts), None), cartridge=False)
    return {quiz.data_path: _inserted(book.texts[quiz.data_path], quiz, text, int(wish.objective), at)}


def _inserted(whole: str, quiz: Entry, text: str, objective: int, at: str) -> str:
    """The quiz with the question after the last one on the same heading, or else on the same objective."""
    questions = quiz.data.questions
    alike = [i for i, q in enumerate(questions) if q.at == at] or [
        i for i, q in enumerate(questions) if q.objective == objective
    ]
    after = alike[-1] if alike else len(questions) - 1
    lines = whole.rstrip("\n").split("\n")
    starts = [quiz.places[("questions", index)][0] - 1 for index in range(len(questions))]
    end = starts[after + 1] if after + 1 < len(starts) else _end_of_list(whole, lines)
    gap = [""] if len(starts) > 1 and not lines[starts[1] - 1].strip() else []
    before = lines[:end]
    while before and not before[-1].strip():
        before.pop()
    rest = lines[end:]
    return "\n".join([*before, *gap, *text.rstrip("\n").split("\n"), *(gap if rest else []), *rest]) + "\n"


def _end_of_list(whole: str, lines: list[str]) -> int:
    """The line after the last question: the next key of the file, or its end."""
    places = yaml_tree.parse(whole)[1]
    later = [line for path, (line, _) in places.items() if len(path) == 1 and line > places[("questions",)][0]]
    return min(later) - 1 if later else len(lines)
