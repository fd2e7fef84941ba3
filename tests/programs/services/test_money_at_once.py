"""Awards, prizes and payments by several officers at once: real threads on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import close_old_connections, connection

from partnerships.exceptions import RegistryError
from partnerships.services.access import Actor
from programs.models import Cycle, PairGrant, Participation, Prize, Score
from programs.services import decisions, grants, prizes, scoring
from tests import cast
from tests.programs import cast as troupe

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(acts: Sequence[Callable[[], object]]) -> list[str]:
    """The acts together, each with a connection of its own; the codes of what was refused, sorted."""
    start, answers = threading.Barrier(len(acts)), []

    def attempt(act: Callable[[], object]) -> None:
        close_old_connections()
        try:
            start.wait()
            act()
            answers.append("done")
        except RegistryError as error:
            answers.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(answers)


def proposals(cycle: Cycle, ties: Sequence[tuple[Any, Any, Any]]) -> list[Participation]:
    return [
        troupe.handed_in(cycle, town, cast.representative(town), affiliation=tie.number, asked=Decimal(1000))
        for town, _partner, tie in ties
    ]


def award(of: Participation, by: Actor) -> Callable[[], object]:
    return partial(grants.award, participation_id=of.pk, amount=Decimal(1000), by=by, at=troupe.DURING)


def test_the_budget_is_not_passed_by_six_awards_at_once() -> None:
    cycle = troupe.cycle(kind="africa_grant", budget=Decimal(3500))
    made = proposals(cycle, [troupe.pair() for _each in range(6)])
    answers = at_once([award(one, troupe.officer()) for one in made])
    assert answers == ["done"] * 3 + ["over-budget"] * 3
    cycle.refresh_from_db()
    assert cycle.committed == Decimal(3000)
    assert Participation.objects.filter(state="accepted").count() == 3


def test_the_cap_of_a_pair_is_not_passed_from_both_its_sides_at_once() -> None:
    cycle = troupe.cycle(kind="africa_grant", cap_per_pair=Decimal(1500))
    town, partner, tie = troupe.pair()
    made = proposals(cycle, [(town, partner, tie), (partner, town, tie)])
    assert at_once([award(one, troupe.officer()) for one in made]) == ["done", "over-budget"]
    assert PairGrant.objects.get().committed == Decimal(1000)


def test_one_proposal_is_awarded_once_by_two_officers_at_once() -> None:
    (made,) = proposals(troupe.cycle(kind="africa_grant"), [troupe.pair()])
    assert at_once([award(made, troupe.officer()) for _each in range(3)]) == ["done", "wrong-state", "wrong-state"]
    assert Cycle.objects.get().committed == Decimal(1000)


def test_a_tranche_is_paid_once_by_two_officers_at_once() -> None:
    (made,) = proposals(troupe.cycle(kind="africa_grant"), [troupe.pair()])
    by = troupe.officer()
    award(made, by)()
    tranche = grants.plan(participation_id=made.pk, tranches=[(Decimal(600), None)], by=by)[0]
    pay = partial(grants.pay, tranche_id=tranche.pk, reference="T-1", on=date(2026, 6, 1))
    assert at_once([partial(pay, by=troupe.officer()) for _each in range(3)]) == ["done", "wrong-state", "wrong-state"]
    assert Participation.objects.get().paid == Decimal(600)


def test_two_officers_name_one_winner() -> None:
    cycle = troupe.cycle(kind="awards")
    made = []
    for _each in range(3):
        town, _partner, _tie = troupe.pair()
        waiting = troupe.handed_in(cycle, town, cast.representative(town))
        made.append(decisions.shortlist(participation_id=waiting.pk, by=troupe.officer(), at=troupe.DURING))
    give = partial(prizes.give, cycle_id=cycle.pk, title="Winner", reason="Best.", at=troupe.DURING)
    acts = [partial(give, participation_id=one.pk, by=troupe.officer()) for one in made]
    assert at_once(acts) == ["done", "wrong-state", "wrong-state"]
    assert Prize.objects.count() == 1


def test_a_juror_who_sends_the_sheet_twice_has_one_score_for_each_criterion() -> None:
    (made,) = proposals(troupe.cycle(kind="africa_grant"), [troupe.pair()])
    user = cast.person()
    scoring.appoint(cycle_id=made.cycle_id, user_id=user.pk, by=troupe.officer())
    points = {criterion.pk: Decimal(1) for criterion in made.cycle.criteria.all()}
    give = partial(scoring.give, participation_id=made.pk, points=points, by=Actor.of(user))
    assert at_once([give] * 4) == ["done"] * 4
    assert Score.objects.count() == len(points)
