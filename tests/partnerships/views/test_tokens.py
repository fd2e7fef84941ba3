"""``/account/tokens/``: made, shown once, listed, revoked."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from partnerships.models import AccessToken, User
from tests import cast
from tests.partnerships.views.paths import signed_in, text

pytestmark = pytest.mark.django_db
PAGE = "/account/tokens/"
TYPED = {"name": "nightly upload", "scope": "file", "days": "90"}


def test_a_token_is_shown_once(representative_of_irondequoit: User) -> None:
    client = signed_in(representative_of_irondequoit)
    answer = client.post(PAGE, TYPED)
    (shown,) = re.findall(r"<code>(sci_[\w-]{43})</code>", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    again = client.get(PAGE).content.decode()
    assert shown not in again
    assert shown[:8] in again
    assert "nightly upload" in again
    assert "never used" in again


def test_sending_the_form_twice_makes_one(representative_of_irondequoit: User) -> None:
    client = signed_in(representative_of_irondequoit)
    client.post(PAGE, TYPED)
    assert "You have a token of this name already." in text(client.post(PAGE, TYPED))
    assert AccessToken.objects.count() == 1


def test_a_revoked_one_is_gone_from_the_page(representative_of_irondequoit: User) -> None:
    client = signed_in(representative_of_irondequoit)
    client.post(PAGE, TYPED)
    token = AccessToken.objects.get()
    answer = client.post(f"{PAGE}{token.pk}/revoke/", follow=True)
    assert "nobody can use it any more" in text(answer)
    assert "You have none." in text(answer)


def test_of_others_one_can_revoke_nothing(representative_of_irondequoit: User, stranger: User) -> None:
    signed_in(representative_of_irondequoit).post(PAGE, TYPED)
    token = AccessToken.objects.get()
    client = signed_in(stranger)
    assert client.post(f"{PAGE}{token.pk}/revoke/").status_code == 404
    assert "nightly upload" not in text(client.get(PAGE))
    token.refresh_from_db()
    assert token.revoked_at is None


def test_it_is_for_people_who_are_signed_in(client: Client) -> None:
    for answer in (client.get(PAGE), client.post(PAGE, TYPED), client.post(f"{PAGE}1/revoke/")):
        assert answer.status_code == 302
        assert "/account/login/" in answer["Location"]
    assert not AccessToken.objects.exists()


def test_a_link_revokes_nothing(representative_of_irondequoit: User) -> None:
    assert signed_in(representative_of_irondequoit).get(f"{PAGE}1/revoke/").status_code == 405


@pytest.mark.parametrize("wrong", [{"name": ""}, {"scope": "staff"}, {"scope": ""}, {"days": "9999"}, {"days": "x"}])
def test_what_is_wrong_is_said_and_nothing_is_made(representative_of_irondequoit: User, wrong: dict[str, str]) -> None:
    answer = signed_in(representative_of_irondequoit).post(PAGE, {**TYPED, **wrong})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == list(wrong)
    assert not AccessToken.objects.exists()


def test_staff_are_told_what_one_that_decides_needs(registrar: User) -> None:
    client = signed_in(registrar)
    assert "needs a second factor" in text(client.get(PAGE))
    assert "Review and decide" not in text(client.get(PAGE))
    Authenticator.objects.create(user=registrar, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert "Review and decide" in text(client.get(PAGE))
    client.post(PAGE, {**TYPED, "scope": "staff"})
    assert AccessToken.objects.get().scope == "staff"


def test_the_account_leads_there() -> None:
    assert f'href="{PAGE}"' in signed_in(cast.person()).get("/account/").content.decode()
