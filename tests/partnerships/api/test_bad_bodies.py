"""Whatever is sent to be written, the answer is a problem that says what is wrong; it is never a failure."""

from __future__ import annotations

import pytest
from django.test import Client

from partnerships.models import Filing, User
from tests.partnerships.api.writers import FILINGS, Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita(representative_of_irondequoit: User) -> Program:
    return Program(representative_of_irondequoit)


def send(rita: Program, body: bytes, kind: str = "application/json", path: str = FILINGS, **headers: str) -> int:
    answer = rita.client.post(path, body, content_type=kind, headers={**rita.shown, **headers})
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    assert not Filing.objects.exists()
    return int(answer.status_code)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"nonsense",
        b"NaN",
        b'{"act": NaN}',
        b"\xff\xfe",
        b'{"act": "\xff"}',
        b'{"act": "\\ud800"}',
        b"[" * 100_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b"\x00",
        b"'act'",
    ],
)
def test_what_is_no_json_is_400(rita: Program, body: bytes) -> None:
    assert send(rita, body) == 400


@pytest.mark.parametrize("body", [b"[]", b"null", b"1", b'"act"', b"true", b"{}", b'[{"act": "establish"}]'])
def test_json_that_is_no_filing_is_422(rita: Program, body: bytes) -> None:
    assert send(rita, body) == 422


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense", "a/b;c"],
)
def test_another_media_type_is_415(rita: Program, kind: str) -> None:
    assert send(rita, b"act=establish", kind) == 415


def test_json_for_a_file_is_415(rita: Program, irondequoit: object, representative_of_irondequoit: User) -> None:
    made = rita.post(FILINGS, {"act": "establish", "jurisdiction": irondequoit.pk}, 201).json()  # type: ignore[attr-defined]
    rita.post(f"{FILINGS}{made['id']}/documents/", {"role": "resolution"}, 415)


def test_a_body_that_is_too_large_is_413_before_it_is_read(rita: Program) -> None:
    assert send(rita, b"[" + b" " * 1024 * 1024 + b"]") == 413
    answer = rita.client.post(
        FILINGS, b"{}", content_type="application/json", headers=rita.shown, CONTENT_LENGTH=str(100 * 1024 * 1024)
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("query", ["colour=blue", "dry_run=1", "dry_run=true&dry_run=true", "format=xml", "cursor=x"])
def test_a_query_that_cannot_be_used_is_400(rita: Program, query: str) -> None:
    assert send(rita, b"{}", path=f"{FILINGS}?{query}") == 400


@pytest.mark.parametrize("accept", ["text/html", "text/csv"])
def test_what_cannot_be_given_is_406(rita: Program, accept: str) -> None:
    assert send(rita, b"{}", Accept=accept) == 406


@pytest.mark.parametrize("path", ["0", "999999", "9" * 18])
def test_an_unknown_filing_is_404(rita: Program, path: str) -> None:
    for suffix in ("", "findings/"):
        rita.get(f"{FILINGS}{path}/{suffix}", 404)
    rita.post(f"{FILINGS}{path}/submit/", None, 404)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_a_method_that_there_is_not_is_405(rita: Program, method: str) -> None:
    answer = getattr(rita.client, method)(FILINGS, headers=rita.shown)
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Allow"] == "GET, POST, HEAD, OPTIONS"


def test_other_sites_cannot_read_or_write_what_is_private(client: Client) -> None:
    for answer in (client.options(FILINGS), client.get(FILINGS)):
        assert "Access-Control-Allow-Origin" not in answer
        assert "public" not in answer["Cache-Control"]


def test_a_session_is_no_token(client: Client, representative_of_irondequoit: User) -> None:
    client.force_login(representative_of_irondequoit)
    assert client.get(FILINGS).status_code == 401
    assert client.post(FILINGS, {}, content_type="application/json").status_code == 401
