"""Two communities that are one: everything moves, addresses lead on, and undoing puts it all back exactly."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from partnerships.choices import Standing
from partnerships.exceptions import Invalid, Missing, NotAllowed, WrongState
from partnerships.models import (
    Affiliation,
    AffiliationSide,
    Agreement,
    Conflict,
    Filing,
    FilingParty,
    Jurisdiction,
    JurisdictionName,
    MembershipTerm,
    Merge,
    NameWord,
    Period,
    RegisterEntry,
    Representation,
    Tally,
    User,
)
from partnerships.rules import chain
from partnerships.selectors import register as register_selector
from partnerships.services import jurisdictions, merges
from partnerships.services.access import Actor
from tests import cast

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
WHY = "One city, entered once in its own script."


@pytest.fixture
def by(registrar: User) -> Actor:
    return Actor.of(registrar)


@pytest.fixture
def twin(db: None) -> Jurisdiction:
    """Osaka again, as another source spells it, with what only this entry knows."""
    made = cast.jurisdiction("Ōsaka-shi", "JP", geonames_id=1853909, population=2753862, population_source="GeoNames")
    JurisdictionName.objects.create(jurisdiction=made, name="Осака", language="ru")
    jurisdictions.index_names(made)
    return made


def merge(gone: Jurisdiction, kept: Jurisdiction, by: Actor, reason: str = WHY) -> Merge:
    return merges.merge(gone_id=gone.pk, kept_id=kept.pk, by=by, on=TODAY, reason=reason)


def check() -> None:
    call_command("check_readmodels", stdout=StringIO())
    assert chain.verify(register_selector.stream())[0] == RegisterEntry.objects.count()


def everything() -> dict[str, Any]:
    """All that a merge may touch, but for what only grows: the register, the ledger, the merges."""
    tables = (Affiliation, AffiliationSide, Jurisdiction, JurisdictionName, NameWord, Period, MembershipTerm)
    more = (Representation, Filing, FilingParty, Tally, Conflict)
    never = {"id", "changed_seq", "saved_at"}
    found: dict[str, Any] = {}
    for model in (*tables, *more):
        rows = (
            {name: str(value) for name, value in row.items() if name not in never or model is Jurisdiction}
            for row in model.objects.values()
            if row.get("count") != 0
        )
        found[model.__name__] = sorted(map(str, rows))
    return found


def test_every_name_number_and_affiliation_is_of_the_one_that_stays(
    san_francisco: Jurisdiction, osaka: Jurisdiction, twin: Jurisdiction, by: Actor
) -> None:
    number = cast.registered([san_francisco, twin]).affiliations.get().number
    merge(twin, osaka, by)
    osaka.refresh_from_db()
    assert (osaka.geonames_id, osaka.population, osaka.open_count) == (1853909, 2753862, 1)
    assert set(osaka.names.values_list("name", flat=True)) >= {"Ōsaka-shi", "Осака"}
    affiliation = Affiliation.objects.get(number=number)
    assert affiliation.party_ids == tuple(sorted((san_francisco.pk, osaka.pk)))
    check()


def test_the_address_of_the_one_that_is_gone_leads_on_for_good(
    client: Client, osaka: Jurisdiction, twin: Jurisdiction, by: Actor
) -> None:
    merge(twin, osaka, by)
    for address in (f"/jurisdictions/{twin.pk}-osaka-shi/", f"/jurisdictions/{twin.pk}/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, f"/jurisdictions/{osaka.pk}-osaka/")
    assert client.get(f"/api/v1/jurisdictions/{twin.pk}/").status_code == 301


def test_an_address_leads_to_the_last_of_several_merges_at_once(
    client: Client, osaka: Jurisdiction, twin: Jurisdiction, by: Actor
) -> None:
    third = cast.jurisdiction("City of Osaka", "JP")
    merge(third, twin, by)
    merge(twin, osaka, by)
    assert client.get(f"/jurisdictions/{third.pk}/")["Location"] == f"/jurisdictions/{osaka.pk}-osaka/"


def test_a_merge_is_one_entry_of_the_register(
    san_francisco: Jurisdiction, osaka: Jurisdiction, twin: Jurisdiction, by: Actor
) -> None:
    number = cast.registered([san_francisco, twin]).affiliations.get().number
    before = RegisterEntry.objects.count()
    merge(twin, osaka, by)
    entry = RegisterEntry.objects.latest("seq")
    assert (RegisterEntry.objects.count(), entry.event) == (before + 1, "jurisdiction.merged")
    assert number in entry.payload
    assert WHY in entry.payload


def test_of_two_open_affiliations_with_one_partner_one_leads_to_the_other(
    client: Client, san_francisco: Jurisdiction, osaka: Jurisdiction, twin: Jurisdiction, by: Actor
) -> None:
    elder = cast.registered([san_francisco, twin], signed_on="1957").affiliations.get()
    younger = cast.registered([san_francisco, osaka], signed_on="1960-05-01").affiliations.get()
    merge(twin, osaka, by)
    elder.refresh_from_db()
    younger.refresh_from_db()
    assert (younger.standing, younger.successor) == (Standing.ANNULLED, elder)
    assert elder.party_ids == tuple(sorted((san_francisco.pk, osaka.pk)))
    answer = client.get(f"/affiliations/{younger.number}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/affiliations/{elder.number}/")
    page = client.get(f"/affiliations/{elder.number}/").content.decode()
    assert all(number in page for number in Agreement.objects.values_list("number", flat=True))
    assert Conflict.objects.get().values == ["1957", "1960-05-01"]
    check()


def test_the_one_that_stays_begins_with_the_earlier_of_both_and_keeps_the_fuller_kind(
    san_francisco: Jurisdiction, osaka: Jurisdiction, twin: Jurisdiction, by: Actor
) -> None:
    cast.registered([san_francisco, twin], signed_on="1957", kind="friendship")
    cast.registered([san_francisco, osaka], signed_on="1990-05-01", kind="sister")
    merge(twin, osaka, by)
    open_one = Affiliation.objects.open().get()
    assert (str(open_one.since), open_one.kind) == ("1957", "sister")
    assert list(open_one.periods.values_list("kind", flat=True)) == ["friendship", "sister"]
    check()


def test_an_ended_affiliation_stays_beside_an_open_one(
    san_francisco: Jurisdiction, osaka: Jurisdiction, twin: Jurisdiction, by: Actor
) -> None:
    cast.registered([san_francisco, twin], signed_on="1957")
    cast.registered([san_francisco, twin], act="end", signed_on="1980-01-01")
    cast.registered([san_francisco, osaka], signed_on="1990-05-01")
    merge(twin, osaka, by)
    assert sorted(Affiliation.objects.values_list("standing", flat=True)) == ["ended", "in_force"]
    assert Affiliation.objects.between(san_francisco.pk, osaka.pk).count() == 2
    check()


def test_undoing_puts_everything_back_exactly(
    client: Client,
    san_francisco: Jurisdiction,
    irondequoit: Jurisdiction,
    osaka: Jurisdiction,
    twin: Jurisdiction,
    by: Actor,
) -> None:
    cast.registered([san_francisco, twin], signed_on="1957", themes=["arts"])
    cast.registered([san_francisco, osaka], signed_on="1960-05-01", story="A story", themes=["youth"])
    cast.registered([irondequoit, twin], signed_on="1992-06-29")
    waiting = cast.submitted(cast.representative(twin), [twin, cast.member(cast.jurisdiction("Chicago"))])
    before = everything()
    made = merge(twin, osaka, by)
    assert everything() != before
    assert list(waiting.party_rows.values_list("jurisdiction", flat=True))[0] == osaka.pk
    merges.undo(merge_id=made.pk, by=by, on=TODAY, reason="They are two wards of it")
    assert everything() == before
    entry = RegisterEntry.objects.latest("seq")
    assert (entry.event, entry.subject) == ("jurisdiction.merge-undone", f"jurisdictions/{osaka.pk}")
    assert client.get(f"/jurisdictions/{twin.pk}-osaka-shi/").status_code == 200
    check()


def test_what_happened_since_is_not_lost_by_undoing(
    san_francisco: Jurisdiction, irondequoit: Jurisdiction, osaka: Jurisdiction, twin: Jurisdiction, by: Actor
) -> None:
    cast.registered([san_francisco, twin], signed_on="1957")
    made = merge(twin, osaka, by)
    later = cast.registered([irondequoit, Jurisdiction.objects.get(pk=osaka.pk)]).affiliations.get()
    cast.registered([san_francisco, Jurisdiction.objects.get(pk=osaka.pk)], act="end", signed_on="2018-06-01")
    merges.undo(merge_id=made.pk, by=by, on=TODAY, reason="Two after all")
    later.refresh_from_db()
    assert osaka.pk in later.party_ids
    ended = Affiliation.objects.get(standing=Standing.ENDED)
    assert twin.pk in ended.party_ids
    check()


def test_a_later_merge_is_undone_first(osaka: Jurisdiction, twin: Jurisdiction, by: Actor) -> None:
    first = merge(twin, osaka, by)
    second = merge(osaka, cast.jurisdiction("Greater Osaka", "JP"), by)
    with pytest.raises(WrongState, match="A later merge builds on this one"):
        merges.undo(merge_id=first.pk, by=by, on=TODAY, reason="No")
    merges.undo(merge_id=second.pk, by=by, on=TODAY, reason="No")
    merges.undo(merge_id=first.pk, by=by, on=TODAY, reason="No")
    with pytest.raises(WrongState, match="Undone already by Ruth Registrar"):
        merges.undo(merge_id=first.pk, by=by, on=TODAY, reason="No")


def test_partners_of_each_other_are_not_merged(
    osaka: Jurisdiction, twin: Jurisdiction, san_francisco: Any, by: Actor
) -> None:
    number = cast.registered([san_francisco, osaka]).affiliations.get().number
    with pytest.raises(WrongState, match=number):
        merge(san_francisco, osaka, by)
    assert not Merge.objects.exists()


def test_a_filing_that_names_both_is_decided_first(
    san_francisco: Jurisdiction, osaka: Jurisdiction, twin: Jurisdiction, by: Actor
) -> None:
    filing = cast.submitted(cast.representative(san_francisco), [san_francisco, osaka, twin])
    with pytest.raises(WrongState, match=f"Filing {filing.pk} names both"):
        merge(twin, osaka, by)


def test_two_filings_that_wait_about_one_pair_are_told(
    san_francisco: Jurisdiction, osaka: Jurisdiction, twin: Jurisdiction, by: Actor
) -> None:
    for partner in (osaka, twin):
        cast.submitted(cast.representative(san_francisco), [san_francisco, partner])
    with pytest.raises(WrongState, match="still open"):
        merge(twin, osaka, by)
    twin.refresh_from_db()
    assert twin.successor is None


def test_who_spoke_for_the_one_speaks_for_the_other(osaka: Jurisdiction, twin: Jurisdiction, by: Actor) -> None:
    user = cast.representative(twin)
    cast.member(twin)
    merge(twin, osaka, by)
    assert Representation.objects.get(user=user).jurisdiction == osaka
    assert osaka.membership_terms.count() == 1


def test_what_cannot_be_merged_is_said_clearly(osaka: Jurisdiction, twin: Jurisdiction, by: Actor, clerk: User) -> None:
    with pytest.raises(Missing):
        merge(osaka, osaka, by)
    with pytest.raises(Invalid):
        merge(twin, osaka, by, reason=" ")
    with pytest.raises(NotAllowed):
        merge(twin, osaka, Actor.of(clerk))
    with pytest.raises(WrongState, match="fictional"):
        merge(cast.jurisdiction("Nowhere", "JP", fictional=True), osaka, by)
    merge(twin, osaka, by)
    with pytest.raises(WrongState, match="already"):
        merge(twin, osaka, by)


def test_the_database_refuses_a_merge_with_itself_and_a_merged_affiliation_in_force(
    san_francisco: Jurisdiction, osaka: Jurisdiction
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Merge.objects.create(gone=osaka, kept=osaka, reason="x", merged_on=TODAY, merged_by="x")
    one = cast.registered([san_francisco, osaka]).affiliations.get()
    other = cast.registered([san_francisco, cast.jurisdiction("Kyoto", "JP")]).affiliations.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Affiliation.objects.filter(pk=one.pk).update(successor=other)


def test_who_signed_an_undecided_filing_follows_with_its_party(by: Actor) -> None:
    """Both or neither: a party without its signatory could never be registered."""
    town = cast.member(cast.jurisdiction())
    kept, gone = cast.jurisdiction("Osaka", "JP"), cast.jurisdiction("Ōsaka", "JP")
    filing = cast.submitted(cast.representative(town), [town, gone])
    merge(gone, kept, by)
    assert set(filing.parties.values_list("pk", flat=True)) == {town.pk, kept.pk}
    assert set(filing.signatories.values_list("jurisdiction", flat=True)) == {town.pk, kept.pk}
