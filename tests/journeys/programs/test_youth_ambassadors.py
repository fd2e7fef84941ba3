"""Youth Ambassadors: a delegation of minors and their mentor is named, taken, and public without a single name."""

from __future__ import annotations

import pytest

from partnerships.models import Jurisdiction
from programs.models import Participation
from tests.journeys.programs.office import Officer, kept_until
from tests.journeys.programs.people import Member, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CALL = {
    "Countries that send delegations": ["United States of America", "Mexico"],
    "Length of the exchange in weeks": "6",
    "Students in one delegation, at least": "1",
    "Students in one delegation, at most": "3",
    "Youngest age": "13",
    "Oldest age": "17",
    "Age counted on": "2026-04-01",
}
STUDENT = {
    "Takes part as": "Student",
    "Given name": "Zinniabel",
    "Family name": "Quillfeather",
    "Birth date": "9 May 2012",
    "Parent or guardian": "Gwen Guardian",
    "Their e-mail address": "gwen@example.org",
}
MENTOR = {"Takes part as": "Adult mentor", "Given name": "Mirabella", "Birth date": "1 January 1980"}
LEG = {"What is it?": "Leg of a journey", "Title": "Three weeks in Mexico", "Day, or first day": "July 2027"}
HIDDEN = ("Zinniabel", "Quillfeather", "Gwen", "gwen@", "Mirabella", "2012-05", "May 2012")


def test_a_delegation_is_named_and_taken_and_nobody_reads_who_is_in_it(
    office: Officer, member: Member, visitor: Visitor, irondequoit: Jurisdiction
) -> None:
    cycle = office.set_up("Exchange of young people", "Youth Ambassador Program", {**CALL, **kept_until()})
    made = member.begin(cycle, irondequoit)
    member.fill({"Title": "Delegation of Irondequoit"}).go_on().at("People").fill(STUDENT).go_on().look()
    member.reads("Adult mentors: 0").press("Go to this step").at("People").fill(MENTOR).go_on()
    member.at("Files").go_on().hand_in()
    visitor.refused(made)
    made = Participation.objects.get(pk=made.pk, state="submitted")
    assert made.people.count() == 2
    office.accept(made)
    visitor.opens(made).reads("Irondequoit").reads_not(*HIDDEN)
    member.page.goto(f"/applications/{made.pk}/activities/")
    member.fill(LEG).press("Save")
    visitor.opens(made).reads("Three weeks in Mexico", "Leg of a journey")
    member.report(made, {"Students taking part": "1"}, "List of those who came")
    visitor.opens(made).claimed("1 people", "List of those who came").reads("Claimed by Irondequoit")
    visitor.reads_not(*HIDDEN)
