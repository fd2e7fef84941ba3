"""An application from its first step to the decision."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from partnerships.exceptions import Invalid, NotAllowed, Unmet, WrongState
from partnerships.models import Notice, RegisterEntry
from partnerships.services.access import Actor
from programs.choices import ActivityKind, ParticipationState
from programs.exceptions import CallNotOpen
from programs.models import Activity, Participation
from programs.services import cycles, decisions, participations
from tests import cast
from tests.programs import cast as troupe

pytestmark = pytest.mark.django_db


def concert(participation: Participation, **values: object) -> Activity:
    return Activity.objects.create(
        participation=participation,
        **{
            "kind": ActivityKind.CONCERT,
            "title": "Evening concert",
            "starts_at": datetime(2026, 9, 11, 23, tzinfo=UTC),
            "time_zone": "America/New_York",
            "venue": "Town hall",
            "detail": {"free": True, "performers": ["Town band"]},
            **values,
        },
    )


def test_a_concert_that_meets_the_rules_is_public_as_soon_as_it_is_handed_in() -> None:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    made = troupe.application(troupe.cycle(), town, clerk)
    concert(made)
    handed_in = participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=troupe.DURING)
    assert handed_in.state == ParticipationState.ACCEPTED
    last = RegisterEntry.objects.latest("seq")
    assert last.event == "participation.accepted"
    assert last.subject.endswith(f"/{made.pk}")
    assert Notice.objects.filter(kind="application_received", user=clerk).count() == 1


def test_a_concert_on_another_day_where_it_takes_place_is_refused() -> None:
    """23:30 on 11 September in New York is 12 September in London, and the other way round."""
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    made = troupe.application(troupe.cycle(), town, clerk)
    concert(made, starts_at=datetime(2026, 9, 12, 3, 30, tzinfo=UTC), time_zone="Europe/London")
    with pytest.raises(Unmet, match="09-12"):
        participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=troupe.DURING)
    Activity.objects.update(time_zone="America/New_York")
    assert participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=troupe.DURING).state == "accepted"


def test_the_call_closes_at_its_instant_and_not_a_moment_before() -> None:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    made = troupe.application(troupe.cycle(), town, clerk)
    concert(made)
    with pytest.raises(CallNotOpen):
        participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=troupe.CLOSES)
    just_before = troupe.CLOSES - timedelta(microseconds=1)
    assert participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=just_before).state == "accepted"


def test_a_second_click_is_told_that_it_was_handed_in() -> None:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    made = troupe.application(troupe.cycle(), town, clerk)
    concert(made)
    participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=troupe.DURING)
    with pytest.raises(WrongState, match="accepted"):
        participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=troupe.DURING)


def test_nobody_applies_for_a_community_that_they_do_not_represent() -> None:
    stranger = cast.representative(cast.jurisdiction("Osaka", "JP"))
    with pytest.raises(NotAllowed):
        troupe.application(troupe.cycle(), cast.jurisdiction("Irondequoit"), stranger)


def test_a_community_without_a_recognised_affiliation_is_told_why_it_cannot_answer() -> None:
    town = cast.jurisdiction("Irondequoit")
    with pytest.raises(Unmet, match="recognised"):
        troupe.application(troupe.cycle(needs_recognised=True), town, cast.representative(town))


def test_what_is_not_asked_for_is_never_kept() -> None:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    made = troupe.application(troupe.cycle(), town, clerk)
    with pytest.raises(Invalid) as refused:
        participations.save(participation_id=made.pk, values={"detail": {"colour": "blue"}}, by=Actor.of(clerk))
    assert list(refused.value.errors) == ["detail.colour"]


def test_an_officer_who_speaks_for_the_community_leaves_the_decision_to_another() -> None:
    town = cast.jurisdiction("Irondequoit")
    officer = troupe.officer()
    clerk = cast.representative(town)
    made = troupe.application(troupe.cycle(), town, clerk)
    Participation.objects.filter(pk=made.pk).update(state="submitted", submitted_at=troupe.DURING)
    cast.Representation.objects.create(
        user=officer.user, jurisdiction=town, capacity="employee", from_date="2000-01-01"
    )
    with pytest.raises(NotAllowed, match="somebody else"):
        decisions.decline(participation_id=made.pk, by=officer, at=troupe.DURING, comment="No.")


def test_the_rules_of_an_announced_call_stay() -> None:
    cycle = troupe.cycle()
    with pytest.raises(Invalid) as refused:
        cycles.save(cycle_id=cycle.pk, values={"needs_recognised": True}, by=troupe.officer())
    assert list(refused.value.errors) == ["needs_recognised"]
    earlier = troupe.CLOSES - timedelta(days=1)
    with pytest.raises(Invalid, match="put off"):
        cycles.save(cycle_id=cycle.pk, values={"closes_at": earlier}, by=troupe.officer())
    later = cycles.save(cycle_id=cycle.pk, values={"closes_at": troupe.CLOSES + timedelta(days=1)}, by=troupe.officer())
    assert later.closes_at > troupe.CLOSES
