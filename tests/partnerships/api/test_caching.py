"""Answers are the same for everybody, from any web page, and say when they change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.api import caching
from partnerships.api.views.index import LISTS
from partnerships.models import Agreement, User
from tests import cast

pytestmark = pytest.mark.django_db
LIST = "/api/v1/affiliations/"
PATHS = (
    "/api/v1/",
    "/api/v1/countries/",
    "/api/v1/subdivisions/",
    "/api/v1/jurisdictions/",
    LIST,
    f"{LIST}SCI-000001/",
    "/api/v1/agreements/",
    "/api/v1/register/",
    "/api/v1/search/?q=osaka",
    f"{LIST}?format=csv",
    "/api/v1/jurisdictions/?format=geojson",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.usefixtures("sisters")
def test_an_answer_may_be_kept_by_anybody_who_asks_whether_it_holds(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert {word.strip() for word in answer["Vary"].split(",")} == {"Accept", "Accept-Language", "Accept-Encoding"}
    assert not answer.cookies


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.usefixtures("sisters")
def test_unchanged_answers_cost_one_statement(client: Client, path: str) -> None:
    tag = client.get(path)["ETag"]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(path, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert len(asked) == 1
    assert "registerhead" in asked[0]["sql"]


@pytest.mark.usefixtures("sisters")
def test_the_tag_moves_with_register_day_address_and_form(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tags = [
        client.get(LIST)["ETag"],
        client.get(f"{LIST}?kind=sister")["ETag"],
        client.get(f"{LIST}?format=csv")["ETag"],
        client.get(LIST, headers={"Accept": "text/csv"})["ETag"],
    ]
    cast.entry()
    tags.append(client.get(LIST)["ETag"])
    monkeypatch.setattr(caching.timezone, "localdate", lambda: date(2031, 1, 1))
    tags.append(client.get(LIST)["ETag"])
    assert len(set(tags)) == len(tags)


@pytest.mark.usefixtures("sisters")
def test_an_old_tag_gets_the_new_answer(client: Client) -> None:
    tag = client.get(LIST)["ETag"]
    cast.entry()
    assert client.get(LIST, headers={"If-None-Match": tag}).status_code == 200
    assert client.get(LIST, headers={"If-None-Match": f'"other", {client.get(LIST)["ETag"]}'}).status_code == 304


@pytest.mark.usefixtures("sisters")
def test_who_asks_makes_no_difference(client: Client, registrar: User) -> None:
    before = client.get(LIST)
    client.force_login(registrar)
    client.cookies["django_language"] = "de"
    after = client.get(LIST)
    assert (before.content, before["ETag"]) == (after.content, after["ETag"])


@pytest.mark.usefixtures("sisters")
def test_the_language_is_the_one_of_the_header_alone(client: Client, settings: Any) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    english, german = (client.get(LIST, headers={"Accept-Language": code}) for code in ("en", "de"))
    assert (english["Content-Language"], german["Content-Language"]) == ("en", "de")
    assert english["ETag"] != german["ETag"]
    client.cookies["django_language"] = "de"
    assert client.get(LIST, headers={"Accept-Language": "en"}).content == english.content


@pytest.mark.usefixtures("sisters")
def test_addresses_come_from_the_settings_and_not_from_the_caller(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    answer = client.get(f"{LIST}?page_size=1", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert b"evil" not in answer.content


@pytest.mark.parametrize("path", [*PATHS, "/api/v1/nowhere/", f"{LIST}?colour=blue", "/api/schema/"])
def test_pages_of_other_sites_may_read(client: Client, path: str) -> None:
    answer = client.get(path, headers={"Origin": "https://city.example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize("path", PATHS)
def test_browsers_that_ask_first_are_told_that_they_may(client: Client, path: str) -> None:
    headers = {"Origin": "https://city.example.org", "Access-Control-Request-Method": "GET"}
    answer = client.options(path, headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == answer["Allow"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.usefixtures("sisters")
def test_head_has_the_headers_of_get_and_no_body(client: Client, path: str) -> None:
    shown, head = client.get(path), client.head(path)
    assert head.status_code == 200
    assert (head["ETag"], head["Content-Type"]) == (shown["ETag"], shown["Content-Type"])
    assert (b"".join(head.streaming_content) if head.streaming else head.content) == b""


def test_the_addresses_of_answers_begin_with_the_site(client: Client, sisters: Agreement) -> None:
    body = client.get("/api/v1/").json()
    addresses = [value for name, value in body.items() if name.endswith("_url")]
    assert len(addresses) == len(LISTS) + 2
    assert all(address.startswith(f"{settings.SITE_URL}/api/") for address in addresses)
    assert body["register"]["seq"] > 0
