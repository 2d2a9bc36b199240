"""Quizzes, guides and plans."""

from __future__ import annotations

from mutations import kind, swap

QUIZ, GUIDE, PLAN = "docs/quizzes/*.yml", "docs/teach/guides/*.yml", "docs/teach/plans/*.yml"
REST = "navigation traced-number quiz guide plan coverage"
Q = r"^  - id: [\w-]+\n    kind: "


def _broken(name, files, pattern, new, line=None, checks="schema"):
    swap(name, checks, files, pattern, new, REST, breaks=True, line=line)


_broken("two right options", QUIZ, r"^    kind: single\n(?:(?!  - id:).*\n)*?      - text:\n          ko: .+\n          en: .+\n(?P<at>)(?!        right)", "        right: true\n", 0)
_broken("no right option", QUIZ, r"^    kind: single\n(?:(?!  - id:|        right:).*\n)*(?P<at>        right: true\n)", "", 0)
_broken("an option that one language lacks", QUIZ, r"^          en: .+\n", "", 0)
_broken("an empty option", QUIZ, r"^          (?:ko|en): (?P<at>.+)$", '""')
_broken("a question of another kind", QUIZ, Q + r"(?P<at>single)$", lambda m, c: c.choice(["numeric", "essay", "matching", "singel", "true-false"]), 0)
_broken("a numeric question without its fact", QUIZ, r"^    fact: .+\n", "", 0)
_broken("a question without answer", QUIZ, r"^    answer: .+\n", "", 0)
_broken("an answer that is neither true nor false", QUIZ, r"^    answer: (?P<at>.+)$", lambda m, c: c.choice(["maybe", "[true]", "null"]), 0)
_broken("a question without feedback", QUIZ, r"^    wrong:\n      ko: .+\n      en: .+\n", "", 0)
_broken("five questions for the cartridge", QUIZ, r"^    cartridge: true\n", "", 0)
_broken("a question that stands twice by its id", QUIZ, r"^  - id: (?P<first>[\w-]+)\n(?:(?!  - id:).*\n)+  - id: (?P<at>[\w-]+)$", r"\g<first>")
_broken("an objective that is no number", QUIZ, r"^    objective: (?P<at>.+)$", lambda m, c: c.choice(["0", "-1", "first", "1.5"]))
_broken("a guide whose minutes are no number", GUIDE, r"^  - minutes: (?P<at>.+)$", lambda m, c: c.choice(["0", "ten", "-5"]))
_broken("a rubric without a level", GUIDE, r"^    sound:\n      ko: .+\n      en: .+\n", "", 0)
_broken("a plan of an unknown unit", PLAN, r"^unit: (?P<at>.+)$", "month")

swap("an objective that the chapter has not", "quiz", QUIZ, r"^    objective: (?P<at>\d)$", lambda m, c: c.choice("6789"))
swap("a heading that the chapter has not", "quiz", QUIZ, r"^    at: (?P<at>.+)$", "no-such-heading")
swap("a fact that is none", "quiz schema", QUIZ, r"^    fact: (?P<at>.+)$", lambda m, c: c.choice([m["at"] + "x", "cases/no-such-case#x", m["at"].partition("#")[0], "#x"]))
swap("a drawing that the chapter does not show", "quiz", QUIZ, r"^    at: .+\n(?P<at>)(?!    figure:)", "    figure: no-such-drawing\n", line=0)
swap("an option that is offered twice", "duplicate", QUIZ, r"^      - text:\n          ko: (?P<first>.+)\n          en: .+\n(?:        right: true\n)?      - text:\n          ko: (?P<at>.+)$", r"\g<first>", "coverage traced-number")
swap("a question that stands twice by its words", "duplicate", QUIZ, r"^    text:\n      ko: (?P<first>.+)\n(?:(?!    text:\n).*\n)+?    text:\n      ko: (?P<at>.+)$", r"\g<first>", "coverage traced-number")
swap("a figure of a right answer that no fact has", "traced-number", QUIZ, r"^    right:\n      ko: .*(?<![\d.,])(?P<at>\d\d)(?=%|만)", lambda m, c: str(int(m["at"]) + 3), line=0)
swap("a figure of a question that one language changes", "traced-number", QUIZ, r"^      en: .*?(?<![\d.,])(?P<at>\d+)(?=%| million)", lambda m, c: str(int(m["at"]) + 3), line=0)
swap("a scale that the unit of a question does not have", "quiz traced-number", QUIZ, r"^    per: (?P<at>.+)$", "1000")
swap("an English option for Korean readers", "language", QUIZ, r"^          ko: (?P<at>.+)$", "to look at what people do", "coverage traced-number")
swap("a Korean question for English readers", "language", QUIZ, r"^    text:\n      ko: .+\n      en: (?P<at>.+)$", "무엇을 뜻하는가.", "coverage traced-number")
swap("a chapter that a plan does not find", "plan", PLAN, r"^    chapters: \[(?P<at>[\w-]+)", "12-more")
swap("a case that a plan does not find", "plan", PLAN, r"^    cases: \[(?P<at>[\w-]+)", "robloks")
swap("a chapter that is planned twice", "plan", PLAN, r"^    chapters: \[(?P<at>[\w-]+)", r"\g<at>, \g<at>")
swap("a case that is planned twice", "plan", PLAN, r"^    cases: \[(?P<at>[\w-]+)", r"\g<at>, \g<at>")
swap("an answer that a guide lacks", "guide", "docs/teach/guides/*.??.md", r"\{#discussion\}\n(?:(?!##).*\n)*?(?P<at>1\. .+\n)", "", "structure first-mention", line=0)
swap("a part that a guide lacks", "guide", "docs/teach/guides/*.??.md", r"\{#(?P<at>before|misconceptions|activity|assignment)\}", "else", "structure dead-link", line=1)


@kind("a fact of another entry as key", "quiz")
def _wrong_fact(tree, chance):
    path, match = tree.find(chance, QUIZ, r"^    fact: (?P<at>cases/[\w-]+#[\w-]+)$", prose=False)
    key, _, name = match["at"].partition("#")
    other = next((f.id for f in tree.book.entries[key].data.facts if f.value is not None and f.id != name), "no-such-fact")
    return tree.edit(path, *match.span("at"), f"{key}#{other}")


@kind("a quiz without chapter", "siblings quiz", REST, alone=True, once=True)
def _lost_quiz(tree, chance):
    from mutations import Fault

    ko = chance.choice(tree.paths("docs/quizzes/*-*.ko.md"))
    name = ko[len("docs/quizzes/") : -len(".ko.md")]
    return Fault(f"docs/chapters/{name}.yml", 1, {f"docs/quizzes/{name}{end}": None for end in (".ko.md", ".en.md", ".yml")})


@kind("a chapter without guide", "guide", REST + " dead-link", alone=True, once=True)
def _lost_guide(tree, chance):
    from mutations import Fault

    ko = chance.choice(tree.paths("docs/teach/guides/*-*.ko.md"))
    name = ko[len("docs/teach/guides/") : -len(".ko.md")]
    return Fault(f"docs/chapters/{name}.yml", 1, {f"docs/teach/guides/{name}{end}": None for end in (".ko.md", ".en.md", ".yml")})
