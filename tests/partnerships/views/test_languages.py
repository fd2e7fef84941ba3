"""Pages in each language of the registry: said in it, in its direction, and never out of the cache of another."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import get_language_info, gettext, override

from tests import cast

pytestmark = pytest.mark.django_db

OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PATHS = ("", "countries/", "search/?q=bologna", "register/", "programs/", "statistics/", "about/", "data/", "map/")


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("code", OTHERS)
def test_pages_are_said_in_the_language_of_their_address(client: Client, code: str) -> None:
    direction = "rtl" if get_language_info(code)["bidi"] else "ltr"
    with override(code):
        skip = gettext("Skip to the main content")
    assert skip != "Skip to the main content"
    for path in PATHS:
        page = text(client, f"/{code}/{path}")
        assert f'<html lang="{code}" dir="{direction}">' in page
        assert skip in page
        assert f'href="{settings.SITE_URL}/{code}/{path.partition("?")[0]}"' in page
    assert skip in text(client, f"/{code}/account/login/")


def test_a_page_names_itself_in_every_language_and_the_english_one_as_the_default(client: Client) -> None:
    page = text(client, "/ja/countries/")
    named = re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', page)
    assert {code for code, _url in named} == {code for code, _name in settings.LANGUAGES} | {"x-default"}
    assert dict(named)["x-default"] == f"{settings.SITE_URL}/countries/"
    assert dict(named)["uk"] == f"{settings.SITE_URL}/uk/countries/"


def test_what_a_browser_asks_for_changes_no_page(client: Client) -> None:
    """Pages are the same for everybody: Accept-Language only makes the browser offer another address."""
    plain = text(client, "/countries/")
    asked = client.get("/countries/", headers={"accept-language": "ja"}).content.decode()
    assert plain == asked


def test_one_language_is_never_answered_from_the_cache_of_another(client: Client) -> None:
    first, other = text(client, "/countries/"), text(client, "/fr/countries/")
    assert text(client, "/countries/") == first
    assert text(client, "/fr/countries/") == other != first


def test_a_partial_date_and_a_country_follow_the_language(client: Client) -> None:
    portland, bologna = cast.jurisdiction("Portland"), cast.jurisdiction("Bologna", "IT")
    agreement = cast.registered([portland, bologna], signed_on="1992-06-29")
    page = text(client, f"/de/agreements/{agreement.number}/")
    assert "29. Juni 1992" in page
    assert "Italien" in page
    assert "ar" in {code for code, _name in settings.LANGUAGES}
    assert "إيطاليا" in text(client, f"/ar/agreements/{agreement.number}/")
