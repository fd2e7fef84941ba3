"""September Concert: a yearly series of free concerts on one fixed day, each at a place of its own."""

from __future__ import annotations

from collections.abc import Iterator

from partnerships.rules.wording import gettext_noop
from programs.choices import ActivityKind, AttachmentRole, ParticipationRole
from programs.kinds.base import Kind, Measure
from programs.rules.details import Detail
from programs.rules.facts import ActivityFacts, ApplicationFacts
from programs.rules.findings import Finding
from programs.rules.instants import day_at

_DAY = Detail(
    "day",
    gettext_noop("Day of the concerts"),
    "month_day",
    gettext_noop("Month and day, such as 09-11; counted in the time zone of each venue."),
    required=True,
)
_FREE = Detail("free", gettext_noop("Admission is free"), "boolean", required=True)
_PERFORMERS = Detail(
    "performers", gettext_noop("Performers"), "lines", gettext_noop("One on each line."), required=True
)


def _check(facts: ApplicationFacts) -> Iterator[Finding]:
    concerts = [activity for activity in facts.activities if activity.kind == ActivityKind.CONCERT]
    if not concerts:
        yield Finding("concert", gettext_noop("Enter at least one concert."), "activities")
    for concert in concerts:
        yield from _of_concert(concert, facts)


def _of_concert(concert: ActivityFacts, facts: ApplicationFacts) -> Iterator[Finding]:
    about = {"title": concert.title}
    if concert.starts_at is None or not concert.time_zone:
        yield Finding("concert-time", gettext_noop("%(title)s: say when it begins."), "activities", about)
    elif (day := day_at(concert.starts_at, concert.time_zone).strftime("%m-%d")) != facts.call.rules.get("day"):
        yield Finding(
            "concert-day",
            gettext_noop("%(title)s begins on %(day)s where it takes place; the concerts are on %(fixed)s."),
            "activities",
            {**about, "day": day, "fixed": facts.call.rules.get("day", "")},
        )
    if not concert.venue:
        yield Finding("concert-venue", gettext_noop("%(title)s: name the venue."), "activities", about)
    if not concert.detail.get("free"):
        yield Finding("concert-free", gettext_noop("%(title)s: the concerts are free."), "activities", about)


KIND = Kind(
    code="concert",
    name=gettext_noop("Series of concerts"),
    application=gettext_noop("Concert"),
    invites=gettext_noop("Register a concert"),
    cycle_fields=(_DAY,),
    roles=(ParticipationRole.HOST,),
    accepts_at_once=True,
    activity_kinds=(ActivityKind.CONCERT,),
    activity_fields=(_FREE, _PERFORMERS),
    activities_when_applying=True,
    attachment_roles=(AttachmentRole.PHOTOGRAPH,),
    measures=(
        Measure(gettext_noop("Audience"), "people"),
        Measure(gettext_noop("Concerts"), "concerts"),
    ),
    check=_check,
)
