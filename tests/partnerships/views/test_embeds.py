"""A community's list in the page of a city: framable, without cookies, in the city's color, found by oEmbed."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client

from partnerships.models import Agreement, Jurisdiction
from tests import cast
from tests.partnerships.views.paths import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(sisters: Agreement, irondequoit: Jurisdiction) -> str:
    return f"/embed/jurisdictions/{irondequoit.pk}/"


def test_the_list_names_the_partners_and_leads_out_of_the_frame(address: str, client: Client) -> None:
    page = client.get(address)
    assert "Sister cities of Irondequoit" in text(page)
    assert "Poltava" in text(page)
    links = re.findall(r"<a [^>]*>", page.content.decode())
    assert links
    assert [link for link in links if 'target="_blank" rel="noopener"' not in link] == []


def test_any_page_may_frame_it_and_nothing_else_of_ours(
    address: str, client: Client, irondequoit: Jurisdiction
) -> None:
    page = client.get(address)
    assert "X-Frame-Options" not in page
    assert "frame-ancestors" not in page["Content-Security-Policy"]
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert "unsafe" not in page["Content-Security-Policy"]
    assert page["Cross-Origin-Resource-Policy"] == "cross-origin"
    for other in ("/", f"/jurisdictions/{irondequoit.pk}-irondequoit/", "/embed/", "/oembed/", "/account/login/"):
        answer = client.get(other)
        assert answer["X-Frame-Options"] == "DENY", other
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], other


def test_it_sets_no_cookie_and_is_kept_by_the_head_of_the_register(address: str, client: Client) -> None:
    page = client.get(address)
    assert not page.cookies
    assert "cookie" not in page.get("Vary", "").lower()
    assert "public" in page["Cache-Control"]
    again = client.get(address, headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 304
    assert "X-Frame-Options" not in again
    cast.entry()
    assert client.get(address, headers={"If-None-Match": page["ETag"]}).status_code == 200


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_city_chooses_light_or_dark(address: str, client: Client, theme: str) -> None:
    assert f'data-theme="{theme}"' in client.get(f"{address}?theme={theme}").content.decode()
    assert "data-theme" not in client.get(f"{address}?theme=auto").content.decode()


def test_the_accent_is_a_style_sheet_in_which_links_can_be_read(address: str, client: Client) -> None:
    page = client.get(f"{address}?accent=%23FFEE00").content.decode()
    assert "/embed/accent-ffee00.css" in page
    sheet = client.get("/embed/accent-ffee00.css")
    assert sheet["Content-Type"].startswith("text/css")
    assert "--accent-line: #ffee00" in sheet.content.decode()
    assert "--link: #ffee00" not in sheet.content.decode()


@pytest.mark.parametrize(
    "query", ["theme=blue", "accent=red", "accent=0d3b44;}", "theme=dark&theme=light", "color=red", "accent=%00"]
)
def test_what_cannot_be_meant_is_said_in_the_frame(address: str, client: Client, query: str) -> None:
    answer = client.get(f"{address}?{query}")
    assert answer.status_code == 400
    assert "X-Frame-Options" not in answer


def test_a_community_that_is_not_on_record_says_so_in_the_frame(client: Client) -> None:
    answer = client.get("/embed/jurisdictions/999999/")
    assert answer.status_code == 404
    assert "not on record" in text(answer)
    assert "X-Frame-Options" not in answer


def test_a_merged_community_leads_to_its_successor_and_keeps_the_look(
    address: str, client: Client, irondequoit: Jurisdiction
) -> None:
    old = cast.jurisdiction("Irondequoyt", "US", successor=irondequoit)
    answer = client.get(f"/embed/jurisdictions/{old.pk}/?theme=dark")
    assert (answer.status_code, answer["Location"]) == (301, f"{address}?theme=dark")


def test_a_community_page_offers_the_line_and_is_found_by_oembed(
    address: str, client: Client, irondequoit: Jurisdiction, settings: Any
) -> None:
    page = client.get(f"/jurisdictions/{irondequoit.pk}/", follow=True).content.decode()
    line = unescape(re.search(r'data-copy="(&lt;iframe[^"]*)"', page)[1])  # type: ignore[index]
    assert "\n" not in line
    assert line.startswith(f'<iframe src="{settings.SITE_URL}{address}"')
    assert 'title="Sister cities of Irondequoit"' in line
    found = re.search(r'type="application/json\+oembed"[^>]*href="([^"]*)"', page)
    parts = urlsplit(unescape(found[1]))  # type: ignore[index]
    answer = client.get(f"{parts.path}?{parts.query}")
    said = json.loads(answer.content)
    assert (said["type"], said["version"], said["provider_url"]) == ("rich", "1.0", f"{settings.SITE_URL}/")
    assert f"{settings.SITE_URL}{address}" in said["html"]
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_oembed_keeps_to_the_room_that_there_is(client: Client, address: str, settings: Any) -> None:
    asked = quote(f"{settings.SITE_URL}{address}")
    said = json.loads(client.get(f"/oembed/?url={asked}&maxwidth=300&maxheight=5000").content)
    assert (said["width"], said["height"]) == (300, 480)
    assert 'width="300" height="480"' in said["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("url=https://elsewhere.example/jurisdictions/1/", 404),
        ("url=SITE/countries/JP/", 404),
        ("url=SITE/jurisdictions/999999/", 404),
        ("url=http://[broken/", 404),
        ("url=SITE/jurisdictions/1/&format=xml", 501),
        ("url=SITE/jurisdictions/1/&maxwidth=wide", 400),
        ("url=SITE/jurisdictions/1/&maxheight=0", 400),
    ],
)
def test_oembed_says_what_it_cannot_do(client: Client, settings: Any, query: str, status: int) -> None:
    answer = client.get(f"/oembed/?{query.replace('SITE', settings.SITE_URL)}")
    assert answer.status_code == status
    assert json.loads(answer.content)["error"]


def test_the_script_for_the_citys_page_can_be_fetched_from_there(client: Client) -> None:
    answer = client.get("/embed/resize.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not answer.cookies


def test_the_page_in_the_frame_holds_no_form() -> None:
    folder = Path(__file__).parents[3] / "templates" / "partnerships" / "embed"
    assert [file.name for file in folder.iterdir() if "<form" in file.read_text("utf-8")] == []
