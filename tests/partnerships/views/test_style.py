"""The page of components is there for staff, and shows every colour that the style sheets know."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from partnerships.models import User
from partnerships.views import style
from tests.partnerships.views.paths import text

pytestmark = pytest.mark.django_db
TOKENS = Path(__file__).parents[3] / "static/css/tokens.css"


def test_staff_see_each_component_in_each_state(client: Client, registrar: User) -> None:
    client.force_login(registrar)
    answer = client.get("/style/")
    assert answer.status_code == 200
    page = text(answer)
    for words in (
        "Not currently recognised",
        "Suspended",
        "Never confirmed",
        "There is no such day.",
        "Fictional example",
    ):
        assert words in page


def test_nobody_else_sees_it(client: Client, representative_of_irondequoit: User) -> None:
    assert client.get("/style/").status_code == 302
    client.force_login(representative_of_irondequoit)
    assert client.get("/style/").status_code == 302


def test_every_colour_of_the_style_sheet_has_its_swatch() -> None:
    named = set(re.findall(r"^  --([a-z0-9-]+): #", TOKENS.read_text(encoding="utf-8"), re.MULTILINE))
    assert named - set(style.COLOURS) <= {
        "brand-deep",
        "on-brand",
        "on-brand-soft",
        "on-action",
        "on-accent",
        "action-hover",
        "link-hover",
        "map-border",
    }
