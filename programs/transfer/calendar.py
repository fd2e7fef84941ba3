"""The dates of programs for calendars: when calls open and close, and what takes place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from partnerships.selectors.agenda import Place
from partnerships.transfer.calendars import Event
from programs.choices import ActivityState, CycleState
from programs.selectors import catalogue, happenings
from programs.selectors.catalogue import CycleRow
from programs.selectors.happenings import ActivityCriteria, ActivityRow
from programs.transfer import addresses

#: Activities of one calendar; of more, those that begin last.
MOST_EVENTS = 1000


def of_place(place: Place, on: date) -> Iterator[Event]:
    """What takes place in a country, at a community or under an affiliation, and the calls ahead that may concern it:
    those without a list of countries, those that name one of its own, and in the home country all. Two statements."""
    mine = ActivityCriteria(
        affiliation=place.affiliation,
        community=place.jurisdiction,
        countries=(place.country,) if place.country else (),
    )
    yield from of_activities(happenings.latest(mine, most=MOST_EVENTS))
    yield from of_calls(call for call in catalogue.with_call(on=on) if _concerns(call, place))


def _concerns(call: CycleRow, place: Place) -> bool:
    named = call.eligibility.countries
    at_home = settings.REGISTRY_HOME_COUNTRY in place.countries and not place.affiliation
    return not named or at_home or any(country in named for country in place.countries)


def of_calls(rows: Iterable[CycleRow]) -> Iterator[Event]:
    """The opening and the closing of each call; a cancelled one says so."""
    for row in rows:
        name = f"{row.program.name}, {row.name}"
        for what, moment, words in (
            ("opens", row.opens_at, _("Call opens: %(name)s")),
            ("closes", row.closes_at, _("Call closes: %(name)s")),
        ):
            if moment is not None and not row.historical:
                yield Event(
                    uid=_uid(f"call-{row.id}-{what}"),
                    summary=_marked(words % {"name": name}, row.fictional),
                    start=moment.astimezone(UTC),
                    url=addresses.of(row.path),
                    cancelled=row.state == CycleState.CANCELLED,
                )


def of_activities(rows: Iterable[ActivityRow]) -> Iterator[Event]:
    """Those that have a day or an instant; what is known by month or year only has no place in a calendar."""
    for row in rows:
        start, end = _when(row)
        if start is not None:
            places = (row.venue, row.address, row.place.name, row.place.country_name)
            known = row.latitude is not None and row.longitude is not None and row.placed_by == "venue"
            yield Event(
                uid=_uid(f"activity-{row.id}"),
                summary=_marked(row.title, row.fictional),
                start=start,
                end=end,
                url=addresses.activity(row.path, row.id),
                text=row.text,
                place=", ".join(part for part in places if part),
                position=(row.latitude or 0.0, row.longitude or 0.0) if known else None,
                cancelled=row.state == ActivityState.CANCELLED,
            )


def _when(row: ActivityRow) -> tuple[date | datetime | None, date | datetime | None]:
    """Instants in UTC, which every calendar shows in its own zone; whole days as days, the last one included."""
    if row.starts_at is not None:
        return row.starts_at.astimezone(UTC), row.ends_at.astimezone(UTC) if row.ends_at else None
    if row.starts_on is None or row.starts_on.precision != "day":
        return None, None
    return row.starts_on.earliest, row.ends_on.latest if row.ends_on else None


def _marked(summary: str, fictional: bool) -> str:
    return f"{summary} ({_('fictional example')})" if fictional else summary


def _uid(name: str) -> str:
    return f"{name}@{urlsplit(settings.SITE_URL).hostname or 'registry'}"
