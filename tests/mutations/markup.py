"""Links, headings, blocks, tables, notes, emphasis, scripts and media in pages."""

from __future__ import annotations

from mutations import ANY, Fault, kind, other_half, swap

PAGES = "docs/cases/*.??.md|docs/glossary/*.??.md|docs/chapters/*-*.??.md|docs/teach/guides/*.??.md"
ENTRIES = "docs/cases/*-*.??.md|docs/glossary/*-*.??.md"
KO, EN = (PAGES.replace("??", locale) for locale in ("ko", "en"))
LINK = r"(?<=\]\()(?P<at>[\w./-]+\.md)(?=\))"
REST = "navigation quiz traced-number"  # what may come of a link that is lost: nobody links the page, a quiz rests on it


def _misspelt(match, chance):
    at = chance.randrange(len(match["at"]) - 5, len(match["at"]) - 3)
    return match["at"][:at] + "q" + match["at"][at:]


swap("a misspelt page in a link", "dead-link", PAGES, LINK, _misspelt, REST)
swap("a link to a page that never was", "dead-link", PAGES, LINK, "../cases/no-such-page.md", REST)
swap("a link with capitals", "dead-link", PAGES, LINK, lambda m, c: m["at"].replace(m["at"][-4], m["at"][-4].upper()), REST)
swap("a link into the wrong folder", "dead-link", ENTRIES, r"(?<=\]\()(?P<at>\.\./)(?:cases|glossary)/[\w-]+\.md\)", "../../", REST)
swap("a link that lacks its folder", "dead-link", PAGES, r"(?<=\]\()(?P<at>\.\./(?:cases|glossary)/)[\w-]+\.md\)", "", REST)
swap("a link that names a language", "dead-link", PAGES, LINK, lambda m, c: m["at"][:-3] + c.choice([".ko.md", ".en.md"]), REST)
swap("a link to the address instead of the file", "dead-link", PAGES, LINK, lambda m, c: m["at"][:-3] + c.choice(["/", ".html", "/index.html", ""]), REST)
swap("an absolute link", "dead-link", PAGES, LINK, lambda m, c: "/" + m["at"].replace("../", "") , REST)
swap("an absolute link that exists on the writer's machine", "dead-link", PAGES, LINK, "/etc/hostname", REST)
swap("a link with backslashes", "dead-link stray-mark", PAGES, r"(?<=\]\()(?P<at>\.\./[\w/-]+\.md)(?=\))", lambda m, c: m["at"].replace("/", "\\"), REST)
swap("a link to a data file", "dead-link", PAGES, LINK, lambda m, c: m["at"][:-3] + ".yml", REST)
swap("a link to a file of assets that is not there", "dead-link", PAGES, LINK, "../assets/handout.pdf", REST)
swap("a link to a drawing", "dead-link", PAGES, LINK, "../figures/two-directions.svg", REST)
swap("an empty link", "dead-link", PAGES, LINK, lambda m, c: c.choice(["", "#", "<>"]), REST)
swap("a heading that is not on the linked page", "dead-link", PAGES, LINK, r"\g<at>#no-such-heading")
swap("a heading that is not on the page itself", "dead-link", PAGES, LINK, "#no-such-heading", REST)
swap("a link with an empty heading", "dead-link", PAGES, LINK, r"\g<at>#")
swap("a link to http:", "unsafe-markup", PAGES, LINK, "http://example.org/a", REST)
swap("a link without scheme", "unsafe-markup", PAGES, LINK, lambda m, c: c.choice(["//example.org/a", r"\\example.org/a"]), REST)
swap("a link that runs a script", "unsafe-markup", PAGES, LINK, lambda m, c: c.choice([
    "javascript:alert(1)", "JavaScript:alert(1)", "java&#115;cript:alert(1)", "javascript&colon;alert(1)", "java&Tab;script:alert(1)",
    "vbscript:x", "&#x6A;avascript:x", "java&NewLine;script:x", "%6aavascript:x",
]), REST)  # fmt: skip
swap("a link that carries its own page", "unsafe-markup", PAGES, LINK, lambda m, c: c.choice(
    ["data:text/html;base64,PHNjcmlwdD4=", "DATA:text/html,x", "blob:https://example.org/x", "file:///etc/passwd", "ftp://example.org/x"]), REST)  # fmt: skip


@kind("a link that leads elsewhere in one language", "structure", REST)
def _elsewhere(tree, chance):
    path, match = tree.find(chance, ENTRIES, r"(?<=\]\()(?P<at>(?:\.\./(?:cases|glossary)/)?[\w-]+\.md)(?=\))", prose=False)
    new = "../" * (path.count("/") - 1) + "timeline.md"
    return _told_in_english(tree, path, match.span("at"), new)


@kind("a link that one language lacks", "structure", REST + " first-mention")
def _unlinked(tree, chance):
    path, match = tree.find(chance, ENTRIES, r"\[(?P<words>[^\[\]\n]+)\]\([\w./-]+\.md\)", prose=False)
    return _told_in_english(tree, path, match.span(), match["words"])


def _told_in_english(tree, path, span, new):
    fault = tree.edit(path, *span, new)
    page = next(page for page in tree.book.pages if page.path == path)
    en = tree.book.entries[page.key].pages["en"]
    return Fault(en.path, en.document.blocks[page.document.block(fault.line)].line, fault.files)


# Marks of links that are torn
swap("a link that is not closed", "stray-mark", ENTRIES, r"\]\([\w./-]+\.md(?P<at>\))", "", REST + " first-mention")
swap("a link whose words are not closed", "stray-mark", ENTRIES, r"\[[^\[\]\n]+(?P<at>\])\([\w./-]+\.md\)", "", REST)
swap("a gap between words and target", "stray-mark", ENTRIES, r"\](?P<at>)\([\w./-]+\.md\)", " ", REST)
swap("a link by reference", "stray-mark", ENTRIES, r"(?P<at>\]\([\w./-]+\.md\))", "][1]", REST)
swap("words and target in the wrong brackets", "stray-mark", ENTRIES, r"\[(?P<w>[^\[\]\n]+)\]\((?P<t>[\w./-]+\.md)\)", r"(\g<w>)[\g<t>]", REST)
swap("a target in square brackets", "stray-mark", ENTRIES, r"\[(?P<w>[^\[\]\n]+)\]\((?P<t>[\w./-]+\.md)\)", r"[\g<w>][\g<t>]", REST)
swap("a wiki link", "stray-mark", ENTRIES, r"\[(?P<w>[^\[\]\n]+)\]\((?P<t>[\w./-]+)\.md\)", r"[[\g<t>|\g<w>]]", REST)
swap("a bare address", "stray-mark", PAGES, r"(?<=[.다])(?P<at>)$", lambda m, c: c.choice([" https://example.org/a", " www.example.org/a"]), prose=True)
swap("an address in angle brackets", "unsafe-markup", PAGES, r"(?<=[.다])(?P<at>)$", " <https://example.org/a>", prose=True)
swap("a definition of a link", "unsafe-markup", PAGES, r"^(?P<at>)## ", "[x]: https://example.org\n\n")

# Headings
HEADING = r"^##+ .+ (?P<at>\{#[a-z0-9-]+\})$"
HEAD_REST = "dead-link quiz guide"
swap("a heading without id", "heading-id", PAGES, r"^##+ .+(?P<at> \{#[a-z0-9-]+\})$", "", HEAD_REST)
swap("a heading with an empty id", "heading-id stray-mark", PAGES, HEADING, "{#}", HEAD_REST)
swap("a heading with an id in Korean", "heading-id", PAGES, HEADING, lambda m, c: c.choice(["{#결과}", "{#무엇-인가}"]), HEAD_REST)
swap("an id with capitals, spaces or low lines", "heading-id stray-mark", PAGES, HEADING, lambda m, c: c.choice(["{#What}", "{#what_is}", "{#what is}", "{#what.}", "{#-what}", "{#what--is}"]), HEAD_REST)
swap("an id whose brace is open", "stray-mark heading-id", PAGES, r"^##+ .+ \{#[a-z0-9-]+(?P<at>\})$", "", HEAD_REST)
swap("a level that is skipped", "heading-id", PAGES, r"^(?P<at>##) .+ \{#[a-z0-9-]+\}$", "####")
swap("a heading of the first level", "heading-id", PAGES, r"^(?P<at>##) .+ \{#[a-z0-9-]+\}$", "#")
swap("a heading without a gap", "stray-mark heading-id", PAGES, r"^##(?P<at> ).+ \{#[a-z0-9-]+\}$", "", HEAD_REST)
swap("a heading that is set in", "stray-mark heading-id", PAGES, r"^(?P<at>)## .+ \{#[a-z0-9-]+\}$", " ", HEAD_REST)
swap("a heading without words", "heading-id", PAGES, r"^##+ (?P<at>.+) \{#[a-z0-9-]+\}$", "")
swap("a heading by underlining", "stray-mark", PAGES, r"(?<=[.다])(?P<at>)$", lambda m, c: c.choice(["\n\nTitle\n=====\n", "\n\nTitle\n-----\n"]), prose=True, line=0)


@kind("an id twice on a page", "heading-id", HEAD_REST)
def _twice(tree, chance):
    import re

    for path in chance.sample(tree.paths(PAGES), 50):
        ids = list(re.finditer(HEADING, tree.texts[path], re.MULTILINE))
        if len(ids) > 1:
            return tree.edit(path, *ids[-1].span("at"), ids[0]["at"])
    raise LookupError


@kind("an id that one language changes", "structure", HEAD_REST)
def _changed_id(tree, chance):
    path, match = tree.find(chance, PAGES, HEADING, prose=False)
    return _told_in_english(tree, path, match.span("at"), "{#another-id}")


@kind("sections in another order in one language", "structure", HEAD_REST)
def _reordered(tree, chance):
    import re

    for path in chance.sample(tree.paths(PAGES), 50):
        text = tree.texts[path]
        starts = [m.start() for m in re.finditer(r"^## ", text, re.MULTILINE)]
        if len(starts) > 2:
            at = chance.randrange(len(starts) - 2)
            a, b, c = starts[at : at + 3]
            fault = tree.edit(path, a, c, text[b:c] + text[a:b])
            en = path if path.endswith(".en.md") else other_half(tree, path, fault.line)[0]
            here = tree.texts[en]
            line = here.count("\n", 0, [m.start() for m in re.finditer(r"^## ", here, re.MULTILINE)][at]) + 1
            return Fault(en, line, fault.files)
    raise LookupError


# Blocks that one language lacks
def _lost(name, checks, pattern, also=REST + " first-mention coverage guide", *, part=False):
    """Told where the block is missing; `part` of one that is still there, in the English half."""

    @kind(name, checks, also)
    def make(tree, chance):
        path, match = tree.find(chance, PAGES, pattern, prose=False)
        return Fault(_en_of(path) if part else path, ANY, tree.edit(path, *match.span(), "").files)


def _en_of(path):
    return path.replace(".ko.md", ".en.md")


PARAGRAPH = r"^(?![#|!>\s*-]|\d+\.|---|\w+:).{60,}\n\n"
_lost("a paragraph that one language lacks", "structure", PARAGRAPH)
_lost("a list item that one language lacks", "structure", r"^(?:-|\d+\.) .+\n", part=True)
_lost("a table row that one language lacks", "structure", r"^\|(?!-|\s-).+\|\n(?=\|(?!-)|\n)", part=True)
_lost("a heading that one language lacks", "structure", r"^## .+\n\n", HEAD_REST + " coverage")
_lost("a note that one language lacks", "structure", r"^!!! .+\n")
_lost("a drawing that one language lacks", "structure", r"^!\[.+\n", "quiz traced-number alt-text coverage")


@kind("half of a paragraph that one language lacks", "structure", REST + " first-mention coverage")
def _half(tree, chance):
    path, match = tree.find(chance, PAGES, r"^(?![#|!>\s*-]|\d+\.|---|\w+:)[^\n\[\]]{300,}$", prose=False)
    cut = match.start() + len(match[0]) // 4
    fault = tree.edit(path, cut, match.end() - 1, "")
    return fault


swap("bold in one language only", "structure", KO, r"(?<=[가-힣]{2} )(?P<at>[가-힣]{2,6})(?= [가-힣])", r"**\g<at>**", prose=True, there=True)

# Lists, tables, notes, code
swap("a row with a cell too few", "stray-mark structure", PAGES, r"^\|(?!-|\s-).+(?P<at>\|)[^|\n]+\|\n(?=\|(?!-)|\n)", " ", "coverage")
swap("a row with a cell too many", "stray-mark", PAGES, r"^\|(?!-|\s-).+\|(?P<at>)\n(?=\|(?!-)|\n)", " x |")
swap("a table without its rule", "stray-mark", PAGES, r"^\|[-| ]+\|\n", "", line=0)
swap("a note whose text is not set in", "stray-mark structure", PAGES, r"^!!! .+\n\n(?P<at>    )", "  ", line=0)
swap("a note whose title is not closed", "stray-mark", PAGES, r'^!!! \w+ "[^"\n]+(?P<at>")$', "")
swap("a note of unknown marks", "stray-mark", PAGES, r"^(?P<at>!!!) ", lambda m, c: c.choice(["!!", "!!!!", "!! !"]))
swap("a code fence that stays open", "stray-mark", PAGES, r"^(?P<at>)## ", "```\nx\n\n")
swap("code that stays open", "stray-mark", PAGES, r"(?<=[.다])(?P<at>)$", " `x", prose=True)
swap("bold that stays open", "stray-mark structure", PAGES, r"(?<= )(?P<at>)[가-힣A-Za-z]{2,} ", "**", prose=True)
swap("bold with a gap inside", "stray-mark", PAGES, r"(?<= )(?P<at>[가-힣a-z]{3,})(?= [가-힣a-z])", r"** \g<at>**", prose=True)
swap("emphasis by low lines", "stray-mark", PAGES, r"(?<= )(?P<at>[가-힣a-z]{3,})(?= [가-힣a-z])", r"__\g<at>__", prose=True)
swap("one star too many", "stray-mark structure", PAGES, r"(?<= )(?P<at>[가-힣a-z]{3,})(?= [가-힣a-z])", r"*\g<at>", prose=True)
swap("a bracket that stays open", "stray-mark", PAGES, r"\([^()\n]{3,30}(?P<at>\))", "", "coverage report-reference", prose=True)
swap("a bracket that nothing opens", "stray-mark", PAGES, r"(?P<at>\()[^()\n]{3,30}\)", "", "coverage", prose=True)
swap("a quotation that stays open", "stray-mark", PAGES, r"“[^”\n]{3,60}(?P<at>”)", "", "coverage", prose=True)
swap("a Korean quotation that stays open", "stray-mark", KO, r"‘[^’\n]{3,60}(?P<at>’)", "", "coverage", prose=True)
swap("a quotation that nothing opens", "stray-mark", PAGES, r"(?P<at>“)[^”\n]{3,60}”", "", "coverage", prose=True)
swap("marks of struck text", "stray-mark", PAGES, r"(?<= )(?P<at>[가-힣a-z]{3,})(?= [가-힣a-z])", r"~~\g<at>~~", prose=True)
swap("a template's braces", "stray-mark", PAGES, r"(?<=[.다])(?P<at>)$", lambda m, c: c.choice([" {{ title }}", " {% if x %}", " {.wide}"]), prose=True)

# Scripts and media
END = r"(?<=[.다])(?P<at>)$"


def _html(name, *forms):
    swap(name, "unsafe-markup", PAGES, END, lambda m, c: " " + c.choice(forms), prose=True)


_html("a script", "<script>alert(1)</script>", "<SCRIPT src=//x.y></SCRIPT>", "<script\n>x</script>", "<svg/onload=alert(1)>", "<svg><script>x</script></svg>")
_html("a handler", "<b onclick=x()>b</b>", '<img src=x onerror="x()">', "<details open ontoggle=x>", "<body onload=x>")
_html("a frame", '<iframe src="https://example.org"></iframe>', "<object data=x></object>", "<embed src=x>", "<frame src=x>")
_html("media of HTML", '<img src="https://example.org/x.png">', "<video src=https://x.y/z></video>", "<audio autoplay src=x>", "<source srcset=x>")
_html("a form", "<form action=https://x.y><input></form>", "<button>b</button>", "<meta http-equiv=refresh content=0;url=//x.y>", "<base href=//x.y>", "<link rel=stylesheet href=//x.y>")
_html("a style of HTML", "<style>*{display:none}</style>", "<p style='position:fixed'>x</p>", "<font color=red>x</font>", "<br>")
_html("a comment", "<!-- remember -->", "<!-- x\ny -->", "<!-- open", "<!DOCTYPE html>", "<?php x ?>")
swap("an attribute that runs a script", "unsafe-markup", PAGES, END, lambda m, c: c.choice(["{: onclick='x()' }", "{ onmouseover=x }", "{: style='color:red' }", "{ href=javascript:x }", "{: src=x\n}"]), prose=True)
IMAGE = r"^!\[[^\]\n]+\]\((?P<at>[^)\s]+)"
swap("a picture from elsewhere", "unsafe-markup", PAGES, IMAGE, lambda m, c: c.choice(["https://example.org/x.svg", "//example.org/x.svg", "HTTPS://x.y/z.png", "data:image/svg+xml,x", "&#104;ttps://x.y/z.png"]), "quiz alt-text")
swap("a picture that is not there", "dead-link", PAGES, IMAGE, "../figures/no-such-drawing.svg", "quiz alt-text")
swap("a picture of another type", "dead-link", PAGES, IMAGE, lambda m, c: m["at"].replace(".svg", ".png"), "quiz alt-text")
swap("a picture without alternative", "alt-text", PAGES, r"^!\[(?P<at>[^\]\n]+)\]", lambda m, c: c.choice(["", " "]))
swap("a picture with a file name as alternative", "alt-text", PAGES, r"^!\[(?P<at>[^\]\n]+)\]", lambda m, c: c.choice(["world-model.svg", "그림", "figure", "image.png", "IMG_2031.JPG", "a long name of a file.png"]))
swap("a picture with its caption as alternative", "alt-text", PAGES, r'^!\[(?P<at>[^\]\n]+)\]\([^)\s]+ "(?P<caption>[^"\n]+)"', r"\g<caption>", "coverage")
swap("a picture without caption", "alt-text", PAGES, r'^!\[[^\]\n]+\]\([^)\s]+(?P<at> "[^"\n]*")', lambda m, c: c.choice(["", ' ""', ' " "']), "coverage")


# What Markdown takes otherwise than it looks
swap("an entity for a letter", "stray-mark", PAGES, r"(?<=[가-힣a-z]{2})(?P<at>,) ", "&nbsp;", prose=True, also="first-mention structure traced-number coverage")
swap("a list right below a line", "stray-mark", "docs/chapters/*.??.md", r"(?<=[.다:])\n(?P<at>\n)(?=- |1\. )", "", REST + " first-mention coverage guide structure", line=0)
swap("a heading right below a line", "stray-mark", PAGES, r"(?<=[.다])\n(?P<at>\n)(?=## )", "", REST + " first-mention coverage guide structure", line=0)
swap("a note of an unknown kind", "stray-mark", PAGES, r"^!!! (?P<at>note) ", lambda m, c: c.choice(["caution", "notes", "info"]), REST + " structure")
@kind("code that one language lacks", "structure", REST)
def _code(tree, chance):
    path, match = tree.find(chance, KO, r"(?<=[.다]\n)\n(?=[가-힣])", prose=True)
    return Fault(_en_of(path), ANY, tree.edit(path, *match.span(), "\n```text\n가 = 1\n```\n\n").files)


@kind("a paragraph that slips into a note", "structure", REST)
def _swallowed(tree, chance):
    path, match = tree.find(chance, PAGES, r"^!!! .+\n(?:\n|    .*\n)+(?P<at>)(?=[A-Z가-힣])", prose=False)
    return Fault(_en_of(path), ANY, tree.edit(path, *match.span("at"), "    ").files)

swap("a heading that both languages call alike and one lacks", "structure", "docs/cases/*.ko.md", r"^## [^\n]+\{#question\}\n", "", HEAD_REST + " coverage", line=0)
