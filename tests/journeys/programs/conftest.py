"""Journeys through the programs: what a member does at the browser, in words.

Other files of this folder use ``Member`` for the steps of an application; staff and visitors have pages of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Self

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from partnerships.models import Jurisdiction, User
from programs.models import Cycle, Participation
from tests import cast
from tests.journeys.conftest import Window
from tests.journeys.programs.office import Officer


class Member:
    """Somebody who speaks for a community, at the form of an application.

    Fields are found by their labels: ``fill({"Title": "Music", "Category": "Poetry", "Admission is free": True})``.
    """

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def sign_in(self, user: User, then: str = "/account/calls/") -> Member:
        self.page.goto(f"/account/login/?next={then}")
        self.page.get_by_label("Email").fill(user.email)
        self.page.get_by_label("Password").fill(cast.PASSWORD)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def begin(self, cycle: Cycle, community: Jurisdiction) -> Participation:
        """Press the button of the call; answers the draft, whose first step is open then."""
        self.page.goto("/account/calls/")
        call = self.main.get_by_role("article").filter(has=self.page.get_by_role("heading", name=cycle.name))
        row = call.get_by_role("listitem").filter(has_text=community.name)
        with self.page.expect_navigation():
            row.get_by_role("button").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("What it is about")
        return Participation.objects.filter(cycle=cycle, jurisdiction=community).latest("pk")

    def fill(self, values: Mapping[str, Any]) -> Member:
        """Text is typed, a choice made by its words, a box ticked with ``True``, a file attached with its bytes."""
        for label, value in values.items():
            self._fill(self.main.get_by_label(label, exact=False).first, value)
        return self

    def _fill(self, field: Locator, value: Any) -> None:
        if isinstance(value, bool):
            field.set_checked(value)
        elif isinstance(value, bytes):
            field.set_input_files({"name": "file.pdf", "mimeType": "application/pdf", "buffer": value})
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=str(value))
        else:
            field.fill(str(value))

    def choose(self, label: str) -> Member:
        """A radio button or box by its own words."""
        self.main.get_by_label(label, exact=True).check()
        return self

    def press(self, label: str) -> Member:
        """A button or link that leads to a page."""
        named = {"name": label, "exact": True}
        found = self.main.get_by_role("button", **named).or_(self.main.get_by_role("link", **named))
        with self.page.expect_navigation():
            found.first.click()
        return self

    def go_on(self) -> Member:
        """ "Save and continue": a button that the Enter key presses too stands before the one that is seen."""
        with self.page.expect_navigation():
            self.main.locator("button:visible:not([aria-hidden])", has_text="Save and continue").click()
        return self

    def at(self, step: str) -> Member:
        """The step whose heading this is."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(step)
        return self

    def reads(self, words: str) -> Self:
        """On the page, its messages included."""
        expect(self.page.locator("body")).to_contain_text(words)
        return self

    def hand_in(self) -> Member:
        return self.press("Hand in")

    def report(self, made: Participation, figures: Mapping[str, str], source: str) -> Member:
        """What came of it, as the community claims it."""
        self.page.goto(f"/applications/{made.pk}/report/")
        self.fill({**figures, "Where the figures come from": source}).press("Report")
        return self.reads("recorded as claimed")


class Visitor(Member):
    """Somebody who reads, and signs in nowhere."""

    def opens(self, made: Participation) -> Visitor:
        """The public page of what was accepted, found on the page of its cycle."""
        cycle = made.cycle
        self.page.goto(f"/programs/{cycle.program.slug}/{cycle.slug}/participants/")
        with self.page.expect_navigation():
            self.main.get_by_role("link", name=made.title).first.click()
        expect(self.page).to_have_url(re.compile(rf"/programs/{cycle.program.slug}/{cycle.slug}/{made.pk}/$"))
        return self

    def reads_not(self, *words: str) -> Visitor:
        """Nowhere in the page, its source included."""
        page = self.page.content()
        assert [word for word in words if word in page] == []
        return self


@pytest.fixture
def irondequoit(transactional_db: None) -> Jurisdiction:
    return cast.member(cast.jurisdiction("Irondequoit", "US", kind="town", subdivision="US-NY", population=50_055))


@pytest.fixture
def clerk(irondequoit: Jurisdiction) -> User:
    return cast.representative(irondequoit, "Cora Clerk", "cora@irondequoit.example")


@pytest.fixture
def member(window: Window, clerk: User) -> Member:
    """The clerk of Irondequoit, signed in, on the page of the calls."""
    return Member(window()).sign_in(clerk)


@pytest.fixture
def office(window: Window, transactional_db: None) -> Officer:
    """A programs officer, signed in at the admin."""
    return Officer(window()).sign_in()


@pytest.fixture
def visitor(window: Window) -> Visitor:
    return Visitor(window())


@pytest.fixture
def open_now() -> dict[str, Any]:
    """The instants of a call that is open today."""
    now = timezone.now()
    return {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=30)}
