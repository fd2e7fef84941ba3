"""Public pages are the same for everybody and say when they change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from partnerships.models import Agreement, Jurisdiction, User
from partnerships.views import caching
from tests import cast

pytestmark = pytest.mark.django_db
PATHS = ("/", "/countries/", "/countries/JP/", "/affiliations/", "/search/?q=osaka", "/register/", "/register.jsonl")


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_public_and_knows_no_visitor(client: Client, path: str) -> None:
    answer = client.get(path)
    assert "public" in answer["Cache-Control"]
    assert "must-revalidate" in answer["Cache-Control"]
    assert "cookie" not in answer.get("Vary", "").lower()
    assert not answer.cookies


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_the_same_for_those_who_are_signed_in(client: Client, path: str, registrar: User) -> None:
    def body(answer: Any) -> bytes:
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    before = client.get(path)
    client.force_login(registrar)
    after = client.get(path)
    assert body(before) == body(after)
    assert before["ETag"] == after["ETag"]


def test_the_tag_moves_with_the_register_the_day_and_the_address(
    client: Client, poltava: Jurisdiction, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get("/countries/UA/")["ETag"]
    assert client.get("/countries/UA/")["ETag"] == first
    assert client.get("/countries/UA/?kind=sister")["ETag"] != first
    cast.entry()
    second = client.get("/countries/UA/")["ETag"]
    assert second != first
    monkeypatch.setattr(caching.timezone, "localdate", lambda: date(2031, 1, 1))
    assert client.get("/countries/UA/")["ETag"] != second


def test_an_old_tag_gets_the_new_page(client: Client, sisters: Agreement) -> None:
    tag = client.get("/affiliations/")["ETag"]
    assert client.get("/affiliations/", headers={"If-None-Match": tag}).status_code == 304
    cast.entry()
    assert client.get("/affiliations/", headers={"If-None-Match": tag}).status_code == 200


def test_a_public_page_is_only_read(client: Client) -> None:
    answer = client.post("/countries/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


def test_what_was_not_found_is_not_kept(client: Client) -> None:
    answer = client.get("/affiliations/SCI-999999/")
    assert answer.status_code == 404
    assert "ETag" not in answer
    assert "public" not in answer.get("Cache-Control", "")
