"""Sister Schools: a link between two schools under a registered affiliation, with what their classes plan."""

from __future__ import annotations

from typing import Any

import pytest

from partnerships.models import Jurisdiction
from programs.models import Participation
from tests import cast
from tests.journeys.programs.conftest import Member, Visitor
from tests.journeys.programs.office import Officer
from tests.programs import cast as troupe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINK = {
    "Title": "Letters across the sea",
    "School in your community": "Lake School",
    "School in the partner community": "School 17",
    "Where it takes place": "In the classroom",
    "Whom the programs office may ask": "Tara Teacher, tara@example.org",
}


def test_a_school_link_is_planned_accepted_and_its_letters_are_claimed(
    office: Officer, member: Member, visitor: Visitor, irondequoit: Jurisdiction, open_now: dict[str, Any]
) -> None:
    cast.registered([irondequoit, cast.jurisdiction("Poltava", "UA")])
    cycle = troupe.cycle(
        kind="schools", announced=False, name="School links", rules={"least_activities": 1}, **open_now
    )
    office.record(cycle, "announce", {}, says="The call is public.")
    made = member.begin(cycle, irondequoit)
    member.fill(LINK).go_on().at("What takes place")
    member.page.goto(f"/applications/{made.pk}/check/")
    member.reads("Plan at least 1 activities.").press("Go to this step").at("What takes place")
    member.fill({"Title": "Letters of grade 6", "Day, or first day": "March 2027"}).go_on()
    member.at("Files").go_on().hand_in()
    made = Participation.objects.get(pk=made.pk, state="submitted")
    office.accept(made)
    visitor.opens(made).reads("Lake School").reads("Poltava").reads("Letters of grade 6").reads_not("Tara Teacher")
    member.report(made, {"Letters exchanged, letters": "48"}, "Count of the class")
    visitor.opens(made).reads("48 letters").reads("Claimed by Irondequoit").reads("Claimed, not verified")
