"""Staff see who was introduced to whom, note what came of it, and take what does not belong from the board."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.models import Introduction, Jurisdiction, RegisterEntry, User, Wish
from tests import cast, seekers

pytestmark = pytest.mark.django_db


def test_staff_take_a_search_from_the_board_with_a_reason(client: Client, osaka: Jurisdiction, registrar: User) -> None:
    wish = seekers.wish(osaka)
    client.force_login(registrar)
    address = f"/admin/partnerships/wish/{wish.pk}/end/"
    assert "required" in client.post(address, {}).text
    client.post(address, {"reason": "An advertisement"})
    assert Wish.objects.get().closed_on == timezone.localdate()
    assert "An advertisement" in RegisterEntry.objects.latest("seq").payload


def test_staff_note_what_came_of_an_introduction(
    client: Client, osaka: Jurisdiction, irondequoit: Jurisdiction, registrar: User
) -> None:
    made = Introduction.objects.create(
        seeker=osaka, interested=irondequoit, message="Hello", sent_by=registrar, sent_on=timezone.localdate()
    )
    client.force_login(registrar)
    assert "icon-no" in client.get("/admin/partnerships/introduction/").text
    client.post(f"/admin/partnerships/introduction/{made.pk}/note/", {"state": "agreed", "note": "Signed"})
    made.refresh_from_db()
    assert (made.state, made.note) == ("agreed", "Signed")
    cast.registered([irondequoit, osaka])
    assert "icon-yes" in client.get("/admin/partnerships/introduction/").text
