"""How a page, the site and the report are cited: three styles for people, three formats for reference managers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scripts.content.dates import MONTHS
from scripts.content.model import Person


@dataclass(frozen=True)
class Work:
    """What is cited, in one language. `container` is the site that a page belongs to; `number` that of a report."""

    id: str
    kind: Literal["page", "site", "report"]
    locale: str
    author: str | Person
    title: str
    day: date
    container: str = ""
    version: str = ""  # in words: Edition 0.1
    number: str = ""  # in words: Issue report IS-206
    publisher: str = ""
    url: str = ""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _name(work: Work, initials: bool = False) -> str:
    if not isinstance(work.author, Person):
        return work.author
    if work.locale == "en" and initials:
        return f"{work.author.family}, {work.author.given[0]}."
    return work.author.whole


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!")) else text + "."


def apa(work: Work) -> str:
    """APA 7: a page with the day of its edition, a report with its number; in Korean with its order of a date."""
    day = work.day
    full = (
        f"{day.year}, {MONTHS[day.month - 1]} {day.day}"
        if work.locale == "en"
        else f"{day.year}. {day.month}. {day.day}."
    )
    when = full if work.kind == "page" else str(day.year)
    extra = f" ({work.number or work.version})" if work.number or (work.kind == "site" and work.version) else ""
    return _joined(
        _sentence(_name(work, initials=True)), f"({when}).", _sentence(work.title + extra), _sentence(work.container),
        _sentence(work.publisher), work.url,
    )  # fmt: skip


def chicago(work: Work) -> str:
    """Chicago, 17th edition, as in a bibliography. Korean authors stand with the family name first, without a comma."""
    day = work.day
    when = (
        f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
        if work.locale == "en"
        else f"{day.year}년 {day.month}월 {day.day}일"
    )
    title = _sentence(work.title)
    if work.kind == "page":
        title = f"“{title}”"
    place = (
        f"{work.publisher}, {day.year}" if work.kind == "report" else ", ".join(x for x in (work.version, when) if x)
    )
    return _joined(
        _sentence(_name(work)), title, _sentence(work.number), _sentence(work.container), _sentence(place),
        _sentence(work.url),
    )  # fmt: skip


def korean(work: Work) -> str:
    """As Korean journals of the social sciences do: 「글」, 『책』; titles in Latin letters in quotation marks."""
    part, whole = ("「{}」", "『{}』") if work.locale == "ko" else ("“{}”", "{}")
    title = (part if work.kind == "page" else whole).format(work.title)
    end = ", ".join(x for x in (whole.format(work.container) if work.container else "", work.version) if x)
    if work.number:
        title += f" ({work.number})" if work.locale == "en" else f"({work.number})"
    return _joined(
        f"{_name(work)}({work.day.year}).", _sentence(title), _sentence(end), _sentence(work.publisher), work.url
    )


def bibtex(work: Work) -> str:
    """For BibLaTeX; a group stands in braces of its own, or it would be taken apart as a person's name."""
    author = f"{{{work.author}}}" if isinstance(work.author, str) else f"{work.author.family}, {work.author.given}"
    fields = {
        "author": author,
        "title": work.title,
        "organization": work.container,
        "institution": work.publisher,
        "type": work.number,
        "year": str(work.day.year),
        "month": str(work.day.month),
        "version": work.version,
        "url": work.url,
        "langid": "korean" if work.locale == "ko" else "american",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{'report' if work.kind == 'report' else 'online'}{{{work.id},\n{lines}\n}}"


def ris(work: Work) -> str:
    """The RIS format of reference managers; a group ends in a comma, so that it is not taken apart."""
    author = f"{work.author}," if isinstance(work.author, str) else f"{work.author.family}, {work.author.given}"
    lines = [
        ("TY", "RPRT" if work.kind == "report" else "ELEC"),
        ("ID", work.id),
        ("AU", author),
        ("TI", work.title),
        ("T2", work.container),
        ("PY", str(work.day.year)),
        ("DA", f"{work.day:%Y/%m/%d}"),
        ("ET", work.version),
        ("M1", work.number),
        ("PB", work.publisher),
        ("LA", work.locale),
        ("UR", work.url),
    ]
    return "\n".join(f"{tag}  - {value}" for tag, value in lines if value) + "\nER  - "


def csl_json(work: Work) -> str:
    """Citation Style Language data, a list of one item."""
    person = isinstance(work.author, Person)
    author = {"family": work.author.family, "given": work.author.given} if person else {"literal": work.author}
    item = {
        "id": work.id,
        "type": {"page": "webpage", "site": "webpage", "report": "report"}[work.kind],
        "title": work.title,
        "author": [author],
        "issued": {"date-parts": [[work.day.year, work.day.month, work.day.day]]},
        "container-title": work.container,
        "version": work.version,
        "number": work.number,
        "publisher": work.publisher,
        "language": work.locale,
        "URL": work.url,
    }
    return json.dumps([{k: v for k, v in item.items() if v}], ensure_ascii=False, indent=1)


STYLES = {"apa": apa, "chicago": chicago, "korean": korean, "bibtex": bibtex, "ris": ris, "csl": csl_json}
