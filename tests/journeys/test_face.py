"""The face of the registry: accessible everywhere, light, still, moving where it may, and the same without a script."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from partnerships.models import AffiliationSide, Jurisdiction
from partnerships.services import statistics
from tests import cast, crowd
from tests.journeys import face
from tests.journeys.conftest import PHONE, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/",
    "/about/",
    "/countries/",
    "/countries/JP/",
    "/countries/US/?kind=friendship&standing=any&q=o",
    "/countries/NZ/",
    "/subdivisions/US-NY/",
    "/jurisdictions/1/",
    "/affiliations/",
    "/affiliations/SCI-000001/",
    "/map/",
    "/map/?country=JP",
    "/search/?q=toledo",
    "/statistics/",
    "/register/",
    "/as-of/2010-12-31/",
    "/verify/",
    "/anniversaries/",
    "/seeking/",
    "/data/",
    "/programs/",
    "/programs/september-concert/",
    "/nothing/here/",
)
COUNTRY_BYTES = 150_000
MOST_SHIFT = 0.02
SLOWEST_FRAME = 50


@pytest.fixture
def example(live_server: Any) -> None:
    """The example registry with a few dozen affiliations more, figures counted."""
    call_command("load_example", stdout=StringIO())
    crowd.make(60, first_serial=900)
    statistics.compute(timezone.now())


@pytest.fixture
def placed(live_server: Any) -> None:
    """Three hundred affiliations of places all over the world."""
    crowd.make(300)
    for at, place in enumerate(Jurisdiction.objects.order_by("pk")):
        place.latitude, place.longitude = (at * 37 % 110) - 50, (at * 71 % 360) - 180
        place.save(update_fields=["latitude", "longitude"])


def test_no_public_page_breaks_a_rule_of_accessibility(window: Window, example: None, record_property: Any) -> None:
    page = window(bypass=True)
    found = [line for address in PAGES for line in face.everywhere(page, address)]
    checked = len(PAGES) * len(face.WIDTHS) * len(face.SCHEMES)
    record_property(
        "measured",
        f"axe-core: {len(found)} violations in {checked} views of {len(PAGES)} pages, WCAG 2.2 AA and best practice",
    )
    assert found == []


@pytest.mark.parametrize("address", ["/", "/countries/JP/", "/countries/US/", "/map/"])
def test_a_first_visit_is_light_and_nothing_jumps(
    window: Window, placed: None, address: str, record_property: Any
) -> None:
    page = window(size=PHONE)
    weight = face.Weight()
    weight.listen(page)
    page.add_init_script(face.WATCH_SHIFTS)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    shift = page.evaluate("window.shifted")
    record_property(
        "measured", f"{address}: {weight.total / 1000:.0f} kB in {len(weight.parts)} answers, layout shift {shift:.3f}"
    )
    assert weight.total <= COUNTRY_BYTES, weight.parts
    assert shift <= MOST_SHIFT


def test_both_sides_of_a_country_are_narrowed_without_loading_the_page(page: Page, placed: None) -> None:
    page.goto("/countries/US/")
    page.evaluate("window.same = true")
    with page.expect_response(re.compile("subdivision=US-CA")):
        page.get_by_label("In the United States of America").select_option("US-CA")
    with page.expect_response(re.compile("country=JP")):
        page.get_by_label("Partner's country").select_option("JP")
    expect(page.locator(".summary")).to_contain_text("between Japan and California")
    listed = AffiliationSide.objects.filter(subdivision="US-CA", partner_country="JP", is_open=True).count()
    expect(page.locator(".affiliations tbody tr")).to_have_count(min(listed, 50))
    assert page.url.endswith("/countries/US/?subdivision=US-CA&country=JP")
    assert page.evaluate("window.same") is True
    expect(page.get_by_role("status").filter(has_text="between Japan and California")).to_be_attached()


def test_a_chip_takes_its_filter_away_and_the_way_back_brings_it_again(page: Page, placed: None) -> None:
    page.goto("/countries/US/?country=JP&kind=sister")
    chips = page.get_by_role("list", name="Filters in use")
    chips.get_by_role("link", name="Japan").click()
    expect(page).to_have_url(re.compile(r"/countries/US/\?kind=sister$"))
    expect(chips.get_by_role("link")).to_have_count(1)
    expect(page.get_by_label("Partner's country")).to_have_value("")
    page.go_back()
    expect(page).to_have_url(re.compile("country=JP"))
    expect(chips.get_by_role("link", name="Japan")).to_be_visible()
    expect(page.get_by_label("Partner's country")).to_have_value("JP")


def test_the_address_alone_shows_the_same_list_without_a_script(window: Window, placed: None) -> None:
    plain = window(javascript=False)
    plain.goto("/countries/US/?subdivision=US-CA&country=JP")
    expect(plain.locator(".summary")).to_contain_text("between Japan and California")
    expect(plain.get_by_label("In the United States of America")).to_have_value("US-CA")
    expect(plain.locator(".world__drawing use").first).to_be_visible()


def test_the_map_is_used_by_keyboard_and_says_what_is_in_the_middle(page: Page, live_server: Any) -> None:
    osaka = cast.jurisdiction("Osaka", "JP", latitude="34.69", longitude="135.50")
    cast.registered([cast.jurisdiction("Irondequoit", "US", latitude="43.21", longitude="-77.57"), osaka])
    page.goto("/map/")
    expect(page.locator("[data-atlas][data-ready]")).to_be_attached()
    page.get_by_role("application").focus()
    # From the middle of the world to Osaka: closer, then north and east, until it is the nearest.
    page.keyboard.press("+")
    said = page.locator(".atlas [role=status]")
    for key in ["ArrowUp"] * 3 + ["ArrowRight"] * 15:
        page.keyboard.press(key)
        if "Osaka" in said.inner_text():
            break
    expect(said).to_have_text("Osaka, Japan · affiliations: 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Osaka")


def test_the_map_follows_the_filters_of_its_page(page: Page, placed: None) -> None:
    page.goto("/map/")
    expect(page.locator("[data-atlas][data-ready]")).to_be_attached()
    with page.expect_response(re.compile(r"/map/data\.json\?country=JP")):
        page.locator("#filter-country").select_option("JP")
    expect(page.locator("[data-atlas][data-ready]")).to_be_attached()
    expect(page.get_by_role("link", name="Show these affiliations as a list")).to_have_attribute(
        "href", "/affiliations/?country=JP"
    )


def test_twenty_thousand_affiliations_move_smoothly(page: Page, live_server: Any, record_property: Any) -> None:
    page.route("**/map/data.json*", lambda route: route.fulfill(json=_many(20_000)))
    page.goto("/map/")
    expect(page.locator("[data-atlas][data-ready]")).to_be_attached()
    times = page.evaluate(face.MOVE_THE_MAP, 160)
    middle, late = times[len(times) // 2], times[len(times) // 20]
    record_property(
        "measured",
        f"/map/ with 20,000 affiliations: frame {middle:.0f} ms, 95 % in {late:.0f} ms, longest {times[0]:.0f} ms",
    )
    assert late <= SLOWEST_FRAME


def _many(size: int) -> dict[str, Any]:
    """The answer for so many ties between 12,000 places, spread like people: most of them in the north."""
    count = 12_000
    return {
        "total": size,
        "shown": size,
        "levels": {"US": 5, "JP": 4, "DE": 3, "UA": 1},
        "countries": {"US": "United States of America"},
        "places": {
            "id": list(range(1, count + 1)),
            "name": [f"Place {at}" for at in range(count)],
            "country": ["US"] * count,
            "x": [(at * 7919) % 36_000 - 18_000 for at in range(count)],
            "y": [(at * 104_729) % 11_000 - 4_500 for at in range(count)],
        },
        "ties": [value for at in range(size) for value in (at * 31 % count, at * 97 % count, at % 7 == 0)],
    }
