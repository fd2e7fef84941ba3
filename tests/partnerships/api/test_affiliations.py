"""Affiliations through the API: their shape, every filter, paging."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from partnerships.models import Affiliation, Agreement, Jurisdiction
from partnerships.selectors import browse
from partnerships.selectors.browse import Criteria
from tests import cast, crowd

Get = Callable[..., Any]
LIST = "/api/v1/affiliations/"


def numbers(body: Any) -> list[str]:
    return [row["number"] for row in body["results"]]


def test_an_affiliation_has_the_fields_that_others_rely_on(get: Get, sisters: Agreement, irondequoit: Any) -> None:
    body = get(LIST)
    assert (body["count"], body["next"], body["previous"]) == (1, None, None)
    (row,) = body["results"]
    promised = (
        "number kind standing recognised light charter since ended term_end parties reasons themes agreements url "
        "api_url"
    )
    assert set(promised.split()) <= set(row)
    assert set(row["recognised"]) >= {"value", "since", "reason"}
    assert (row["kind"], row["standing"], row["since"], row["ended"]) == ("sister", "in_force", "1992-06-29", None)
    assert row["recognised"]["value"] is True
    assert (row["reasons"], row["themes"]) == (["diaspora"], ["humanitarian"])
    assert row["url"] == f"{settings.SITE_URL}/affiliations/{row['number']}/"
    assert row["api_url"] == f"{settings.SITE_URL}{LIST}{row['number']}/"
    (agreement,) = row["agreements"]
    assert (agreement["number"], agreement["act"], agreement["signed_on"]) == (
        sisters.number,
        "establish",
        "1992-06-29",
    )
    assert agreement["url"] == f"{settings.SITE_URL}/agreements/{sisters.number}/"
    party = row["parties"][0]
    assert set("id name kind country country_name subdivision latitude longitude url".split()) <= set(party)
    assert (party["id"], party["kind"], party["subdivision"]) == (irondequoit.pk, "town", "US-NY")
    assert party["country_name"] == "United States of America"


def test_one_affiliation_tells_its_story_and_its_events(get: Get, sisters: Agreement) -> None:
    number = get(LIST)["results"][0]["number"]
    body = get(f"{LIST}{number}/")
    assert body["story"] == "Since 1992."
    assert [event["when"] for event in body["events"]] == ["1992-06-29"]
    assert body["agreements"] == get(LIST)["results"][0]["agreements"]
    entries = get(body["register_url"].removeprefix(settings.SITE_URL))
    assert entries["count"] == len(entries["results"])


def test_what_is_not_recognised_says_why(get: Get, sisters: Agreement, irondequoit: Jurisdiction) -> None:
    irondequoit.membership_terms.update(paid_through="2019-12-31")
    Affiliation.objects.update(recognised_until="2019-12-31")
    recognised = get(LIST)["results"][0]["recognised"]
    assert (recognised["value"], recognised["since"], recognised["code"]) == (False, None, "lapsed")
    assert "paid through" in recognised["reason"]


@pytest.mark.usefixtures("sisters", "friends")
@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("", ["sister", "friendship"]),
        ("country=JP", ["friendship"]),
        ("country=jp&country=US", ["friendship"]),
        ("country=JP&country=UA", []),
        ("subdivision=US-CA", ["friendship"]),
        ("country=JP&subdivision=US-CA", ["friendship"]),
        ("subdivision=US-NY&subdivision=UA-53", ["sister"]),
        ("kind=sister", ["sister"]),
        ("kind=sister&kind=friendship", ["sister", "friendship"]),
        ("standing=ended", []),
        ("standing=any", ["sister", "friendship"]),
        ("standing=in_force&standing=ended", ["sister", "friendship"]),
        ("theme=humanitarian&theme=sport", ["sister"]),
        ("theme=sport", []),
        ("recognised=true", ["sister", "friendship"]),
        ("recognised=false", []),
        ("since_after=1992-06", ["sister"]),
        ("since_before=1957", ["friendship"]),
        ("q=полтава", ["sister"]),
        ("sort=since", ["friendship", "sister"]),
        ("sort=name&country=US", ["friendship", "sister"]),
        ("kind=&q=&country=", ["sister", "friendship"]),
    ],
)
def test_every_filter_narrows_the_list(get: Get, query: str, kinds: list[str]) -> None:
    body = get(f"{LIST}?{query}")
    assert [row["kind"] for row in body["results"]] == kinds
    assert body["count"] == len(kinds)


def test_communities_are_all_parties(get: Get, sisters: Agreement, irondequoit: Any, poltava: Any) -> None:
    assert get(f"{LIST}?jurisdiction={poltava.pk}&jurisdiction={irondequoit.pk}")["count"] == 1
    assert get(f"{LIST}?jurisdiction={poltava.pk}&jurisdiction=999999")["count"] == 0


def test_ended_ones_come_when_asked_for(get: Get, sisters: Agreement, irondequoit: Any, poltava: Any) -> None:
    cast.registered([irondequoit, poltava], act="end", signed_on="2020")
    assert get(LIST)["count"] == 0
    (row,) = get(f"{LIST}?standing=ended")["results"]
    assert (row["ended"], row["recognised"]["code"]) == ("2020", "not-in-force")


def test_pages_follow_each_other_and_lead_back(get: Get) -> None:
    crowd.make(45)
    whole = [row.number for row in browse.stream(Criteria(), on=cast.timezone.localdate())]
    first = get(f"{LIST}?page_size=10")
    walked, body = numbers(first), first
    while body["next"]:
        assert body["next"].startswith(f"{settings.SITE_URL}{LIST}?page_size=10&cursor=")
        body = get(body["next"].removeprefix(settings.SITE_URL))
        walked += numbers(body)
    assert walked == whole
    assert first["count"] == len(whole)
    second = get(first["next"].removeprefix(settings.SITE_URL))
    back = get(second["previous"].removeprefix(settings.SITE_URL))
    assert (numbers(back), back["previous"]) == (numbers(first), None)


def test_a_cursor_belongs_to_one_question(get: Get) -> None:
    crowd.make(45)
    there = get(f"{LIST}?country=US&page_size=5")["next"].removeprefix(settings.SITE_URL)
    assert get(there)["results"]
    other = get(there.replace("country=US", "country=JP"), status=400)
    assert other["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize("path", ["SCI-999999", "SCI-2026-000001", "nothing", "1"])
def test_an_unknown_number_is_404(get: Get, path: str) -> None:
    assert get(f"{LIST}{path}/", status=404)["status"] == 404


def test_a_number_written_another_way_leads_to_the_one_address(client: Client, sisters: Agreement) -> None:
    answer = client.get(f"{LIST}sci-000001/")
    assert answer.status_code == 301
    assert answer["Location"] == f"{settings.SITE_URL}{LIST}SCI-000001/"


def test_what_was_entered_in_error_keeps_its_address(get: Get, sisters: Agreement, registrar: Any) -> None:
    from partnerships.services import review
    from partnerships.services.access import Actor

    number = numbers(get(LIST))[0]
    review.annul(
        filing_id=sisters.filing.pk, by=Actor.of(registrar), on=cast.timezone.localdate(), reason="Entered twice."
    )
    assert get(f"{LIST}?standing=any")["count"] == 0
    body = get(f"{LIST}{number}/")
    assert (body["standing"], body["agreements"][0]["annulled"]) == ("annulled", True)
