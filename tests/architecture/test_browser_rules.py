"""What every answer tells the browser, and what the log keeps of a request."""

from __future__ import annotations

from typing import Any

import pytest
import structlog
from django.test import Client

pytestmark = pytest.mark.django_db

FORBIDDEN_SOURCES = ("unsafe-inline", "unsafe-eval", "http:", "https:", "*", "blob:")


def policy(answer: Any) -> dict[str, list[str]]:
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";"))
    return {directive: sources for directive, *sources in parts}


@pytest.mark.parametrize("address", ["/healthz/", "/account/login/", "/admin/login/", "/nowhere/"])
def test_every_answer_carries_the_strict_policy(client: Client, address: str) -> None:
    answer = client.get(address)
    rules = policy(answer)
    assert rules["default-src"] == ["'none'"]
    assert rules["base-uri"] == ["'none'"]
    assert rules["frame-ancestors"] == ["'none'"]
    assert rules["script-src"] == ["'self'"]
    assert not [source for sources in rules.values() for source in sources if source in FORBIDDEN_SOURCES]


def test_every_answer_isolates_the_page(client: Client) -> None:
    answer = client.get("/healthz/")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_a_request_keeps_the_identity_its_proxy_gave_it(client: Client) -> None:
    given = "0f8fad5b-d9cb-469f-a165-70867728950e"
    assert client.get("/healthz/", headers={"X-Request-ID": given})["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "line\tbreak-0000", "<script>alert(1)</script>"])
def test_an_identity_that_does_not_look_like_one_is_replaced(client: Client, given: str) -> None:
    identity = client.get("/healthz/", headers={"X-Request-ID": given})["X-Request-ID"]
    assert identity != given
    assert len(identity) == 36


def test_the_log_names_the_route_and_neither_path_nor_query(client: Client) -> None:
    with structlog.testing.capture_logs() as lines:
        client.get("/account/password/reset/key/secret-token/?q=Ana+Popescu")
    (line,) = [line for line in lines if line["event"] == "request"]
    assert "password/reset/key/" in line["route"]
    assert "secret-token" not in str(line)
    assert "Popescu" not in str(line)


def test_nobody_signs_up_without_an_invitation(client: Client, django_user_model: Any) -> None:
    passwords = {"password1": "correct horse battery", "password2": "correct horse battery"}
    client.post("/account/signup/", {"email": "new@example.org", **passwords})
    assert not django_user_model.objects.exists()


def test_staff_sign_in_where_everybody_does(client: Client) -> None:
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/account/login/")
