"""Sister Schools: a link between two schools under a registered affiliation, with what their classes plan."""

from __future__ import annotations

import pytest

from partnerships.models import Jurisdiction
from programs.models import Participation
from tests.journeys.programs.conftest import Sister
from tests.journeys.programs.office import Officer
from tests.journeys.programs.people import Member, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINK = {
    "Title": "Letters across the sea",
    "School in your community": "Lake School",
    "School in the partner community": "School 17",
    "Where it takes place": "In the classroom",
    "Whom the programs office may ask": "Tara Teacher, tara@example.org",
}
LETTERS = {"What is it?": "Letters", "Title": "Letters of grade 6", "Day, or first day": "March 2027"}


def test_a_school_link_is_planned_accepted_and_its_letters_are_claimed(
    office: Officer, member: Member, visitor: Visitor, irondequoit: Jurisdiction, sister: Sister
) -> None:
    sister("Poltava", "UA")
    call = {"Activities that each link plans, at least": "1"}
    cycle = office.set_up("Links between schools", "Sister Schools", call)
    made = member.begin(cycle, irondequoit)
    member.fill(LINK).go_on().at("What takes place").look()
    member.reads("Plan at least 1 activity.").press("Go to this step")
    member.at("What takes place").fill(LETTERS).go_on().at("Files").go_on().hand_in()
    visitor.refused(made)
    made = Participation.objects.get(pk=made.pk, state="submitted")
    office.accept(made)
    visitor.opens(made).reads("Lake School", "Poltava", "Letters of grade 6").reads_not("Tara Teacher")
    member.report(made, {"Letters exchanged, letters": "48"}, "Count of the class")
    visitor.opens(made).claimed("48 letters", "Count of the class").reads("Claimed by Irondequoit")
