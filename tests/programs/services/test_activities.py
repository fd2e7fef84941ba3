"""Activities: the clocks of the place, the rules of the kind, and what the register says of a change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from partnerships.exceptions import Invalid, NotAllowed, Unmet, WrongState
from partnerships.models import Jurisdiction, RegisterEntry, User
from partnerships.selectors import register
from partnerships.services.access import Actor
from programs.choices import ActivityState, ParticipationState
from programs.models import Participation
from programs.services import activities, decisions, participations
from tests import cast
from tests.programs import cast as programs_cast

CONCERT: dict[str, Any] = {
    "kind": "concert",
    "title": "Concert on the pier",
    "wall_start": datetime(2026, 9, 11, 19, 30),  # noqa: DTZ001 - as the clocks of the place show
    "time_zone": "Europe/Kyiv",
    "venue": "Pier",
    "detail": {"free": True, "performers": ["City choir"]},
}


@pytest.fixture
def town(db: None) -> Jurisdiction:
    return cast.jurisdiction("Irondequoit", "US")


@pytest.fixture
def rita(town: Jurisdiction) -> User:
    return cast.representative(town, "Rita Representative")


@pytest.fixture
def concerts(town: Jurisdiction, rita: User) -> Participation:
    return programs_cast.application(programs_cast.cycle(), town, rita)


@pytest.fixture
def accepted(concerts: Participation, rita: User) -> Participation:
    activities.save(participation_id=concerts.pk, values=CONCERT, by=Actor.of(rita))
    return participations.submit(participation_id=concerts.pk, by=Actor.of(rita), at=programs_cast.DURING)


def said() -> dict[str, Any]:
    """What the last entry of the register says."""
    last = RegisterEntry.objects.order_by("-seq")[0]
    assert last.event == "activity.changed"
    return dict(register.public(register.sealed(last))["payload"])


def test_the_instant_is_that_of_the_clocks_of_the_place(concerts: Participation, rita: User) -> None:
    made = activities.save(participation_id=concerts.pk, values=CONCERT, by=Actor.of(rita))
    assert made.starts_at == datetime(2026, 9, 11, 16, 30, tzinfo=UTC)
    assert str(made.starts_on) == "2026-09-11"


def test_the_day_is_that_of_the_place_not_of_the_registry(concerts: Participation, rita: User) -> None:
    """Eight in the evening of the eleventh on Hawaii is the twelfth in UTC."""
    values = {**CONCERT, "wall_start": datetime(2026, 9, 11, 20), "time_zone": "Pacific/Honolulu"}  # noqa: DTZ001
    made = activities.save(participation_id=concerts.pk, values=values, by=Actor.of(rita))
    assert made.starts_at == datetime(2026, 9, 12, 6, tzinfo=UTC)
    assert str(made.starts_on) == "2026-09-11"


@pytest.mark.parametrize(
    ("wall", "zone", "field"),
    [
        (datetime(2026, 3, 8, 2, 30), "America/New_York", "wall_start"),  # noqa: DTZ001 - never was
        (datetime(2026, 11, 1, 1, 30), "America/New_York", "wall_start"),  # noqa: DTZ001 - comes twice
        (datetime(2026, 9, 11, 19), "Mars/Olympus", "time_zone"),  # noqa: DTZ001
        (datetime(2026, 9, 11, 19), "", "time_zone"),  # noqa: DTZ001
    ],
)
def test_a_time_that_cannot_be_is_refused_at_its_field(
    concerts: Participation, rita: User, wall: datetime, zone: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        activities.save(
            participation_id=concerts.pk, values={**CONCERT, "wall_start": wall, "time_zone": zone}, by=Actor.of(rita)
        )
    assert list(refused.value.errors) == [field]
    assert not concerts.activities.exists()


def test_another_zone_alone_keeps_what_the_clock_shows(concerts: Participation, rita: User) -> None:
    made = activities.save(participation_id=concerts.pk, values=CONCERT, by=Actor.of(rita))
    moved = activities.save(
        participation_id=concerts.pk, values={"time_zone": "Asia/Tokyo"}, by=Actor.of(rita), activity_id=made.pk
    )
    assert moved.starts_at == datetime(2026, 9, 11, 10, 30, tzinfo=UTC)


def test_an_end_before_the_beginning_is_refused(concerts: Participation, rita: User) -> None:
    early = {**CONCERT, "wall_end": datetime(2026, 9, 11, 18)}  # noqa: DTZ001
    with pytest.raises(Invalid):
        activities.save(participation_id=concerts.pk, values=early, by=Actor.of(rita))


def test_unknown_values_and_details_are_refused_at_their_names(concerts: Participation, rita: User) -> None:
    bad = {**CONCERT, "colour": "blue", "kind": "leg", "country": "XX", "detail": {"free": "perhaps"}}
    with pytest.raises(Invalid) as refused:
        activities.save(participation_id=concerts.pk, values=bad, by=Actor.of(rita))
    assert {"colour", "kind", "country", "detail.free"} <= set(refused.value.errors)


def test_strangers_change_nothing(concerts: Participation) -> None:
    with pytest.raises(NotAllowed):
        activities.save(participation_id=concerts.pk, values=CONCERT, by=Actor.of(cast.person(name="Sam Stranger")))


def test_each_change_of_a_public_activity_is_an_entry_of_the_register(accepted: Participation, rita: User) -> None:
    assert accepted.state == ParticipationState.ACCEPTED
    concert = accepted.activities.get()
    before = RegisterEntry.objects.count()
    activities.save(
        participation_id=accepted.pk, values={"venue": "Town hall"}, by=Actor.of(rita), activity_id=concert.pk
    )
    assert RegisterEntry.objects.count() == before + 1
    assert said()["venue"] == "Town hall"


def test_what_is_kept_back_or_not_accepted_yet_is_not_in_the_register(concerts: Participation, rita: User) -> None:
    before = RegisterEntry.objects.count()
    activities.save(participation_id=concerts.pk, values=CONCERT, by=Actor.of(rita))
    assert RegisterEntry.objects.count() == before


def test_what_is_kept_back_afterwards_leaves_only_its_number(accepted: Participation, rita: User) -> None:
    concert = accepted.activities.get()
    activities.save(participation_id=accepted.pk, values={"public": False}, by=Actor.of(rita), activity_id=concert.pk)
    assert said() == {"activity": concert.pk, "public": False}


def test_an_accepted_concert_stays_on_its_day_and_free(accepted: Participation, rita: User) -> None:
    concert = accepted.activities.get()
    for change in ({"wall_start": datetime(2026, 9, 12, 19)}, {"detail": {"free": False}}):  # noqa: DTZ001
        with pytest.raises(Unmet):
            activities.save(participation_id=accepted.pk, values=change, by=Actor.of(rita), activity_id=concert.pk)
    concert.refresh_from_db()
    assert str(concert.starts_on) == "2026-09-11"
    assert concert.detail["free"] is True


def test_what_was_announced_is_cancelled_not_removed(accepted: Participation, rita: User) -> None:
    concert = accepted.activities.get()
    with pytest.raises(WrongState):
        activities.remove(activity_id=concert.pk, by=Actor.of(rita))
    changed = activities.set_state(activity_id=concert.pk, state=ActivityState.CANCELLED, by=Actor.of(rita))
    assert changed.state == ActivityState.CANCELLED
    assert said()["state"] == "cancelled"


def test_a_draft_loses_what_is_taken_off_it(concerts: Participation, rita: User) -> None:
    made = activities.save(participation_id=concerts.pk, values=CONCERT, by=Actor.of(rita))
    activities.remove(activity_id=made.pk, by=Actor.of(rita))
    assert not concerts.activities.exists()


def test_nothing_changes_once_it_is_completed(accepted: Participation, rita: User) -> None:
    decisions.complete(participation_id=accepted.pk, by=programs_cast.officer())
    with pytest.raises(WrongState):
        activities.save(participation_id=accepted.pk, values=CONCERT, by=Actor.of(rita))
