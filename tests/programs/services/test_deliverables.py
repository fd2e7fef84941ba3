"""What was promised, delivered, accepted or sent back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from partnerships.exceptions import Invalid, NotAllowed, WrongState
from partnerships.models import LedgerEntry, RegisterEntry
from partnerships.services.access import Actor
from programs.models import Deliverable, Participation
from programs.services import decisions, deliverables
from tests import cast
from tests.programs import cast as troupe

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)


@pytest.fixture
def strand() -> Participation:
    town, _partner, tie = troupe.pair()
    made = troupe.handed_in(
        troupe.cycle(kind="sevlup"), town, cast.representative(town), affiliation=tie.number, asked=Decimal(900)
    )
    return decisions.accept(participation_id=made.pk, by=troupe.officer(), at=troupe.DURING)


def promised(of: Participation, **values: object) -> Deliverable:
    return deliverables.promise(
        participation_id=of.pk, values={"title": "Video dictionary", "due_on": ON} | values, by=troupe.officer()
    )


def test_a_promise_is_kept_in_steps_and_each_is_public(strand: Participation) -> None:
    made, by = promised(strand), troupe.officer()
    deliverables.deliver(deliverable_id=made.pk, note="600 signs.", by=Actor.of(strand.submitted_by), on=ON)
    deliverables.accept(deliverable_id=made.pk, by=by, on=ON)
    events = list(RegisterEntry.objects.order_by("seq").values_list("event", flat=True))[-3:]
    assert events == ["deliverable.promised", "deliverable.delivered", "deliverable.accepted"]


def test_what_is_not_public_never_reaches_the_register(strand: Participation) -> None:
    before = RegisterEntry.objects.count()
    promised(strand, public=False)
    assert RegisterEntry.objects.count() == before


def test_what_is_sent_back_is_delivered_anew(strand: Participation) -> None:
    made, by, clerk = promised(strand), troupe.officer(), Actor.of(strand.submitted_by)
    deliverables.deliver(deliverable_id=made.pk, url="https://example.org/signs", by=clerk, on=ON)
    with pytest.raises(Invalid, match="missing"):
        deliverables.send_back(deliverable_id=made.pk, by=by, comment="")
    back = deliverables.send_back(deliverable_id=made.pk, by=by, comment="Half of it is missing.")
    assert (back.state, back.delivered_on) == ("promised", None)
    assert LedgerEntry.objects.get(act="deliverable.sent_back").note == "Half of it is missing."
    assert deliverables.deliver(deliverable_id=made.pk, note="All of it.", by=clerk, on=ON).state == "delivered"


def test_nothing_is_delivered_empty_twice_or_by_strangers(strand: Participation) -> None:
    made, clerk = promised(strand), Actor.of(strand.submitted_by)
    with pytest.raises(Invalid, match="what was done"):
        deliverables.deliver(deliverable_id=made.pk, by=clerk, on=ON)
    with pytest.raises(Invalid) as refused:
        deliverables.deliver(deliverable_id=made.pk, url="javascript:alert(1)", by=clerk, on=ON)
    assert list(refused.value.errors) == ["url"]
    with pytest.raises(NotAllowed):
        deliverables.deliver(deliverable_id=made.pk, note="x", by=Actor.of(cast.person()), on=ON)
    deliverables.deliver(deliverable_id=made.pk, note="x", by=clerk, on=ON)
    with pytest.raises(WrongState, match="waits"):
        deliverables.deliver(deliverable_id=made.pk, note="x", by=clerk, on=ON)


def test_the_community_neither_promises_nor_accepts_by_itself(strand: Participation) -> None:
    made, clerk = promised(strand), Actor.of(strand.submitted_by)
    deliverables.deliver(deliverable_id=made.pk, note="x", by=clerk, on=ON)
    with pytest.raises(NotAllowed):
        deliverables.accept(deliverable_id=made.pk, by=clerk, on=ON)
    with pytest.raises(NotAllowed):
        deliverables.promise(participation_id=strand.pk, values={"title": "More"}, by=clerk)


def test_a_promise_is_changed_until_something_was_delivered(strand: Participation) -> None:
    made, by = promised(strand), troupe.officer()
    changed = {"participation_id": strand.pk, "deliverable_id": made.pk, "values": {"title": "Dictionary"}, "by": by}
    assert deliverables.promise(**changed).title == "Dictionary"
    deliverables.deliver(deliverable_id=made.pk, note="x", by=Actor.of(strand.submitted_by), on=ON)
    with pytest.raises(WrongState, match="delivered"):
        deliverables.promise(**changed)


def test_the_database_keeps_states_and_dates_together(strand: Participation) -> None:
    made = Deliverable.objects.filter(pk=promised(strand).pk)
    for wrong in (
        {"state": "delivered"},
        {"accepted_on": ON},
        {"state": "accepted", "delivered_on": ON},
        {"title": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            made.update(**wrong)
