"""Followers in the admin: seen by the office alone, erased when they ask."""

from __future__ import annotations

import pytest
from django.utils import timezone

from partnerships.choices import NoticeKind, Role
from partnerships.models import LedgerEntry, Notice, Subscription, User
from partnerships.services import outbox
from tests import cast
from tests.partnerships.admin.desk import address, at_the_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(db: None) -> Subscription:
    made = Subscription.objects.create(
        email="fan@example.org", language="en", subject_type="country", subject_id="JP", confirmed_at=timezone.now()
    )
    outbox.enqueue(kind=NoticeKind.FOLLOW_NEWS, key="x", to=made.email, about=made, context={})
    return made


def test_staff_erase_an_address_with_all_that_it_follows(row: Subscription, registrar: User) -> None:
    Subscription.objects.create(email=row.email, language="en", subject_type="everything")
    desk = at_the_desk(registrar)
    assert "/erase/" in desk.get(address("subscription_change", row.pk)).content.decode()
    answer = desk.post(address("subscription_erase", row.pk), follow=True)
    assert answer.redirect_chain[-1][0] == address("subscription_changelist")
    assert not Subscription.objects.exists()
    assert not Notice.objects.exists()
    told = LedgerEntry.objects.get(act="subscription.erased")
    assert told.actor == registrar
    assert "fan@example.org" not in str(vars(told))


def test_who_may_not_see_followers_does_not_see_letters_to_them(row: Subscription, registrar: User) -> None:
    office, programs = at_the_desk(registrar), at_the_desk(cast.staff(Role.PROGRAMS))
    assert "fan@example.org" in office.get(address("notice_changelist")).content.decode()
    found = programs.get(address("notice_changelist"), {"q": "fan@example.org"})
    assert found.context["cl"].result_count == 0
    page = address("notice_change", Notice.objects.get().pk)
    assert "fan@example.org" not in programs.get(page, follow=True).content.decode()
    assert programs.post(address("subscription_erase", row.pk)).status_code == 403
    assert Subscription.objects.exists()
