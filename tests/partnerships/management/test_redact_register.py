"""``manage.py redact_register``: by a registrar, with a reason, for good."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from partnerships.models import RegisterEntry, User
from partnerships.selectors import register
from tests import cast

pytestmark = pytest.mark.django_db


def redact(by: User, seq: int = 1, **options: Any) -> str:
    out = StringIO()
    call_command("redact_register", seq, by=by.email, reason="Lawful request.", stdout=out, **{"yes": True, **options})
    return out.getvalue()


def test_the_payload_is_gone_and_a_new_entry_says_why(registrar: User) -> None:
    cast.entry(name="Somebody")
    assert "entry 2 says so" in redact(registrar)
    first, second = register.stream()
    assert (first.payload, second.event, second.subject) == ("", "register.redacted", "register/1")
    assert register.verify() == register.head()


def test_only_a_registrar_may(clerk: User) -> None:
    cast.entry()
    with pytest.raises(CommandError, match="not allowed"):
        redact(clerk)
    assert RegisterEntry.objects.get().payload


def test_what_is_not_there_cannot_be_redacted(registrar: User) -> None:
    with pytest.raises(CommandError, match="no entry 9"):
        redact(registrar, 9)


def test_nobody_answers_for_an_unknown_account(registrar: User) -> None:
    with pytest.raises(CommandError, match="no account"):
        redact(User(email="nobody@example.org"))


def test_it_asks_first(registrar: User, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.entry()
    monkeypatch.setattr("builtins.input", lambda question: "no")
    with pytest.raises(CommandError, match="Nothing was changed"):
        redact(registrar, yes=False)
