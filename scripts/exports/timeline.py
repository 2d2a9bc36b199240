"""The timeline as data and as a calendar."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from scripts.content.book import Book, Entry
from scripts.content.dates import Period
from scripts.content.model import Fact
from scripts.view import View


def as_json(book: Book, views: dict[str, View]) -> str:
    """Every dated fact, in both languages, oldest first."""
    events = [stated(event.fact, event.entry, views) for event in book.events]
    edition = book.site.edition
    whole = {"edition": edition.version, "date": str(edition.date), "license": "CC-BY-4.0", "events": events}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def stated(fact: Fact, entry: Entry, views: dict[str, View]) -> dict[str, object]:
    """A fact as data, with its place on the site and where it is stated."""
    source = entry.data.source(fact.source) if fact.source else None
    anchor = "" if entry.kind == "page" else f"#fact-{fact.id}"  # only entries list their facts
    return {
        "id": f"{entry.key}#{fact.id}",
        "date": written(fact.date) if fact.date else None,
        "entry": {locale: view.title(entry.key) for locale, view in views.items()},
        "text": {locale: fact.wording[locale] for locale in views},
        "url": {locale: view.absolute(entry.key) + anchor for locale, view in views.items()},
        "report_page": fact.report,
        "source": source.url if source else None,
        "after_report": fact.is_later,
        "planned": fact.planned,
        "value": fact.value,
        "unit": fact.unit,
        "verdict": fact.verdict.value if fact.verdict else None,
    }


def as_calendar(book: Book, view: View) -> bytes:
    """All-day events from the first to the last day that a date can mean. The stamp is the edition's day, so that
    the same edition gives the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//metaverse-ai-coevolution//timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", view.site_title)
    stamp = datetime.combine(book.site.edition.date, time(), UTC)
    for item in book.events:
        fact, entry = item.fact, item.entry
        event = Event()
        event.add("uid", f"{entry.slug}-{fact.id}-{view.locale}@metaverse-ai-coevolution")
        event.add("dtstamp", stamp)
        event.add("dtstart", fact.date.start.first_day)
        event.add("dtend", fact.date.last_day + timedelta(days=1))
        event.add("summary", f"{entry.title(view.locale)}: {fact.wording[view.locale]}")
        event.add("description", view.date(fact.date))
        event.add("url", f"{view.absolute(entry.key)}#fact-{fact.id}")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()


def written(period: Period) -> str:
    """As in the data files."""

    def point(p) -> str:
        return f"{p.year}-Q{p.quarter}" if p.quarter else p.iso

    if period.open:
        return point(period.start) + "/"
    return point(period.start) + (f"/{point(period.end)}" if period.end else "")
