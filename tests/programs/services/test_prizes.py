"""Winners of the awards: one for each place of a category and band of population."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from partnerships.exceptions import Invalid, NotAllowed, Unmet, WrongState
from partnerships.models import Jurisdiction, LedgerEntry, RegisterEntry, User
from partnerships.services.access import Actor
from programs.models import Cycle, Participation, Prize
from programs.selectors import winners
from programs.services import cycles, decisions, participations, prizes
from programs.services.cycles import BandRow
from tests import cast
from tests.programs import cast as troupe

pytestmark = pytest.mark.django_db


def awards(**values: object) -> Cycle:
    """The Energy category, for communities below 10,000 and from there up to 100,000 inhabitants."""
    by = troupe.officer()
    rules = {"needs_good_standing": True, "needs_recognised": True, "affiliation_kind": "sister"}
    made = troupe.cycle(kind="awards", announced=False, **rules | values)
    cycles.set_categories(cycle_id=made.pk, rows=[("energy", "Energy"), ("youth", "Youth")], by=by)
    cycles.set_bands(cycle_id=made.pk, rows=[BandRow("Small", 0, 10_000), BandRow("Middle", 10_000, 100_000)], by=by)
    return cycles.announce(cycle_id=made.pk, by=by)


def nomination(cycle: Cycle, population: int = 9_999, category: str = "energy") -> Participation:
    town, _partner, _tie = troupe.pair()
    Jurisdiction.objects.filter(pk=town.pk).update(population=population)
    town.refresh_from_db()
    return troupe.handed_in(cycle, town, cast.representative(town), category=category)


def finalist(cycle: Cycle, **values: object) -> Participation:
    made = nomination(cycle, **values)  # type: ignore[arg-type]
    return decisions.shortlist(participation_id=made.pk, by=troupe.officer(), at=troupe.DURING)


def give(to: Participation, **values: object) -> Prize:
    said = {"title": "Energy award", "reason": "The most saved.", "by": troupe.officer(), "at": troupe.DURING}
    return prizes.give(cycle_id=to.cycle_id, participation_id=to.pk, **said | values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("population", "band"), [(0, "Small"), (9_999, "Small"), (10_000, "Middle"), (99_999, "Middle")]
)
def test_a_population_exactly_on_the_edge_belongs_to_the_band_that_begins_there(population: int, band: str) -> None:
    assert nomination(awards(), population).band.name == band


@pytest.mark.parametrize("population", [100_000, None])
def test_a_population_beyond_the_last_band_or_unknown_fits_none(population: int | None) -> None:
    with pytest.raises(Unmet, match="fits no band"):
        nomination(awards(), population)  # type: ignore[arg-type]


def test_a_member_without_a_recognised_sister_affiliation_does_not_nominate() -> None:
    town = cast.member(cast.jurisdiction("Lonely", "US"))
    with pytest.raises(Unmet, match="recognised"):
        troupe.handed_in(awards(), town, cast.representative(town))


def test_a_friendship_is_no_sister_affiliation() -> None:
    town, partner = cast.jurisdiction("Friendly", "US"), cast.jurisdiction("Far", "UA")
    cast.registered([town, partner], kind="friendship")
    with pytest.raises(Unmet):
        troupe.application(awards(), town, cast.representative(town))


def test_a_member_whose_dues_have_run_out_does_not_nominate() -> None:
    town, _partner, _tie = troupe.pair()
    town.membership_terms.update(paid_through=date(2026, 3, 31), from_date=date(1990, 1, 1))
    long_after = troupe.DURING.replace(year=2029)
    cycle = awards(closes_at=long_after.replace(month=5))
    with pytest.raises(Unmet, match="good standing"):
        troupe.application(cycle, town, cast.representative(town), at=long_after)


def test_what_was_achieved_outside_the_period_of_the_awards_is_refused() -> None:
    cycle = awards(rules={"achieved_from": "2025-01-01", "achieved_to": "2025-12-31"})
    town, _partner, _tie = troupe.pair()
    Jurisdiction.objects.filter(pk=town.pk).update(population=5)
    town.refresh_from_db()
    clerk = cast.representative(town)
    for began, ended in (("2026-01-01", ""), ("2024-01-01", "2024-12-31")):
        detail = {"achievement": "Solar roofs.", "began_on": began, "ended_on": ended}
        with pytest.raises(Unmet, match="2025-01-01"):
            troupe.handed_in(cycle, town, clerk, category="energy", detail=detail)
    detail = {"achievement": "Solar roofs.", "began_on": "2025-12-31"}
    assert troupe.handed_in(cycle, town, clerk, category="energy", detail=detail).state == "submitted"


def test_a_winner_is_public_with_category_band_and_reason() -> None:
    prize = give(finalist(awards()))
    assert (prize.category.code, prize.band.name, prize.place) == ("energy", "Small", 1)
    entry = RegisterEntry.objects.latest("seq")
    assert entry.event == "prize.given"
    assert '"reason":"The most saved."' in entry.payload
    assert LedgerEntry.objects.filter(act="prize.given", subject_id=str(prize.pk)).exists()


def test_one_winner_for_each_place_of_a_category_and_band() -> None:
    cycle = awards()
    first, second, larger, other = (
        finalist(cycle),
        finalist(cycle),
        finalist(cycle, population=20_000),
        finalist(cycle, category="youth"),
    )
    give(first)
    with pytest.raises(WrongState, match="given already"):
        give(second)
    assert [give(larger).place, give(other).place, give(second, place=2).place] == [1, 1, 2]


def test_winners_of_the_whole_competition_are_unique_too() -> None:
    cycle = awards()
    first, second = finalist(cycle), finalist(cycle)
    assert give(first, category="", band="").category is None
    with pytest.raises(WrongState, match="given already"):
        give(second, category="", band="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Prize.objects.create(cycle=cycle, participation=second, title="Again", reason="Again", decided_by_name="X")


def test_nothing_is_won_without_having_been_a_finalist_or_without_a_reason() -> None:
    waiting = nomination(cycle := awards())
    with pytest.raises(WrongState, match="finalist"):
        give(waiting)
    with pytest.raises(Invalid) as refused:
        give(finalist(cycle), reason=" ")
    assert list(refused.value.errors) == ["reason"]


def test_the_nominating_community_names_no_winner() -> None:
    made = finalist(awards())
    with pytest.raises(NotAllowed):
        give(made, by=Actor.of(made.submitted_by))


def test_a_prize_that_is_taken_back_can_be_given_anew_and_both_stay_in_the_register() -> None:
    cycle = awards()
    first, second = finalist(cycle), finalist(cycle)
    prize = give(first)
    prizes.take_back(prize_id=prize.pk, reason="Wrong town.", by=troupe.officer())
    give(second)
    events = list(RegisterEntry.objects.order_by("seq").values_list("event", flat=True))[-3:]
    assert events == ["prize.given", "prize.taken_back", "prize.given"]


def test_a_nomination_can_still_be_taken_back_before_it_is_decided() -> None:
    made = nomination(awards())
    taken = participations.withdraw(participation_id=made.pk, by=Actor.of(made.submitted_by))
    assert taken.state == "withdrawn"


def test_who_withdraws_is_shown_as_a_winner_no_more(client: Client) -> None:
    made = finalist(awards())
    give(made)
    page = f"/programs/{made.cycle.program.slug}/{made.cycle.slug}/"
    assert [row.participation for row in winners.of_cycle(made.cycle_id)] == [made.pk]
    assert "Energy award" in client.get(page).text
    clerk = User.objects.get(pk=made.submitted_by_id)
    participations.withdraw(participation_id=made.pk, by=Actor.of(clerk))
    assert (winners.of_cycle(made.cycle_id), winners.of_participation(made.pk)) == ([], [])
    assert "Energy award" not in client.get(page).text
    assert Prize.objects.filter(participation=made.pk).exists()
