"""Merges beside each other and beside registrations: real threads on PostgreSQL, one clear end."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from partnerships.choices import Role
from partnerships.models import Affiliation, Agreement, Filing, Jurisdiction, Merge, RegisterEntry
from partnerships.rules import chain
from partnerships.selectors import register as register_selector
from partnerships.services import merges, review
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.services.test_races import at_once, split

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

TODAY = date(2026, 11, 25)


def registrar() -> Actor:
    return Actor.of(cast.staff(Role.REGISTRAR))


def merge(gone: Jurisdiction, kept: Jurisdiction, by: Actor) -> Merge:
    return merges.merge(gone_id=gone.pk, kept_id=kept.pk, by=by, on=TODAY, reason="One city")


def in_review(town: Jurisdiction, partner: Jurisdiction, by: Actor) -> Filing:
    filing = cast.submitted(cast.representative(town), [town, partner])
    review.take(filing_id=filing.pk, by=by)
    return filing


def check() -> None:
    call_command("check_readmodels", stdout=StringIO())
    assert chain.verify(register_selector.stream())[0] == RegisterEntry.objects.count()


def test_of_two_merges_against_each_other_one_wins() -> None:
    one, other, by = cast.jurisdiction("Osaka", "JP"), cast.jurisdiction("Ōsaka", "JP"), registrar()
    won, lost = split(at_once(lambda: merge(one, other, by), lambda: merge(other, one, by)))
    assert (len(won), len(lost)) == (1, 1)
    assert "was merged into" in lost[0].message
    assert Jurisdiction.objects.filter(successor__isnull=True).count() == 1


def test_two_clicks_on_merge_merge_once() -> None:
    one, other, by = cast.jurisdiction("Osaka", "JP"), cast.jurisdiction("Ōsaka", "JP"), registrar()
    won, lost = split(at_once(*(lambda: merge(one, other, by) for _ in range(4))))
    assert (len(won), len(lost), Merge.objects.count()) == (1, 3, 1)


def test_two_merges_into_one_community_at_once_lose_nothing() -> None:
    town, by = cast.member(cast.jurisdiction("San Francisco")), registrar()
    twins = [cast.jurisdiction(name, "JP") for name in ("Osaka", "Ōsaka", "Osaka-shi")]
    for twin in twins:
        cast.registered([town, twin])
    won, lost = split(at_once(lambda: merge(twins[1], twins[0], by), lambda: merge(twins[2], twins[0], by)))
    assert (len(won), lost) == (2, [])
    assert Affiliation.objects.open().get().predecessors.count() == 2
    check()


def test_a_filing_that_registers_beside_a_merge_ends_with_the_community_that_stays() -> None:
    for _round in range(3):
        town, by = cast.member(cast.jurisdiction()), registrar()
        kept, gone = cast.jurisdiction("Osaka", "JP"), cast.jurisdiction("Ōsaka", "JP")
        filing = in_review(town, gone, by)
        won, lost = split(
            at_once(
                lambda gone=gone, kept=kept, by=by: merge(gone, kept, by),  # type: ignore[misc]
                lambda filing=filing, by=by: review.register(filing_id=filing.pk, by=by, on=TODAY),  # type: ignore[misc]
            )
        )
        if lost:  # told to try again, and the second try goes through
            review.register(filing_id=filing.pk, by=by, on=TODAY)
        assert Affiliation.objects.open().between(town.pk, kept.pk).count() == 1
        assert not Affiliation.objects.visible().between(town.pk, gone.pk).exists()
    check()


def test_a_filing_of_the_same_pair_that_registers_beside_a_merge_makes_no_second_affiliation() -> None:
    town, by = cast.member(cast.jurisdiction("San Francisco")), registrar()
    kept, gone = cast.jurisdiction("Osaka", "JP"), cast.jurisdiction("Ōsaka", "JP")
    cast.registered([town, gone])
    filing = in_review(town, kept, by)
    won, lost = split(
        at_once(lambda: merge(gone, kept, by), lambda: review.register(filing_id=filing.pk, by=by, on=TODAY))
    )
    assert len(won) >= 1
    assert Affiliation.objects.open().count() == 1
    assert Agreement.objects.count() == len(won)
    check()


def test_undoing_twice_at_once_undoes_once() -> None:
    one, other, by = cast.jurisdiction("Osaka", "JP"), cast.jurisdiction("Ōsaka", "JP"), registrar()
    made = merge(one, other, by)
    won, lost = split(
        at_once(*(lambda: merges.undo(merge_id=made.pk, by=by, on=TODAY, reason="Two after all") for _ in range(3)))
    )
    assert (len(won), len(lost)) == (1, 2)
    check()
