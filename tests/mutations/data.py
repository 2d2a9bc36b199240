"""Keys, values, dates, sources and wordings of the data files."""

from __future__ import annotations

from mutations import ANY, Fault, kind, swap

CASES, TERMS = "docs/cases/*.yml", "docs/glossary/*.yml"
BOTH = f"{CASES}|{TERMS}"
REST = "traced-number quiz coverage first-mention particle plan navigation guide"  # what rests on an entry that is gone


def _schema(name, files, pattern, new, checks="schema", line=None):
    swap(name, checks, files, pattern, new, REST, breaks=True, line=line)


_schema("a misspelt key", CASES, r"^(?P<at>organization|country|sector|direction|horizon|checked):", lambda m, c: m["at"][:-2] + m["at"][-1])
_schema("a misspelt key of a fact", BOTH, r"^    (?P<at>wording|verdict|report|evidence):", lambda m, c: m["at"] + "s")
_schema("a misspelt key of a source", BOTH, r"^    (?P<at>publisher|kind|says|read|title):", lambda m, c: m["at"].capitalize())
_schema("an unknown key", BOTH, r"^(?P<at>)pages:", "redirect: /elsewhere/\n", line=None)
_schema("a key that is missing", CASES, r"^(?:direction|horizon|checked): .+\n", "", line=1)
_schema("a fact without wording", BOTH, r"^(?P<all>    wording:\n      ko: .+\n      en: .+\n)", "", line=0)
_schema("a wording in one language", BOTH, r"^      (?:ko|en): .+\n", "", line=0)
_schema("an empty wording", BOTH, r"^      (?:ko|en): (?P<at>.+)$", lambda m, c: c.choice(['""', "", '" "', "null"]))
_schema("a list for a text", BOTH, r"^    title: (?P<at>.+)$", "[a, b]")
_schema("a text for a list", BOTH, r"^pages: (?P<at>.+)$", "three")
_schema("a word for a number", BOTH, r"^    value: (?P<at>.+)$", lambda m, c: c.choice(["many", "1,000", "'x'", "[1]"]))
_schema("a unit that is not counted", BOTH, r"^    unit: (?P<at>.+)$", lambda m, c: c.choice(["persons", "eur", "%", "people people"]), "schema yaml")
_schema("a direction that is none", CASES, r"^direction: (?P<at>.+)$", lambda m, c: c.choice(["both ways", "ai-to-metavers", "BOTH", "0"]))
_schema("a verdict that is none", BOTH, r"^    verdict: (?P<at>.+)$", lambda m, c: c.choice(["true", "false", "Confirmed", "confirmd"]))
_schema("a sector that is none", CASES, r"^sector: \[(?P<at>[\w-]+)", "gaming")
_schema("a country that is no code", CASES, r"^country: \[(?P<at>[A-Z]{2})", lambda m, c: c.choice(["Korea", "kr", "KOR"]))
_schema("a page of the report that is none", BOTH, r"^pages: \[(?P<at>\d+)", lambda m, c: c.choice(["0", "21", "-3", "3.5"]))
_schema("a citation that is none", BOTH, r"^citations: \[(?P<at>\d+)", lambda m, c: c.choice(["0", "44"]))
_schema("a fact of both report and source", BOTH, r"^    report: \d+\n(?P<at>)", "    source: nobody\n", line=0)
_schema("a claim without verdict", BOTH, r"^    verdict: .+\n", "", line=0)
_schema("a value without unit", BOTH, r"^    unit: .+\n", "", line=0)
_schema("an id with capitals", BOTH, r"^  - id: (?P<at>.+)$", lambda m, c: m["at"].upper())
_schema("evidence that is no source", BOTH, r"^    evidence: \[(?P<at>[\w-]+)", "no-such-source")
_schema("a source that is not listed", BOTH, r"^    source: (?P<at>[\w-]+)$", "no-such-source")
_schema("an address that is none", BOTH, r"^    url: (?P<at>.+)$", lambda m, c: c.choice(["javascript:alert(1)", "data:text/html,x", "www.example.org", "ftp://example.org/x", "https://exa mple.org", "https://x.y/\"onclick=z", "//example.org"]))
_schema("HTML in data", BOTH, r"^      (?:ko|en): (?P<at>.+)$", lambda m, c: c.choice(["<script>x</script>", "a <b>b</b>", "'<img src=x onerror=y>'"]))
_schema("a hidden tag in data", BOTH, r"^      (?:ko|en): (?P<at>.+)$", lambda m, c: c.choice(["a &lt;script&gt; b", "'&#60;img src=x&#62;'"]))
_schema("a link in data", BOTH, r"^      (?:ko|en): (?P<at>.+)$", lambda m, c: c.choice(["'see [this](javascript:x)'", "'see [this](https://example.org)'"]))
_schema("a line break in data", BOTH, r"^      (?:ko|en): (?P<at>.+)$", lambda m, c: '"one\\ntwo"')
_schema("a day that is none", CASES, r"^checked: (?P<at>.+)$", lambda m, c: c.choice(["2026-02-30", "2026-13-01", "22.11.2026", "2026-11", "yesterday", "2026-11-22T00:00"]))
_schema("a date that is none", BOTH, r"^    date: (?P<at>.+)$", lambda m, c: c.choice(["2025-13", "2025-02-30", "2025-Q5", "May 2025", "25-01", "2025.05", "0000", "99999"]))
_schema("a period that ends before it begins", BOTH, r"^    date: (?P<at>.+)$", lambda m, c: c.choice(["2025-05/2024-01", "2024/2023"]))
_schema("an id twice", BOTH, r"^facts:\n  - id: (?P<first>[\w-]+)\n(?:    .+\n|      .+\n)+  - id: (?P<at>[\w-]+)$", r"\g<first>")
_schema("a term's standard that is no source", TERMS, r"^standard: (?P<at>.+)$", "iso-0")
_schema("a key twice", BOTH, r"^(?P<line>(?:pages|name|facts):.*)\n", r"\g<line>\n\g<line>\n", "yaml", line=0)
_schema("a tab in YAML", BOTH, r"^(?P<at>    )(?:title|url|report): ", "\t", "yaml", line=0)
_schema("a bracket that YAML does not close", BOTH, r"^pages: \[[\d, ]+(?P<at>\])$", "", "yaml", line=0)
_schema("a quotation mark that YAML does not close", BOTH, r"^    title: (?P<at>[A-Za-z])", r'"\g<at>', "yaml", line=0)
_schema("a colon that YAML misreads", BOTH, r"^    publisher: (?P<at>.+)$", "One: Two: Three", "yaml schema")
_schema("lines that are set in wrongly", BOTH, r"^(?P<at>    )(?:title|publisher): ", "   ", "yaml", line=0)
_schema("values that repeat themselves", BOTH, r"^pages: (?P<at>.+)$", "&a [1, *a]", "yaml schema encoding", line=0)
_schema("an alias that grows", BOTH, r"^(?P<at>)pages:", "x: &a [1]\ny: &b [*a, *a, *a]\nz: [*b, *b, *b]\n", "yaml schema", line=0)
_schema("front matter that is not closed", "docs/cases/*.??.md", r"^description: .+\n(?P<at>---)$", "", line=1)
_schema("front matter with an unknown key", "docs/cases/*.??.md|docs/glossary/*.??.md", r"^(?P<at>)description:", "layout: wide\n")
_schema("front matter that is no YAML", "docs/cases/*.??.md", r"^description: (?P<at>.+)$", "one: two: three", "yaml schema", line=2)
_schema("a label of a drawing that one language lacks", "docs/figures/*.yml", r"^  [\w-]+: \{ko: [^,{}]+(?P<at>, en: [^{}\"]+)\}$", "")


def _said(name, checks, files, pattern, new, also="coverage", **more):
    swap(name, checks, files, pattern, new, also, **more)


_said("a claim confirmed without evidence", "source", CASES, r"^    verdict: confirmed\n    evidence: (?P<at>\[.+\])$", "[]", line=0)
_said("a source that supports nothing", "source", BOTH, r"^sources:\n(?P<at>)", "  - id: unused-source\n    url: https://example.org/unused\n    title: A page\n    publisher: Nobody\n    kind: press\n    says:\n      ko: 아무 말도 없다.\n      en: Says nothing.\n    read: 2026-11-22\n")
_said("a day of reading that has not come", "source", BOTH, r"^    read: (?P<at>.+)$", lambda m, c: c.choice(["2027-11-22", "2062-11-22", "2126-01-01"]))
_said("a day of checking that has not come", "source", CASES, r"^checked: (?P<at>.+)$", lambda m, c: c.choice(["2027-12-31", "2206-11-22"]))
_said("a day of reading before there was a report", "source", BOTH, r"^    read: (?P<at>.+)$", lambda m, c: c.choice(["2025-01-22", "2006-11-22", "1926-11-22"]))
_said("a check that is older than its sources", "source", CASES, r"^checked: (?P<at>.+)$", "2026-03-01")
_said("a source that is younger than its reading", "source", BOTH, r"^    date: (?P<at>20\d\d)(?=(?:.*\n)    kind:)", "2029", "traced-number coverage")
_said("a claim that is dated after the report", "source", BOTH, r"^    report: \d+\n    date: (?P<at>20\d\d)(?=[-\n])", lambda m, c: c.choice(["2026", "2032", "2052"]), "traced-number coverage quiz")
_said("a fact that is dated after its source", "source", BOTH, r"^    source: .+\n    date: (?P<at>20\d\d)(?=[-\n])(?!.*\n    planned)", lambda m, c: c.choice(["2027", "2032", "2052"]), "traced-number coverage quiz")
_said("a plan that does not say so", "source", BOTH, r"^    date: 20\d\d.*\n    planned: (?P<at>true)\n", "false", line=0)
_said("a plan that was none", "source", BOTH, r"^    report: \d+\n    date: 20\d\d.*\n(?P<at>)", "    planned: true\n")
_said("an address twice", "source", BOTH, r"^    url: (?P<first>.+)\n(?:(?!    url:).*\n)+?    url: (?P<at>.+)$", r"\g<first>")
_said("a value that is not what the fact says", "traced-number", BOTH, r"^    value: (?P<at>[1-9]\d+)\n    unit: (?:percent|people)\n(?:    approximate: true\n)?    wording:\n      ko: .*(?<![\d.,])\d+(?:[만,]\d*|%)", lambda m, c: str(int(m["at"]) + 7), line=0)
_said("a fact that one language says otherwise", "traced-number", BOTH, r"^      ko: (?!.*\|).*?(?<![\d.,])(?P<at>[1-9]\d)%", "97.5", line=0)
_said("a wrong figure in an erratum", "traced-number", CASES, r"(?s)^errata:\n.*?^      en: [^\n]*?(?<![\d.,])(?P<at>\d\d?)(?=%| million| billion)", lambda m, c: str(int(m["at"]) + 5), line=0)
_said("a wrong particle in a wording", "particle", BOTH, r"^      ko: .*[가-힣](?P<at>를)(?= [가-힣])", "을")
_said("another rendering in a wording", "term-base", BOTH, r"^      ko: .*(?P<at>디지털 트윈|월드 모델|합성 데이터|공간 지능)", lambda m, c: m["at"].replace(" ", ""))
_said("an English wording for Korean readers", "language", BOTH, r"^      ko: (?P<at>.+)$", "Nobody has said this in Korean", "coverage traced-number")
_said("a Korean wording for English readers", "language", BOTH, r"^      en: (?P<at>.+)$", "영어로 옮기지 않은 말이다.", "coverage traced-number")
_said("a Korean label in an English drawing", "language", "docs/figures/*.yml", r"^  [\w-]+: \{ko: (?P<ko>[가-힣 ]{4,}), en: (?P<at>[^{}\"]+)\}$", r"\g<ko>")
_said("a quotation in data that stays open", "stray-mark", BOTH, r"^      (?:ko|en): [^\"'\n]*“[^”\n]+(?P<at>”)", "")
_said("an unfinished wording", "leftover", BOTH, r"^      (?:ko|en): (?![\"']).+(?P<at>)$", lambda m, c: c.choice([" TODO", " (작성 중)", " TBD"]))
_said("a related case that is none", "navigation", CASES, r"^  - case: (?P<at>.+)$", "no-such-case", "plan coverage")
_said("a related term that is none", "navigation", TERMS, r"^related: \[(?P<at>[\w-]+)", "no-such-term")
_said("a citation that the report never makes, in data", "report-reference", BOTH, r"^citations: \[(?P<at>\d+)", "5")
@kind("a citation that the data do not list", "report-reference")
def _unlisted(tree, chance):
    while True:
        path, match = tree.find(chance, CASES, r"^citations: \[(?P<at>\d+)\]$", prose=False)
        if f"[{match['at']}]" in tree.texts[path.replace(".yml", ".ko.md")]:
            break
    fault = tree.edit(path, *match.span("at"), "")
    return type(fault)(path.replace(".yml", ".ko.md"), ANY, fault.files)




def _clash(tree, path, span, name, other):
    """Both entries are told of, because either may be the wrong one."""
    fault = tree.edit(path, *span, name)
    return Fault(path, fault.line, fault.files | {other: tree.texts[other].encode()})


@kind("an alias that is another entry's name", "duplicate", "first-mention coverage structure", alone=True, once=True)
def _alias(tree, chance):
    path, match = tree.find(chance, TERMS, r"^aliases:\n  ko: \[(?P<at>)", prose=False)
    return _clash(tree, path, match.span("at"), "로블록스, ", "docs/cases/roblox.yml")


@kind("a term that is defined twice", "duplicate", "first-mention coverage structure", alone=True, once=True)
def _defined_twice(tree, chance):
    path, match = tree.find(chance, "docs/glossary/[a-l]*.yml", r"^name:\n  ko: (?P<at>.+)$", prose=False)
    return _clash(tree, path, match.span("at"), "메타버스", "docs/glossary/metaverse.yml")


swap("a rendering that stands twice in the term base", "duplicate", "docs/term-base.yml", r"^  - \{ko: (?P<at>월드 모델),", "공간 지능", "term-base coverage first-mention", alone=True, once=True)
swap("an item of the inventory on a page that is none", "coverage", "docs/inventory.yml", r"^    at: (?P<at>.+)$", "cases/no-such-page", once=True)
swap("an item of the inventory that stands twice", "coverage", "docs/inventory.yml", r"^  - id: (?P<first>.+)\n(?:    .*\n)+  - id: (?P<at>.+)$", r"\g<first>", once=True)
swap("a claim of the report that no page states", "coverage", "docs/inventory.yml", r"^    stated:\n      ko: \"(?P<at>.{4})", "아무도 ", once=True)


# What a stranger wrote
_schema("a country that there is not", CASES, r"^country: \[(?P<at>[A-Z]{2})", lambda m, c: c.choice(["UK", "ZZ", "XQ"]))
_schema("a source on one's own machine", BOTH, r"^    url: (?P<at>.+)$", lambda m, c: c.choice(["http://localhost:8000/x", "https://intranet/x", "http://127.0.0.1/"]))
_schema("a value with commas or signs", BOTH, r"^    value: (?P<at>\d+)$", lambda m, c: c.choice(["41,600", "35%", "about 3"]))
_schema("a value that is cut off", CASES, r"^      en: (?P<at>[^\"'\n#]{20,})$", lambda m, c: m["at"] + " # to be checked", "yaml")
@kind("a claim of a page that the case does not list", "report-reference", "coverage traced-number")
def _page_not_listed(tree, chance):
    path, match = tree.find(chance, CASES, r"^    report: (?P<at>\d+)$", prose=False)
    listed = tree.book.entries[path.removeprefix("docs/").removesuffix(".yml")].data.pages
    return tree.edit(path, *match.span("at"), str(chance.choice([n for n in range(1, 21) if n not in listed])))


swap("a figure in a reason that no fact has", "traced-number", CASES, r"^    why:\n      ko: .*\n      en: [A-Za-z ]{12,}(?P<at>) ", " 314,159", line=0)
