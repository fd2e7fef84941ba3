"""Cyber Sister Cities: a technology partnership on an affiliation, its first project, and who was trained."""

from __future__ import annotations

from typing import Any

import pytest

from partnerships.models import Jurisdiction
from programs.models import Cycle
from programs.services import programs
from programs.services.programs import BackerRow
from tests.journeys.conftest import Window
from tests.journeys.programs.conftest import Member
from tests.journeys.programs.desk import Desk, Visitor, report, sisters
from tests.programs import cast as troupe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PARTNERSHIP = {
    "Title": "A centre for Agogo",
    "Name of the centre": "ICT centre",
    "Where it is": "Agogo",
    "Technologies": "Computers\nHydroponics",
    "Who will use it": "Pupils and farmers.",
    "Who runs and maintains it": "The town of Agogo",
}
PROJECT = {
    "What is it?": "Project",
    "Title": "Fish ponds",
    "Day, or first day": "March 2027",
    "In which community": "Elsewhere",
    "Country": "Ghana",
    "Field of work": "Aquaculture",
}


def partnerships(open_now: dict[str, Any]) -> Cycle:
    """A sponsored year in which a partnership begins with one project at least."""
    program, rules = troupe.program("cyber", name="Cyber Sister Cities"), {"least_projects": 1}
    programs.set_backers(program_id=program.pk, rows=[BackerRow("Citrix", "funder")], by=troupe.officer())
    return troupe.cycle(program, kind="cyber", name="Cyber 2026", announced=False, rules=rules, **open_now)


def test_a_partnership_with_a_project_is_accepted_delivers_and_reports(
    member: Member, window: Window, irondequoit: Jurisdiction, open_now: dict[str, Any]
) -> None:
    tie = sisters(irondequoit, "Agogo", "GH")
    cycle, desk, visitor = partnerships(open_now), Desk(window()), Visitor(window())
    desk.do(cycle, "Announce").reads("The call is public.")
    made = member.begin(cycle, irondequoit)
    member.fill(PARTNERSHIP).go_on().at("What takes place").press("Check and hand in")
    member.at("Check and hand in").reads("Enter at least 1 project.").press("Go to this step")
    member.at("What takes place").fill(PROJECT).go_on().at("Files").go_on().at("Check and hand in")
    member.hand_in().reads("It was handed in.")
    visitor.refused(made)
    desk.open(made).reads("Nothing stands in the way.").do(made, "Accept").reads("Accepted. The applicants are told.")
    visitor.visit(made).reads("A centre for Agogo", tie.number, "Fish ponds", "Aquaculture", "ICT centre")
    desk.do(made, "Add a deliverable", {"What is promised": "Computer room"}).reads("The deliverable is on record.")
    member.page.goto(f"/applications/{made.pk}/")
    member.press("Deliver Computer room").fill({"What was done": "Twenty places."}).press("Deliver")
    member.reads("Delivered ·")
    visitor.visit(made).reads("Computer room", "Delivered")
    report(member, made, {"People trained, people": "85"}, "List of the courses")
    visitor.visit(made).claimed("85 people", "List of the courses")
    visitor.page.goto(f"/programs/{cycle.program.slug}/")
    visitor.reads("Citrix")
