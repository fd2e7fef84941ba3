"""Programs as tables: the one set of columns of each noun, for the files of lists and for the open data.

Participations, activities and results are read from their published shape (``shapes``), the others from their rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerships.transfer.columns import Column, Columns
from partnerships.transfer.open_data.spec import Moment, OpenTable
from partnerships.transfer.tables import PARTIAL
from programs.choices import ActivityKind, ActivityState, CycleState, ParticipationRole, ParticipationState
from programs.selectors import published
from programs.transfer import addresses, shapes

_Read = Callable[[Any], Any]
_COMMUNITIES = ("jurisdictions", "id")


def _from(path: str) -> _Read:
    """What a published shape holds at a path such as ``community.name``."""

    def read(shown: Any) -> Any:
        value: Any = shown
        for name in path.split("."):
            value = value.get(name) if value is not None else None
        return value

    return read


def _of(path: str, about: Any, kind: str = "string", required: bool = False, **more: Any) -> Column:
    return Column(_from(path), about, kind, required, **more)


def _place(name: str, whose: Any, *, required: bool) -> Columns:
    """The columns of a community; ``whose`` tells which one it is."""
    return {
        f"{name}_id": _of(f"{name}.id", whose, "integer", required, refers=_COMMUNITIES),
        f"{name}_name": _of(f"{name}.name", _("Its name in Latin letters"), required=required),
        f"{name}_country": _of(f"{name}.country", _("ISO 3166-1 alpha-2 code of its country or territory")),
        f"{name}_subdivision": _of(f"{name}.subdivision", _("ISO 3166-2 code of its state or province")),
    }


def _without(columns: Columns, *names: str) -> Columns:
    return {name: column for name, column in columns.items() if name not in names}


_ID = _of("id", _("Its id; it never changes and is never reused"), "integer", True, unique=True)
_FICTIONAL = _of("fictional", _("An example that was made up"), "boolean", True)
_URL = _of("url", _("Its page"), required=True)
_CYCLE: Columns = {
    "program": _of("program", _("The program, by its name in addresses"), required=True, refers=("programs", "slug")),
    "cycle": _of("cycle", _("The cycle of the program, by its name in addresses"), required=True),
}
_TO_CYCLE = (("program", "cycle"), "cycles", ("program", "slug"))

PROGRAMS: Columns = {
    "slug": Column(lambda row: row.slug, _("Its name in addresses; it never changes"), required=True, unique=True),
    "name": Column(lambda row: row.name, _("What it is called"), required=True),
    "kind": Column(lambda row: row.kind.code, _("What kind of program it is"), required=True),
    "summary": Column(lambda row: row.summary, _("What it is, in one sentence")),
    "since": Column(lambda row: row.since, _("When it began, as far as it is known"), pattern=PARTIAL),
    "ended": Column(lambda row: row.ended, _("When it ended, as far as it is known"), pattern=PARTIAL),
    "backers": Column(
        lambda row: "; ".join(f"{one.name} ({one.role})" for one in row.backers),
        _("Who stands behind it: funder, administrator, partner"),
    ),
    "website": Column(lambda row: row.website, _("Its own web site")),
    "fictional": Column(lambda row: row.fictional, _("An example that was made up"), "boolean", True),
    "url": Column(lambda row: addresses.of(row.path), _("Its page"), required=True),
}
CYCLES: Columns = {
    "program": Column(
        lambda row: row.program.slug,
        _("The program, by its name in addresses"),
        required=True,
        refers=("programs", "slug"),
    ),
    "slug": Column(lambda row: row.slug, _("Its name in addresses, under that of the program"), required=True),
    "name": Column(lambda row: row.name, _("What it is called"), required=True),
    "theme": Column(lambda row: row.theme, _("Its theme")),
    "state": Column(lambda row: row.state, _("As staff set it"), required=True, words=CycleState),
    "opens_at": Column(
        lambda row: row.opens_at.isoformat() if row.opens_at else None, _("When its call opens"), "datetime"
    ),
    "closes_at": Column(
        lambda row: row.closes_at.isoformat() if row.closes_at else None,
        _("Up to and without which instant it is open"),
        "datetime",
    ),
    "time_zone": Column(lambda row: row.time_zone, _("Where its instants were set and its days are counted")),
    "starts_on": Column(lambda row: row.starts_on, _("When it begins, as far as it is known"), pattern=PARTIAL),
    "ends_on": Column(lambda row: row.ends_on, _("When it ends, as far as it is known"), pattern=PARTIAL),
    "currency": Column(lambda row: row.currency, _("ISO 4217 code of its money")),
    "budget": Column(lambda row: row.budget, _("Money that can be awarded"), "number"),
    "awarded": Column(lambda row: row.committed, _("Money awarded so far"), "number"),
    "participations": Column(lambda row: row.participations, _("How many take part"), "integer", True),
    "activities": Column(lambda row: row.activities, _("How many public activities there are"), "integer", True),
    "outcome": Column(lambda row: row.outcome, _("What came of it, in words")),
    "cancelled_because": Column(lambda row: row.cancelled_because, _("Why it was cancelled")),
    "historical": Column(
        lambda row: row.historical, _("Entered from the record, not run in this registry"), "boolean", True
    ),
    "fictional": Column(lambda row: row.fictional, _("An example that was made up"), "boolean", True),
    "url": Column(lambda row: addresses.of(row.path), _("Its page"), required=True),
}
PARTICIPATIONS: Columns = {
    "id": _ID,
    **_CYCLE,
    **_place("community", _("Id of the community that takes part"), required=True),
    **_without(_place("partner", _("Id of its partner in this"), required=False), "partner_subdivision"),
    "affiliation": _of("affiliation", _("Number of the affiliation under which"), refers=("affiliations", "number")),
    "role": _of("role", _("In which role"), required=True, words=ParticipationRole),
    "state": _of("state", _("What was decided"), required=True, words=ParticipationState),
    "title": _of("title", _("What it is called")),
    "summary": _of("summary", _("What it is about")),
    "category": _of("category", _("Code of the category of the cycle")),
    "band": _of("band", _("The band of population")),
    "awarded": _of("awarded", _("Money awarded"), "number"),
    "paid": _of("paid", _("How much of it was paid"), "number"),
    "currency": _of("currency", _("ISO 4217 code of the money")),
    "decided_at": _of("decided_at", _("When it was decided"), "datetime"),
    "fictional": _FICTIONAL,
    "url": _URL,
}
_OF_PARTICIPATION = ("participations", "id")
ACTIVITIES: Columns = {
    "id": _ID,
    **_CYCLE,
    "participation": _of("participation", _("Id of the participation"), "integer", True, refers=_OF_PARTICIPATION),
    **_place("community", _("Id of the community that takes part"), required=True),
    "host_id": _of("host.id", _("Id of the community where it is, if another"), "integer", refers=_COMMUNITIES),
    "host_name": _of("host.name", _("Its name in Latin letters")),
    "kind": _of("kind", _("What it is"), required=True, words=ActivityKind),
    "state": _of("state", _("Planned, held or cancelled"), required=True, words=ActivityState),
    "title": _of("title", _("What it is called"), required=True),
    "text": _of("text", _("More about it")),
    "starts_at": _of("starts_at", _("When it begins, if the hour is known"), "datetime"),
    "ends_at": _of("ends_at", _("When it ends, if the hour is known"), "datetime"),
    "time_zone": _of("time_zone", _("Time zone of the place")),
    "starts_on": _of("starts_on", _("Its first day there, as far as it is known"), pattern=PARTIAL),
    "ends_on": _of("ends_on", _("Its last day there, as far as it is known"), pattern=PARTIAL),
    "venue": _of("venue", _("Name of the venue")),
    "address": _of("address", _("Address of the venue")),
    "country": _of("country", _("ISO 3166-1 alpha-2 code of where it takes place")),
    "latitude": _of("latitude", _("Degrees north (WGS 84)"), "number"),
    "longitude": _of("longitude", _("Degrees east (WGS 84)"), "number"),
    "placed_by": _of("placed_by", _("Whose coordinates they are: venue or community")),
    "stream_url": _of("stream_url", _("A stream or web page")),
    "fictional": _FICTIONAL,
    "url": _URL,
}
RESULTS: Columns = {
    "id": _ID,
    **_CYCLE,
    "participation": _of(
        "participation", _("Id of the participation; empty: of the whole cycle"), "integer", refers=_OF_PARTICIPATION
    ),
    **_place("community", _("Id of the community; empty: of the whole cycle"), required=False),
    "measure": _of("measure", _("What is counted"), required=True),
    "group": _of("group", _("Of whom")),
    "value": _of("value", _("The figure"), "number", True),
    "approximate": _of("approximate", _("Known only about"), "boolean", True),
    "unit": _of("unit", _("Only figures of one unit can be added up"), required=True),
    "on": _of("on", _("What day, month or year it was true of"), required=True, pattern=PARTIAL),
    "claimed_by": _of("claimed_by", _("Who says so"), required=True),
    "method": _of("method", _("How it was found")),
    "source": _of("source", _("Where it is said"), required=True),
    "source_url": _of("source_url", _("Its address")),
    "verified": _of("verified", _("Checked by staff; never add up claimed and verified figures"), "boolean", True),
    "verified_on": _of("verified_on", _("When it was verified"), "date"),
    "verified_by": _of("verified_by", _("By whom")),
    "verified_how": _of("verified_how", _("How it was verified")),
    "fictional": _FICTIONAL,
    "url": _URL,
}


def _shaped(shape: Callable[[Any], Any], read: Callable[[Moment], Iterator[Any]], moment: Moment) -> Iterator[Any]:
    return map(shape, read(moment))


OPEN_TABLES = (
    OpenTable(
        "programs",
        _("Programs"),
        _("The programs that members take part in, with who stands behind each."),
        PROGRAMS,
        ("slug",),
        published.programs,
    ),
    OpenTable(
        "cycles",
        _("Cycles of programs"),
        _("Each run of a program: a year, a grant, a cohort."),
        CYCLES,
        ("program", "slug"),
        published.cycles,
    ),
    OpenTable(
        "participations",
        _("Participations"),
        _("Which community took part in which cycle, with whom, and what was decided. Never who applied in vain."),
        PARTICIPATIONS,
        ("id",),
        partial(_shaped, shapes.participation, published.participations),
        (_TO_CYCLE,),
    ),
    OpenTable(
        "activities",
        _("Activities of programs"),
        _("Concerts, legs of journeys, sessions and visits, with where and when."),
        ACTIVITIES,
        ("id",),
        partial(_shaped, shapes.activity, published.activities),
        (_TO_CYCLE,),
    ),
    OpenTable(
        "results",
        _("Results of programs"),
        _("Figures with who claims them, their source and whether anybody verified them."),
        RESULTS,
        ("id",),
        partial(_shaped, shapes.result, published.results),
        (_TO_CYCLE,),
    ),
)
