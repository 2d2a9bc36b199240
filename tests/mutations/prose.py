"""Figures, dates, pointers, particles, terms, languages and letters in prose."""

from __future__ import annotations

import re
import unicodedata

from mutations import kind, swap
from mutations.markup import EN, END, ENTRIES, KO, PAGES

BARE = r"(?<![\w.,~–∼-])"
DATA = "coverage"


def _other_digit(match, chance):
    digits = match["at"]
    at = chance.choice([i for i, letter in enumerate(digits) if letter.isdigit()])
    new = chance.choice([d for d in "123456789" if d != digits[at]])
    return digits[:at] + new + digits[at + 1 :]


def _numbers(name, pattern_ko, pattern_en, new_ko, new_en=None, checks="traced-number", also=DATA):
    """In each language alone; the other says what is true, so that it is told in either."""
    swap(f"{name}, in Korean", checks, ENTRIES.replace("??", "ko"), pattern_ko, new_ko, also, prose=True)
    if pattern_en:
        swap(f"{name}, in English", checks, ENTRIES.replace("??", "en"), pattern_en, new_en or new_ko, also, prose=True)


_numbers("a digit of a figure that changed", BARE + r"(?P<at>\d[\d,.]*\d)(?=[만억천]| ?%)", BARE + r"(?P<at>\d[\d,.]*\d)(?= (?:million|billion)|%)", _other_digit)
_numbers("a year that is off by one", r"(?P<at>20[12]\d)년", r"(?:[A-Z][a-z]+|Q\d|\bin|since) (?P<at>20[12]\d)\b(?!-)", lambda m, c: str(int(m["at"]) + c.choice([-1, 1])))
_numbers("a year that no calendar will see", r"(?P<at>20[12]\d)년", r"(?:[A-Z][a-z]+|Q\d) (?P<at>20[12]\d)\b(?!-)", lambda m, c: "2" + c.choice("1359") + m["at"][2:])
_numbers("a month that changed", r"20\d\d년 (?P<at>\d{1,2})월", r"(?P<at>January|February|March|April|June|July|August|September|October|November|December) 20\d\d",
         lambda m, c: str(int(m["at"]) % 12 + 1) if m["at"].isdigit() else ("May" if m["at"] != "May" else "June"))
_numbers("a day that changed", r"20\d\d년 \d{1,2}월 (?P<at>\d{1,2})일", r"\b(?P<at>\d{1,2}) [A-Z][a-z]+ 20\d\d", lambda m, c: str(int(m["at"]) % 28 + 1))
_numbers("a scale that changed", r"\d(?P<at>[만억])(?! ?[\d,]+[만억])", r"\d (?P<at>million|billion)", lambda m, c: {"만": "억", "억": "만", "million": "billion", "billion": "million"}[m["at"]])
_numbers("a scale that is lost", r"\d(?P<at>[만억]) ", r"\d(?P<at> (?:million|billion))", "")
_numbers("percent that is lost", r"\d(?P<at>%)", r"\d(?P<at>%)", "")
_numbers("a comma that became a point", r"\d(?P<at>,)\d{3}", r"\d(?P<at>,)\d{3}", ".")
_numbers("two digits that changed places", BARE + r"(?P<at>[1-9][1-9])(?=%|[만억])", BARE + r"(?P<at>(?!(\d)\2)[1-9][1-9])(?=%| million| billion)", lambda m, c: m["at"][::-1] if m["at"][0] != m["at"][1] else "19")
_numbers("a figure that one language adds", END, END, lambda m, c: c.choice([" 4,321명이다.", " 43%다."]), lambda m, c: c.choice([" That is 4,321 people.", " That is 43%."]))


def _without_digits(name, ko, en):
    """A figure that one language no longer has is told where the other has it."""

    @kind(name, "traced-number", DATA)
    def make(tree, chance):
        return _left_out(tree, chance, ko, en)


_without_digits("a figure that one language leaves out", "얼마쯤", "some")
_without_digits("a figure that one language spells", "서른두 가지", "thirty-two things")


def _left_out(tree, chance, ko, en):
    path, match = tree.find(chance, ENTRIES, r"(?P<at>\d[\d,.]*%)", prose=True)
    other = path.replace(".ko.", ".xx.").replace(".en.", ".ko.").replace(".xx.", ".en.")
    fault = tree.edit(path, *match.span("at"), ko if ".ko." in path else en)
    line = _line_of(tree, other, match["at"], tree.texts[path].count("\n", 0, match.start()) + 1)
    return type(fault)(other, line, fault.files)


def _line_of(tree, path, figure, near):
    lines = tree.texts[path].split("\n")
    return min((i for i, line in enumerate(lines, 1) if figure in line), key=lambda i: abs(i - near), default=0)


@kind("a figure that is wrong in both languages", "traced-number", DATA)
def _both(tree, chance):
    for _ in range(200):
        path, match = tree.find(chance, "docs/cases/*.ko.md", r"(?<![\d.,])(?P<at>\d\d)%", prose=True)
        other = path.replace(".ko.", ".en.")
        if len(re.findall(rf"(?<![\d.]){match['at']}%", tree.texts[other])) == len(re.findall(rf"(?<![\d.]){match['at']}%", tree.texts[path])) == 1:
            new = str((int(match["at"]) * 7 + 13) % 89 + 10)
            fault = tree.edit(path, *match.span("at"), new)
            return type(fault)(path, fault.line, fault.files | {other: tree.texts[other].replace(match["at"] + "%", new + "%").encode()})
    raise LookupError


@kind("figures that changed places in one language", "traced-number", DATA)
def _swapped(tree, chance):
    figure = r"(?<![\d.,])\d[\d,.]*(?:%|만 명| million)"
    for path in chance.sample(tree.paths(EN), len(tree.paths(EN))):
        for line in chance.sample(lines := tree.readable(path).split("\n"), len(lines)):
            found = list(re.finditer(figure, line))
            if len(found) > 1 and found[0][0] != found[1][0] and "|" not in line:
                number, (a, b) = lines.index(line) + 1, found[:2]
                raw = tree.texts[path].split("\n")
                good = raw[number - 1]
                raw[number - 1] = good[: a.start()] + b[0] + good[a.end() : b.start()] + a[0] + good[b.end() :]
                return type(tree.edit(path, 0, 0, ""))(path, number, {path: "\n".join(raw).encode()})
    raise LookupError


@kind("a figure that moved to another page", "traced-number", DATA)
def _moved(tree, chance):
    path, match = tree.find(chance, ENTRIES.replace("??", "ko"), END, prose=True)
    return tree.edit(path, *match.span("at"), f" 이용자는 {chance.randrange(23, 89)},{chance.randrange(101, 998)}명이다.")


_numbers("people that became money", r"\d[\d,]*[만억]? ?(?P<at>명)(?=[을이의에은과 ])", r"\d (?P<at>people)\b", "원", "won", also=DATA + " report-reference")
_numbers("money of another country", r"\d[\d,]*[만억조]? ?(?P<at>달러|원)(?![가-힣]{3})", None, lambda m, c: {"달러": "원", "원": "달러"}[m["at"]])
_numbers("percent that became percentage points", r"\d%(?P<at>)(?![p포])", r"\d(?P<at>%)(?! point)", "포인트", " percentage points")
_numbers("time in another unit", r"\d(?P<at>초|분|시간|주|개월)(?=[ 을를은는이가에의과와동마간])", r"\d[ -](?P<at>second|minute|hour|week|month)", lambda m, c: "일" if m["at"] != "일" else "주", lambda m, c: "day")

# Pointers into the report
_numbers("a page of the report that changed", r"(?<![\d~])(?P<at>\d{1,2})쪽", r"\b(?:page|p\.) (?P<at>\d{1,2})\b(?!,)", lambda m, c: str(int(m["at"]) % 19 + 1), checks="report-reference", also=DATA)
_numbers("a page that the report does not have", r"(?<![\d~])(?P<at>\d{1,2})쪽", r"\b(?:page|p\.) (?P<at>\d{1,2})\b(?!,)", lambda m, c: c.choice(["0", "21", "97"]), checks="report-reference", also=DATA)
_numbers("a figure of the report that changed", r"그림 (?P<at>\d{1,2})(?!\d)", r"\b[Ff]igure (?P<at>\d{1,2})\b", lambda m, c: str(int(m["at"]) % 12 + 1), checks="report-reference", also=DATA)
CITED = r"\[(?P<at>\d+)(?:, \d+)*\](?!\()"
swap("a citation beyond the bibliography", "report-reference", PAGES, CITED, lambda m, c: c.choice(["0", "44", "143"]))
swap("a citation that the report never makes", "report-reference", PAGES, CITED, lambda m, c: c.choice(["5", "13", "39"]))
swap("a citation of another number", "report-reference", ENTRIES, CITED, lambda m, c: c.choice([n for n in ("9", "16", "28", "33", "42") if n != m["at"]]))


@kind("a citation that one language lacks", "report-reference")
def _uncited(tree, chance):
    path, match = tree.find(chance, ENTRIES, r"\[\d+(?:, \d+)*\](?!\()", prose=False)
    fault = tree.edit(path, *match.span(), "")
    other = path.replace(".ko.", ".xx.").replace(".en.", ".ko.").replace(".xx.", ".en.")
    return type(fault)(other, _line_of(tree, other, match[0], fault.line), fault.files)


# Particles and terms
swap("a wrong particle after an acronym", "particle", KO, r"(?<![A-Za-z])(?:AI|XR)(?P<at>는|가|를|와)(?![가-힣])", lambda m, c: {"는": "은", "가": "이", "를": "을", "와": "과"}[m["at"]] if m[0][0] == "A" else "는", DATA, prose=True)
swap("a wrong particle after a word with a final consonant", "particle", KO, r"[가-힣](?P<at>을|과)(?= [가-힣])(?<![가마노고]을)", lambda m, c: {"을": "를", "과": "와"}[m["at"]], DATA, prose=True)
swap("a wrong particle after a word without one", "particle", KO, r"(?<=[가-힣][사구자리도서터스어기드])(?P<at>를|는)(?= [가-힣])", lambda m, c: {"를": "을", "는": "은"}[m["at"]], DATA, prose=True)
swap("으로 after a vowel", "particle", KO, r"(?<=[가-힣][사구자리도서터스어기드])(?P<at>로)(?= [가-힣])", "으로", DATA, prose=True)
swap("는 after a noun with a final consonant", "particle", KO, r"(?<![가-힣])(?:보고서의 )?(?:사람|기업|로봇|기술)(?P<at>은)(?= [가-힣])", "는", DATA, prose=True)
swap("a wrong particle after a linked name", "particle", KO, r"\[(?:메타버스|아바타|제페토|공진화|생성형 AI)\]\([\w./-]+\)(?P<at>는|를|와|가)(?![가-힣])", lambda m, c: {"는": "은", "를": "을", "와": "과", "가": "이"}[m["at"]], DATA)
swap("a particle in two forms", "particle", KO, r"[가-힣](?P<at>을|를)(?= [가-힣])", lambda m, c: c.choice(["을(를)", "를(을)"]), DATA, prose=True)
swap("a particle twice", "particle", KO, r"[가-힣](?P<at>을|를)(?= [가-힣])", lambda m, c: c.choice(["을를", m["at"] * 2]), DATA, prose=True)
swap("a particle torn from a Latin word", "particle", KO, r"(?<![A-Za-z])(?:AI|XR|VR)(?P<at>)(?:는|은|를|을|의|와) ", " ", DATA, prose=True)
swap("another rendering of a term", "term-base", KO, r"(?P<at>디지털 트윈|월드 모델|합성 데이터|생성형 AI|물리 AI|공간 지능|상호 운용성)", lambda m, c: {"생성형 AI": "생성 AI", "물리 AI": "피지컬 AI"}.get(m["at"], m["at"].replace(" ", "")), DATA + " first-mention structure", prose=True)
swap("another rendering of a term, in English", "term-base", EN, r"(?P<at>digital twin|co-evolution|multimodal|generative AI|synthetic data|personalization)", lambda m, c: {
    "digital twin": "digital-twin", "co-evolution": "coevolution", "multimodal": "multi-modal", "generative AI": "gen AI", "synthetic data": "synthesized data", "personalization": "personalisation"}[m["at"]], DATA + " first-mention structure", prose=True)  # fmt: skip

# The other language
ENGLISH = ["This sentence was never translated into Korean.", "see below for more of this", "Work goes on and nobody knows why"]
KOREAN = ["이 문장은 아직 영어로 옮기지 않았다.", "나머지는 아래에서 설명한다", "누구나 쓸 수 있는 도구가 나왔다"]
swap("an English sentence on the Korean page", "language", KO, END, lambda m, c: " " + c.choice(ENGLISH), prose=True)
swap("a Korean sentence on the English page", "language", EN, END, lambda m, c: " " + c.choice(KOREAN), prose=True)
swap("half an English sentence on the Korean page", "language", KO, r"(?<=[가-힣] )(?P<at>)[가-힣]{2,} ", "which nobody has read so far ", DATA, prose=True)
swap("half a Korean sentence on the English page", "language", EN, r"(?<=[a-z] )(?P<at>)[a-z]{4,} ", "누구나 쓸 수 있는 도구가 나와서 ", DATA, prose=True)
swap("an English cell in a Korean table", "language", KO, r"^\| *(?P<at>[가-힣][^|\n\[\]]+?) *\|", "what is left to people", DATA + " first-mention structure traced-number")
swap("a Korean cell in an English table", "language", EN, r"^\| *(?P<at>[A-Z][a-z][^|\n\[\]]+?) *\|(?!-)", "사람에게 남는 일", DATA + " first-mention structure traced-number")
swap("an English heading on the Korean page", "language", KO, r"^## (?P<at>.+?) \{#", "What the report says")
swap("a Korean heading on the English page", "language", EN, r"^## (?P<at>.+?) \{#", "보고서에서는")
swap("an English description on the Korean page", "language", ENTRIES.replace("??", "ko"), r"^description: (?P<at>.+)$", "A page that nobody has put into Korean", DATA + " traced-number report-reference")
swap("a Korean description on the English page", "language", ENTRIES.replace("??", "en"), r"^description: (?P<at>.+)$", "아직 영어로 옮기지 않은 설명", DATA + " traced-number report-reference")
swap("an English alternative on the Korean page", "language", KO, r"^!\[(?P<at>[^\]\n]+)\]", "A loop between two boxes that feed each other", DATA)
swap("a Korean alternative on the English page", "language", EN, r"^!\[(?P<at>[^\]\n]+)\]", "두 상자가 서로를 먹이는 고리를 그린 그림", DATA)
swap("an English caption on the Korean page", "language", KO, r'^!\[[^\]\n]+\]\([^)\s]+ "(?P<at>[^"\n]+)"', "The loop that feeds both of them", DATA)
swap("a Korean caption on the English page", "language", EN, r'^!\[[^\]\n]+\]\([^)\s]+ "(?P<at>[^"\n]+)"', "둘을 먹이는 고리", DATA)
swap("an English list item on the Korean page", "language", KO, r"^(?:-|\d+\.) (?P<at>[^\n\[\]]+)$", "Explain why the loop closes", DATA + " traced-number structure report-reference")

# Unfinished work
MARKS = ["TODO", "todo: more", "FIXME", "fix me", "XXX", "TBD", "TBC", "WIP", "Lorem ipsum dolor", "coming soon", "placeholder", "??? ", "[insert text here]", "[citation needed]", "To be written."]
MARKS_KO = ["작성 예정", "작성 중", "준비 중", "추후 보완", "내용을 채워 넣기", "추가 예정", "업데이트 예정", "확인 필요", "여기에 내용", "○○○", "TODO"]
swap("a mark of unfinished work", "leftover", EN, END, lambda m, c: " " + c.choice(MARKS), "stray-mark", prose=True)
swap("a Korean mark of unfinished work", "leftover", KO, END, lambda m, c: " " + c.choice(MARKS_KO), prose=True)
swap("a mark of a merge", "leftover", PAGES, r"^(?P<at>)## ", lambda m, c: c.choice(["<<<<<<< HEAD\n", ">>>>>>> main\n", "=======\n"]), "stray-mark")

# Letters
HERE = r"(?<=[가-힣a-z])(?P<at> )(?=[가-힣a-z])"
swap("a letter that is not seen", "encoding", PAGES, r"(?<=[가-힣a-z])(?P<at>)(?=[가-힣a-z])", lambda m, c: c.choice("\u200b\u200c\u200d\u2060\u00ad\u200e\u202e\ufeff\u2063\U000e0041\ufe0f"), DATA + " first-mention term-base structure", prose=True)
swap("a space of another width", "encoding", PAGES, HERE, lambda m, c: c.choice("\u00a0\u202f\u3000\u2009\u2003\u205f"), DATA + " first-mention structure", prose=True)
swap("a control character", "encoding", PAGES, HERE, lambda m, c: c.choice("\x00\x07\x08\x0c\x1b\x7f\x85\u2028"), DATA + " first-mention structure", prose=True)
swap("a letter that was lost", "encoding", PAGES, r"(?<=[가-힣a-z])(?P<at>[가-힣a-z])(?=[가-힣a-z])", "\ufffd", DATA + " first-mention structure", prose=True)
swap("decomposed Hangul", "encoding", KO, r"(?P<at>[가-힣]{2,4})", lambda m, c: unicodedata.normalize("NFD", m["at"]), DATA + " first-mention structure", prose=True)
swap("a Cyrillic letter in a Latin word", "encoding", EN, r"[a-z](?P<at>[aeo])[a-z]", lambda m, c: {"a": "а", "e": "е", "o": "о"}[m["at"]], DATA + " first-mention structure", prose=True)
swap("letters of double width", "encoding", PAGES, r"(?P<at>[A-Z0-9])", lambda m, c: chr(ord(m["at"]) + 0xFEE0), DATA + " first-mention structure traced-number", prose=True)
swap("a letter of Hangul by itself", "encoding", KO, r"[가-힣](?P<at>)[가-힣]", lambda m, c: c.choice("ㅁㅏㄴㅋ"), DATA + " first-mention structure", prose=True)
swap("a Windows line end", "encoding", PAGES, r"[.다](?P<at>)$", "\r", prose=True)
swap("a description that is too long", "description", PAGES, r"^description: .+(?P<at>)$", lambda m, c: " 아주 길다." * 40, "traced-number")
swap("an empty description", "schema", PAGES, r"^description: (?P<at>.+)$", lambda m, c: c.choice(["", '""', '" "']), "traced-number quiz " + DATA, breaks=True)


# Wording
swap("a word that stands twice", "wording", PAGES, r"(?<![\w’'*-])(?P<word>[a-z]{3,}|[가-힣]{2,4}) (?P<at>)(?=[a-z가-힣])", r"\g<word> ", "structure first-mention particle coverage duplicate", prose=True)
swap("the polite style", "wording", KO, r"(?P<at>한다)(?=\.)", "합니다", "coverage", prose=True)
