"""A community with a call that is open today, and the browser of its representative."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.models import Jurisdiction, User
from programs.models import Cycle
from tests import cast
from tests.programs import cast as troupe


@pytest.fixture
def irondequoit() -> Jurisdiction:
    return cast.jurisdiction("Irondequoit", "US")


@pytest.fixture
def clerk(irondequoit: Jurisdiction) -> User:
    return cast.representative(irondequoit, "Cora Clerk", "cora@irondequoit.example")


@pytest.fixture
def concerts() -> Cycle:
    """A call for concerts that opened yesterday and closes in a month."""
    now = timezone.now()
    return troupe.cycle(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30))


@pytest.fixture
def desk(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client
