"""Calendars that other programs subscribe to (RFC 5545).

A door gathers ``Event``s, of whatever noun, and writes them with ``calendar``: the anniversaries of affiliations here,
the dates of programs in their own app.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import icalendar

MEDIA_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Event:
    """``uid`` never changes. ``start`` and ``end``: days, the last one included, or instants with a time zone."""

    uid: str
    summary: str
    start: date | datetime
    end: date | datetime | None = None
    url: str = ""
    text: str = ""


def calendar(events: Iterable[Event], *, name: str, url: str, on: date) -> bytes:
    """The whole calendar; ``on`` is the day that it tells of, so that the same record makes the same calendar."""
    made = icalendar.Calendar()
    made.add("prodid", "-//Sister City Registry//Calendar//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("url", url)
    made.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    for event in events:
        made.add_component(_component(event, on))
    return bytes(made.to_ical())


def _component(event: Event, on: date) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", event.uid)
    made.add("dtstamp", datetime.combine(on, time(), UTC))
    made.add("summary", event.summary)
    made.add("dtstart", event.start)
    if isinstance(event.start, datetime):
        if event.end is not None:
            made.add("dtend", event.end)
    else:
        made.add("dtend", (event.end or event.start) + timedelta(days=1))  # the first day that is not of it
        made.add("transp", "TRANSPARENT")
    if event.text:
        made.add("description", event.text)
    if event.url:
        made.add("url", event.url)
    return made
