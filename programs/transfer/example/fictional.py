"""Calls and applications of nobody: what every state of a cycle looks like, marked as fictional wherever it shows.

One call that every community may answer, one that only members with a recognised affiliation may, with nominations
that wait for a juror, and a grant of which something is promised, delivered and waits to be paid.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from partnerships.models import Affiliation, Jurisdiction, User
from partnerships.rules.dates import PartialDate
from partnerships.services.access import Actor
from programs.models import Cycle, Participation, Program
from programs.services import activities, cycles, deliverables, grants, participations, scoring
from programs.services.cycles import CriterionRow

JUROR = "juror@example.org"
SLUG = "fictional-example"
ZONE = "America/New_York"


@dataclass(frozen=True)
class Desk:
    """Who enters it, and when."""

    by: Actor
    at: datetime

    @property
    def on(self) -> date:
        return self.at.date()


def enter(by: Actor, at: datetime) -> int:
    """What is not there yet; answers how many cycles were entered."""
    desk = Desk(by, at)
    return sum(_once(slug, name, set_up, desk) for slug, name, set_up in _CYCLES)


def _once(program: str, name: str, set_up: Callable[[Program, str, Desk], None], desk: Desk) -> int:
    found = Program.objects.filter(slug=program).first()
    if found is None or Cycle.objects.filter(program=found, slug=SLUG).exists():
        return 0
    set_up(found, name, desk)
    return 1


def _open(program: Program, name: str, desk: Desk, **values: Any) -> Cycle:
    """A cycle whose call opened two weeks ago; rows of rules are set before it is announced."""
    return cycles.save(
        values={
            "slug": SLUG,
            "name": name,
            "description": "Fictional example: nobody called for anything, and nobody applied.",
            "fictional": True,
            "time_zone": ZONE,
            "opens_at": desk.at - timedelta(days=14),
            "closes_at": desk.at + timedelta(days=60),
            "report_due_on": desk.on + timedelta(days=500),
            "needs_good_standing": False,
            **values,
        },
        by=desk.by,
        program_id=program.pk,
    )


def _concerts(program: Program, name: str, desk: Desk) -> None:
    """Open to everybody; one concert is registered already."""
    day = date(desk.on.year, 9, 11)
    if day <= desk.on + timedelta(days=60):
        day = date(day.year + 1, 9, 11)
    when = PartialDate.of(day)
    cycle = _open(program, name, desk, rules={"day": "09-11"}, starts_on=when, ends_on=when)
    cycles.announce(cycle_id=cycle.pk, by=desk.by)
    made = _begun(cycle, "Example Falls", desk, title="Fictional example: music at the falls")
    concert = {
        "kind": "concert",
        "title": "Fictional example: an hour of songs",
        "wall_start": datetime.combine(day, time(19, 30)),
        "time_zone": ZONE,
        "venue": "Fictional example hall",
        "detail": {"free": True, "performers": ["Fictional example choir"]},
    }
    activities.save(participation_id=made.pk, values=concert, by=desk.by)
    participations.submit(participation_id=made.pk, by=desk.by, at=desk.at)


def _awards(program: Program, name: str, desk: Desk) -> None:
    """For members with a recognised affiliation alone; two nominations wait for the juror."""
    cycle = _open(program, name, desk, needs_good_standing=True, needs_recognised=True)
    cycles.set_categories(cycle_id=cycle.pk, rows=[("energy", "Energy")], by=desk.by)
    judged = [CriterionRow("What was saved", weight=Decimal(2)), CriterionRow("Share of the sister city", most=5)]
    cycles.set_criteria(cycle_id=cycle.pk, rows=judged, by=desk.by)
    cycles.announce(cycle_id=cycle.pk, by=desk.by)
    for community, title in (
        ("Example Falls", "Fictional example: street lamps that sleep"),
        ("Sample City", "Fictional example: a school that heats itself"),
    ):
        detail = {"achievement": "Fictional example of an achievement.", "began_on": f"{desk.on.year - 1}-01-01"}
        made = _begun(cycle, community, desk, title=title, category="energy", detail=detail)
        participations.submit(participation_id=made.pk, by=desk.by, at=desk.at)
    juror = User.objects.filter(email=JUROR, is_active=True).first()
    if juror is not None:
        own = Jurisdiction.objects.filter(name="Specimen Harbor", fictional=True).first()
        scoring.appoint(cycle_id=cycle.pk, user_id=juror.pk, by=desk.by, community_id=own.pk if own else None)


def _grant(program: Program, name: str, desk: Desk) -> None:
    """Awarded; half is paid when what was promised is accepted, and it was delivered just now."""
    cycle = _open(program, name, desk, budget=Decimal(5000), cap_per_pair=Decimal(2000))
    cycles.announce(cycle_id=cycle.pk, by=desk.by)
    detail = {
        "strand": "Fictional example",
        "objective": "Fictional example of an objective.",
        "groups": ["teachers", "pupils"],
    }
    made = _begun(
        cycle,
        "Sample City",
        desk,
        "Exempleville",
        title="Fictional example: a dictionary of gestures",
        asked=Decimal(1500),
        detail=detail,
    )
    participations.submit(participation_id=made.pk, by=desk.by, at=desk.at)
    grants.award(participation_id=made.pk, amount=Decimal(1200), by=desk.by, at=desk.at)
    promised = {"title": "Fictional example: one hundred gestures", "due_on": desk.on + timedelta(days=90)}
    one = deliverables.promise(participation_id=made.pk, values=promised, by=desk.by)
    planned = [(Decimal(600), None), (Decimal(600), one.pk)]
    tranches = grants.plan(participation_id=made.pk, tranches=planned, by=desk.by)
    grants.pay(tranche_id=tranches[0].pk, reference="Fictional example", by=desk.by, on=desk.on)
    deliverables.deliver(deliverable_id=one.pk, note="Fictional example of a delivery.", by=desk.by, on=desk.on)


def _begun(cycle: Cycle, community: str, desk: Desk, partner: str = "", **values: Any) -> Participation:
    """A draft for a fictional community, under its affiliation with the partner where one is named."""
    town = Jurisdiction.objects.get(name=community, fictional=True)
    made = participations.start(cycle_id=cycle.pk, jurisdiction_id=town.pk, by=desk.by, at=desk.at)
    if partner:
        other = Jurisdiction.objects.get(name=partner, fictional=True)
        values["affiliation"] = Affiliation.objects.visible().between(town.pk, other.pk).get().number
    return participations.save(participation_id=made.pk, values=values, by=desk.by)


#: Program, name of the cycle, and what is entered.
_CYCLES = (
    ("september-concert", "Fictional example: concerts to come", _concerts),
    ("annual-awards", "Fictional example: awards of this year", _awards),
    ("sevlup", "Fictional example: a grant under way", _grant),
)
