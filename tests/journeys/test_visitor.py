"""A visitor reads the register: without a script, with the keyboard alone, and after a wrong turn."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from partnerships.choices import AffiliationKind
from tests import cast
from tests.journeys.conftest import PHONE, Picture, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _record(live_server: Any) -> None:
    """Six agreements, three of them friendships."""
    irondequoit = cast.jurisdiction("Irondequoit", "US", subdivision="US-NY", subdivision_name="New York")
    cast.registered([irondequoit, cast.jurisdiction("Poltava", "UA", native_name="Полтава")], perpetual=True)
    for name, country in (("Hanover", "DE"), ("Osaka", "JP"), ("Bologna", "IT")):
        cast.registered([irondequoit, cast.jurisdiction(name, country)], kind=AffiliationKind.FRIENDSHIP)
    for name, country in (("Warsaw", "PL"), ("Agogo", "GH")):
        cast.registered([irondequoit, cast.jurisdiction(name, country)])


@pytest.fixture
def plain(window: Window) -> Page:
    """A browser that runs no script."""
    return window(javascript=False)


def test_a_visitor_without_scripts_finds_filters_and_takes_the_list_away(plain: Page, picture: Picture) -> None:
    plain.goto("/")
    plain.get_by_role("main").get_by_role("searchbox").fill("Полтава")
    plain.get_by_role("main").get_by_role("button", name="Search").click()
    plain.get_by_role("region", name="Communities").get_by_role("link", name="Poltava").click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("Полтава")
    plain.get_by_role("row", name="Irondequoit").get_by_role("link", name="SCI-").click()
    expect(plain.get_by_role("main")).to_contain_text("The agreement states that it never expires")
    expect(plain.get_by_role("main")).to_contain_text("Mayor of Irondequoit")

    plain.goto("/countries/US/")
    plain.get_by_text("More filters").click()
    plain.get_by_label("Kind").select_option("Friendship")
    plain.get_by_label("Partner's country").select_option(label="Germany")
    plain.get_by_role("button", name="Show").click()
    rows = plain.get_by_role("rowgroup").last.get_by_role("row")
    expect(rows).to_have_count(1)
    picture(plain, "country-filtered")
    plain.get_by_role("list", name="Filters in use").get_by_role("link", name="Germany").click()
    expect(rows).to_have_count(3)
    assert "country=DE" not in plain.url
    assert "kind=friendship" in plain.url

    shown = [row.get_by_role("link", name="SCI-").inner_text() for row in rows.all()]
    with plain.expect_download() as coming:
        plain.get_by_role("link", name="CSV").click()
    taken = csv.DictReader(StringIO(Path(coming.value.path()).read_text("utf-8-sig")))
    assert [row["number"] for row in taken] == shown


def test_a_wrong_address_says_so_and_offers_a_search_that_works(plain: Page, picture: Picture) -> None:
    answer = plain.goto("/affiliations/SCI-999999/")
    assert answer is not None
    assert answer.status == 404
    expect(plain.get_by_role("heading", level=1)).to_have_text("There is no such page")
    picture(plain, "missing")
    plain.get_by_role("main").get_by_role("searchbox").fill("Osaka")
    plain.get_by_role("main").get_by_role("button", name="Search").click()
    expect(plain.get_by_role("region", name="Communities").get_by_role("link", name="Osaka")).to_be_visible()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(page: Page) -> None:
    page.goto("/countries/")
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    expect(first).to_have_text("Skip to the main content")
    expect(first).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert inside, page.locator(":focus").inner_text()


def test_wherever_the_keyboard_stops_on_the_home_page_it_can_be_seen(page: Page) -> None:
    page.goto("/")
    stops = []
    for _ in range(25):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate(
                """() => {
                    const at = document.activeElement, look = getComputedStyle(at), box = at.getBoundingClientRect();
                    const ringed = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
                    const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
                    return [at.outerHTML.slice(0, 120), (ringed || look.boxShadow !== "none") && seen];
                }"""
            )
        )
    assert [html for html, seen in stops if not seen] == []
    assert len({html for html, _seen in stops}) > 20


def test_no_page_is_wider_than_a_telephone(window: Window) -> None:
    page = window(size=PHONE)
    pages = ("/", "/countries/", "/countries/US/", "/affiliations/SCI-000001/", "/register/", "/search/?q=Poltava")
    wide = {}
    for address in pages:
        page.goto(address)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
            wide[address] = width
    assert wide == {}
