"""A program that shows somebody's token; every answer that it gets is held against the OpenAPI description."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from partnerships.choices import TokenScope
from partnerships.models import User
from partnerships.services import tokens
from partnerships.services.access import Actor
from tests.partnerships.api import contract

FILINGS = "/api/v1/filings/"


def token(user: User, scope: str = TokenScope.FILE, name: str = "program") -> str:
    """The text of a token; whoever decides gets a second factor for it."""
    if scope == TokenScope.STAFF and not tokens.has_second_factor(user):
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return tokens.create(by=Actor.of(user), name=name, scope=scope, days=30, now=timezone.now())[1]


class Program:
    def __init__(self, user: User | None, scope: str = TokenScope.FILE) -> None:
        self.client = Client()
        self.shown = {"Authorization": f"Bearer {token(user, scope)}"} if user else {}

    def ask(self, method: str, path: str, body: Any = None, status: int | None = None, **headers: str) -> Any:
        """``body``: JSON, or a form where it holds a file."""
        sent: dict[str, Any] = {"headers": {**self.shown, **headers}}
        if isinstance(body, dict) and any(hasattr(value, "read") for value in body.values()):
            sent["data"] = body
        elif body is not None:
            sent.update(data=body, content_type="application/json")
        elif method == "post":
            sent.update(data=b"", content_type="application/json")
        answer = getattr(self.client, method)(path, **sent)
        if status is not None:
            assert answer.status_code == status, (answer.status_code, answer.content[:600])
        contract.holds(path, answer, method)
        return answer

    def get(self, path: str, status: int = 200, **headers: str) -> Any:
        return self.ask("get", path, None, status, **headers)

    def post(self, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        return self.ask("post", path, body, status, **headers)

    def patch(self, path: str, body: Any, status: int = 200, **headers: str) -> Any:
        return self.ask("patch", path, body, status, **headers)


def faults(answer: Any) -> dict[str, str]:
    return {fault["field"]: fault["code"] for fault in answer.json()["errors"]}
