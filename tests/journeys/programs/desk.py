"""The desk of a programs officer in a browser: records of the admin, the buttons on them, and the pages these open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from partnerships.choices import Role
from partnerships.models import Affiliation, Jurisdiction
from programs.models import Participation
from tests import cast
from tests.journeys.programs.conftest import Member


class Desk:
    """An officer, signed in. ``do(record, "Accept")`` opens the record, its button, fills the page and sends it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        Member(page).sign_in(cast.staff(Role.PROGRAMS, "Olga Officer"), then=reverse("admin:index"))

    def do(self, record: Any, deed: str, typed: Mapping[str, str] | None = None, submit: str = "") -> Desk:
        self.open(record)
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=deed, exact=True).click()
        for label, value in (typed or {}).items():
            self.page.locator("form.deed").get_by_label(label, exact=False).first.fill(value)
        with self.page.expect_navigation():
            self.page.locator("form.deed").get_by_role("button", name=submit or deed, exact=True).click()
        return self

    def open(self, record: Any) -> Desk:
        self.page.goto(reverse(f"admin:programs_{record._meta.model_name}_change", args=[record.pk]))
        return self

    def reads(self, words: str) -> Desk:
        expect(self.page.locator("body")).to_contain_text(words)
        return self


class Visitor:
    """Somebody without an account at the public page of a participation."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def visit(self, made: Participation) -> Visitor:
        self.page.goto(f"/programs/{made.cycle.program.slug}/{made.cycle.slug}/{made.pk}/")
        return self

    def refused(self, made: Participation) -> Visitor:
        """Nothing is there before a decision in favour."""
        answer = self.page.goto(f"/programs/{made.cycle.program.slug}/{made.cycle.slug}/{made.pk}/")
        assert answer is not None
        assert answer.status == 404
        return self

    def reads(self, *words: str) -> Visitor:
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)
        return self

    def claimed(self, figure: str, source: str) -> Visitor:
        """The figure, marked as nobody's but the claimant's, with where it comes from."""
        row = self.page.locator(".results li").filter(has_text=figure)
        expect(row).to_contain_text("Claimed, not verified")
        expect(row).to_contain_text(f"Source: {source}")
        return self


def sisters(town: Jurisdiction, name: str, country: str) -> Affiliation:
    """A recognised sister affiliation of the town with a place abroad."""
    partner = cast.jurisdiction(name, country)
    cast.registered([town, partner])
    return Affiliation.objects.between(town.pk, partner.pk).get()


def report(member: Member, made: Participation, figures: Mapping[str, str], source: str) -> None:
    """The community says what came of it."""
    member.page.goto(f"/applications/{made.pk}/")
    member.press("Report results").fill({**figures, "Where the figures come from": source})
    member.press("Report").reads("recorded as claimed")
