"""A small record to ask about, and a client whose every answer is held against the OpenAPI description."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from partnerships.models import Agreement, Jurisdiction
from tests import cast
from tests.partnerships.api import contract

Get = Callable[..., Any]


@pytest.fixture
def get(client: Client, db: None) -> Get:
    """Asks and answers what the JSON says; the answer has to be as it is described."""

    def asked(path: str, status: int = 200, **headers: str) -> Any:
        answer = client.get(path, headers=headers)
        assert answer.status_code == status, (answer.status_code, answer.content[:500])
        contract.holds(path, answer)
        return answer.json()

    return asked


@pytest.fixture
def sisters(irondequoit: Jurisdiction, poltava: Jurisdiction) -> Agreement:
    return cast.registered(
        [irondequoit, poltava], themes=["humanitarian"], reasons=["diaspora"], perpetual=True, story="Since 1992."
    )


@pytest.fixture
def friends(san_francisco: Jurisdiction, osaka: Jurisdiction) -> Agreement:
    return cast.registered([san_francisco, osaka], signed_on="1957", kind="friendship")
