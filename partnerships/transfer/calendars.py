"""Calendars that other programs subscribe to (RFC 5545).

A door gathers ``Event``s, of whatever noun, and writes them with ``calendar``: the anniversaries of affiliations here,
the dates of programs in their own app. An app that stands above this one offers, in its ``AppConfig.ready``, what it
has dates of in a country, at a community or under an affiliation; their calendars carry it from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import icalendar

from partnerships.selectors.agenda import Place

MEDIA_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Event:
    """``uid`` never changes. ``start`` and ``end``: days, the last one included, or instants with a time zone.
    ``position``: latitude and longitude, where it takes place."""

    uid: str
    summary: str
    start: date | datetime
    end: date | datetime | None = None
    url: str = ""
    text: str = ""
    place: str = ""
    position: tuple[float, float] | None = None
    cancelled: bool = False


Events = Callable[[Place, date], Iterable[Event]]
_OFFERED: dict[str, Events] = {}


def offer(name: str, events: Events) -> None:
    """Let the calendars of places carry these events; ``events(place, day)`` in a few statements, a thousand at most.
    Once, however often it is offered under a name."""
    _OFFERED[name] = events


def offered(place: Place, on: date) -> Iterable[Event]:
    """What the apps above have dates of."""
    for events in _OFFERED.values():
        yield from events(place, on)


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
    if event.place:
        made.add("location", event.place)
    if event.position:
        made.add("geo", event.position)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    return made
