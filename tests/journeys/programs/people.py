"""People at the browser, in the words of what they do: members at their applications, jurors, and visitors.

Fields are found by their labels: ``fill({"Title": "Music", "Category": "Poetry", "Admission is free": True})``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Self

from playwright.sync_api import Locator, Page, expect

from partnerships.models import Jurisdiction, User
from programs.models import Cycle, Participation
from tests import cast


class Somebody:
    """Reads, fills and presses."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def sign_in(self, user: User, then: str) -> Self:
        self.page.goto(f"/account/login/?next={then}")
        self.page.get_by_label("Email").fill(user.email)
        self.page.get_by_label("Password").fill(cast.PASSWORD)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        expect(self.page).to_have_url(re.compile(f"{re.escape(then)}$"))
        return self

    def reads(self, *words: str) -> Self:
        """On the page, its messages included."""
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one)
        return self

    def fill(self, values: Mapping[str, Any], within: Locator | None = None) -> Self:
        """Text is typed, a choice made by its words (several by a list), a box ticked with ``True``, a file
        attached with its bytes."""
        for label, value in values.items():
            _fill((within or self.main).get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first, value)
        return self

    def choose(self, label: str) -> Self:
        """A radio button or box by its own words."""
        self.main.get_by_label(label, exact=True).check()
        return self

    def press(self, label: str) -> Self:
        """A button or link that leads to a page."""
        named: dict[str, Any] = {"name": label, "exact": True}
        found = self.main.get_by_role("button", **named).or_(self.main.get_by_role("link", **named))
        with self.page.expect_navigation():
            found.first.click()
        return self


def _fill(field: Locator, value: Any) -> None:
    if isinstance(value, bool):
        field.set_checked(value)
    elif isinstance(value, bytes):
        field.set_input_files({"name": "file.pdf", "mimeType": "application/pdf", "buffer": value})
    elif field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(label=value)
    else:
        field.fill(str(value))


class Member(Somebody):
    """Who speaks for a community, at the form of an application."""

    def begin(self, cycle: Cycle, community: Jurisdiction) -> Participation:
        """Press the button of the call; answers the draft, whose first step is open then."""
        self.page.goto("/account/calls/")
        call = self.main.get_by_role("article").filter(has=self.page.get_by_role("heading", name=cycle.name))
        row = call.get_by_role("listitem").filter(has_text=community.name)
        with self.page.expect_navigation():
            row.get_by_role("button").click()
        self.at("What it is about")
        return Participation.objects.filter(cycle=cycle, jurisdiction=community).latest("pk")

    def opens(self, made: Participation) -> Self:
        self.page.goto(f"/applications/{made.pk}/")
        return self

    def go_on(self) -> Self:
        """ "Save and continue": a button that the Enter key presses too stands before the one that is seen."""
        with self.page.expect_navigation():
            self.main.locator("button:visible:not([aria-hidden])", has_text="Save and continue").click()
        return self

    def at(self, step: str) -> Self:
        """The step whose heading this is."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(step)
        return self

    def look(self) -> Self:
        """The last step, from any other."""
        return self.press("Check and hand in").at("Check and hand in")

    def hand_in(self) -> Self:
        return self.press("Hand in")

    def deliver(self, made: Participation, promised: str, values: Mapping[str, Any]) -> Self:
        self.opens(made).press(f"Deliver {promised}").fill(values).press("Deliver")
        return self.reads("It was delivered.", "Delivered ·")

    def report(self, made: Participation, figures: Mapping[str, str], source: str) -> Self:
        """What came of it, as the community claims it."""
        self.opens(made).press("Report results").fill({**figures, "Where the figures come from": source})
        return self.press("Report").reads("recorded as claimed")


class Juror(Somebody):
    """Gives points under "Judging" in the own account."""

    def judge(self, what: str, cycle: Cycle, points: Mapping[str, str]) -> Self:
        self.page.goto("/account/judging/")
        self.press(f"{cycle.program.name}: {cycle.name}").press(what).fill(points)
        return self.press("Give these points").reads("Judged by you")


class Visitor(Somebody):
    """Somebody who reads, and signs in nowhere."""

    def opens(self, made: Participation) -> Self:
        """The public page of what was accepted, found from the program by way of its cycle."""
        made.refresh_from_db()
        cycle = made.cycle
        self.page.goto(f"/programs/{cycle.program.slug}/")
        for step in (cycle.name, made.title):
            with self.page.expect_navigation():
                self.main.get_by_role("link", name=step).first.click()
        expect(self.page).to_have_url(re.compile(rf"/programs/{cycle.program.slug}/{cycle.slug}/{made.pk}/$"))
        return self

    def refused(self, made: Participation) -> Self:
        """Nothing is there before a decision in favour."""
        answer = self.page.goto(f"/programs/{made.cycle.program.slug}/{made.cycle.slug}/{made.pk}/")
        assert answer is not None
        assert answer.status == 404
        return self

    def reads_not(self, *words: str) -> Self:
        """Nowhere in the page, its source included."""
        page = self.page.content()
        assert [word for word in words if word in page] == []
        return self

    def claimed(self, figure: str, source: str) -> Self:
        """The figure, marked as nobody's but the claimant's, with where it comes from."""
        return self._figure(figure, "Claimed by", "Claimed, not verified", f"Source: {source}")

    def verified(self, figure: str, how: str) -> Self:
        return self._figure(figure, "Claimed by", "Verified by", how)

    def _figure(self, figure: str, *words: str) -> Self:
        row = self.main.locator(".results li").filter(has_text=figure)
        for one in words:
            expect(row).to_contain_text(one)
        return self
