"""Cyber Sister Cities: a technology partnership on an affiliation, its first project, and who was trained."""

from __future__ import annotations

import pytest

from partnerships.models import Jurisdiction
from tests.journeys.programs.conftest import Sister
from tests.journeys.programs.office import Officer
from tests.journeys.programs.people import Member, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CALL = {"What the sponsor gives": "Computers", "Projects that a partnership begins with, at least": "1"}
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


def test_a_partnership_with_a_project_is_accepted_delivers_and_reports(
    office: Officer, member: Member, visitor: Visitor, irondequoit: Jurisdiction, sister: Sister
) -> None:
    tie = sister("Agogo", "GH")
    cycle = office.set_up("Technology partnership", "Cyber Sister Cities", CALL)
    office.do(cycle.program, "Sponsors and partners", rows=[{"Organisation": "Citrix", "Role": "Funder"}])
    made = member.begin(cycle, irondequoit)
    member.fill(PARTNERSHIP).go_on().at("What takes place").look()
    member.reads("Enter at least 1 project.").press("Go to this step")
    member.at("What takes place").fill(PROJECT).go_on().at("Files").go_on().at("Check and hand in")
    member.hand_in().reads("It was handed in.")
    visitor.refused(made)
    office.accept(made)
    visitor.opens(made).reads("A centre for Agogo", tie.number, "Fish ponds", "Aquaculture", "ICT centre")
    office.do(made, "Add a deliverable", {"What is promised": "Computer room"}).reads("The deliverable is on record.")
    member.deliver(made, "Computer room", {"What was done": "Twenty places."})
    visitor.opens(made).reads("Computer room", "Delivered")
    member.report(made, {"People trained, people": "85"}, "List of the courses")
    visitor.opens(made).claimed("85 people", "List of the courses")
    visitor.page.goto(f"/programs/{cycle.program.slug}/")
    visitor.reads("Citrix")
