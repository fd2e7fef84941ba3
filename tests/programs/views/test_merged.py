"""What a community did in programs is found after it was merged into another, under either."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from partnerships.choices import Role
from partnerships.services import merges
from partnerships.services.access import Actor
from tests import cast
from tests.programs import cast as programs_cast
from tests.programs.conftest import Stage

TODAY = date.today()  # noqa: DTZ011


@pytest.mark.parametrize("noun", ["participations", "activities", "results"])
def test_lists_and_the_page_follow_the_merge(client: Client, concert: Stage, noun: str) -> None:
    registrar = Actor.of(cast.staff(Role.REGISTRAR, "Rosa Registrar"))
    before = client.get(f"/api/v1/{noun}/?jurisdiction={concert.town.pk}").json()
    assert before["count"] == 1
    kept = cast.jurisdiction("Irondequoit Town", "US")
    merges.merge(gone_id=concert.town.pk, kept_id=kept.pk, by=registrar, on=TODAY, reason="One town, entered twice")
    for pk in (concert.town.pk, kept.pk):
        assert client.get(f"/api/v1/{noun}/?jurisdiction={pk}").json()["count"] == 1
    other = programs_cast.pair()[0]
    assert client.get(f"/api/v1/{noun}/?jurisdiction={other.pk}").json()["count"] == 0
    assert "September Concert" in client.get(f"/jurisdictions/{concert.town.pk}/", follow=True).text
