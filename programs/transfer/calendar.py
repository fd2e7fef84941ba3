"""Activities as a calendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from programs.choices import ActivityState
from programs.selectors.happenings import ActivityRow
from programs.transfer import addresses

MOST_EVENTS = 1000


def of(rows: Iterable[ActivityRow], *, name: str, stamp: datetime) -> bytes:
    """The activities that have a day or an instant; what is known by month or year only has no place in a calendar."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.REGISTRY_NAME}//programs//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for row in rows:
        if row.starts_at is not None or (row.starts_on is not None and row.starts_on.precision == "day"):
            calendar.add_component(_event(row, stamp))
    return bytes(calendar.to_ical())


def _event(row: ActivityRow, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"activity-{row.id}@{urlsplit(settings.SITE_URL).hostname or 'registry'}")
    event.add("dtstamp", stamp)
    event.add("summary", row.title)
    _when(event, row)
    where = ", ".join(part for part in (row.venue, row.address, row.place.name, row.place.country_name) if part)
    event.add("location", where)
    if row.text:
        event.add("description", row.text)
    event.add("url", addresses.activity(row.path, row.id))
    if row.latitude is not None and row.longitude is not None and row.placed_by == "venue":
        event.add("geo", (row.latitude, row.longitude))
    event.add("status", "CANCELLED" if row.state == ActivityState.CANCELLED else "CONFIRMED")
    return event


def _when(event: Event, row: ActivityRow) -> None:
    """Instants in UTC, which every calendar shows in its own zone; whole days as days, the end not included."""
    if row.starts_at is not None:
        event.add("dtstart", row.starts_at.astimezone(UTC))
        if row.ends_at is not None:
            event.add("dtend", row.ends_at.astimezone(UTC))
    elif row.starts_on is not None:
        event.add("dtstart", row.starts_on.earliest)
        last = row.ends_on.latest if row.ends_on else row.starts_on.earliest
        event.add("dtend", last + timedelta(days=1))
