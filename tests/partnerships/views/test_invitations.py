"""Coming in: by invitation, or by asking for access."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from partnerships.choices import Capacity
from partnerships.models import AccessRequest, Invitation, Jurisdiction, LedgerEntry, Representation, User
from partnerships.services import links, members
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.views.paths import signed_in, text

pytestmark = pytest.mark.django_db

NEW = {"name": "Nora Newcomer", "password": cast.PASSWORD, "again": cast.PASSWORD}
ASKED = {
    "name": "Ann Asker",
    "email": "ann@osaka.example",
    "community": "Osaka, Japan",
    "capacity": "employee",
    "statement": "See the staff page of the city.",
}


@pytest.fixture
def invitation(irondequoit: Jurisdiction, registrar: User) -> Invitation:
    return members.invite_representative(
        email="nora@irondequoit.example",
        jurisdiction=irondequoit,
        capacity=Capacity.EMPLOYEE,
        by=Actor.of(registrar),
        name="Nora",
    )


@pytest.fixture
def address(invitation: Invitation) -> str:
    return f"/account/invitation/{links.sign(links.INVITATION, invitation.pk)}/"


def test_an_invitation_opens_an_account_and_signs_in(address: str, irondequoit: Jurisdiction, client: Client) -> None:
    assert "You are invited to file agreements for Irondequoit" in text(client.get(address))
    answer = client.post(address, NEW)
    user = User.objects.get(email="nora@irondequoit.example")
    assert answer.url == "/account/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.name == "Nora Newcomer"
    assert Representation.objects.get(user=user).jurisdiction == irondequoit
    proved = EmailAddress.objects.get(user=user)
    assert (proved.email, proved.verified, proved.primary) == (user.email, True, True)


def test_the_new_account_can_be_signed_in_to_again(address: str, client: Client) -> None:
    client.post(address, NEW)
    again = Client()
    said = {"login": "nora@irondequoit.example", "password": cast.PASSWORD}
    assert again.post("/account/login/", said).url == "/account/"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"name": "N\x00"}, "name"),
        ({"password": "short", "again": "short"}, "password"),
        ({"password": "123456789012", "again": "123456789012"}, "password"),
        ({"password": "nora@irondequoit.example", "again": "nora@irondequoit.example"}, "password"),
        ({"password": "x" * 10_000, "again": "x" * 10_000}, "password"),
        ({"again": "another password here"}, "again"),
    ],
)
def test_an_account_that_cannot_be_is_told_at_its_field(
    address: str, client: Client, wrong: dict[str, str], field: str
) -> None:
    answer = client.post(address, {**NEW, **wrong})
    assert field in answer.context["form"].errors
    assert not User.objects.filter(email="nora@irondequoit.example").exists()
    assert cast.PASSWORD not in answer.content.decode()


def test_a_second_click_leads_to_the_account(address: str, client: Client) -> None:
    client.post(address, NEW)
    assert client.post(address, NEW).url == "/account/"
    assert client.get(address).url == "/account/"
    assert Representation.objects.count() == 1


def test_a_link_that_was_used_tells_others_so(address: str, client: Client) -> None:
    client.post(address, NEW)
    answer = Client().get(address)
    assert answer.status_code == 410
    assert "It was accepted already" in text(answer)


def test_a_link_that_has_expired_says_whom_to_ask(address: str, invitation: Invitation, client: Client) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    answer = client.post(address, NEW)
    assert answer.status_code == 410
    assert "It has expired" in text(answer)
    assert not User.objects.filter(email=invitation.email).exists()


@pytest.mark.parametrize("token", ["x", "MQ:1abc:def", "%00", "a" * 5000])
def test_a_link_that_the_registry_did_not_write_is_not_found(client: Client, token: str) -> None:
    assert client.get(f"/account/invitation/{token}/").status_code == 404


def test_an_account_that_exists_signs_in_and_accepts(address: str, invitation: Invitation, client: Client) -> None:
    user = cast.person(invitation.email, "Nora Known")
    page = client.get(address)
    assert "Sign in to accept" in text(page)
    assert client.post(address, NEW).status_code == 200
    assert not Representation.objects.exists()
    back = client.post(f"/account/login/?next={address}", {"login": user.email, "password": cast.PASSWORD})
    assert back.url == address
    assert client.post(address).url == "/account/"
    assert Representation.objects.get().user == user
    user.refresh_from_db()
    assert user.check_password(cast.PASSWORD)
    assert user.name == "Nora Known"


def test_somebody_signed_in_with_another_address_cannot_accept(
    address: str, invitation: Invitation, stranger: User
) -> None:
    cast.person(invitation.email)
    client = signed_in(stranger)
    assert "signed in with another address" in text(client.get(address))
    client.post(address)
    assert not Representation.objects.exists()


def test_a_request_for_access_reaches_staff(client: Client, registrar: User, osaka: Jurisdiction) -> None:
    answer = client.post("/account/request/", {**ASKED, "proof": cast.pdf(name="letter.exe")})
    assert answer.url == "/account/request/received/"
    request = AccessRequest.objects.get()
    assert (request.email, request.community, request.jurisdiction) == ("ann@osaka.example", "Osaka, Japan", osaka)
    assert request.proof_file.name.endswith(".pdf")
    assert "Thank you" in text(client.get(answer.url))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "ann"}, "email"),
        ({"email": "a" * 300 + "@example.org"}, "email"),
        ({"community": "x" * 10_000}, "community"),
        ({"community": "\u202e"}, "community"),
        ({"capacity": "friend"}, "capacity"),
        ({"statement": "a\x00b"}, "statement"),
        ({"statement": "x" * 2001}, "statement"),
    ],
)
def test_a_request_that_cannot_be_is_told_at_its_field_and_stays(
    client: Client, wrong: dict[str, str], field: str
) -> None:
    answer = client.post("/account/request/", {**ASKED, **wrong})
    assert field in answer.context["form"].errors
    assert "See the staff page" in answer.content.decode() or field == "statement"
    assert not AccessRequest.objects.exists()


def test_a_proof_is_judged_by_its_content(client: Client) -> None:
    upload = SimpleUploadedFile("letter.pdf", b"PK\x03\x04 not a letter", content_type="application/pdf")
    answer = client.post("/account/request/", {**ASKED, "proof": upload})
    assert "proof" in answer.context["form"].errors


def test_the_answer_is_the_same_whether_there_is_an_account_or_not(client: Client) -> None:
    cast.person("ann@osaka.example")
    known = client.post("/account/request/", ASKED)
    unknown = client.post("/account/request/", {**ASKED, "email": "bob@osaka.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_the_same_address_asks_only_so_often_and_is_told_nothing_else(client: Client) -> None:
    answers = {client.post("/account/request/", ASKED).url for _try in range(5)}
    assert answers == {"/account/request/received/"}
    assert AccessRequest.objects.count() == 3


def test_a_flood_of_requests_is_stopped(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"request_access": "2/h/ip", "request_access_for": "9/d/key"}
    codes = [client.post("/account/request/", {**ASKED, "email": f"a{n}@b.example"}).status_code for n in range(3)]
    assert codes == [302, 302, 429]
    assert LedgerEntry.objects.filter(act="access.requested").count() == 2
