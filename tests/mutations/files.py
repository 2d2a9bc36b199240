"""Names, bytes and places of files: pages, data, drawings, style sheets, the navigation."""

from __future__ import annotations

import re
import unicodedata

from mutations import ANY, Fault, kind, swap

CASES = "docs/cases/*-*.ko.md|docs/glossary/*-*.ko.md"
REST = "dead-link traced-number quiz coverage first-mention particle plan navigation guide duplicate structure alt-text"


def _new_file(name, checks, path, text="x\n", line=1, also=""):
    @kind(name, checks, also, once=True)
    def make(tree, chance):
        return Fault(path, line, {path: text if isinstance(text, bytes) else text.encode()})


_new_file("a name that ends like a language", "slug", "docs/cases/x.ai.md")
_new_file("a name with another language", "slug", "docs/glossary/y.ja.md")
_new_file("a page without language", "slug", "docs/chapters/12-more.md")
_new_file("a name with a dot", "slug", "docs/cases/gpt-4.5.ko.md", "---\ndescription: 점이 든 이름이다.\n---\n", also="siblings navigation")
_new_file("a name with capitals", "slug", "docs/glossary/Robot.ko.md", "---\ndescription: 큰 글자 이름이다.\n---\n", also="siblings navigation")
_new_file("a name with spaces", "slug", "docs/cases/my case.ko.md", "---\ndescription: 빈칸이 든 이름이다.\n---\n", also="siblings navigation")
_new_file("a name in Korean", "slug", "docs/cases/로봇.ko.md", "---\ndescription: 한글 이름이다.\n---\n", also="siblings navigation")
_new_file("a name in decomposed Korean", "slug", f"docs/cases/{unicodedata.normalize('NFD', '성')}.ko.md", "---\ndescription: 풀어진 이름이다.\n---\n", also="siblings navigation")
_new_file("a name with low lines", "slug", "docs/cases/my_case.ko.md", "---\ndescription: 밑줄이 든 이름이다.\n---\n", also="siblings navigation")
_new_file("a copy that an editor left", "slug", "docs/cases/roblox (1).ko.md", "---\ndescription: 남은 사본이다.\n---\n", also="siblings navigation")
_new_file("a page of HTML", "slug", "docs/cases/page.html", "<script>x</script>")
_new_file("data with another ending", "slug", "docs/cases/other.yaml", "name: x")
_new_file("a page with another ending", "slug", "docs/cases/other.MD", "x")
_new_file("a photograph among the drawings", "slug", "docs/figures/photo.jpg", b"\xff\xd8\xff")
_new_file("a page among the assets", "slug", "docs/assets/tool.html", "<p>x</p>")
_new_file("data without pages", "siblings", "docs/cases/tower.yml", "name: {ko: 탑, en: tower}\n")
_new_file("a drawing without words", "alt-text", "docs/figures/tower.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
_new_file("words without a drawing", "alt-text", "docs/figures/words.yml", "title: {ko: 말, en: Words}\nlabels: {}\n")
_new_file("a page in one language", "siblings", "docs/teach/notes.ko.md", "---\ntitle: 쪽지\ndescription: 한 언어로만 있다.\n---\n", also="navigation")


@kind("a page that is lost in one language", "siblings", REST, breaks=True)
def _half(tree, chance):
    ko = chance.choice(tree.paths(CASES))
    en = ko.replace(".ko.", ".en.")
    gone, left = chance.choice([(ko, en), (en, ko)])
    return Fault(left, 1, {gone: None})


@kind("data that are lost", "siblings", REST, breaks=True)
def _no_data(tree, chance):
    ko = chance.choice(tree.paths(CASES))
    return Fault(ko.replace(".ko.", ".en."), 1, {ko.replace(".ko.md", ".yml"): None})


@kind("a page that is lost in both languages", "dead-link", REST + " siblings", alone=True, once=True)
def _gone(tree, chance):
    page = tree.book.pages[0]
    while not (page.key.startswith("cases/") and "-" in page.key and tree.book.backlinks.get(page.key)):
        page = chance.choice(tree.book.pages)
    other = next(p for p in tree.book.pages if page.key in p.targets and p.key != page.key)
    files = {f"docs/{page.key}{end}": None for end in (".ko.md", ".en.md", ".yml")}
    return Fault(other.path, other.targets[page.key].target_line, files)


@kind("an empty page", "schema", REST, breaks=True)
def _empty(tree, chance):
    path = chance.choice(tree.paths("docs/cases/*-*.??.md"))
    return Fault(path, 1, {path: b""})


@kind("an empty data file", "schema", REST, breaks=True)
def _empty_data(tree, chance):
    path = chance.choice(tree.paths("docs/cases/*-*.yml"))
    return Fault(path, 1, {path: chance.choice([b"", b"# nothing\n", b"[]\n", b"null\n"])})


@kind("a page whose text is lost in both languages", "structure", REST)
def _bare(tree, chance):
    ko = chance.choice(tree.paths("docs/cases/*-*.ko.md"))
    both = (ko, ko.replace(".ko.", ".en."))
    return Fault(both[1], 1, {p: tree.texts[p][: tree.texts[p].index("\n---\n") + 5].encode() for p in both})


def _recoded(name, encode, checks="encoding", files="docs/cases/*.ko.md|docs/glossary/*.ko.md", breaks=True):
    @kind(name, checks, REST, breaks=breaks)
    def make(tree, chance):
        path = chance.choice(tree.paths(files))
        new = encode(tree.texts[path])
        return Fault(path, ANY if breaks else 1, {path: new})


_recoded("a page in the Korean Windows encoding", lambda text: text.encode("cp949", "replace"))
_recoded("a page in UTF-16", lambda text: text.encode("utf-16"))
_recoded("a page in Latin-1", lambda text: text[:20].encode() + "é".encode("latin-1") + text[20:].encode())
_recoded("a page with a byte order mark", lambda text: text.encode("utf-8-sig"), breaks=False)
_recoded("a page with Windows line ends", lambda text: text.replace("\n", "\r\n").encode(), breaks=False)
_recoded("a page in decomposed letters", lambda text: unicodedata.normalize("NFD", text).encode())
_recoded("data with a byte order mark", lambda text: text.encode("utf-8-sig"), files="docs/cases/*.yml", breaks=False)
_recoded("data in the Korean Windows encoding", lambda text: text.encode("cp949", "replace"), files="docs/cases/*.yml")


@kind("halves that were exchanged", "siblings", REST, breaks=True)
def _exchanged(tree, chance):
    ko = chance.choice(tree.paths("docs/cases/*-*.ko.md|docs/glossary/*-*.ko.md"))
    en = ko.replace(".ko.", ".en.")
    return Fault(ko, 1, {ko: tree.texts[en].encode(), en: tree.texts[ko].encode()})


@kind("a case in another folder", "slug", REST, alone=True, once=True)
def _misplaced(tree, chance):
    stem = chance.choice(tree.paths("docs/cases/*-*.yml")).removesuffix(".yml")
    to = chance.choice(["docs/", "docs/glossary/", "docs/chapters/"]) + stem.rpartition("/")[2]
    moved = {to + end: tree.texts[stem + end].encode() for end in (".yml", ".ko.md", ".en.md")}
    return Fault(to + ".yml", ANY, moved | {stem + end: None for end in (".yml", ".ko.md", ".en.md")})


# Drawings
SVG = r"(?P<at></svg>)"


def _drawn(name, *forms):
    swap(name, "unsafe-markup", "docs/figures/*.svg", SVG, lambda m, c: c.choice(forms) + m["at"], line=0)


_drawn("a script in a drawing", "<script>x</script>", '<script href="x.js"/>', "<svg:script>x</svg:script>", "<SCRIPT/>")
_drawn("a foreign object in a drawing", "<foreignObject><p>x</p></foreignObject>", "<iframe/>", "<embed/>", "<object/>", "<html:script/>")
_drawn("a handler in a drawing", '<g onload="x()"/>', '<rect onclick = "x"/>', '<g\nonfocusin="x"/>')
_drawn("a picture in a drawing", '<image href="https://x.y/z.png"/>', '<image xlink:href="data:image/png;base64,x"/>', '<use href="#a"/>', '<feImage href="x"/>')
_drawn("a link in a drawing", '<a href="https://x.y"><text>z</text></a>', '<a xlink:href="javascript:x">z</a>')
_drawn("a style in a drawing", "<style>@import url(//x.y);</style>", '<g style="fill:url(https://x.y)"/>', '<rect fill="url(https://x.y#z)"/>')
_drawn("movement in a drawing", '<animate attributeName="x"/>', "<set/>", '<animateTransform/>')
_drawn("a drawing that is not closed", "<g>", "<rect>", '<text x="1>a</text>')
swap("an entity in a drawing", "unsafe-markup", "docs/figures/*.svg", r"(?P<at><svg)", lambda m, c: c.choice(['<!DOCTYPE svg [<!ENTITY x "y">]>', "<!DOCTYPE svg>", '<?xml-stylesheet href="x.css"?>']) + "<svg", line=0)
swap("a label without words", "alt-text", "docs/figures/*.svg", r"\{\{ (?P<at>[\w-]+) \}\}", "no-such-label")
swap("a label that is not drawn", "alt-text", "docs/figures/*.yml", r"^labels:\n(?P<at>)", "  never-drawn: {ko: 없음, en: None}\n", line=0)
swap("a drawing that no page shows", "alt-text dead-link structure", "docs/chapters/*.??.md", r"^!\[[^\n]+\n", "", REST, line=0)

# Style sheets and scripts
swap("a style sheet from elsewhere", "unsafe-markup", "docs/assets/*.css", r"\A(?P<at>)", lambda m, c: c.choice(['@import "https://x.y/z.css";', "@import url(//x.y/z.css);", "p { background: url(https://x.y/z.png) }", "@font-face { src: url('http://x.y/z.woff2') }"]) + "\n")
swap("a script that asks elsewhere", "unsafe-markup", "docs/assets/*.js", r"\A(?P<at>)", lambda m, c: c.choice(['fetch("https://x.yy/z");', "import 'https://x.yy/z.js';", "new WebSocket(`wss://x.yy/z`);", "new Image().src = '//x.yy/z.gif';"]) + "\n")

# Navigation
NAV = r"^      - (?P<at>(?:cases|glossary)/[\w-]+\.md)$"


def _nav(name, checks, pattern, new, **more):
    swap(name, checks, "mkdocs.yml", pattern, new, once=True, **more)


@kind("a page that is not in the navigation", "navigation", once=True)
def _unlisted(tree, chance):
    _, match = tree.find(chance, "mkdocs.yml", NAV + "\n", prose=False)
    return Fault(f"docs/{match['at'][:-3]}.ko.md", 1, tree.edit("mkdocs.yml", *match.span(), "").files)


_nav("a page that is twice in the navigation", "navigation", NAV + r"(?P<end>\n)", lambda m, c: f"{m['at']}\n      - {m['at']}", line=0)
_nav("a misspelt page in the navigation", "navigation", NAV, lambda m, c: m["at"].replace(".md", "x.md"), also="navigation")
_nav("a page of the navigation in one language", "navigation", NAV, lambda m, c: m["at"].replace(".md", ".ko.md"), also="navigation")
_nav("an address in the navigation", "navigation", NAV, lambda m, c: f"https://example.org\n      - {m['at']}")
_nav("a configuration that is no YAML", "yaml", r"^(?P<at>nav:)$", "nav: [", line=0, also="navigation")
_nav("a key twice in the configuration", "yaml", r"^(?P<at>)theme:$", "site_name: x\n", line=0)
_nav("a script from elsewhere in the configuration", "unsafe-markup", r"^extra_javascript:\n(?P<at>)", "  - https://example.org/x.js\n")
_nav("a style sheet from elsewhere in the configuration", "unsafe-markup", r"^extra_css:\n(?P<at>)", "  - //example.org/x.css\n")


# Copies
@kind("a page that is copied under a new name", "duplicate", alone=True, once=True, also=REST + " term-base")
def _copied(tree, chance):
    ko = chance.choice(tree.paths("docs/cases/*-*.ko.md"))
    key = ko[len("docs/") : -len(".ko.md")]
    files = {f"docs/{key}-copy{end}": tree.texts[f"docs/{key}{end}"].encode() for end in (".ko.md", ".en.md", ".yml")}
    config = tree.texts["mkdocs.yml"].replace(f"      - {key}.md\n", f"      - {key}.md\n      - {key}-copy.md\n")
    return Fault(f"docs/{key}-copy.ko.md", 2, files | {"mkdocs.yml": config.encode(), ko: tree.texts[ko].encode()})


@kind("a paragraph that is pasted twice", "duplicate", "first-mention coverage structure")
def _pasted(tree, chance):
    path, match = tree.find(chance, "docs/cases/*.??.md", r"^(?![#|!>\s*-]|\d+\.|---|\w+:).{60,}$", prose=False)
    line = tree.texts[path].count("\n", 0, match.start()) + 3
    return Fault(path, line, tree.edit(path, *match.span(), match[0] + "\n\n" + match[0]).files)


@kind("a paragraph that is copied to another page", "duplicate", "first-mention coverage structure traced-number report-reference dead-link")
def _borrowed(tree, chance):
    path, match = tree.find(chance, "docs/cases/*.ko.md", r"^(?![#|!>\s*-]|\d+\.|---|\w+:)[^\n\[\]\d]{60,}$", prose=False)
    other = chance.choice([p for p in tree.paths("docs/glossary/*-*.ko.md")])
    text = tree.texts[other].rstrip("\n") + "\n\n" + match[0] + "\n"
    return Fault(other, text.count("\n"), {other: text.encode()} | _as_it_is(tree, path))


def _as_it_is(tree, path):
    """So that no other fault of the batch changes what the fault is about."""
    return {path: tree.texts[path].encode()}


@kind("a description that two pages share", "duplicate", "coverage traced-number report-reference language")
def _same_description(tree, chance):
    a, b = sorted(chance.sample(tree.paths("docs/glossary/*-*.ko.md"), 2))
    line = re.search(r"^description: .{45,}$", tree.texts[a], re.MULTILINE)
    while not line:
        a, b = sorted(chance.sample(tree.paths("docs/glossary/*-*.ko.md"), 2))
        line = re.search(r"^description: .{45,}$", tree.texts[a], re.MULTILINE)
    text = re.sub(r"^description: .+$", lambda m: line[0], tree.texts[b], count=1, flags=re.MULTILINE)
    return Fault(b, 2, {b: text.encode()} | _as_it_is(tree, a))
