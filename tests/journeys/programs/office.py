"""The programs office at the browser: what an officer does in the admin, one deed after the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone
from playwright.sync_api import Page, expect

from partnerships.choices import Role
from programs.models import Cycle, Participation, Program
from tests import cast


class Officer:
    """A programs officer in the admin. Fields are found by the names that the forms give them."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self) -> Officer:
        user = cast.staff(Role.PROGRAMS, "Olga Officer", "olga@example.org")
        self.page.goto("/admin/")
        self.page.get_by_label("E-mail address").or_(self.page.get_by_label("Email")).first.fill(user.email)
        self.page.get_by_label("Password").first.fill(cast.PASSWORD)
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("button", name="Sign in").first.click()
        expect(self.page).to_have_url(re.compile(r"/admin/$"))
        return self

    def do(self, path: str, values: Mapping[str, Any], *, says: str) -> Officer:
        """Fill the page of a deed and press its button; ``says``: the message that follows."""
        self.page.goto(f"/admin/programs/{path}/")
        for name, value in values.items():
            self._fill(name, value)
        with self.page.expect_navigation():
            self.page.locator("form.deed .submit-row input[type=submit]").click()
        expect(self.page.locator(".messagelist")).to_contain_text(says)
        return self

    def _fill(self, name: str, value: Any) -> None:
        field = self.page.locator(f"form.deed [name='{name}']").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        elif isinstance(value, bool):
            field.set_checked(value)
        else:
            field.fill(str(value))

    def set_up(self, kind: str, name: str, rules: Mapping[str, Any], **dates: Any) -> Cycle:
        """From nothing to a call that is open today: the program, its cycle, the rules, announced and public."""
        slug = kind.replace("_", "-")
        facts = {"name": name, "slug": slug, "kind": kind, "summary": "What it is."}
        self.do("program/set-up", facts, says="The program is on record")
        program = Program.objects.get(slug=slug)
        this = {"program": str(program.pk), "name": f"{name}, this year", "slug": "this-year"}
        self.do("cycle/set-up", this, says="The cycle is being prepared")
        cycle = Cycle.objects.get(program=program)
        now = timezone.now()
        call = {
            "time_zone": "America/New_York",
            "opens_at": f"{now - timedelta(days=2):%Y-%m-%dT09:00}",
            "closes_at": f"{now + timedelta(days=30):%Y-%m-%dT23:59}",
            **dates,
            **{f"rules.{rule}": value for rule, value in rules.items()},
        }
        self.do(f"cycle/{cycle.pk}/rules", call, says="The dates and rules are on record.")
        self.do(f"program/{program.pk}/publish", {}, says="The program is public.")
        self.do(f"cycle/{cycle.pk}/announce", {}, says="The call is public.")
        cycle.refresh_from_db()
        return cycle

    def accept(self, made: Participation) -> Officer:
        """From the queue of what waits: the application, its button, and the page of the decision."""
        self.page.goto("/admin/programs/participation/")
        self._follow(made.title)
        self._follow("Accept")
        with self.page.expect_navigation():
            self.page.locator("form.deed .submit-row input[type=submit]").click()
        expect(self.page.locator(".messagelist")).to_contain_text("Accepted. The applicants are told.")
        return self

    def _follow(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()

    def record(self, table: Model, deed: str, values: Mapping[str, Any], *, says: str) -> Officer:
        """A deed of a record that is there."""
        return self.do(f"{table._meta.model_name}/{table.pk}/{deed}", values, says=says)
