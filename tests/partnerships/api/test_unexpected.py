"""A mistake of our own: the API answers with a problem document that names the request, pages with a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from partnerships.api.views import index
from partnerships.api.views.filings import FilingList
from sci_registry.middleware import FurtherHeaders
from tests.partnerships.api.contract import description

pytestmark = pytest.mark.django_db
SECRET = "the address of nobody"


def broken(*args: Any, **kwargs: Any) -> Any:
    raise RuntimeError(SECRET)


@pytest.fixture
def visitor() -> Client:
    """Shown what visitors are shown, instead of the exception."""
    return Client(raise_request_exception=False)


def is_told(answer: Any, request_id: str) -> None:
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert answer["X-Request-ID"] == request_id
    assert answer["Cache-Control"] == "no-store"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert SECRET not in answer.text
    told = answer.json()
    assert set(told) == set(description()["components"]["schemas"]["Problem"]["properties"])
    assert (told["type"], told["title"], told["status"]) == ("about:blank", "Internal Server Error", 500)
    assert (told["errors"], told["request_id"]) == ([], request_id)
    assert told["detail"].startswith("Something went wrong on our side.")


def test_a_read_that_breaks_names_its_request(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.Index, "answer", broken)
    is_told(visitor.get("/api/v1/", headers={"X-Request-ID": "abcd-1234"}), "abcd-1234")


def test_a_write_that_breaks_names_its_request(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FilingList, "post", broken)
    answer = visitor.post("/api/v1/filings/", {}, content_type="application/json")
    assert answer.status_code == 401
    monkeypatch.setattr(FilingList, "initial", lambda view, request, **address: None)
    answer = visitor.post("/api/v1/filings/", {}, content_type="application/json")
    is_told(answer, answer["X-Request-ID"])


def test_what_breaks_before_any_view_is_told_alike(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FurtherHeaders, "__call__", broken)
    answer = visitor.get("/api/v1/")
    is_told(answer, answer["X-Request-ID"])


def test_a_page_that_breaks_stays_a_page(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FurtherHeaders, "__call__", broken)
    answer = visitor.get("/")
    assert (answer.status_code, answer["Content-Type"]) == (500, "text/html; charset=utf-8")
    assert "Something went wrong on our side" in answer.text
    assert SECRET not in answer.text
