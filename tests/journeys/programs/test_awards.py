"""Annual Awards: a town nominates what it achieved, competes with towns of its size, and wins."""

from __future__ import annotations

import pytest

from partnerships.models import Jurisdiction, RegisterEntry
from programs.models import Participation, Prize
from tests.journeys.programs.office import Officer
from tests.journeys.programs.people import Member, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Irondequoit, of 50,055, is exactly on the edge between the bands: it belongs to the larger one.
TABLES = {
    "Categories": [{"Name": "Energy"}, {"Name": "Youth"}],
    "Bands": [
        {"Name": "Up to 50,055", "Of": "Population", "From": "0", "Up to": "50055"},
        {"Name": "From 50,055", "Of": "Population", "From": "50055"},
    ],
    "Criteria": [{"Criterion": "Energy saved"}],
    "Sponsors and partners": [
        {"Organisation": "U.S. Department of Energy", "Role": "Funder", "Code of the category": "energy"}
    ],
}
NOMINATION = {
    "Category": "Energy",
    "Title": "Solar roofs",
    "In a few sentences": "Both town halls run on the sun.",
    "What was achieved": "Panels on both town halls.",
    "First day": "2025-03-01",
}
PRIZE = {"Title of the prize": "Energy award", "Reason": "The most saved."}


def test_a_nomination_wins_its_category_and_band(
    office: Officer, member: Member, visitor: Visitor, irondequoit: Jurisdiction
) -> None:
    cycle = office.set_up("Annual awards", "Annual Awards", {"Only members in good standing": True}, TABLES)
    made = member.begin(cycle, irondequoit)
    member.fill(NOMINATION).go_on().at("Files").go_on().at("Check and hand in").hand_in().reads("It was handed in.")
    visitor.refused(made)
    office.do(made, "Name a finalist").reads("A finalist now; that is public.")
    visitor.opens(made).reads("Solar roofs", "Irondequoit", "Finalist")
    crown(office, made)
    visitor.opens(made).reads("Energy award", "Energy, From 50,055", "The most saved.")
    office.accept(made)
    member.report(made, {"Energy saved, kWh a year": "120000"}, "Meters of both halls")
    visitor.opens(made).claimed("120,000 kWh a year", "Meters of both halls")
    visitor.page.goto(f"/programs/{cycle.program.slug}/{cycle.slug}/")
    visitor.reads("U.S. Department of Energy", "Solar roofs")


def crown(office: Officer, made: Participation) -> None:
    """The place is given once: a second winner of the same category and band is refused, and what was typed stays."""
    office.do(made, "Name a winner", PRIZE).reads("The winner is public.")
    assert RegisterEntry.objects.latest("seq").event == "prize.given"
    office.refused(made, "Name a winner", {**PRIZE, "Reason": "Once more."}, says="is given already")
    assert Prize.objects.get().reason == "The most saved."
