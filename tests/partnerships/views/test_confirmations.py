"""The page behind the yearly letter: to open it changes nothing, one button confirms, a used link says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.choices import Act, Role
from partnerships.models import (
    Affiliation,
    Confirmation,
    Contact,
    Jurisdiction,
    LedgerEntry,
    Milestone,
    Organisation,
    RegisterEntry,
)
from partnerships.services import affiliation_merges, links
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.views.paths import signed_in, text

pytestmark = pytest.mark.django_db

YES = {"answer": "active"}


@pytest.fixture
def asked(irondequoit: Jurisdiction, poltava: Jurisdiction) -> Confirmation:
    cast.registered([irondequoit, poltava])
    today = timezone.localdate()
    return Confirmation.objects.create(
        affiliation=Affiliation.objects.get(),
        jurisdiction=poltava,
        email="o@p.example",
        asked_on=today,
        expires_on=today + timedelta(days=90),
    )


@pytest.fixture
def address(asked: Confirmation) -> str:
    return f"/still-active/{links.sign(links.CONFIRMATION, asked.pk)}/"


def test_to_open_the_page_changes_nothing_however_often(address: str, client: Client, asked: Confirmation) -> None:
    before = (RegisterEntry.objects.count(), LedgerEntry.objects.count())
    for page in (client.get(address), client.head(address), client.get(f"{address}?answer=active")):
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
    asked.refresh_from_db()
    assert asked.answer == ""
    assert (RegisterEntry.objects.count(), LedgerEntry.objects.count()) == before


def test_one_press_of_the_button_confirms_without_an_account(address: str, client: Client) -> None:
    assert "Is it still active?" in text(client.get(address))
    answer = client.post(address, YES)
    assert answer["Location"] == address
    assert Affiliation.objects.get().last_confirmed_on == timezone.localdate()
    assert "confirmed as active by this link" in text(client.get(address))


def test_a_used_link_says_so_and_takes_nothing_more(address: str, client: Client) -> None:
    client.post(address, YES)
    before = RegisterEntry.objects.count()
    again = client.post(address, {**YES, "happened": "2026", "milestone": "Twice"})
    assert "confirmed as active by this link" in text(again)
    assert (RegisterEntry.objects.count(), Milestone.objects.count()) == (before, 0)


def test_an_expired_link_says_until_when_it_worked(address: str, client: Client, asked: Confirmation) -> None:
    past = timezone.localdate() - timedelta(days=1)
    Confirmation.objects.update(asked_on=past, expires_on=past)
    assert "This link worked until" in text(client.get(address))
    assert "This link worked until" in text(client.post(address, YES))
    asked.refresh_from_db()
    assert asked.answer == ""


def test_an_affiliation_that_ended_needs_no_answer(address: str, client: Client, asked: Confirmation) -> None:
    cast.registered([asked.affiliation.first, asked.affiliation.second], act=Act.END)
    assert "has ended" in text(client.get(address))
    client.post(address, YES)
    assert Affiliation.objects.get().last_confirmed_on is None


def test_one_that_was_merged_leads_to_the_other(
    address: str, client: Client, asked: Confirmation, irondequoit: Jurisdiction
) -> None:
    cast.registered([irondequoit, cast.jurisdiction("Poltava Raion", "UA", kind="county")])
    kept = Affiliation.objects.exclude(pk=asked.affiliation_id).get()
    affiliation_merges.merge(
        gone=asked.affiliation.number,
        kept=kept.number,
        by=Actor.of(cast.staff(Role.REGISTRAR)),
        on=timezone.localdate(),
        reason="One partnership",
    )
    page = client.get(address)
    assert "merged into another one" in text(page)
    assert f"/affiliations/{kept.number}/" in page.content.decode()
    client.post(address, YES)
    kept.refresh_from_db()
    assert kept.last_confirmed_on is None


@pytest.mark.parametrize("wrong", ["x", "x" * 300, "a:b:c"])
def test_a_link_that_this_registry_did_not_write_is_no_page(client: Client, wrong: str) -> None:
    assert client.get(f"/still-active/{wrong}/").status_code == 404
    assert client.post(f"/still-active/{wrong}/", YES).status_code == 404


def test_what_was_typed_stays_where_something_is_wrong(address: str, client: Client) -> None:
    page = client.post(address, {**YES, "milestone": "Twenty students came.", "happened": "someday"})
    assert page.status_code == 200
    assert "Twenty students came." in page.content.decode()
    assert '<details class="flow" open>' in page.content.decode()
    assert Affiliation.objects.get().last_confirmed_on is None
    missing = client.post(address, {"answer": "request"})
    assert "Write what is wrong" in text(missing)


def test_the_contact_is_shown_to_its_own_address_only(address: str, client: Client, poltava: Jurisdiction) -> None:
    office = Organisation.objects.create(name="Council", jurisdiction=poltava)
    Contact.objects.create(organisation=office, name="Somebody Else", email="else@p.example", phone="555-1234")
    assert "555-1234" not in client.get(address).content.decode()
    Contact.objects.create(organisation=office, name="Olena", email="O@p.example", phone="555-9876")
    assert "555-9876" in client.get(address).content.decode()


def test_a_contact_that_nobody_touched_is_left_alone(address: str, client: Client, poltava: Jurisdiction) -> None:
    office = Organisation.objects.create(name="Council", jurisdiction=poltava)
    own = Contact.objects.create(organisation=office, name="Olena", email="o@p.example", phone="1")
    client.post(address, {**YES, "name": "Olena", "email": "o@p.example", "phone": "1", "office": ""})
    assert not LedgerEntry.objects.filter(act__startswith="contact.").exists()
    assert Contact.objects.get() == own


def test_staff_find_the_request_and_settle_it(address: str, client: Client, asked: Confirmation) -> None:
    client.post(address, {"answer": "request", "request": "It is Poltava."})
    desk = signed_in(cast.staff(Role.REGISTRAR))
    page = f"/admin/partnerships/confirmation/{asked.pk}/"
    assert "It is Poltava." in text(desk.get(f"{page}change/"))
    desk.post(f"{page}settle/", {"settlement": "Corrected by hand."})
    asked.refresh_from_db()
    assert asked.settlement == "Corrected by hand."
    assert signed_in(cast.staff(Role.AUDITOR)).post(f"{page}settle/", {"settlement": "No"}).status_code == 403
