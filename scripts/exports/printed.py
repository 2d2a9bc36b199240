"""PDF files as Chromium writes them: what is read from them, and what has to be changed in them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from datetime import date
from itertools import pairwise

_NODE = re.compile(rb"\(node(\d{8})\)")


def fonts(pdf: bytes) -> set[str]:
    """Names of the fonts, without the marks of subsets."""
    return {name.decode() for name in re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([^\s/<>]+)", pdf)}


def pages(pdf: bytes) -> dict[str, int]:
    """The page, counted from 1, of each element that is linked to, by its id."""
    sheets = [int(number) for number in re.findall(rb"(\d+) 0 obj\n<</Type /Page\n", pdf)]
    places = re.findall(rb"/([\w-]+) \[(\d+) 0 R /XYZ", pdf)
    return {name.decode(): sheets.index(int(sheet)) + 1 for name, sheet in places}


def finished(pdf: bytes, day: date) -> bytes:
    """The file dated `day`, which Chromium dates by the clock, with the names of its parts counted from 0, which Chromium
    counts from wherever its process has come to, and its text as programs can read it."""
    order = {name: rank for rank, name in enumerate(sorted(set(_NODE.findall(pdf))))}
    pdf = _NODE.sub(lambda match: b"(node%08d)" % order[match[1]], pdf)
    dates = re.compile(rb"\(D:\d{14}[+-]\d\d'\d\d'\)")
    given = f"(D:{day:%Y%m%d}000000+00'00')".encode()
    return _rewritten(pdf, lambda item: dates.sub(given, item) if b"/CreationDate" in item else _readable(item))


def _readable(item: bytes) -> bytes:
    """NanumGothic draws U+0001 like the space and the soft hyphen like the dash, and Chromium takes the glyphs to mean
    those. It notes the true meaning at each place, but few programs read that, and some that read aloud stop there. In
    the map from glyphs to letters the two are put right, and in the text the notes go."""
    found = re.search(rb"/Length (\d+)>> stream\n", item)
    if not found:
        return item
    try:
        text = zlib.decompress(item[found.end() : found.end() + int(found[1])])
    except zlib.error:  # a picture
        return item
    if text.startswith(b"/CIDInit"):
        new = text.replace(b"> <0001>\n", b"> <0020>\n").replace(b"> <00AD>\n", b"> <2013>\n")
    else:
        new = re.sub(rb"/Span<</ActualText (?:\( \)|<FEFF2013>) >> BDC\n(.*?)EMC\n", rb"\1", text, flags=re.DOTALL)
    if new == text:
        return item
    packed = zlib.compress(new)
    return b"%s/Length %d>> stream\n%s\nendstream\nendobj\n" % (item[: found.start()], len(packed), packed)


def _rewritten(pdf: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The file with each object changed, and the table of their places (ISO 32000-1, 7.5.4) written anew."""
    table = int(re.search(rb"startxref\n(\d+)\n%%EOF\s*$", pdf)[1])
    entries = re.findall(rb"(\d{10}) (\d{5}) ([nf])", pdf[table:])
    starts = sorted(int(offset) for offset, _, state in entries if state == b"n")
    new, moved = bytearray(pdf[: starts[0]]), {0: 0}
    for start, end in pairwise([*starts, table]):
        moved[start] = len(new)
        new += change(pdf[start:end])
    place = len(new)
    new += b"xref\n0 %d\n" % len(entries)
    new += b"".join(b"%010d %s %s \n" % (moved[int(offset)], number, state) for offset, number, state in entries)
    new += pdf[pdf.index(b"trailer", table) : pdf.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % place
    return bytes(new)
