"""The main job as one story: invited, filed, confirmed by the partner, reviewed, registered, told, found by everybody.

With TOUR=1 each station leaves the picture that docs/tour.md shows.
"""

from __future__ import annotations

import re
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from partnerships.transfer.example.accounts import PASSWORD as DEMO_PASSWORD
from partnerships.transfer.example.pdf import one_page
from tests import cast
from tests.journeys.conftest import PHONE, Picture, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TESSA, OFFICE = "tessa@sample-city.example.org", "office@paradeigma.example.org"
SIGNED = date(timezone.localdate().year - 1, 9, 11)
STORY = "Fictional example. It began with a letter between two school classes; now both cities plant olive trees."


@pytest.fixture(autouse=True)
def _example(live_server: Any) -> None:
    call_command("load_example", with_logins=True, stdout=StringIO())
    mail.outbox.clear()


def letter(to: str, subject: str) -> str:
    """The text of the only letter with these words in its subject; nobody gets one twice."""
    found = [message for message in mail.outbox if message.to == [to] and subject in message.subject]
    assert len(found) == 1, [(message.to, message.subject) for message in mail.outbox]
    return str(found[0].body)


def link(text: str, part: str) -> str:
    found = re.search(rf"https?://\S+{part}\S+/(?=\s)", f"{text}\n")
    assert found, text
    return found[0]


def sign_in(page: Page, email: str, password: str, *, to: str) -> None:
    page.goto(to)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{to}")


def test_an_agreement_travels_from_an_invitation_to_the_public_register(
    window: Window, picture: Picture, tmp_path: Path
) -> None:
    invite(window(), picture)
    tessa = window()
    open_account(tessa, picture)
    name_the_partner(tessa, picture)
    say_what_was_signed(tessa, picture)
    say_who_signed(tessa, picture)
    attach_the_papers(tessa, picture, tmp_path)
    hand_in(tessa, picture)
    ask_the_partner(tessa)
    confirm_as_the_partner(window(size=PHONE), picture)
    number = review_and_register(window(), picture)
    read_the_good_news(tessa, picture, number)
    browse(window(), window(size=PHONE), window(dark=True), picture, number)
    told = StringIO()
    call_command("verify_register", stdout=told)
    assert "The register verifies" in told.getvalue()


def invite(page: Page, picture: Picture) -> None:
    sign_in(page, "clerk@example.org", DEMO_PASSWORD, to="/admin/")
    page.get_by_role("link", name="Invitations", exact=True).click()
    page.get_by_role("link", name="Invite a representative").click()
    page.get_by_label("E-mail address").fill(TESSA)
    page.get_by_label("Name", exact=False).first.fill("Tessa Example")
    page.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill("sample")
    page.get_by_role("option", name="Sample City").click()
    page.get_by_label("Proof of capacity").fill("Letter of the city manager; called back at city hall")
    picture(page, "clerk-invites")
    page.get_by_role("button", name="Invite a representative").click()
    expect(page.get_by_text("The invitation is on its way.")).to_be_visible()


def open_account(page: Page, picture: Picture) -> None:
    page.goto(link(letter(TESSA, "invitation"), "/invitation/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Open your account")
    page.get_by_label("Password", exact=True).fill(cast.PASSWORD)
    page.get_by_label("The same password again").fill(cast.PASSWORD)
    picture(page, "invitation")
    page.get_by_role("button", name="Open the account").click()
    expect(page.get_by_text("Welcome. Your account is open.")).to_be_visible()
    expect(page.get_by_role("heading", name="Sample City")).to_be_visible()
    picture(page, "account")


def name_the_partner(page: Page, picture: Picture) -> None:
    """A community that no list knows, with its name in its own script."""
    page.get_by_role("main").get_by_role("link", name="File an agreement").click()
    picture(page, "file-start")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("combobox", name="Name of the community").press_sequentially("Paradeigma", delay=5)
    expect(page.get_by_text("Nothing found under this name.")).to_be_visible()
    page.get_by_role("button", name="It is in no list").click()
    expect(page.get_by_label("Name", exact=False).first).to_have_value("Paradeigma")
    page.get_by_label("Name in its own script").fill("Παράδειγμα")
    page.get_by_label("Country").select_option("Greece")
    picture(page, "file-new-community", whole=True)
    page.get_by_role("button", name="Add this community").click()
    expect(page.get_by_text("New to the registry: staff will look at it.")).to_be_visible()
    page.get_by_role("button", name="Save and continue").click()


def say_what_was_signed(page: Page, picture: Picture) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Act and dates")
    page.get_by_label("Signed on").fill(f"Sept. {SIGNED.day}th, {SIGNED.year}")
    page.get_by_label("Place of signing").fill("Sample City")
    page.get_by_label("The agreement says that it never expires").check()
    page.get_by_role("combobox", name="Language").first.select_option("English")
    picture(page, "file-terms", whole=True)
    page.get_by_role("button", name="Save and continue").click()


def say_who_signed(page: Page, picture: Picture) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Who signed")
    for party, name in (("Sample City", "Maya Example"), ("Paradeigma", "Nikos Paradeigmas")):
        lines = page.get_by_role("group", name=party)
        lines.get_by_label("Name").fill(name)
        lines.get_by_label("Office").fill("Mayor")
        lines.get_by_label("Signed as").select_option("Chief elected official")
    picture(page, "file-signatories", whole=True)
    page.get_by_role("button", name="Save and continue").click()


def attach_the_papers(page: Page, picture: Picture, folder: Path) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Documents")
    for title, button in (("Agreement", "Attach, and add another"), ("Council resolution", "Save and continue")):
        lines = ["Sample City, Oregon, and Paradeigma, Greece", f"{SIGNED:%d %B %Y}", "Maya Example, Nikos Paradeigmas"]
        paper = folder / f"{title.lower().replace(' ', '-')}.pdf"
        paper.write_bytes(one_page(title, lines, name=paper.name).read())
        page.get_by_label("File", exact=True).set_input_files(paper)
        if title == "Council resolution":
            expect(page.get_by_label("What is it?")).to_have_value("resolution")
            picture(page, "file-documents", whole=True)
        # The next page asks for a file too: wait for it, or the paper is given to the page that is leaving.
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button", name=button).click()


def hand_in(page: Page, picture: Picture) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Reasons and story")
    page.get_by_label("Shared history").check()
    page.get_by_role("textbox", name="Story").fill(STORY)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("Nothing is missing.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Maya Example, Mayor")
    picture(page, "file-check")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("The filing was handed in.")).to_be_visible()
    letter(TESSA, "Received")


def ask_the_partner(page: Page) -> None:
    page.get_by_role("link", name="Ask the partner to confirm").click()
    page.get_by_label("E-mail address of its office").fill(OFFICE)
    page.get_by_role("button", name="Send the letter").click()
    expect(page.get_by_text(f"Asked at {OFFICE}, no answer yet.")).to_be_visible()


def confirm_as_the_partner(page: Page, picture: Picture) -> None:
    """Without an account, on a telephone."""
    page.goto(link(letter(OFFICE, "confirm"), "/partner/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this right?")
    picture(page, "partner-asked")
    page.get_by_label("Yes, this is right").check()
    page.get_by_label("Your name and office").fill("Eleni Paradeigma, office of the mayor")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


def review_and_register(page: Page, picture: Picture) -> str:
    """Answers the number of the agreement."""
    sign_in(page, "registrar@example.org", DEMO_PASSWORD, to="/admin/")
    picture(page, "desk")
    page.get_by_role("link", name="wait for a reviewer").click()
    picture(page, "queue")
    page.get_by_role("row", name="Paradeigma").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Sample City – Paradeigma")).to_be_visible()
    expect(page.locator("details.paper[open] iframe")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Eleni Paradeigma")
    page.get_by_role("button", name="Take into review").click()
    expect(page.get_by_text("with Rosa Registrar since")).to_be_visible()
    picture(page, "review")
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.get_by_text("Registered. Everybody concerned is told.")).to_be_visible()
    picture(page, "registered")
    return page.locator(".decide-state a").inner_text()


def read_the_good_news(page: Page, picture: Picture, number: str) -> None:
    news = letter(TESSA, "Registered")
    assert number in news
    page.goto(link(news, "/agreements/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sample City – Paradeigma")
    page.get_by_role("link", name="Your account").click()
    page.get_by_role("link", name="Establish: Sample City – Paradeigma").click()
    expect(page.get_by_role("link", name=f"See {number} in the register")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Eleni Paradeigma")
    picture(page, "filing-status")


def browse(desk: Page, phone: Page, dark: Page, picture: Picture, number: str) -> None:
    """Everybody finds it, without an account and in any script."""
    desk.goto("/")
    expect(desk.get_by_role("region", name="New on record")).to_contain_text("Paradeigma")
    picture(desk, "home")
    desk.get_by_role("search").last.get_by_role("searchbox").fill("παραδειγμα")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Communities")).to_be_visible()
    picture(desk, "search")
    desk.get_by_role("region", name="Communities").get_by_role("link", name="Paradeigma").click()
    affiliation = desk.get_by_role("row", name="Sample City").get_by_role("link", name=re.compile("^SCI-"))
    address = affiliation.get_attribute("href") or ""
    affiliation.click()
    for words in ("Maya Example", "Nikos Paradeigmas", STORY, "Recognised", number):
        expect(desk.get_by_role("main")).to_contain_text(words)
    picture(desk, "affiliation")
    desk.get_by_role("article").get_by_role("link", name=number).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Sample City – Paradeigma")
    picture(desk, "agreement")
    desk.goto("/countries/GR/")
    expect(desk.get_by_role("row", name="Sample City")).to_be_visible()
    desk.goto("/register/")
    expect(desk.get_by_role("link", name=f"agreements/{number}")).to_be_visible()
    picture(desk, "register")
    for page, name in ((phone, "phone"), (dark, "dark")):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Παράδειγμα")
        picture(page, f"affiliation-{name}")
    phone.goto("/countries/US/")
    picture(phone, "country-phone")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
