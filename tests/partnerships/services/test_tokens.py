"""Personal tokens: shown once, kept as a hash, bounded in time and in what they open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerships.choices import Role, TokenScope
from partnerships.exceptions import Invalid, Missing
from partnerships.models import AccessToken, LedgerEntry, User
from partnerships.rules import tokens as rules
from partnerships.services import ledger, tokens
from partnerships.services.access import Actor
from tests import cast

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def made(user: User, name: str = "nightly", scope: str = TokenScope.FILE, days: int = 30) -> tuple[AccessToken, str]:
    return tokens.create(by=Actor.of(user), name=name, scope=scope, days=days, now=NOW)


def guarded(user: User) -> User:
    """The account with a second factor."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return user


def test_its_text_is_nowhere_in_the_database() -> None:
    token, text = made(cast.person())
    kept = AccessToken.objects.filter(pk=token.pk).values().get()
    assert text.startswith("sci_")
    assert len(text) > 40
    assert text[9:] not in str(kept)
    assert text[9:] not in str(list(LedgerEntry.objects.values()))


def test_whoever_shows_it_is_recognised_and_the_use_is_kept() -> None:
    token, text = made(cast.person())
    for minutes, kept in ((0, 0), (1, 0), (6, 6)):
        assert tokens.recognise(text, NOW + timedelta(minutes=minutes)) == token
        token.refresh_from_db()
        assert token.last_used_at == NOW + timedelta(minutes=kept)


def test_a_wrong_an_old_and_a_revoked_one_are_nobodys() -> None:
    user = cast.person()
    token, text = made(user)
    assert tokens.recognise(text + "x", NOW) is None
    assert tokens.recognise(text.swapcase(), NOW) is None
    assert tokens.recognise(text, NOW + timedelta(days=30)) is None
    assert tokens.recognise(text, NOW + timedelta(days=29)) == token
    tokens.revoke(token_id=token.pk, by=Actor.of(user), now=NOW)
    assert tokens.recognise(text, NOW) is None


def test_one_of_a_closed_account_is_nobodys() -> None:
    user = cast.person()
    _token, text = made(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert tokens.recognise(text, NOW) is None


def test_nobody_revokes_what_is_not_theirs() -> None:
    token, _text = made(cast.person())
    with pytest.raises(Missing):
        tokens.revoke(token_id=token.pk, by=Actor.of(cast.person()), now=NOW)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "a" * 81}, "name"),
        ({"scope": "everything"}, "scope"),
        ({"scope": TokenScope.STAFF}, "scope"),
        ({"days": 3650}, "days"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(values: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        made(cast.person(), **values)  # type: ignore[arg-type]
    assert list(refused.value.errors) == [field]
    assert not AccessToken.objects.exists()


def test_a_name_is_given_once_and_is_free_again_afterwards() -> None:
    user = cast.person()
    token, _text = made(user)
    with pytest.raises(Invalid):
        made(user)
    made(cast.person())
    tokens.revoke(token_id=token.pk, by=Actor.of(user), now=NOW)
    made(user)
    late = NOW + timedelta(days=40)
    assert tokens.create(by=Actor.of(user), name="nightly", scope="read", days=30, now=late)


def test_nobody_has_more_than_twenty() -> None:
    user = cast.person()
    for number in range(rules.MOST):
        made(user, name=f"program {number}")
    with pytest.raises(Invalid, match="revoke one first"):
        made(user, name="one more")


def test_staff_need_a_second_factor_to_make_one_that_decides() -> None:
    registrar = cast.staff(Role.REGISTRAR)
    with pytest.raises(Invalid, match="second factor"):
        made(registrar, scope=TokenScope.STAFF)
    token, _text = made(guarded(registrar), scope=TokenScope.STAFF)
    assert tokens.actor(token).roles == {Role.REGISTRAR}


def test_a_token_of_staff_loses_its_roles_with_the_second_factor() -> None:
    token, _text = made(guarded(cast.staff(Role.REGISTRAR)), scope=TokenScope.STAFF)
    Authenticator.objects.all().delete()
    assert tokens.actor(token).roles == frozenset()


def test_a_lesser_token_of_staff_carries_no_role() -> None:
    token, _text = made(guarded(cast.staff(Role.REGISTRAR)), scope=TokenScope.FILE)
    assert tokens.actor(token).roles == frozenset()


def test_a_person_who_is_no_staff_never_gets_one_that_decides() -> None:
    with pytest.raises(Invalid):
        made(guarded(cast.person()), scope=TokenScope.STAFF)


@pytest.mark.parametrize("held", TokenScope)
@pytest.mark.parametrize("needed", TokenScope)
def test_each_scope_opens_what_those_before_it_open(held: TokenScope, needed: TokenScope) -> None:
    order = list(TokenScope)
    assert rules.opens(held, needed) == (order.index(held) >= order.index(needed))


def test_the_ledger_names_the_token_by_which_something_was_done() -> None:
    token, _text = made(cast.person())
    entry = ledger.record(subject=token, act="tried", by=tokens.actor(token), detail={"a": 1})
    assert entry.detail == {"a": 1, "token": f"{token.pk} nightly"}
    assert LedgerEntry.objects.get(act="token.made").detail == {"scope": "file", "days": 30}


@pytest.mark.parametrize(
    "wrong", [{"digest": "x"}, {"name": ""}, {"scope": "all"}, {"expires_at": NOW - timedelta(days=1)}]
)
def test_the_database_refuses_what_is_no_token(wrong: dict[str, object]) -> None:
    values = {
        "user": cast.person(),
        "name": "a",
        "hint": "sci_",
        "digest": "0" * 64,
        "scope": "read",
        "created_at": NOW,
        "expires_at": NOW + timedelta(days=1),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessToken.objects.create(**{**values, **wrong})
