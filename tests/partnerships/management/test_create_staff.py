"""``manage.py create_staff``: an invitation, and the link where mail does not work yet."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.utils import timezone

from partnerships.choices import NoticeKind
from partnerships.models import Invitation, LedgerEntry, Notice
from partnerships.services import members

pytestmark = pytest.mark.django_db


def create(email: str = "rosa@example.org", *arguments: str) -> str:
    out = StringIO()
    call_command("create_staff", email, "--role", "registrar", *arguments, stdout=out)
    return out.getvalue()


def test_the_invitation_is_owed_to_the_address() -> None:
    said = create("Rosa@Example.org", "--name", "Rosa Registrar")
    assert "rosa@example.org" in said
    notice = Notice.objects.get()
    assert (notice.kind, notice.email) == (NoticeKind.INVITATION, "rosa@example.org")
    assert Invitation.objects.get().name == "Rosa Registrar"


def test_the_link_is_only_printed_when_asked_for_and_opens_the_account() -> None:
    assert "http" not in create()
    link = create("sam@example.org", "--show-link").splitlines()[-1]
    token = link.rstrip("/").rpartition("/")[2]
    Group.objects.get_or_create(name="registrar")
    user = members.accept_invitation(token=token, name="Sam", password="x" * 20, on=timezone.localdate())
    assert (user.email, user.is_staff) == ("sam@example.org", True)
    assert user.groups.get().name == "registrar"


def test_the_ledger_names_the_command() -> None:
    create()
    assert LedgerEntry.objects.get(act="invitation.sent").actor_name == "system: create_staff"


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="email"):
        create("rosa")
    assert not Invitation.objects.exists()


def test_a_role_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("create_staff", "rosa@example.org", "--role", "mayor")
