"""Instants of calls: set as the clock of a place shows them, kept as what they are everywhere.

The clocks of most places are put forward once a year and back once: an hour that never was, and one that was twice. A
rule must not rest on either, so both are refused and the person who sets the instant is asked for another time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from partnerships.rules.wording import gettext_noop

NO_SUCH_ZONE = gettext_noop("This is no time zone such as America/New_York.")
NEVER_WAS = gettext_noop("The clocks are put forward at this time: there is no such time on that day.")
WAS_TWICE = gettext_noop("The clocks are put back at this time: it comes twice on that day. Choose another.")


@cache
def names() -> frozenset[str]:
    """Every time zone there is; to list them takes a walk through a directory, so it is done once."""
    return frozenset(available_timezones())


def zone(name: str) -> ZoneInfo:
    """The time zone of this name; raises ``ValueError``, whose words can be shown."""
    if name not in names():
        raise ValueError(NO_SUCH_ZONE)
    return ZoneInfo(name)


def instant(wall: datetime, zone_name: str) -> datetime:
    """The instant (in UTC) at which the clocks of a zone show ``wall``, a time without zone; raises ``ValueError``."""
    place = zone(zone_name)
    first, second = (wall.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    # Where the clocks go forward, the way back shows another time than the one that was asked for.
    shown = first.astimezone(UTC).astimezone(place).replace(tzinfo=None)
    raise ValueError(WAS_TWICE if shown == wall else NEVER_WAS)


def day_at(moment: datetime, zone_name: str) -> date:
    """The calendar day of an instant where the clocks of that zone are read."""
    return moment.astimezone(zone(zone_name)).date()


def last_day(closes_at: datetime, zone_name: str) -> date:
    """The last calendar day on which a call takes applications: a closing at midnight ends the day before."""
    return day_at(closes_at - timedelta(microseconds=1), zone_name)


def is_open(at: datetime, opens_at: datetime | None, closes_at: datetime | None) -> bool:
    """From the opening, up to and without the closing."""
    return opens_at is not None and closes_at is not None and opens_at <= at < closes_at
