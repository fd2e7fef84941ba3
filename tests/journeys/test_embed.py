"""A city shows its partners on its own site: a page of another origin, with the one line that our page offers."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from partnerships.models import Jurisdiction
from tests import cast
from tests.journeys import face
from tests.journeys.conftest import PATIENCE, PHONE, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class City:
    """The city's web server: one page, whose body the test writes."""

    def __init__(self) -> None:
        self.body = ""
        city = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = f'<!doctype html><html lang="en"><title>City</title><body><h1>City</h1>{city.body}</body></html>'
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing: whoever runs the tests reads their result."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        #: Another name than the registry's, so that it is another site and not only another port.
        self.url = f"http://localhost:{self.server.server_port}/"


@pytest.fixture
def city() -> Iterator[City]:
    made = City()
    thread = Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture
def community(live_server: Any) -> Jurisdiction:
    """Irondequoit with a dozen partners, more than a low frame shows."""
    own = cast.jurisdiction("Irondequoit", "US")
    for number in range(12):
        cast.registered([own, cast.jurisdiction(f"Partner {number}", "UA")])
    return own


@pytest.fixture
def visitor(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 900, "height": 900}, bypass_csp=False)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def offered(window: Window, community: Jurisdiction) -> str:
    """The line that the community's page has to be copied."""
    page = window()
    page.goto(f"/jurisdictions/{community.pk}/")
    page.get_by_text("HTML", exact=True).click()
    expect(page.locator(".embed-code")).to_be_visible()
    return page.locator(".embed-code").inner_text()


def visited(visitor: BrowserContext, city: City) -> tuple[Page, list[str]]:
    page, complaints = visitor.new_page(), list[str]()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("requestfailed", lambda request: complaints.append(f"{request.url}: {request.failure}"))
    page.goto(city.url)
    return page, complaints


def test_one_line_shows_the_list_at_its_full_height(
    window: Window, visitor: BrowserContext, city: City, community: Jurisdiction
) -> None:
    city.body = offered(window, community)
    page, complaints = visited(visitor, city)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Sister cities of Irondequoit")
    expect(frame.get_by_role("listitem")).to_have_count(12)
    expect(page.locator("iframe")).not_to_have_attribute("height", "480")
    inside = frame.locator("main").evaluate("(main) => main.getBoundingClientRect().height")
    outside = page.locator("iframe").evaluate("(frame) => frame.clientHeight")
    assert outside == pytest.approx(inside, abs=2)
    assert complaints == []
    assert visitor.cookies() == []


def test_a_link_in_the_frame_opens_the_registry_and_leaves_the_citys_page(
    window: Window, visitor: BrowserContext, city: City, community: Jurisdiction
) -> None:
    city.body = offered(window, community)
    page, _complaints = visited(visitor, city)
    with visitor.expect_page() as opened:
        page.frame_locator("iframe").get_by_role("link", name="Partner 3").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Partner 3")
    assert page.url == city.url
    assert opened.value.evaluate("window.opener") is None


def test_without_the_script_the_frame_keeps_its_height_and_scrolls(
    window: Window, visitor: BrowserContext, city: City, community: Jurisdiction
) -> None:
    city.body = offered(window, community).partition("<script")[0]
    page, complaints = visited(visitor, city)
    last = page.frame_locator("iframe").get_by_role("listitem").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    expect(page.locator("iframe")).to_have_attribute("height", "480")
    assert complaints == []


@pytest.mark.parametrize("query", ["?theme=light&accent=ffee00", "?theme=dark&accent=000080", "?accent=e8a92f"])
def test_every_look_can_be_read_on_a_telephone_too(window: Window, community: Jurisdiction, query: str) -> None:
    page = window(size=PHONE, bypass=True)
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"/embed/jurisdictions/{community.pk}/{query}")
        expect(page.get_by_role("listitem")).to_have_count(12)
        found += face.violations(page, f"{query} {scheme}", face.RULES)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert found == []


def test_no_other_page_of_ours_shows_in_a_frame(
    visitor: BrowserContext, city: City, community: Jurisdiction, live_server: Any
) -> None:
    city.body = f'<iframe src="{live_server.url}/jurisdictions/{community.pk}/" title="Community"></iframe>'
    page, complaints = visited(visitor, city)
    page.wait_for_load_state("networkidle")
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_count(0)
    assert visitor.cookies() == []
