"""The page of the community that is asked: what it sees, and its one answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.choices import DocumentRole
from partnerships.models import Filing, Jurisdiction, PartnerRequest, User
from partnerships.services import documents, filings, links, partners
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.views.paths import text

pytestmark = pytest.mark.django_db

YES = {"answer": "confirmed", "name": "Olena Koval, Mayor’s office", "comment": ""}


@pytest.fixture
def filing(representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction) -> Filing:
    draft = cast.draft(representative_of_irondequoit, [irondequoit, poltava])
    by = Actor.of(representative_of_irondequoit)
    documents.attach(
        filing_id=draft.pk, by=by, upload=cast.pdf("secret", "secret.pdf"), role=DocumentRole.OTHER, public=False
    )
    return filings.submit(filing_id=draft.pk, by=by, on=timezone.localdate())


@pytest.fixture
def asked(filing: Filing, representative_of_irondequoit: User, poltava: Jurisdiction) -> PartnerRequest:
    by = Actor.of(representative_of_irondequoit)
    return partners.ask(filing_id=filing.pk, jurisdiction_id=poltava.pk, email="o@p.example", language="en", by=by)


@pytest.fixture
def address(asked: PartnerRequest) -> str:
    return f"/partner/{links.sign(links.PARTNER, asked.pk)}/"


def test_the_partner_sees_what_was_filed_and_the_public_documents(address: str, filing: Filing, client: Client) -> None:
    page = client.get(address)
    shown = text(page)
    assert "Mayor of Poltava" in shown
    assert "29 June 1992" in shown
    assert "agreement.pdf" in shown
    assert "secret.pdf" not in shown
    assert "Rita" not in shown
    public, secret = filing.documents.filter(public=True)[0], filing.documents.get(public=False)
    answer = client.get(f"{address}documents/{public.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert client.get(f"{address}documents/{secret.pk}/").status_code == 404


def test_one_answer_is_taken_and_shown(address: str, asked: PartnerRequest, client: Client) -> None:
    assert client.post(address, YES).url == address
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("confirmed", "Olena Koval, Mayor’s office")
    assert "Thank you" in text(client.get(address))


def test_a_second_answer_changes_nothing(address: str, asked: PartnerRequest, client: Client) -> None:
    client.post(address, YES)
    client.post(address, {**YES, "answer": "declined", "comment": "No!"})
    asked.refresh_from_db()
    assert asked.answer == "confirmed"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"answer": ""}, "answer"),
        ({"answer": "maybe"}, "answer"),
        ({"name": ""}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"name": "O\x00"}, "name"),
        ({"answer": "declined"}, "comment"),
        ({"answer": "correction", "comment": " "}, "comment"),
        ({"comment": "x" * 5000}, "comment"),
        ({"comment": "a\x00b"}, "comment"),
    ],
)
def test_an_answer_that_cannot_be_is_told_at_its_field(
    address: str, asked: PartnerRequest, client: Client, wrong: dict[str, str], field: str
) -> None:
    answer = client.post(address, {**YES, **wrong})
    assert field in answer.context["form"].errors
    asked.refresh_from_db()
    assert asked.answer == ""


def test_after_the_decision_no_answer_is_needed_and_nothing_is_shown(
    address: str, filing: Filing, representative_of_irondequoit: User, client: Client
) -> None:
    filings.withdraw(filing_id=filing.pk, by=Actor.of(representative_of_irondequoit))
    page = client.get(address)
    assert "No answer is needed any more" in text(page)
    assert "Mayor of Poltava" not in text(page)
    public = filing.documents.filter(public=True)[0]
    assert client.get(f"{address}documents/{public.pk}/").status_code == 404
    client.post(address, YES)
    assert PartnerRequest.objects.get().answer == ""


def test_a_link_that_is_wrong_or_old_is_not_found(address: str, client: Client) -> None:
    assert client.get("/partner/nonsense/").status_code == 404
    assert client.get(address.replace("/partner/", "/account/invitation/")).status_code == 404
    PartnerRequest.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert client.get(address).status_code == 404


def test_the_page_is_private(address: str, client: Client) -> None:
    answer = client.get(address)
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert 'content="noindex"' in answer.content.decode()
