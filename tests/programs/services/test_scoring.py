"""Jurors give points apart from each other, for what is undecided and not their own."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from partnerships.exceptions import Invalid, NotAllowed, WrongState
from partnerships.models import LedgerEntry, RegisterEntry, User
from partnerships.services.access import Actor
from programs.models import Cycle, Participation, Score
from programs.selectors import scores
from programs.services import decisions, scoring
from tests import cast
from tests.programs import cast as troupe

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal() -> Participation:
    town, _partner, tie = troupe.pair()
    return troupe.handed_in(
        troupe.cycle(kind="africa_grant"), town, cast.representative(town), affiliation=tie.number, asked=Decimal(900)
    )


def juror(of: Participation, name: str = "Jill Juror", community: int | None = None) -> User:
    user = cast.person(name=name)
    scoring.appoint(cycle_id=of.cycle_id, user_id=user.pk, community_id=community, by=troupe.officer())
    return user


def points(of: Participation, need: str = "7", plan: str = "4") -> dict[int, Decimal]:
    first, second = of.cycle.criteria.all()
    return {first.pk: Decimal(need), second.pk: Decimal(plan)}


def give(of: Participation, user: User, *values: str) -> list[Score]:
    return scoring.give(participation_id=of.pk, points=points(of, *values), by=Actor.of(user))


def test_points_are_kept_logged_and_told_to_nobody(proposal: Participation) -> None:
    before = RegisterEntry.objects.count()
    give(proposal, juror(proposal))
    assert list(Score.objects.values_list("points", flat=True)) == [Decimal(7), Decimal(4)]
    assert LedgerEntry.objects.filter(act="score.given", subject_id=str(proposal.pk)).count() == 1
    assert RegisterEntry.objects.count() == before


def test_points_are_changed_until_it_is_decided(proposal: Participation) -> None:
    user = juror(proposal)
    give(proposal, user)
    give(proposal, user, "9", "5")
    assert Score.objects.count() == 2
    decisions.decline(participation_id=proposal.pk, by=troupe.officer(), at=troupe.DURING, comment="Too late.")
    with pytest.raises(WrongState, match="undecided"):
        give(proposal, user)


def test_who_was_not_appointed_gives_no_points(proposal: Participation) -> None:
    for stranger in (cast.person(), troupe.officer().user, proposal.submitted_by):
        with pytest.raises(NotAllowed):
            give(proposal, stranger)


def test_who_was_dismissed_gives_no_points_and_those_given_count_no_more(proposal: Participation) -> None:
    user = juror(proposal)
    give(proposal, user)
    appointed = proposal.cycle.jurors.get()
    scoring.dismiss(juror_id=appointed.pk, by=troupe.officer(), at=troupe.DURING)
    with pytest.raises(NotAllowed):
        give(proposal, user)
    assert scores.ranking(proposal.cycle) == []


@pytest.mark.parametrize("side", ["first", "second"])
def test_nobody_judges_their_own_community_nor_its_partner(proposal: Participation, side: str) -> None:
    own = getattr(proposal.affiliation, side)
    with pytest.raises(NotAllowed, match="own community"):
        give(proposal, juror(proposal, community=own.pk))


def test_who_speaks_for_a_party_does_not_judge_it_whatever_was_said_when_appointed(proposal: Participation) -> None:
    clerk = cast.representative(proposal.affiliation.second)
    scoring.appoint(cycle_id=proposal.cycle_id, user_id=clerk.pk, by=troupe.officer())
    with pytest.raises(NotAllowed, match="own community"):
        give(proposal, clerk)


@pytest.mark.parametrize("wrong", ["-0.01", "10.01", "NaN", "Infinity", "1.234", "1e9"])
def test_points_stay_within_the_criterion(proposal: Participation, wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        give(proposal, juror(proposal), wrong)
    assert list(refused.value.errors) == [f"points.{proposal.cycle.criteria.first().pk}"]
    assert not Score.objects.exists()


def test_the_bounds_of_a_criterion_belong_to_it(proposal: Participation) -> None:
    assert [row.points for row in give(proposal, juror(proposal), "10", "0")] == [Decimal(10), Decimal(0)]


def test_every_criterion_is_judged_and_no_other(proposal: Participation) -> None:
    by, full = Actor.of(juror(proposal)), points(proposal)
    for wrong in (dict(list(full.items())[:1]), {**full, 999: Decimal(1)}):
        with pytest.raises(Invalid):
            scoring.give(participation_id=proposal.pk, points=wrong, by=by)


def test_in_a_kind_without_points_nobody_is_appointed() -> None:
    with pytest.raises(WrongState, match="nobody gives points"):
        scoring.appoint(cycle_id=troupe.cycle(kind="concert").pk, user_id=cast.person().pk, by=troupe.officer())


def rivals(count: int) -> tuple[Cycle, list[Participation]]:
    cycle, made = troupe.cycle(kind="africa_grant"), []
    for number in range(count):
        town, _partner, tie = troupe.pair()
        clerk = cast.representative(town)
        values = {"affiliation": tie.number, "asked": Decimal(900), "title": f"Proposal {number}"}
        made.append(troupe.handed_in(cycle, town, clerk, **values))
    return cycle, made


def test_the_ranking_weighs_criteria_averages_jurors_and_shows_ties() -> None:
    cycle, (best, one, other) = rivals(3)
    first, second = juror(best), juror(best)
    # 10 of 10 counted twice and 5 of 5 once are 100; 5 of 10 twice and 5 of 5 once are 66.67.
    give(best, first, "10", "5")
    for equal in (one, other):
        give(equal, first, "10", "5")
        give(equal, second, "5", "5")
    ranks = scores.ranking(cycle)
    assert [(row.participation.title, row.place, row.tied, row.jurors) for row in ranks] == [
        ("Proposal 0", 1, False, 1),
        ("Proposal 1", 2, True, 2),
        ("Proposal 2", 2, True, 2),
    ]
    assert [row.score for row in ranks] == [Decimal(100), Decimal("83.33"), Decimal("83.33")]


def test_the_ranking_takes_two_statements_whatever_its_length(django_assert_num_queries: object) -> None:
    cycle, made = rivals(3)
    user = juror(made[0])
    for each in made:
        give(each, user)
    cycle = Cycle.objects.select_related("program").get(pk=cycle.pk)
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len([row.participation.jurisdiction.name for row in scores.ranking(cycle)]) == 3


def test_a_part_of_the_ranking_keeps_the_places_of_the_whole() -> None:
    cycle, made = rivals(3)
    user = juror(made[0])
    for each, points in zip(made, ("10", "5", "5"), strict=True):
        give(each, user, points, "5")
    (last,) = scores.ranking(cycle, start=2)
    assert (last.participation.title, last.place, last.tied) == ("Proposal 2", 2, True)
    assert [row.place for row in scores.ranking(cycle, most=2)] == [1, 2]
    assert scores.ranking(cycle, start=3) == []


def test_the_database_keeps_one_score_for_each_criterion_and_none_below_zero(proposal: Participation) -> None:
    score = give(proposal, juror(proposal))[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.filter(pk=score.pk).update(points=Decimal("-0.01"))
    score.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        score.save(force_insert=True)
