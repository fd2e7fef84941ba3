"""What each act does to an affiliation (domain section 4)."""

from __future__ import annotations

from datetime import date

import pytest

from partnerships.choices import Standing
from partnerships.exceptions import ActDoesNotFit, Invalid, NotAllowed, Unmet
from partnerships.models import Affiliation, Jurisdiction, RegisterEntry, User
from partnerships.rules.dates import PartialDate
from partnerships.services import affiliations, members
from partnerships.services.access import Actor
from tests import cast

TODAY = date(2026, 11, 24)


@pytest.fixture
def parties(irondequoit: Jurisdiction, poltava: Jurisdiction) -> list[Jurisdiction]:
    return [irondequoit, poltava]


def periods(affiliation: Affiliation) -> list[tuple[str, str, str]]:
    return [(p.kind, p.standing, str(p.from_date)) for p in affiliation.periods.all()]


def test_an_upgrade_makes_a_friendship_a_sister_and_keeps_the_history(parties: list[Jurisdiction]) -> None:
    cast.registered(parties, kind="friendship", signed_on="2001-05-01")
    cast.registered(parties, act="upgrade", signed_on="2005-09-30")
    affiliation = Affiliation.objects.get()
    assert (affiliation.kind, str(affiliation.since)) == ("sister", "2001-05-01")
    assert periods(affiliation) == [
        ("friendship", "in_force", "2001-05-01"),
        ("sister", "in_force", "2005-09-30"),
    ]


def test_a_suspension_and_its_end_are_periods(parties: list[Jurisdiction]) -> None:
    cast.registered(parties, signed_on="1992-06-29")
    cast.registered(parties, act="suspend", signed_on="2014-03-01")
    assert Affiliation.objects.get().standing == Standing.SUSPENDED
    cast.registered(parties, act="resume", signed_on="2015-03-01")
    affiliation = Affiliation.objects.get()
    assert affiliation.standing == Standing.IN_FORCE
    assert [row[1] for row in periods(affiliation)] == ["in_force", "suspended", "in_force"]


def test_one_party_alone_can_end_it_and_the_record_says_who(parties: list[Jurisdiction]) -> None:
    cast.registered(parties)
    ending = cast.registered(parties, act="end", signed_on="2018-01-01", declared_by_id=parties[1].pk)
    affiliation = Affiliation.objects.get()
    assert (affiliation.standing, str(affiliation.ended)) == ("ended", "2018-01-01")
    assert ending.declared_by == parties[1]


def test_after_an_end_the_same_two_may_begin_anew(parties: list[Jurisdiction]) -> None:
    cast.registered(parties)
    cast.registered(parties, act="end", signed_on="2018-01-01", declared_by_id=parties[1].pk)
    cast.registered(parties, signed_on="2020-01-01")
    assert list(Affiliation.objects.values_list("number", "standing")) == [
        ("SCI-000001", "ended"),
        ("SCI-000002", "in_force"),
    ]


def test_what_does_not_exist_cannot_be_renewed(parties: list[Jurisdiction]) -> None:
    with pytest.raises(Unmet) as refused:
        cast.registered(parties, act="renew", term_end=date(2030, 1, 1))
    assert "act" in {found.code for found in refused.value.findings}


def test_a_renewal_sets_the_new_end_of_the_term(parties: list[Jurisdiction]) -> None:
    cast.registered(parties, signed_on="2015-01-01", term_end=date(2025, 1, 1))
    cast.registered(parties, act="renew", signed_on="2025-01-01", term_end=date(2035, 1, 1))
    assert Affiliation.objects.get().term_end == date(2035, 1, 1)


def test_an_affiliation_without_activity_becomes_emeritus_and_can_come_back(
    parties: list[Jurisdiction], registrar: User
) -> None:
    cast.registered(parties)
    by = Actor.of(registrar)
    affiliations.decide(
        number="SCI-000001", act="emeritus", by=by, on=TODAY, effective=PartialDate(2020), reason="No programme"
    )
    assert Affiliation.objects.get().standing == Standing.EMERITUS
    affiliations.decide(
        number="SCI-000001", act="reactivate", by=by, on=TODAY, effective=PartialDate(2024), reason="A new committee"
    )
    assert Affiliation.objects.get().standing == Standing.IN_FORCE


def test_a_staff_act_that_does_not_fit_changes_nothing(parties: list[Jurisdiction], registrar: User) -> None:
    cast.registered(parties)
    entries = RegisterEntry.objects.count()
    with pytest.raises(ActDoesNotFit):
        affiliations.decide(
            number="SCI-000001", act="reactivate", by=Actor.of(registrar), on=TODAY, effective=None, reason="Why not"
        )
    assert RegisterEntry.objects.count() == entries


def test_a_clerk_cannot_make_it_emeritus(parties: list[Jurisdiction], clerk: User) -> None:
    cast.registered(parties)
    with pytest.raises(NotAllowed):
        affiliations.decide(
            number="SCI-000001", act="emeritus", by=Actor.of(clerk), on=TODAY, effective=None, reason="No programme"
        )


def test_an_exclusion_ends_recognition_and_needs_a_reason(parties: list[Jurisdiction], registrar: User) -> None:
    cast.registered(parties)
    by = Actor.of(registrar)
    with pytest.raises(Invalid, match="reason"):
        affiliations.exclude(number="SCI-000001", by=by, on=TODAY, from_date=TODAY, to_date=None, reason=" ")
    affiliations.exclude(
        number="SCI-000001", by=by, on=TODAY, from_date=date(2026, 1, 1), to_date=None, reason="Board decision 7"
    )
    assert not Affiliation.objects.recognised(TODAY).exists()


def test_a_membership_that_lapses_ends_recognition_and_a_new_term_brings_it_back(
    poltava: Jurisdiction, registrar: User
) -> None:
    town = cast.member(cast.jurisdiction("Lapsing", "US"), through=date(2026, 12, 31))
    cast.registered([town, poltava], on=TODAY)
    assert Affiliation.objects.recognised(date(2026, 12, 31)).exists()
    assert not Affiliation.objects.recognised(date(2028, 1, 1)).exists()
    members.set_term(
        jurisdiction_id=town.pk,
        from_date=date(2027, 1, 1),
        paid_through=date(2028, 12, 31),
        by=Actor.of(registrar),
        on=TODAY,
    )
    assert Affiliation.objects.recognised(date(2028, 1, 1)).exists()


def test_the_earliest_home_partner_of_a_foreign_community_is_its_charter(osaka: Jurisdiction) -> None:
    for name, year in (("Early", "1957"), ("Late", "1987")):
        cast.registered([cast.jurisdiction(name, "US"), osaka], signed_on=year)
    assert list(Affiliation.objects.values_list("charter", flat=True)) == ["charter", ""]


def test_years_that_may_be_the_same_day_are_shown_as_a_tie(osaka: Jurisdiction) -> None:
    for name, day in (("One", "1957"), ("Other", "1957-10-07")):
        cast.registered([cast.jurisdiction(name, "US"), osaka], signed_on=day)
    assert list(Affiliation.objects.values_list("charter", flat=True)) == ["tie", "tie"]


def test_a_milestone_confirms_that_the_affiliation_is_alive(parties: list[Jurisdiction], clerk: User) -> None:
    cast.registered(parties)
    affiliations.record_milestone(
        number="SCI-000001",
        kind="conference",
        happened=PartialDate(2022, 7, 14),
        text="Virtual conference",
        sources=[],
        by=Actor.of(clerk),
        on=TODAY,
    )
    assert Affiliation.objects.get().last_confirmed_on == date(2022, 7, 14)


def test_a_member_in_a_territory_of_the_home_country_is_at_home(osaka: Jurisdiction) -> None:
    hagatna = cast.member(cast.jurisdiction("Hagåtña", "GU"))
    cast.registered([hagatna, osaka], signed_on="1970", on=TODAY)
    affiliation = Affiliation.objects.recognised(TODAY).get()
    assert affiliation.charter == "charter"
