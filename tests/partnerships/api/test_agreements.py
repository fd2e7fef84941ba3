"""Registered agreements through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from partnerships.choices import DocumentRole
from partnerships.models import Agreement, Document, Jurisdiction
from partnerships.services import review
from partnerships.services.access import Actor
from tests import cast

Get = Callable[..., Any]
LIST = "/api/v1/agreements/"


def test_an_agreement_tells_everything_public_about_itself(
    get: Get, sisters: Agreement, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    body = get(f"{LIST}{sisters.number}/")
    assert (body["number"], body["act"], body["kind"]) == (sisters.number, "establish", "sister")
    assert (body["signed_on"], body["effective_on"], body["perpetual"]) == ("1992-06-29", "1992-06-29", True)
    assert (body["evidence"], body["registered_on"]) == ("signed_copy", str(sisters.registered_on))
    assert body["annulled"] is None
    assert [party["name"] for party in body["parties"]] == ["Irondequoit", "Poltava"]
    assert [one["number"] for one in body["affiliations"]] == ["SCI-000001"]
    assert body["signatories"][1] == {
        "name": "Mayor of Poltava",
        "office": "Mayor",
        "capacity": "chief_elected",
        "party": poltava.pk,
        "signed_on": "1992-06-29",
    }
    assert body["url"] == f"{settings.SITE_URL}/agreements/{sisters.number}/"
    assert body["api_url"] == f"{settings.SITE_URL}{LIST}{sisters.number}/"


def test_a_public_document_can_be_downloaded_where_it_says(get: Get, client: Client, sisters: Agreement) -> None:
    kept = Document.objects.get(role=DocumentRole.RESOLUTION)
    told = {document["role"]: document for document in get(f"{LIST}{sisters.number}/")["documents"]}["resolution"]
    assert (told["sha256"], told["size"], told["media_type"]) == (kept.sha256, kept.size, "application/pdf")
    answer = client.get(told["url"].removeprefix(settings.SITE_URL))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"


def test_the_entries_of_an_agreement_are_where_it_says(get: Get, sisters: Agreement) -> None:
    address = get(f"{LIST}{sisters.number}/")["register_url"].removeprefix(settings.SITE_URL)
    assert [entry["event"] for entry in get(address)["results"]] == ["agreement.registered"]


def test_the_list_has_the_same_shape_as_the_one(get: Get, sisters: Agreement, friends: Agreement) -> None:
    body = get(LIST)
    assert [row["number"] for row in body["results"]] == [friends.number, sisters.number]
    assert body["results"][1] == get(f"{LIST}{sisters.number}/")
    assert [row["number"] for row in get(f"{LIST}?sort=registered")["results"]] == [sisters.number, friends.number]


def test_a_joint_agreement_has_three_parties_and_three_affiliations(
    get: Get, irondequoit: Jurisdiction, poltava: Jurisdiction, osaka: Jurisdiction
) -> None:
    joint = cast.registered([irondequoit, poltava, osaka])
    body = get(f"{LIST}{joint.number}/")
    assert (len(body["parties"]), len(body["affiliations"]), len(body["signatories"])) == (3, 3, 3)
    assert [row["number"] for row in get(f"{LIST}?country=JP&country=UA")["results"]] == [joint.number]


@pytest.mark.usefixtures("sisters", "friends")
@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("", ["friendship", "sister"]),
        ("affiliation=sci-000001", ["sister"]),
        ("affiliation=SCI-000009", []),
        ("country=JP", ["friendship"]),
        ("country=JP&country=UA", []),
        ("act=establish", ["friendship", "sister"]),
        ("act=end&act=renew", []),
        ("kind=sister", ["sister"]),
        ("annulled=false", ["friendship", "sister"]),
        ("annulled=true", []),
        ("signed_after=1958", ["sister"]),
        ("signed_before=1957", ["friendship"]),
    ],
)
def test_every_filter_narrows_the_list(get: Get, query: str, kinds: list[str]) -> None:
    body = get(f"{LIST}?{query}")
    assert [row["kind"] for row in body["results"]] == kinds
    assert body["count"] == len(kinds)


def test_the_agreements_of_a_community(get: Get, sisters: Agreement, friends: Agreement, osaka: Jurisdiction) -> None:
    assert [row["number"] for row in get(f"{LIST}?jurisdiction={osaka.pk}")["results"]] == [friends.number]


def test_an_annulled_one_stays_with_its_reason(get: Get, sisters: Agreement, registrar: Any) -> None:
    day = cast.timezone.localdate()
    review.annul(filing_id=sisters.filing.pk, by=Actor.of(registrar), on=day, reason="Entered twice.")
    assert get(f"{LIST}{sisters.number}/")["annulled"] == {"on": str(day), "reason": "Entered twice."}
    assert get(f"{LIST}?annulled=true")["count"] == 1


def test_pages_follow_each_other_and_lead_back(get: Get, irondequoit: Jurisdiction) -> None:
    made = [
        cast.registered([irondequoit, cast.jurisdiction(country="DE")], documents_on_file=True).number for _ in range(3)
    ]
    first = get(f"{LIST}?page_size=2")
    second = get(first["next"].removeprefix(settings.SITE_URL))
    assert [row["number"] for body in (first, second) for row in body["results"]] == made[::-1]
    assert (first["count"], second["next"]) == (3, None)
    assert get(second["previous"].removeprefix(settings.SITE_URL))["results"] == first["results"]
