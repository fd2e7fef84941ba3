"""A program of concerts with one accepted concert in Irondequoit, which has a sister city, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from partnerships.models import Affiliation, Jurisdiction
from partnerships.services.access import Actor
from programs.models import Cycle, Participation, Program
from programs.services import activities, participations, programs, results
from programs.services.programs import BackerRow
from tests import cast
from tests.programs import cast as programs_cast

CONCERT: dict[str, Any] = {
    "kind": "concert",
    "title": "Concert on the pier",
    "wall_start": datetime(2026, 9, 11, 19, 30),  # noqa: DTZ001 - as the clocks of the place show
    "time_zone": "America/New_York",
    "venue": "Pier",
    "detail": {"free": True, "performers": ["City choir"]},
}
CLAIM = {
    "measure": "Audience",
    "unit": "people",
    "value": "450",
    "on": "2026-09-11",
    "claimed_by": "Town of Irondequoit",
    "source": "Report of the town",
}


@dataclass(frozen=True)
class Stage:
    """Everything public of one participation."""

    program: Program
    cycle: Cycle
    town: Jurisdiction
    tie: Affiliation
    participation: Participation

    @property
    def path(self) -> str:
        return f"/programs/{self.program.slug}/{self.cycle.slug}/"


@pytest.fixture
def concert(db: None) -> Stage:
    town, _partner, tie = programs_cast.pair()
    officer = programs_cast.officer()
    program = programs_cast.program("concert", name="September Concert")
    programs.set_backers(program_id=program.pk, rows=[BackerRow("The September Concert", "partner")], by=officer)
    cycle = programs_cast.cycle(program, name="Concerts of 2026", starts_on="2026-09-11")
    rita = cast.representative(town, "Rita Representative")
    one = programs_cast.application(cycle, town, rita, affiliation=tie.number, title="Music by the lake")
    activities.save(participation_id=one.pk, values=CONCERT, by=Actor.of(rita))
    one = participations.submit(participation_id=one.pk, by=Actor.of(rita), at=programs_cast.DURING)
    results.claim(cycle_id=cycle.pk, participation_id=one.pk, values=CLAIM, by=Actor.of(rita), at=programs_cast.DURING)
    return Stage(program, cycle, town, tie, one)
