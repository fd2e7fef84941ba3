"""Journeys through the programs: who takes part, each in a browser of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from partnerships.choices import Role
from partnerships.models import Affiliation, Jurisdiction, User
from tests import cast
from tests.journeys.conftest import Window
from tests.journeys.programs.office import Officer
from tests.journeys.programs.people import Member, Visitor

#: Makes a recognised sister affiliation of Irondequoit with a place abroad: ``sister("Poltava", "UA")``.
Sister = Callable[[str, str], Affiliation]


@pytest.fixture
def irondequoit(transactional_db: None) -> Jurisdiction:
    return cast.member(cast.jurisdiction("Irondequoit", "US", kind="town", subdivision="US-NY", population=50_055))


@pytest.fixture
def sister(irondequoit: Jurisdiction) -> Sister:
    def made(name: str, country: str) -> Affiliation:
        partner = cast.jurisdiction(name, country)
        cast.registered([irondequoit, partner])
        return Affiliation.objects.between(irondequoit.pk, partner.pk).get()

    return made


@pytest.fixture
def clerk(irondequoit: Jurisdiction) -> User:
    return cast.representative(irondequoit, "Cora Clerk", "cora@irondequoit.example")


@pytest.fixture
def member(window: Window, clerk: User) -> Member:
    """The clerk of Irondequoit, signed in, on the page of the calls."""
    return Member(window()).sign_in(clerk, "/account/calls/")


@pytest.fixture
def office(window: Window, transactional_db: None) -> Officer:
    """A programs officer, signed in at the admin."""
    return Officer(window()).sign_in(cast.staff(Role.PROGRAMS, "Olga Officer", "olga@example.org"), "/admin/")


@pytest.fixture
def visitor(window: Window) -> Visitor:
    return Visitor(window())


@pytest.fixture
def open_now() -> dict[str, Any]:
    """The instants of a call that is open today."""
    now = timezone.now()
    return {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=30)}
