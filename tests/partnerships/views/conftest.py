"""A small register to look at: one sister, one friendship, one joint agreement of three communities."""

from __future__ import annotations

import pytest

from partnerships.models import Agreement, Jurisdiction
from tests import cast


@pytest.fixture
def sisters(irondequoit: Jurisdiction, poltava: Jurisdiction) -> Agreement:
    return cast.registered([irondequoit, poltava], themes=["humanitarian"], perpetual=True, story="Since 1992.")


@pytest.fixture
def friends(san_francisco: Jurisdiction, osaka: Jurisdiction) -> Agreement:
    return cast.registered([san_francisco, osaka], signed_on="1957", kind="friendship")


@pytest.fixture
def joint(irondequoit: Jurisdiction, osaka: Jurisdiction) -> Agreement:
    rennes = cast.jurisdiction("Rennes", "FR", subdivision="FR-35", latitude=48.11, longitude=-1.68)
    return cast.registered([irondequoit, osaka, rennes], signed_on="2001-05")
