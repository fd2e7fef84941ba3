"""Student exchange: a member nominates the student of its partner, and what it keeps to itself stays there."""

from __future__ import annotations

import pytest

from partnerships.models import Jurisdiction
from programs.models import Participation
from tests.journeys.programs.conftest import Sister
from tests.journeys.programs.office import Officer, kept_until
from tests.journeys.programs.people import Member, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOMINATION = {
    "Title": "A year in Irondequoit",
    "Length of the stay": "School year",
    "How the community sponsors the student": "A fund of the town.",
    "A host family is found or sought by the community": "Sought",
    "School that offers a place": "Hidden High School",
}
STUDENT = {
    "Takes part as": "Student",
    "Given name": "Zinniabel",
    "Family name": "Quillfeather",
    "Birth date": "9 May 2010",
    "Parent or guardian": "Gwen Guardian",
    "Their e-mail address": "gwen@example.org",
    "Placement": "Family and school are sought",
}
HIDDEN = ("Zinniabel", "Quillfeather", "Gwen", "gwen@", "2010-05", "May 2010", "Hidden High School")


def test_a_student_of_the_partner_is_nominated_taken_placed_and_counted(
    office: Officer, member: Member, visitor: Visitor, irondequoit: Jurisdiction, sister: Sister
) -> None:
    sister("Poltava", "UA")
    call = {"School year": True, **kept_until()}
    cycle = office.set_up("Exchange of high-school students", "Student Exchange Partnership", call)
    made = member.begin(cycle, irondequoit)
    member.fill({**NOMINATION, "Length of the stay": "Semester"}).go_on().at("People").fill(STUDENT).go_on().look()
    member.reads("This call does not offer a stay of this length.").press("Go to this step")
    member.at("What it is about").fill({"Length of the stay": "School year"}).go_on().look().hand_in()
    visitor.refused(made)
    made = Participation.objects.get(pk=made.pk, state="submitted")
    office.accept(made)
    visitor.opens(made).reads("A fund of the town.", "Poltava").reads_not(*HIDDEN)
    placed(office, member, made)
    member.report(made, {"Students placed": "1"}, "Letter of the school")
    visitor.opens(made).claimed("1 people", "Letter of the school").reads("Claimed by Irondequoit").reads_not(*HIDDEN)


def placed(office: Officer, member: Member, made: Participation) -> None:
    """Where the placement stands is told by the member, and seen by the programs office."""
    person = made.people.get()
    member.page.goto(f"/applications/{made.pk}/people/{person.pk}/")
    member.fill({"Placement": "Arrived"}).press("Save")
    office.look_at(made).press("1 person").reads("Zinniabel", "Arrived")
