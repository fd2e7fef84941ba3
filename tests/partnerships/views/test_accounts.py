"""The overview, the profile, and "still active"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from partnerships.models import Affiliation, Jurisdiction, Representation, User
from partnerships.services import filings, review
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.views.paths import signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(irondequoit: Jurisdiction, poltava: Jurisdiction) -> str:
    return cast.registered([irondequoit, poltava]).affiliations.get().number


def test_the_overview_lists_ones_communities_with_what_can_be_done(
    number: str, representative_of_irondequoit: User, irondequoit: Jurisdiction
) -> None:
    page = signed_in(representative_of_irondequoit).get("/account/")
    (community,) = page.context["communities"]
    (affiliation,) = community.affiliations
    assert community.jurisdiction == irondequoit
    assert affiliation.row.number == number
    assert affiliation.acts == ("amend", "suspend", "end")
    assert f"/file/?community={irondequoit.pk}&amp;affiliation={number}&amp;act=suspend" in page.content.decode()
    assert "Member in good standing" in text(page)


def test_the_overview_says_what_is_asked_and_where_to_go_on(
    representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User
) -> None:
    filing = cast.submitted(representative_of_irondequoit, [irondequoit, poltava])
    client = signed_in(representative_of_irondequoit)
    assert "waits for a registrar" in text(client.get("/account/"))
    review.take(filing_id=filing.pk, by=Actor.of(registrar))
    review.return_(filing_id=filing.pk, by=Actor.of(registrar), comment="Add the seal.")
    page = client.get("/account/")
    assert "Add the seal." in text(page)
    assert f"/filings/{filing.pk}/check/" in page.content.decode()


def test_a_colleague_of_the_same_community_goes_on_with_the_filing(
    representative_of_irondequoit: User, irondequoit: Jurisdiction
) -> None:
    filing = filings.start(by=Actor.of(representative_of_irondequoit), act="establish", jurisdiction_id=irondequoit.pk)
    colleague = signed_in(cast.representative(irondequoit, "Carl Colleague"))
    assert f"/filings/{filing.pk}/" in colleague.get("/account/").content.decode()
    assert colleague.get(f"/filings/{filing.pk}/terms/").status_code == 200


def test_who_speaks_for_a_community_no_longer_sees_none_of_it(number: str, representative_of_irondequoit: User) -> None:
    Representation.objects.filter(user=representative_of_irondequoit).update(to_date=date(2020, 1, 1))
    page = signed_in(representative_of_irondequoit).get("/account/")
    assert number not in page.content.decode()
    assert "You represent no community yet" in text(page)


def test_staff_find_the_administration(registrar: User) -> None:
    page = signed_in(registrar).get("/account/")
    assert "Go to the administration" in text(page)
    assert 'href="/admin/"' in page.content.decode()


def test_still_active_takes_one_click(number: str, representative_of_irondequoit: User) -> None:
    client = signed_in(representative_of_irondequoit)
    Affiliation.objects.update(last_confirmed_on=timezone.localdate() - timedelta(days=900))
    assert f"/account/affiliations/{number}/confirm/" in client.get("/account/").content.decode()
    answer = client.post(f"/account/affiliations/{number}/confirm/")
    assert Affiliation.objects.get().last_confirmed_on == timezone.localdate()
    assert "confirmed as active today" in text(client.get(answer.url))


def test_still_active_is_not_for_strangers_and_not_by_a_link(number: str, stranger: User) -> None:
    before = Affiliation.objects.get().last_confirmed_on
    client = signed_in(stranger)
    assert client.post(f"/account/affiliations/{number}/confirm/").status_code == 404
    assert client.get(f"/account/affiliations/{number}/confirm/").url == "/account/"
    assert client.post("/account/affiliations/SCI-999999/confirm/").status_code == 404
    assert Affiliation.objects.get().last_confirmed_on == before


def test_the_profile_keeps_a_name_in_any_script(representative_of_irondequoit: User) -> None:
    client = signed_in(representative_of_irondequoit)
    assert client.post("/account/profile/", {"name": " Ріта  Рей ", "language": "en"}).url == "/account/"
    representative_of_irondequoit.refresh_from_db()
    assert representative_of_irondequoit.name == "Ріта Рей"


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "x" * 10_000), ("name", "R\x00ita"), ("language", "klingon")]
)
def test_a_profile_that_cannot_be_is_told_at_its_field(
    representative_of_irondequoit: User, field: str, value: str
) -> None:
    answer = signed_in(representative_of_irondequoit).post(
        "/account/profile/", {"name": "Rita", "language": "en", field: value}
    )
    assert field in answer.context["form"].errors
    representative_of_irondequoit.refresh_from_db()
    assert representative_of_irondequoit.name == "Rita Representative"


def test_many_filings_and_affiliations_cost_no_more_statements_than_one(
    django_assert_max_num_queries: Any, irondequoit: Jurisdiction, representative_of_irondequoit: User
) -> None:
    by = Actor.of(representative_of_irondequoit)
    for place in range(4):
        cast.registered([irondequoit, cast.jurisdiction(f"Partner {place}", "JP")])
        filings.start(by=by, act="establish", jurisdiction_id=irondequoit.pk)
    client = signed_in(representative_of_irondequoit)
    with django_assert_max_num_queries(12):
        client.get("/account/")
