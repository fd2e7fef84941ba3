"""From the letter with an invitation to the page that everybody reads."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from partnerships.choices import Capacity, FilingState
from partnerships.models import Filing, Jurisdiction, User
from partnerships.services import members, review
from partnerships.services.access import Actor
from tests import cast
from tests.journeys.conftest import PHONE, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_INTERACTIONS = 25
MOST_SECONDS = 180
#: How fast a clerk who has the papers at hand types and chooses; the machine is faster.
SECONDS_AN_INTERACTION = 6


class Clerk:
    """Somebody at a browser whose every text entry, choice and click is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.interactions = page, 0

    def counted(self) -> Locator:
        self.interactions += 1
        return self.page.locator("main")

    def type(self, label: str, text: str, place: int = 0) -> None:
        self.counted().get_by_label(label).nth(place).fill(text)

    def choose(self, label: str, option: str, place: int = 0) -> None:
        self.counted().get_by_label(label).nth(place).select_option(label=option)

    def tick(self, label: str) -> None:
        self.counted().get_by_label(label, exact=True).check()

    def press(self, label: str) -> None:
        """Every button and link that a clerk presses leads to a page; what is done next is done on that one."""
        main = self.counted()
        named = {"name": label, "exact": True}
        with self.page.expect_navigation():
            main.get_by_role("button", **named).or_(main.get_by_role("link", **named)).first.click()

    def attach(self, name: str) -> None:
        upload = cast.pdf(name)
        file = {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": upload.read()}
        self.counted().get_by_label("File").set_input_files(file)  # type: ignore[arg-type]


def link_in(letter: Any, path: str) -> str:
    found = re.search(rf"https?://\S+?({path}\S+/)(?=\s)", f"{letter.body}\n")
    assert found, letter.body
    return found[1]


@pytest.fixture
def places(transactional_db: None) -> tuple[Jurisdiction, Jurisdiction]:
    town = cast.jurisdiction("Irondequoit", "US", kind="town", subdivision="US-NY", subdivision_name="New York")
    city = cast.jurisdiction("Poltava", "UA", native_name="Полтава", subdivision="UA-53")
    return cast.member(town), city


def invited(town: Jurisdiction, registrar: User) -> str:
    members.invite_representative(
        email="nora@irondequoit.example", jurisdiction=town, capacity=Capacity.EMPLOYEE, by=Actor.of(registrar)
    )
    (letter,) = [message for message in mail.outbox if message.to == ["nora@irondequoit.example"]]
    return link_in(letter, "/account/invitation/")


def register(filing: Filing, registrar: User) -> str:
    by = Actor.of(registrar)
    review.take(filing_id=filing.pk, by=by)
    return review.register(filing_id=filing.pk, by=by, on=timezone.localdate()).number


def test_from_the_invitation_to_the_public_page(window: Window, places: tuple[Jurisdiction, Jurisdiction]) -> None:
    registrar = cast.staff("registrar")
    page = window()
    page.goto(invited(places[0], registrar))
    page.get_by_label("Your name").fill("Nora Newcomer")
    page.get_by_label("Password", exact=True).fill(cast.PASSWORD)
    page.get_by_label("The same password again").fill(cast.PASSWORD)
    page.get_by_role("button", name="Open the account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")

    clerk, began = Clerk(page), time.monotonic()
    file_a_clean_agreement(clerk)
    expect(page.locator("main")).to_contain_text("waits for a registrar")
    took = time.monotonic() - began
    assert clerk.interactions <= MOST_INTERACTIONS
    assert took + clerk.interactions * SECONDS_AN_INTERACTION <= MOST_SECONDS

    filing = Filing.objects.get()
    assert filing.state == FilingState.SUBMITTED
    number = register(filing, registrar)
    page.reload()
    page.get_by_role("link", name=f"See {number} in the register").click()
    expect(page.locator("main")).to_contain_text("Fredrick W. Lapple")
    (letter,) = [m for m in mail.outbox if number in m.body and m.to == ["nora@irondequoit.example"]]
    visitor = window()
    visitor.goto(link_in(letter, "/agreements/"))
    expect(visitor.locator("main")).to_contain_text("Poltava")


def file_a_clean_agreement(clerk: Clerk) -> None:
    clerk.press("File an agreement")
    clerk.press("Start")
    clerk.type("Name of the community", "Полтава")
    expect(clerk.page.get_by_role("option")).to_have_count(1)
    clerk.counted()
    clerk.page.get_by_role("option").click()
    clerk.press("Save and continue")
    clerk.type("Signed on", "June 29, 1992")
    clerk.tick("The agreement says that it never expires")
    clerk.choose("Language 1", "English")
    clerk.choose("Language 2", "Ukrainian")
    clerk.press("Save and continue")
    for place, name in enumerate(("Fredrick W. Lapple", "Анатолій Кукоба")):
        clerk.type("Name", name, place)
        clerk.type("Office, such as Mayor", "Mayor", place)
        clerk.choose("Signed as", "Chief elected official", place)
    clerk.press("Save and continue")
    clerk.attach("agreement")
    clerk.press("Attach, and add another")
    clerk.attach("resolution")
    clerk.press("Save and continue")
    clerk.tick("Diaspora")
    clerk.press("Save and continue")
    clerk.press("Hand in")


def test_without_a_script_on_a_narrow_screen_with_the_keyboard_alone(
    window: Window, places: tuple[Jurisdiction, Jurisdiction], tmp_path: Path
) -> None:
    """Every control is reached by Tab and worked by keys; no page is wider than the screen."""
    user = cast.representative(places[0])
    page = window(javascript=False, size=PHONE)
    keys = Keyboard(page)
    page.goto("/account/login/?next=/file/")
    keys.type("login", user.email)
    keys.type("password", cast.PASSWORD)
    keys.enter()
    keys.press("Start")
    keys.type("name", "Poltava")
    keys.press("Find")
    keys.to('input[name="choice"]')
    keys.space()
    keys.press("Save and continue")
    keys.type("signed_on", "29 June 1992")
    keys.enter()
    for party in places:
        keys.type(f"party{party.pk}-0-name", f"Mayor of {party.name}")
        keys.to(f'[name="party{party.pk}-0-capacity"]')
        page.keyboard.press("ArrowDown")
    keys.press("Save and continue")
    papers = tmp_path / "agreement.pdf"
    papers.write_bytes(cast.pdf().read())
    keys.to('input[type="file"]')
    page.locator('input[type="file"]').set_input_files(papers)
    keys.press("Save and continue")
    keys.press("Save and continue")
    keys.press("Hand in")
    expect(page.locator("main")).to_contain_text("waits for a registrar")
    keys.look()
    assert Filing.objects.get().state == FilingState.SUBMITTED


class Keyboard:
    """Somebody who uses no pointer: everything is reached by Tab from where one is."""

    MOST_TABS = 120

    def __init__(self, page: Page) -> None:
        self.page = page

    def look(self) -> None:
        """The page fits the screen; what has the focus shows it."""
        width = self.page.locator("html").bounding_box()
        assert width is not None
        assert width["width"] <= PHONE["width"]
        for region in self.page.locator("main *:not(.table-region *)").all()[:400]:
            box = region.bounding_box()
            assert box is None or box["x"] + box["width"] <= PHONE["width"] + 1, region.inner_html()[:200]

    def to(self, selector: str) -> None:
        focused = self.page.locator(f"{selector}:focus")
        for _tab in range(self.MOST_TABS):
            if focused.count():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by the keyboard on {self.page.url}")

    def type(self, name: str, text: str) -> None:
        self.to(f'main [name="{name}"]')
        self.page.keyboard.insert_text(text)

    def press(self, label: str) -> None:
        self.to(f'main :is(button, a):text-is("{label}"):not([tabindex="-1"])')
        self.enter()

    def space(self) -> None:
        self.page.keyboard.press("Space")

    def enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()


def test_the_list_below_the_field_is_worked_with_the_keyboard(
    window: Window, places: tuple[Jurisdiction, Jurisdiction]
) -> None:
    user = cast.representative(places[0])
    page = window()
    page.goto("/account/login/?next=/file/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Start").click()
    field = page.get_by_role("combobox", name="Name of the community")
    field.press_sequentially("polt", delay=20)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Poltava (Полтава)")
    page.get_by_role("button", name="Add, and look up another").click()
    expect(page.locator("main .items").first).to_contain_text("Poltava")


def test_a_session_that_ends_in_mid_form_loses_nothing(
    window: Window, places: tuple[Jurisdiction, Jurisdiction]
) -> None:
    user = cast.representative(places[0])
    filing = cast.draft(user, places, documents_on_file=False)
    page = window()
    page.goto(f"/account/login/?next=/filings/{filing.pk}/reasons/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Story").fill("It began with a letter.\nТак почалося.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("body")).to_contain_text("what you typed is kept")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Story")).to_have_value("It began with a letter.\nТак почалося.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check and hand in")
    filing.refresh_from_db()
    assert filing.story == "It began with a letter.\nТак почалося."


def test_the_partner_answers_from_the_letter(window: Window, places: tuple[Jurisdiction, Jurisdiction]) -> None:
    filing = cast.submitted(cast.representative(places[0]), places)
    page = window()
    page.goto(f"/account/login/?next=/filings/{filing.pk}/ask/")
    page.get_by_label("Email").fill(filing.submitted_by.email)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("E-mail address of its office").fill("office@poltava.example")
    page.get_by_role("button", name="Send the letter").click()
    expect(page.locator("main")).to_contain_text("no answer yet")
    (letter,) = [message for message in mail.outbox if message.to == ["office@poltava.example"]]
    partner = window()
    partner.goto(link_in(letter, "/partner/"))
    expect(partner.locator("main")).to_contain_text("Mayor of Poltava")
    partner.get_by_label("Yes, this is right").check()
    partner.get_by_label("Your name and office").fill("Олена Коваль")
    partner.get_by_role("button", name="Send the answer").click()
    expect(partner.get_by_role("heading", level=1)).to_have_text("Thank you")
    page.reload()
    expect(page.locator("main")).to_contain_text("Олена Коваль")
