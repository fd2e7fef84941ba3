"""Money of a grant: awarded within cap and budget, planned, paid, given back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from partnerships.exceptions import Invalid, NotAllowed, WrongState
from partnerships.models import Affiliation, Jurisdiction, LedgerEntry, Notice, RegisterEntry, Representation, User
from partnerships.services.access import Actor
from programs.exceptions import OverBudget
from programs.models import Cycle, PairGrant, Participation, Tranche
from programs.services import deliverables, grants, participations
from tests import cast
from tests.programs import cast as troupe

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)


def call(**values: object) -> Cycle:
    return troupe.cycle(kind="africa_grant", **values)


def proposal(cycle: Cycle, town: Jurisdiction, clerk: User, tie: Affiliation, asked: str = "5000") -> Participation:
    return troupe.handed_in(cycle, town, clerk, affiliation=tie.number, asked=Decimal(asked))


@pytest.fixture
def grant() -> Participation:
    """A pair asked for 5,000 of a call with a cap of 5,000 and a budget of 8,000."""
    town, _partner, tie = troupe.pair()
    return proposal(call(cap_per_pair=Decimal(5000), budget=Decimal(8000)), town, cast.representative(town), tie)


def award(participation: Participation, amount: str = "4000", by: Actor | None = None) -> Participation:
    return grants.award(
        participation_id=participation.pk, amount=Decimal(amount), by=by or troupe.officer(), at=troupe.DURING
    )


def test_an_award_accepts_the_proposal_and_is_public_with_its_sum(grant: Participation) -> None:
    awarded = award(grant)
    assert (awarded.state, awarded.awarded) == ("accepted", Decimal(4000))
    assert Cycle.objects.get().committed == PairGrant.objects.get().committed == Decimal(4000)
    last = RegisterEntry.objects.latest("seq")
    assert last.event == "grant.awarded"
    assert '"amount":"4000.00"' in last.payload
    assert LedgerEntry.objects.filter(act="grant.awarded", subject_id=str(grant.pk)).count() == 1
    assert Notice.objects.filter(kind="application_decided", user=grant.submitted_by).count() == 1


def test_a_second_award_of_one_proposal_is_refused(grant: Participation) -> None:
    award(grant)
    with pytest.raises(WrongState, match="already"):
        award(grant, "1000")
    assert Cycle.objects.get().committed == Decimal(4000)


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity", "1.005", "1e20", "many"])
def test_what_is_no_money_is_refused_at_its_field(grant: Participation, amount: str) -> None:
    with pytest.raises(Invalid) as refused:
        grants.award(participation_id=grant.pk, amount=amount, by=troupe.officer(), at=troupe.DURING)  # type: ignore[arg-type]
    assert list(refused.value.errors) == ["amount"]


def test_more_than_was_asked_for_is_not_awarded(grant: Participation) -> None:
    with pytest.raises(Invalid, match="asked"):
        award(grant, "5000.01")


def test_the_cap_counts_over_both_communities_of_a_pair() -> None:
    town, partner, tie = troupe.pair()
    cycle = call(cap_per_pair=Decimal(5000), countries=["UA"])
    ours = proposal(cycle, town, cast.representative(town), tie)
    theirs = proposal(cycle, partner, cast.representative(partner), tie)
    award(ours, "3000")
    with pytest.raises(OverBudget, match=r"^Only 2,000 USD "):
        award(theirs, "2000.01")
    assert Participation.objects.get(pk=theirs.pk).state == "submitted"
    award(theirs, "2000")
    assert PairGrant.objects.get().committed == Decimal(5000)


def test_the_budget_is_never_passed_and_may_be_used_up() -> None:
    cycle = call(budget=Decimal(5000))
    first, second = (
        proposal(cycle, town, cast.representative(town), tie) for town, _partner, tie in (troupe.pair(), troupe.pair())
    )
    award(first, "3000")
    with pytest.raises(OverBudget, match=r"^Only 2,000 USD "):
        award(second, "2000.01")
    award(second, "2000")
    assert Cycle.objects.get().committed == Decimal(5000)


def test_an_officer_who_speaks_for_the_partner_awards_it_nothing(grant: Participation) -> None:
    officer = troupe.officer()
    Representation.objects.create(
        user=officer.user, jurisdiction=grant.affiliation.second, capacity="employee", from_date="2000-01-01"
    )
    with pytest.raises(NotAllowed, match="somebody else"):
        award(grant, by=officer)


def test_the_community_cannot_award_itself(grant: Participation) -> None:
    with pytest.raises(NotAllowed):
        award(grant, by=Actor.of(grant.submitted_by))


def test_tranches_together_never_pass_the_award(grant: Participation) -> None:
    award(grant)
    by = troupe.officer()
    with pytest.raises(Invalid, match="more than the award"):
        grants.plan(participation_id=grant.pk, tranches=[(Decimal(3000), None), (Decimal("1000.01"), None)], by=by)
    made = grants.plan(participation_id=grant.pk, tranches=[(Decimal(3000), None), (Decimal(1000), None)], by=by)
    assert [tranche.position for tranche in made] == [1, 2]


def test_a_tranche_is_paid_when_its_milestone_was_accepted_and_once(grant: Participation) -> None:
    award(grant)
    by, clerk = troupe.officer(), Actor.of(grant.submitted_by)
    well = deliverables.promise(participation_id=grant.pk, values={"title": "A well"}, by=by)
    tranche = grants.plan(participation_id=grant.pk, tranches=[(Decimal(1500), well.pk)], by=by)[0]
    for act in (None, lambda: deliverables.deliver(deliverable_id=well.pk, note="It runs.", by=clerk, on=ON)):
        if act:
            act()
        with pytest.raises(WrongState, match="A well"):
            grants.pay(tranche_id=tranche.pk, reference="T-1", by=by, on=ON)
    deliverables.accept(deliverable_id=well.pk, by=by, on=ON)
    assert grants.pay(tranche_id=tranche.pk, reference="T-1", by=by, on=ON).state == "paid"
    assert Participation.objects.get(pk=grant.pk).paid == Decimal(1500)
    with pytest.raises(WrongState, match="already"):
        grants.pay(tranche_id=tranche.pk, reference="T-1", by=by, on=ON)
    assert "T-1" not in RegisterEntry.objects.latest("seq").payload


def test_planning_anew_keeps_what_was_paid(grant: Participation) -> None:
    award(grant)
    by = troupe.officer()
    first = grants.plan(participation_id=grant.pk, tranches=[(Decimal(1500), None), (Decimal(500), None)], by=by)[0]
    grants.pay(tranche_id=first.pk, reference="T-1", by=by, on=ON)
    with pytest.raises(Invalid, match="more than the award"):
        grants.plan(participation_id=grant.pk, tranches=[(Decimal("2500.01"), None)], by=by)
    grants.plan(participation_id=grant.pk, tranches=[(Decimal(2500), None)], by=by)
    assert list(Tranche.objects.values_list("position", "state")) == [(1, "paid"), (2, "planned")]


def test_ending_a_grant_gives_what_was_not_paid_back_to_the_budget_and_the_pair(grant: Participation) -> None:
    award(grant)
    by = troupe.officer()
    tranche = grants.plan(participation_id=grant.pk, tranches=[(Decimal(1500), None), (Decimal(500), None)], by=by)[0]
    grants.pay(tranche_id=tranche.pk, reference="T-1", by=by, on=ON)
    ended = grants.end(participation_id=grant.pk, reason="The partner left.", by=by)
    assert (ended.awarded, ended.paid) == (Decimal(1500), Decimal(1500))
    assert Cycle.objects.get().committed == PairGrant.objects.get().committed == Decimal(1500)
    assert list(Tranche.objects.values_list("state", flat=True)) == ["paid"]
    assert "The partner left." in RegisterEntry.objects.latest("seq").payload


def test_a_grant_of_which_nothing_was_paid_can_be_ended_and_then_withdrawn(grant: Participation) -> None:
    award(grant)
    clerk = Actor.of(grant.submitted_by)
    with pytest.raises(WrongState, match="end the grant first"):
        participations.withdraw(participation_id=grant.pk, by=clerk)
    assert grants.end(participation_id=grant.pk, reason="They cannot.", by=troupe.officer()).awarded is None
    assert participations.withdraw(participation_id=grant.pk, by=clerk).state == "withdrawn"
    assert Cycle.objects.get().committed == PairGrant.objects.get().committed == 0


def test_an_award_is_lowered_to_what_is_planned_but_not_below(grant: Participation) -> None:
    award(grant)
    by = troupe.officer()
    grants.plan(participation_id=grant.pk, tranches=[(Decimal(2500), None)], by=by)
    with pytest.raises(Invalid, match="planned"):
        grants.reduce(participation_id=grant.pk, amount=Decimal(2499), reason="Cheaper.", by=by)
    assert grants.reduce(participation_id=grant.pk, amount=Decimal(2500), reason="Cheaper.", by=by).awarded == 2500
    assert Cycle.objects.get().committed == Decimal(2500)


def test_the_database_refuses_what_the_service_would_not_do(grant: Participation) -> None:
    award(grant)
    attempts = (
        lambda: Participation.objects.filter(pk=grant.pk).update(paid=Decimal("4000.01")),
        lambda: Participation.objects.filter(pk=grant.pk).update(state="submitted"),
        lambda: Cycle.objects.update(committed=Decimal("8000.01")),
        lambda: PairGrant.objects.update(committed=Decimal("5000.01")),
        lambda: PairGrant.objects.update(committed=Decimal("-1")),
        lambda: Tranche.objects.create(participation=grant, position=1, amount=Decimal(0)),
        lambda: Tranche.objects.create(participation=grant, position=1, amount=Decimal(1), state="paid"),
    )
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
