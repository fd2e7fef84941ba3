"""The named cast: Irondequoit and Poltava, San Francisco and Osaka, and the people around them."""

from __future__ import annotations

import pytest

from partnerships.choices import JurisdictionKind, Role
from partnerships.models import Jurisdiction, User
from tests import cast


@pytest.fixture
def irondequoit(db: None) -> Jurisdiction:
    town = cast.jurisdiction(
        "Irondequoit", "US", kind=JurisdictionKind.TOWN, subdivision="US-NY", subdivision_name="New York"
    )
    return cast.member(town)


@pytest.fixture
def poltava(db: None) -> Jurisdiction:
    return cast.jurisdiction("Poltava", "UA", native_name="Полтава", subdivision="UA-53")


@pytest.fixture
def san_francisco(db: None) -> Jurisdiction:
    return cast.member(cast.jurisdiction("San Francisco", "US", subdivision="US-CA", subdivision_name="California"))


@pytest.fixture
def osaka(db: None) -> Jurisdiction:
    return cast.jurisdiction("Osaka", "JP", native_name="大阪", subdivision="JP-27")


@pytest.fixture
def registrar(db: None) -> User:
    return cast.staff(Role.REGISTRAR, "Ruth Registrar")


@pytest.fixture
def second_registrar(db: None) -> User:
    return cast.staff(Role.REGISTRAR, "Simon Second")


@pytest.fixture
def clerk(db: None) -> User:
    return cast.staff(Role.CLERK, "Clara Clerk")


@pytest.fixture
def auditor(db: None) -> User:
    return cast.staff(Role.AUDITOR, "Arthur Auditor")


@pytest.fixture
def representative_of_irondequoit(irondequoit: Jurisdiction) -> User:
    return cast.representative(irondequoit, "Rita Representative")


@pytest.fixture
def stranger(db: None) -> User:
    return cast.person(name="Sam Stranger")
