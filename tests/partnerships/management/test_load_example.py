"""``manage.py load_example``: what it prints and which doors it opens."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from partnerships.choices import Role
from partnerships.models import User
from partnerships.transfer.example import accounts, fictional

pytestmark = pytest.mark.django_db


def test_the_printed_password_opens_each_demo_login() -> None:
    out = StringIO()
    call_command("load_example", with_logins=True, stdout=out)
    for account in fictional.ACCOUNTS:
        assert account.email in out.getvalue()
        user = User.objects.get(email=account.email)
        assert user.check_password(accounts.PASSWORD)
    roles = User.objects.filter(is_staff=True).values_list("groups__name", flat=True)
    assert set(roles) == set(Role.values)


def test_without_logins_nobody_can_sign_in_as_a_person_of_the_example() -> None:
    out = StringIO()
    call_command("load_example", with_logins=False, stdout=out)
    assert accounts.PASSWORD not in out.getvalue()
    for account in fictional.ACCOUNTS:
        user = User.objects.get(email=account.email)
        assert (user.is_active, user.has_usable_password()) == (False, False)
        assert authenticate(email=account.email, password=accounts.PASSWORD) is None


def test_a_negative_demo_size_is_refused() -> None:
    with pytest.raises(CommandError, match="negative"):
        call_command("load_example", demo_size=-1)
