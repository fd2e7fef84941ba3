"""Builders of the programs: the smallest valid thing, made through the operations themselves."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from partnerships.choices import Role
from partnerships.models import Affiliation, Jurisdiction, User
from partnerships.services.access import Actor
from programs.kinds import kind_of
from programs.models import Cycle, Participation, Program
from programs.services import cycles, participations, programs
from programs.services.cycles import CriterionRow
from tests import cast

_serial = itertools.count(1)
#: While the calls of the cast are open: from 1 March up to and without 1 May 2026, New York time.
DURING = datetime(2026, 4, 1, 12, tzinfo=UTC)
#: What jurors of the cast judge: of 10 points counted twice, and of 5 counted once.
CRITERIA = (CriterionRow("Need", weight=Decimal(2)), CriterionRow("Plan", most=5))
OPENS = datetime(2026, 3, 1, 5, tzinfo=UTC)
CLOSES = datetime(2026, 5, 1, 4, tzinfo=UTC)


def officer() -> Actor:
    """A programs officer."""
    return Actor.of(cast.staff(Role.PROGRAMS, "Olga Officer"))


def program(kind: str = "concert", **values: Any) -> Program:
    """A public program of this kind."""
    number, by = next(_serial), officer()
    made = programs.save(
        values={
            "slug": f"{kind.replace('_', '-')}-{number}",
            "kind": kind,
            "name": f"Program {number}",
            "summary": "What it is.",
        }
        | values,
        by=by,
    )
    return programs.publish(program_id=made.pk, by=by)


def cycle(of: Program | None = None, *, kind: str = "concert", announced: bool = True, **values: Any) -> Cycle:
    """A cycle whose call is open while ``DURING``; with ``announced`` off, rows of rules can still be set."""
    by = officer()
    made = cycles.save(
        values={
            "slug": f"cycle-{next(_serial)}",
            "name": "Cycle 2026",
            "opens_at": OPENS,
            "closes_at": CLOSES,
            "retention_until": date(2027, 12, 31),
            "needs_good_standing": False,
            **({"rules": {"day": "09-11"}} if kind == "concert" else {}),
        }
        | values,
        by=by,
        program_id=(of or program(kind)).pk,
    )
    if kind_of(made.program.kind).scored:
        cycles.set_criteria(cycle_id=made.pk, rows=CRITERIA, by=by)
    return cycles.announce(cycle_id=made.pk, by=by) if announced else made


def pair() -> tuple[Jurisdiction, Jurisdiction, Affiliation]:
    """A member in good standing with a recognised sister affiliation, and its partner."""
    town, partner = cast.jurisdiction("Irondequoit", "US"), cast.jurisdiction("Poltava", "UA")
    cast.registered([town, partner])
    return town, partner, Affiliation.objects.between(town.pk, partner.pk).get()


def application(of: Cycle, community: Jurisdiction, by: User, *, at: datetime = DURING, **values: Any) -> Participation:
    """A draft with a title; more ``values`` as the first step of the form takes them."""
    actor = Actor.of(by)
    made = participations.start(cycle_id=of.pk, jurisdiction_id=community.pk, by=actor, at=at)
    return participations.save(participation_id=made.pk, values={"title": "A title"} | values, by=actor)


#: What each kind asks for beside the title, and what its cycles need, as small as it may be.
DETAILS: dict[str, dict[str, Any]] = {
    "africa_grant": {
        "place": "Kibera",
        "problem": "There is one tap for 900 people.",
        "approach": "Drill a well together.",
        "beneficiaries": 900,
        "counted_how": "By household",
        "months": 12,
        "afterwards": "The water board of the city.",
    },
    "sevlup": {"strand": "Video dictionary", "objective": "Deaf children learn.", "groups": ["teachers", "pupils"]},
    "awards": {"achievement": "Solar roofs on both town halls.", "began_on": "2025-03-01"},
    "cyber": {
        "centre": "ICT centre",
        "centre_place": "Agogo",
        "technologies": ["Computers"],
        "users": "Pupils and farmers.",
        "runs_it": "The town",
    },
}


def handed_in(of: Cycle, community: Jurisdiction, by: User, *, at: datetime = DURING, **values: Any) -> Participation:
    """An application with everything that its kind asks for, handed in."""
    asked = {"detail": DETAILS.get(of.program.kind, {}), "title": "A title"}
    made = application(of, community, by, at=at, **asked | values)
    return participations.submit(participation_id=made.pk, by=Actor.of(by), at=at)
