"""The programs office at the browser: what an officer does in the admin, one deed after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from playwright.sync_api import Locator, expect

from programs.models import Cycle, Participation, Program
from tests.journeys.programs.people import Somebody

Values = Mapping[str, Any]
Rows = Sequence[Values]

#: What every call of these journeys says about its dates: it opened the day before yesterday.
_ZONE = {"Time zone": "America/New York"}


class Officer(Somebody):
    """A programs officer. ``do(record, "Accept")`` opens the record, its button, fills the page and sends it."""

    def do(self, record: Model, deed: str, values: Values | None = None, rows: Rows = ()) -> Self:
        """A deed of a record that is there."""
        self.look_at(record)
        return self._send(deed, values or {}, rows)

    def refused(self, record: Model, deed: str, values: Values, *, says: str) -> Self:
        """The same, to no avail: what is said, and what was typed is still there."""
        self.look_at(record).press(deed).fill(values, self._form)._press_submit()
        expect(self.page.locator(".errornote")).to_contain_text("Nothing was changed.")
        expect(self._form.locator(".errorlist")).to_contain_text(says)
        for label, value in values.items():
            expect(self._form.get_by_label(label).first).to_have_value(value)
        return self

    def make(self, table: type[Model], deed: str, values: Values) -> Self:
        """A new record, by the button of its list."""
        self.page.goto(reverse(f"admin:programs_{table._meta.model_name}_changelist"))
        return self._send(deed, values, ())

    def look_at(self, record: Model) -> Self:
        self.page.goto(reverse(f"admin:programs_{record._meta.model_name}_change", args=[record.pk]))
        return self

    def accept(self, made: Participation) -> Self:
        """From the queue of what waits: the application, its button, and the page of the decision."""
        made.refresh_from_db()
        self.page.goto(reverse("admin:programs_participation_changelist"))
        self.press(made.title).reads("Nothing stands in the way.")
        return self._send("Accept", {}, ()).reads("Accepted. The applicants are told.")

    def set_up(
        self, kind: str, name: str, call: Values | None = None, tables: Mapping[str, Rows] | None = None
    ) -> Cycle:
        """From nothing to a call that is open today: the program, its cycle, the rules, announced and public.

        ``call`` are fields of the page of the dates and rules, ``tables`` the rows of categories and the like.
        """
        facts = {"Name": name, "Name in addresses": slugify(name)[:40], "Kind": kind}
        self.make(Program, "Set up a program", {**facts, "What it is, in one sentence": f"{name} at its best."})
        program = Program.objects.get(name=name)
        this = {"Program": name, "Name": f"{name}, this year", "Name in addresses": "this-year"}
        self.make(Cycle, "Add a cycle", this).reads("The cycle is being prepared.")
        cycle = Cycle.objects.get(program=program)
        self.do(cycle, "Dates and rules", {**_dates(), **(call or {})}).reads("The dates and rules are on record.")
        for deed, rows in (tables or {}).items():
            self.do(cycle, deed, rows=rows)
        self.do(program, "Publish").reads("The program is public.")
        self.do(cycle, "Announce").reads("The call is public.")
        cycle.refresh_from_db()
        return cycle

    @property
    def _form(self) -> Locator:
        return self.page.locator("form.deed")

    def _send(self, deed: str, values: Values, rows: Rows) -> Self:
        self.press(deed).fill(values, self._form)
        for place, row in enumerate(rows):
            self.fill(row, self._form.locator(".paper-row").nth(place))
        self._press_submit()
        expect(self.page.locator(".messagelist .success")).to_be_visible()
        return self

    def _press_submit(self) -> None:
        with self.page.expect_navigation():
            self._form.locator(".submit-row input[type=submit]").click()


def _dates() -> dict[str, str]:
    """Of a call that is open: as typed into fields for a day and a time by the clock."""
    now = timezone.now()
    opened, closes = now - timedelta(days=2), now + timedelta(days=30)
    return {**_ZONE, "Opens": _wall(opened), "Closes": _wall(closes)}


def _wall(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M}"


def kept_until() -> dict[str, str]:
    """What a call says that asks for personal data."""
    return {"Personal data are kept until": str(date(timezone.localdate().year + 3, 12, 31))}
