"""Annual Awards: a town nominates what it achieved, competes with towns of its size, and wins."""

from __future__ import annotations

from typing import Any

import pytest

from partnerships.models import Jurisdiction, RegisterEntry
from programs.models import Cycle, Participation, Prize
from programs.services import cycles
from programs.services.cycles import BandRow
from tests.journeys.conftest import Window
from tests.journeys.programs.conftest import Member
from tests.journeys.programs.desk import Desk, Visitor, report
from tests.programs import cast as troupe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOMINATION = {
    "Category": "Energy",
    "Title": "Solar roofs",
    "In a few sentences": "Both town halls run on the sun.",
    "What was achieved": "Panels on both town halls.",
    "First day": "2025-03-01",
}


def awards(open_now: dict[str, Any]) -> Cycle:
    """One category and two bands of population; Irondequoit is just above the edge between them."""
    program = troupe.program("awards", name="Annual Awards")
    made = troupe.cycle(program, kind="awards", name="Awards 2026", announced=False, **open_now)
    by, bands = troupe.officer(), [BandRow("Up to 50,055", 0, 50_055), BandRow("From 50,055", 50_055)]
    cycles.set_categories(cycle_id=made.pk, rows=[("energy", "Energy")], by=by)
    cycles.set_bands(cycle_id=made.pk, rows=bands, by=by)
    return made


def test_a_nomination_wins_its_category_and_band(
    member: Member, window: Window, irondequoit: Jurisdiction, open_now: dict[str, Any]
) -> None:
    cycle, desk, visitor = awards(open_now), Desk(window()), Visitor(window())
    desk.do(cycle, "Announce").reads("The call is public.")
    made = member.begin(cycle, irondequoit)
    member.fill(NOMINATION).go_on().at("Files").go_on().at("Check and hand in").hand_in().reads("It was handed in.")
    visitor.refused(made)
    desk.do(made, "Name a finalist").reads("A finalist now; that is public.")
    visitor.visit(made).reads("Solar roofs", "Irondequoit", "Finalist")
    crowned(desk, made)
    visitor.visit(made).reads("Energy award", "Energy, From 50,055", "The most saved.")
    desk.do(made, "Accept").reads("Accepted. The applicants are told.")
    report(member, made, {"Energy saved, kWh a year": "120000"}, "Meters of both halls")
    visitor.visit(made).claimed("120,000 kWh a year", "Meters of both halls")


def crowned(desk: Desk, made: Participation) -> None:
    """The place is given once: a second winner of the same category and band is refused, and what was typed stays."""
    prize = {"Title of the prize": "Energy award", "Reason": "The most saved."}
    desk.do(made, "Name a winner", prize).reads("The winner is public.")
    assert RegisterEntry.objects.latest("seq").event == "prize.given"
    desk.do(made, "Name a winner", {**prize, "Reason": "Once more."}).reads("is given already")
    desk.reads("Once more.")
    assert Prize.objects.get().reason == "The most saved."
