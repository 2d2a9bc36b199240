"""How slides look, whatever is on them: pandoc's plain presentation in the site's colors, in a font that has Hangul,
and marked with the language of its text, so that PowerPoint spells and breaks lines by it."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from functools import cache, partial
from io import BytesIO
from math import ceil

from lxml import etree

from scripts.exports import pandoc
from scripts.exports.archive import zipped

LINES = 10  # of text on a slide
_FONT = "Malgun Gothic"  # on every Windows; elsewhere programs put their own Korean font in its place
_TITLE, _TEXT, _QUESTION = 24, 18, 24  # points
_LINE = 30.0  # letters of Hangul in a line of text; a little less than the box holds, as lines end between words
_TABLE_SIZES = (14, 13, 12, 11)  # points, the first that fits
_TABLE_WIDTH, _TABLE_HEIGHT = 648, 262  # points, below the title of a slide
_CELL_SIDES, _CELL_ENDS = 15, 8  # points of a cell that hold no text
_LANGUAGES = {"ko": "ko-KR", "en": "en-US"}
_COLORS = {
    "dk1": "1C232B", "dk2": "56606B", "lt2": "F4F2EC", "accent1": "0B655D", "accent2": "4A42AB", "hlink": "0B655D",
    "folHlink": "4A42AB",
}  # fmt: skip
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_A = f"{{{_DRAWING}}}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
# A stripe along the upper edge of every slide.
_STRIPE = f"""<p:sp xmlns:p="{_P[1:-1]}" xmlns:a="{_DRAWING}"><p:nvSpPr><p:cNvPr id="99" name="Stripe"/><p:cNvSpPr/>
<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9144000" cy="73152"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln>
</p:spPr></p:sp>"""


def lines(text: str) -> int:
    """How many lines of a slide a text takes, about."""
    return max(1, ceil(_width(text) / _LINE))


def table_size(rows: list[list[str]]) -> int | None:
    """The size in points at which a table fits a slide; None if none does."""
    column = _TABLE_WIDTH / len(rows[0]) - _CELL_SIDES
    for size in _TABLE_SIZES:
        # Words that do not fit a line leave about a tenth of it empty.
        heights = (max(ceil(_width(cell) * size * 1.1 / column) for cell in row) for row in rows)
        if sum(height * size * 1.33 + _CELL_ENDS for height in heights) <= _TABLE_HEIGHT:
            return size
    return None


@cache
def look() -> bytes:
    """A presentation from which pandoc takes fonts, colors and places: its own one, changed."""
    changes = {
        r"ppt/theme/[^/]+\.xml": _theme,
        r"ppt/slideMasters/[^/]+\.xml": _master,
        r"ppt/slideLayouts/slideLayout1\.xml": _title_layout,
    }
    return _changed(pandoc.data_file("reference.pptx"), changes)


def finished(presentation: bytes, locale: str, alternatives: Mapping[str, str]) -> bytes:
    """The presentation with what pandoc cannot say: the language of every word, the text alternative of each picture
    (by the name of its file), sizes that fit."""
    change = partial(_slide, language=_LANGUAGES[locale], alternatives=alternatives)
    return _changed(presentation, {r"ppt/(slides|notesSlides)/[^/]+\.xml": change})


def _changed(presentation: bytes, changes: Mapping[str, Callable[[etree._Element], None]]) -> bytes:
    with zipfile.ZipFile(BytesIO(presentation)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    for name in files:
        for pattern, change in changes.items():
            if re.fullmatch(pattern, name):
                root = etree.fromstring(files[name])
                change(root)
                files[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return zipped(files)


def _slide(root: etree._Element, language: str, alternatives: Mapping[str, str]) -> None:
    for run in root.iter(f"{_A}r"):
        _properties(run).set("lang", language)
    for table in root.iter(f"{_A}tbl"):
        rows = [["".join(cell.itertext()) for cell in row.iter(f"{_A}tc")] for row in table.iter(f"{_A}tr")]
        for run in table.iter(f"{_A}r"):
            _properties(run).set("sz", str((table_size(rows) or _TABLE_SIZES[-1]) * 100))
    for picture in root.iter(f"{_P}pic"):
        name = picture.find(f"{_P}nvPicPr/{_P}cNvPr")
        name.set("descr", alternatives[name.get("descr")])
    if root.tag == f"{_P}sld":
        _enlarge_question(root)


def _enlarge_question(slide: etree._Element) -> None:
    """A slide with one paragraph and no bullets has room for larger letters."""
    body = [shape for shape in slide.iter(f"{_P}sp") if shape.find(f".//{_P}ph[@type]") is None]
    paragraphs = [paragraph for shape in body for paragraph in shape.iter(f"{_A}p")]
    if (
        len(paragraphs) == 1
        and paragraphs[0].find(f"{_A}pPr/{_A}buNone") is not None
        and slide.find(f".//{_P}pic") is None
    ):
        for run in paragraphs[0].iter(f"{_A}r"):
            _properties(run).set("sz", str(_QUESTION * 100))


def _properties(run: etree._Element) -> etree._Element:
    properties = run.find(f"{_A}rPr")
    if properties is None:
        properties = etree.Element(f"{_A}rPr")
        run.insert(0, properties)
    return properties


def _theme(root: etree._Element) -> None:
    for fonts in root.iter(f"{_A}majorFont", f"{_A}minorFont"):
        for script in ("latin", "ea"):
            fonts.find(f"{_A}{script}").set("typeface", _FONT)
    scheme = root.find(f".//{_A}clrScheme")
    for name, color in _COLORS.items():
        slot = scheme.find(f"{_A}{name}")
        slot[:] = [etree.Element(f"{_A}srgbClr", val=color)]


def _master(root: etree._Element) -> None:
    title = root.find(f"{_P}txStyles/{_P}titleStyle/{_A}lvl1pPr")
    title.set("algn", "l")
    title.find(f"{_A}defRPr").set("sz", str(_TITLE * 100))
    title.find(f"{_A}defRPr").set("b", "1")
    text = root.find(f"{_P}txStyles/{_P}bodyStyle/{_A}lvl1pPr")
    text.find(f"{_A}defRPr").set("sz", str(_TEXT * 100))
    for style in root.iter():
        if "eaLnBrk" in style.attrib:
            style.set("eaLnBrk", "0")  # Korean lines end between words
    root.find(f"{_P}cSld/{_P}spTree").insert(2, etree.fromstring(re.sub(r"\n", "", _STRIPE)))


def _title_layout(root: etree._Element) -> None:
    """Title and lines below it begin at the same edge."""
    for place in root.iter(f"{_A}off", f"{_A}ext"):
        if place.get("x") == "1371600":
            place.set("x", "685800")
        if place.get("cx") == "6400800":
            place.set("cx", "7772400")
    for style in root.iter():
        if style.get("algn") == "ctr":
            style.set("algn", "l")
    for size in root.iter(f"{_A}defRPr"):
        size.set("sz", "1600")


def _width(text: str) -> float:
    """In letters of Hangul; Latin letters take about half of one."""
    return sum(1 if unicodedata.east_asian_width(letter) in "WF" else 0.53 for letter in text)
