"""The register through the API: what a mirror needs to keep a copy and to check it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from partnerships.models import Agreement
from partnerships.rules import chain
from partnerships.services import register
from partnerships.services.access import Actor
from tests import cast

Get = Callable[..., Any]
LIST = "/api/v1/register/"


def mirrored(get: Get, path: str) -> list[Any]:
    entries: list[Any] = []
    following: str | None = path
    while following:
        body = get(following.removeprefix(settings.SITE_URL))
        entries += body["results"]
        following = body["next"]
    return entries


def test_entries_come_in_order_with_what_their_hash_protects(get: Get, sisters: Agreement) -> None:
    body = get(LIST)
    assert set(body["results"][0]) == set(
        "seq recorded_at event subject payload payload_hash previous_hash hash".split()
    )
    assert [entry["seq"] for entry in body["results"]] == list(range(1, body["count"] + 1))


def test_a_mirror_can_verify_what_it_read(get: Get) -> None:
    for number in range(5):
        cast.entry(number=number)
    entries = mirrored(get, f"{LIST}?page_size=2")
    assert [entry["payload"]["number"] for entry in entries] == list(range(5))
    sealed = [chain.Entry(**{**entry, "payload": chain.canonical(entry["payload"])}) for entry in entries]
    head = get("/api/v1/")["register"]
    assert chain.verify(sealed) == (head["seq"], head["hash"])


def test_a_mirror_asks_for_what_came_after(get: Get) -> None:
    cast.entry()
    assert get(f"{LIST}?after=1")["results"] == []
    cast.entry(b=2)
    assert [entry["seq"] for entry in get(f"{LIST}?after=1")["results"]] == [2]
    assert get(f"{LIST}?after=999999999999999999")["results"] == []


def test_the_way_back_through_the_register(get: Get) -> None:
    for _ in range(5):
        cast.entry()
    body = get(f"{LIST}?after=4&page_size=2")
    before = get(body["previous"].removeprefix(settings.SITE_URL))
    assert [entry["seq"] for entry in before["results"]] == [3, 4]


def test_what_is_said_about_one_thing(get: Get, sisters: Agreement) -> None:
    body = get(f"{LIST}?subject=agreements/{sisters.number}")
    assert (body["count"], body["results"][0]["event"]) == (1, "agreement.registered")


def test_one_entry_by_its_sequence_number(get: Get) -> None:
    cast.entry()
    assert get(f"{LIST}1/") == get(LIST)["results"][0]
    assert get(f"{LIST}2/", status=404)
    assert get(f"{LIST}0/", status=404)


def test_a_redacted_payload_is_null(get: Get, registrar: Any) -> None:
    cast.entry(name="Somebody")
    register.redact(seq=1, by=Actor.of(registrar), reason="Ordered by a court.")
    first, second = get(LIST)["results"]
    assert first["payload"] is None
    assert second["event"] == "register.redacted"


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "after=" + "9" * 30, "after=1&after=2", "subject=%27", "cursor="]
)
def test_what_cannot_be_asked(get: Get, query: str) -> None:
    assert get(f"{LIST}?{query}", status=400)["errors"]
