"""Affiliations corrected and merged beside each other, beside registrations and imports: real threads on PostgreSQL."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from partnerships.choices import Act, Role, Standing
from partnerships.models import Affiliation, Jurisdiction, Merge, RegisterEntry
from partnerships.rules import chain
from partnerships.rules.import_rows import RawRow
from partnerships.selectors import register as register_selector
from partnerships.services import affiliation_merges, corrections, imports, merges, review
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.services.test_races import at_once, split

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

TODAY = date(2026, 11, 25)
JOB = Actor.system("import")


def registrar() -> Actor:
    return Actor.of(cast.staff(Role.REGISTRAR))


def bring_in(one: Jurisdiction, other: Jurisdiction, since: str = "1949") -> list[str]:
    """Import one row about these two; answers the outcome."""
    cells = {"a_name": one.name, "a_country": one.country.code, "b_name": other.name, "b_country": other.country.code}
    rows = [RawRow(2, {**cells, "since": since})]
    return [row.outcome for row in imports.enter(rows=rows, source="A list", by=JOB, on=TODAY)]


def on_record(one: Jurisdiction, other: Jurisdiction) -> Affiliation:
    bring_in(one, other)
    return Affiliation.objects.open().between(one.pk, other.pk).get()


def merge(gone: Affiliation, kept: Affiliation, by: Actor) -> Merge:
    return affiliation_merges.merge(gone=gone.number, kept=kept.number, by=by, on=TODAY, reason="One agreement")


def check() -> None:
    call_command("check_readmodels", stdout=StringIO())
    assert chain.verify(register_selector.stream())[0] == RegisterEntry.objects.count()


def city_and_county() -> tuple[Jurisdiction, Jurisdiction, Jurisdiction]:
    city = cast.member(cast.jurisdiction("Arlington", "US", subdivision="US-VA"))
    county = cast.member(cast.jurisdiction("Arlington County", "US", kind="county", subdivision="US-VA"))
    return city, county, cast.jurisdiction("Aachen", "DE")


def test_of_two_registrars_who_merge_two_affiliations_both_ways_round_one_wins() -> None:
    city, county, aachen = city_and_county()
    one, other = on_record(city, aachen), on_record(county, aachen)
    first, second = registrar(), registrar()
    won, lost = split(at_once(lambda: merge(one, other, first), lambda: merge(other, one, second)))
    assert (len(won), len(lost)) == (1, 1)
    assert "merged into another" in lost[0].message
    assert Affiliation.objects.open().count() == 1
    assert Affiliation.objects.filter(successor__isnull=False).count() == 1
    assert RegisterEntry.objects.filter(event="affiliation.merged").count() == 1
    check()


@pytest.mark.parametrize("act", [Act.END, Act.SUSPEND])
def test_an_agreement_registered_beside_the_merge_of_its_affiliation_is_kept_or_refused(act: str) -> None:
    city, county, aachen = city_and_county()
    cast.registered([city, aachen])
    gone, kept = Affiliation.objects.get(), on_record(county, aachen)
    by = registrar()
    filing = cast.submitted(cast.representative(city), [city, aachen], act=act, signed_on="2020-05-01")
    review.take(filing_id=filing.pk, by=by)
    won, lost = split(
        at_once(lambda: merge(gone, kept, by), lambda: review.register(filing_id=filing.pk, by=by, on=TODAY))
    )
    assert len(won) + len(lost) == 2
    assert won, "at least one of the two goes through"
    gone.refresh_from_db()
    if any(isinstance(answer, Merge) for answer in won):
        assert (gone.standing, gone.successor_id) == (Standing.ANNULLED, kept.pk)
    assert all(error.message for error in lost)
    check()


def test_an_import_beside_a_merge_makes_the_community_that_stays_the_partner() -> None:
    town = cast.jurisdiction("San Francisco")
    for at in range(3):
        kept, gone = cast.jurisdiction(f"Osaka {at}", "JP"), cast.jurisdiction(f"Naniwa {at}", "JP")
        by = registrar()
        won, lost = split(
            at_once(
                lambda gone=gone, kept=kept, by=by: merges.merge(  # type: ignore[misc]
                    gone_id=gone.pk, kept_id=kept.pk, by=by, on=TODAY, reason="One city"
                ),
                lambda gone=gone: bring_in(town, gone),  # type: ignore[misc]
            )
        )
        assert (len(won), lost) == (2, [])
        assert Affiliation.objects.open().between(town.pk, kept.pk).count() == 1
        assert not Affiliation.objects.visible().between(town.pk, gone.pk).exists()
    check()


def test_an_import_beside_the_correction_of_its_namesake_does_not_bring_it_back() -> None:
    aachen, wrong = cast.jurisdiction("Aachen", "DE"), cast.jurisdiction("Halifax", "CA")
    right, by = cast.jurisdiction("Halifax", "GB"), registrar()
    made = on_record(aachen, wrong)
    won, lost = split(
        at_once(
            lambda: corrections.correct_partner(
                number=made.number, wrong_id=wrong.pk, right_id=right.pk, by=by, on=TODAY, reason="The other Halifax"
            ),
            *(lambda: bring_in(wrong, aachen) for _ in range(3)),
        )
    )
    assert (len(won), lost) == (4, [])
    assert bring_in(wrong, aachen) == ["corrected"]
    assert Affiliation.objects.open().get().pk == made.pk
    assert not Affiliation.objects.between(aachen.pk, wrong.pk).exists()
    check()
