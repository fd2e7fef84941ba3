"""A registrar signs in, opens the queue, reads the papers beside the facts, and registers: three clicks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from partnerships.choices import FilingState, Role
from partnerships.models import Filing
from tests import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: As in the launch of any browser of the suite: nothing but pages, and no call of its own.
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture
def complaints() -> list[str]:
    """What the browser said against the pages: scripts that failed, content that the policy refused."""
    return []


@pytest.fixture
def page(chromium_path: str, complaints: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    # The browser's driver runs an event loop in this thread; the ORM is called between its steps, never inside.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path, args=SWITCHES)
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        yield opened
        browser.close()


@pytest.fixture
def filing(db: None) -> Filing:
    town = cast.member(cast.jurisdiction("Irondequoit", "US", subdivision="US-NY", subdivision_name="New York"))
    return cast.submitted(cast.representative(town), [town, cast.jurisdiction("Poltava", "UA", native_name="Полтава")])


def _sign_in(page: Page, server: Any, email: str) -> None:
    page.goto(f"{server.url}/admin/")
    page.get_by_label("E-mail address").or_(page.get_by_label("Email")).first.fill(email)
    page.get_by_label("Password").first.fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").first.click()
    expect(page).to_have_url(f"{server.url}/admin/")


def test_a_registrar_decides_a_clean_filing_with_three_clicks(
    page: Page, live_server: Any, filing: Filing, complaints: list[str]
) -> None:
    cast.staff(Role.REGISTRAR, "Ruth Registrar", "ruth@example.org")
    _sign_in(page, live_server, "ruth@example.org")
    page.get_by_role("link", name="1 wait for a reviewer").click()
    expect(page.get_by_role("cell", name="Clear")).to_be_visible()

    page.get_by_role("link", name="Irondequoit").click()  # one
    expect(page.get_by_role("heading", name="Irondequoit – Poltava")).to_be_visible()
    expect(page.get_by_text("The rules have nothing to say against this filing.")).to_be_visible()
    shown = page.locator("details.paper[open] iframe")
    expect(shown).to_be_visible()
    paper = page.request.get(f"{live_server.url}{shown.get_attribute('src')}")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.headers["x-frame-options"] == "SAMEORIGIN"

    page.get_by_role("button", name="Take into review").click()  # two
    expect(page.get_by_text("with Ruth Registrar since")).to_be_visible()
    page.get_by_role("button", name="Register", exact=True).click()  # three
    expect(page.get_by_text("Registered. Everybody concerned is told.")).to_be_visible()
    expect(page.locator(".decide-state")).to_contain_text("SCI-")

    filing.refresh_from_db()
    assert filing.state == FilingState.REGISTERED
    assert complaints == []


def test_what_a_registrar_wrote_is_there_after_a_refusal(page: Page, live_server: Any, filing: Filing) -> None:
    cast.staff(Role.REGISTRAR, "Ruth Registrar", "ruth@example.org")
    second = cast.Actor.of(cast.staff(Role.REGISTRAR, "Simon Second"))
    _sign_in(page, live_server, "ruth@example.org")
    page.goto(f"{live_server.url}/admin/partnerships/filing/{filing.pk}/change/")
    page.get_by_role("button", name="Take into review").click()
    page.get_by_text("Return for changes…").click()
    page.get_by_label("What has to be changed?").fill("Name both mayors.")
    cast.review.release(filing_id=filing.pk, by=second)
    cast.review.take(filing_id=filing.pk, by=second)
    page.get_by_role("button", name="Return for changes").click()
    expect(page.get_by_role("alert")).to_contain_text("Simon Second has this filing in review.")
    expect(page.locator(".kept-words")).to_contain_text("Name both mayors.")


def test_a_clerk_adds_a_third_party_and_looks_it_up(
    page: Page, live_server: Any, complaints: list[str], db: None
) -> None:
    cast.staff(Role.CLERK, "Clara Clerk", "clara@example.org")
    cast.jurisdiction("Osaka", "JP", native_name="大阪")
    _sign_in(page, live_server, "clara@example.org")
    page.goto(f"{live_server.url}/admin/partnerships/filing/paper/")
    page.get_by_role("button", name="Add a party").click()
    third = page.get_by_role("group", name="Party 3")
    third.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill("大阪")
    page.get_by_role("option", name="Osaka, Japan").click()
    expect(third.locator(".select2-selection__rendered")).to_contain_text("Osaka, Japan")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was kept yet.")
    expect(page.get_by_role("group", name="Party 3").locator(".select2-selection__rendered")).to_contain_text("Osaka")
    assert [said for said in complaints if "422" not in said] == []
