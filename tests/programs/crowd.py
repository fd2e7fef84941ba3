"""Thousands of participations with activities, results, people and works, in the shape that the operations leave,
written in bulk: for what depends on numbers only."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from partnerships.models import Affiliation, Jurisdiction
from partnerships.rules.dates import PartialDate
from programs.models import Activity, Category, Consent, Cycle, Entry, Participation, Person, Prize, Result
from tests import crowd
from tests.programs import cast as troupe

COUNTRIES = ("US", "JP", "DE", "UA", "MX", "IT", "FR", "CN", "GB", "CA")
_BATCH = 2000
_DECIDED = datetime(2026, 6, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Crowd:
    """A cycle full of participations; ``busy``: one community that takes part ``share`` times in it."""

    cycle: Cycle
    busy: Jurisdiction
    one: Participation

    @property
    def path(self) -> str:
        return f"/programs/{self.cycle.program.slug}/{self.cycle.slug}/"


def concerts(number: int, *, share: int = 1000, of: Cycle | None = None) -> Crowd:
    """Every participation has one concert and one figure; figures are of 40 measures, one in five is verified."""
    cycle = of or troupe.cycle(kind="concert", starts_on="2026-09-11")
    made, busy = _participations(cycle, number, share)
    starts = datetime(2026, 9, 11, 16, tzinfo=UTC)
    Activity.objects.bulk_create(
        [
            Activity(
                participation=one,
                kind="concert",
                title=f"Concert {serial}",
                starts_at=starts + timedelta(minutes=serial % 600),
                time_zone="UTC",
                starts_on=PartialDate.parse("2026-09-11"),
                venue="Town hall",
                detail={"free": True, "performers": ["City choir"]},
            )
            for serial, one in enumerate(made)
        ],
        batch_size=_BATCH,
    )
    Result.objects.bulk_create([_result(cycle, serial, one) for serial, one in enumerate(made)], batch_size=_BATCH)
    return Crowd(cycle, busy, made[-1])


def works(number: int) -> Crowd:
    """Every participation has a finalist whose parents let the work and the first name be published."""
    cycle = troupe.cycle(kind="showcase", starts_on="2026-04-01")
    made, busy = _participations(cycle, number, 0)
    categories = [
        Category.objects.create(cycle=cycle, code=code, name=code.title(), position=position)
        for position, code in enumerate(("art", "poetry", "film"))
    ]
    people = Person.objects.bulk_create(
        [
            Person(participation=one, role="student", given_name=f"Given{serial}", family_name="Family", age=14)
            for serial, one in enumerate(made)
        ],
        batch_size=_BATCH,
    )
    Consent.objects.bulk_create(
        [
            Consent(person=one, use=use, given_by="guardian", given_on=date(2026, 3, 1), how="Form", giver_name="P")
            for one, use in itertools.product(people, ("publish_work", "publish_first_name"))
        ],
        batch_size=_BATCH,
    )
    entries = Entry.objects.bulk_create(
        [
            Entry(
                participation=one.participation,
                cycle=cycle,
                person=one,
                category=categories[serial % 3],
                title=f"Work {serial}",
                state="winner" if serial < 3 else "finalist",
            )
            for serial, one in enumerate(people)
        ],
        batch_size=_BATCH,
    )
    Prize.objects.bulk_create(
        Prize(
            cycle=cycle,
            category=one.category,
            participation=one.participation,
            entry=one,
            title="First prize",
            reason="The jury agreed.",
            decided_by_name="Olga Officer",
        )
        for one in entries[:3]
    )
    return Crowd(cycle, busy, made[-1])


def _participations(cycle: Cycle, number: int, share: int) -> tuple[list[Participation], Jurisdiction]:
    """The first ``share`` are all of one community; of the others one in three takes part under an affiliation."""
    ties = _ties(max(20, number // 50))
    busy = ties[0].first
    rows: list[dict[str, Any]] = []
    for serial in range(number):
        tie = ties[serial % len(ties)]
        community = busy if serial < share else tie.second if serial % 2 else tie.first
        rows.append({"jurisdiction": community, "affiliation": tie if serial >= share and serial % 3 == 0 else None})
    made = Participation.objects.bulk_create(
        [
            Participation(
                cycle=cycle,
                state="completed" if serial % 4 == 0 else "accepted",
                title=f"Participation {serial}",
                submitted_at=troupe.DURING,
                decided_at=_DECIDED,
                **row,
            )
            for serial, row in enumerate(rows)
        ],
        batch_size=_BATCH,
    )
    return made, busy


def _ties(number: int) -> list[Affiliation]:
    """Of earlier crowds, else new ones."""
    known = list(Affiliation.objects.select_related("first", "second").order_by("pk")[:number])
    return known if len(known) == number else crowd.make(number, first_serial=len(known) + 1)


def _result(cycle: Cycle, serial: int, of: Participation) -> Result:
    verified = serial % 5 == 0
    return Result(
        cycle=cycle,
        participation=of,
        measure=f"Audience {serial % 40:02d}",
        unit="people",
        value=Decimal(serial % 500 + 1),
        on=PartialDate.parse("2026-09-11"),
        claimed_by="The town",
        source="Report of the town",
        verified_at=_DECIDED if verified else None,
        verified_by_name="Olga Officer" if verified else "",
        verified_how="By telephone" if verified else "",
    )
