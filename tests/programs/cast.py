"""Builders of the programs: the smallest valid thing, made through the operations themselves."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import Any

from partnerships.choices import Role
from partnerships.models import Affiliation, Jurisdiction, User
from partnerships.services.access import Actor
from programs.models import Cycle, Participation, Program
from programs.services import cycles, participations, programs
from tests import cast

_serial = itertools.count(1)
#: While the calls of the cast are open: from 1 March up to and without 1 May 2026, New York time.
DURING = datetime(2026, 4, 1, 12, tzinfo=UTC)
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
