"""Sister Schools and Open World: what these two kinds ask beside the common rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from partnerships.exceptions import Unmet
from partnerships.services.access import Actor
from programs.choices import ParticipationState
from programs.models import Participation
from programs.services import activities, decisions, participations
from tests import cast
from tests.programs import cast as programs_cast

LINK = {"school": "Lake School", "partner_school": "School 17", "setting": "classroom"}
OFFER = {"country": "UA", "theme": "Local government", "delegates": 6, "host_families": 3}
CALL = {"delegation_countries": ["UA", "LT"], "themes": ["Local government", "Health"], "most_delegates": 6}


def codes(participation: Participation) -> set[str]:
    return {found.code for found in participations.check(participation, at=programs_cast.DURING)}


@pytest.fixture
def link(db: None) -> Participation:
    """A school link between Irondequoit and Poltava, under a call that asks for one activity."""
    town, _partner, tie = programs_cast.pair()
    call = programs_cast.cycle(kind="schools", rules={"least_activities": 1})
    by = cast.representative(town)
    return programs_cast.application(call, town, by, affiliation=tie.number, detail=LINK)


@pytest.fixture
def offer(db: None) -> Participation:
    town = cast.jurisdiction("Irondequoit", "US")
    call = programs_cast.cycle(kind="open_world", rules=CALL)
    return programs_cast.application(call, town, cast.representative(town), detail=OFFER)


def change(participation: Participation, **detail: Any) -> Participation:
    by = programs_cast.officer()
    return participations.save(participation_id=participation.pk, values={"detail": detail}, by=by)


def test_a_school_link_needs_as_many_activities_as_the_call_says(link: Participation) -> None:
    assert codes(link) == {"activities"}
    letters = {"kind": "letters", "title": "Letters of grade 6", "detail": {"pupils": 24}}
    activities.save(participation_id=link.pk, values=letters, by=programs_cast.officer())
    assert codes(link) == set()


def test_a_school_is_not_linked_with_itself(link: Participation) -> None:
    assert "schools" in codes(change(link, partner_school="lake school"))


def test_a_school_link_needs_its_affiliation(db: None) -> None:
    town, _partner, _tie = programs_cast.pair()
    call = programs_cast.cycle(kind="schools")
    alone = programs_cast.application(call, town, cast.representative(town), detail=LINK)
    assert "affiliation" in codes(alone)


def test_an_offer_for_a_country_and_theme_of_the_call_can_be_handed_in_and_accepted(offer: Participation) -> None:
    officer = programs_cast.officer()
    participations.submit(participation_id=offer.pk, by=officer, at=programs_cast.DURING)
    accepted = decisions.accept(participation_id=offer.pk, by=officer, at=programs_cast.DURING)
    assert accepted.state == ParticipationState.ACCEPTED


@pytest.mark.parametrize(
    ("detail", "code"),
    [
        ({"country": "FR"}, "country"),
        ({"theme": "Fishing"}, "theme"),
        ({"delegates": 7}, "delegates"),
        ({"arrives": "2026-06-10", "leaves": "2026-06-09"}, "dates"),
    ],
)
def test_what_the_call_does_not_offer_is_refused(offer: Participation, detail: dict[str, Any], code: str) -> None:
    assert codes(change(offer, **detail)) == {code}


def test_the_bounds_themselves_are_within_the_call(offer: Participation) -> None:
    assert codes(change(offer, delegates=6, arrives="2026-06-10", leaves="2026-06-10")) == set()


def test_what_is_missing_is_named(db: None) -> None:
    town = cast.jurisdiction("Irondequoit", "US")
    bare = programs_cast.application(
        programs_cast.cycle(kind="open_world", rules=CALL), town, cast.representative(town)
    )
    with pytest.raises(Unmet) as refused:
        participations.submit(participation_id=bare.pk, by=programs_cast.officer(), at=programs_cast.DURING)
    assert {"needed"} == {finding.code for finding in refused.value.findings}


def test_the_agenda_grows_after_the_acceptance(offer: Participation) -> None:
    officer = programs_cast.officer()
    participations.submit(participation_id=offer.pk, by=officer, at=programs_cast.DURING)
    decisions.accept(participation_id=offer.pk, by=officer, at=programs_cast.DURING)
    by = Actor.of(cast.representative(offer.jurisdiction))
    item = {
        "kind": "agenda",
        "title": "Visit to the town hall",
        "wall_start": datetime(2026, 6, 10, 10),  # noqa: DTZ001 - as the clocks of the place show
        "time_zone": "America/New_York",
        "detail": {"with": "The supervisor"},
    }
    assert str(activities.save(participation_id=offer.pk, values=item, by=by).starts_on) == "2026-06-10"
