"""Student exchange: a member nominates the student of its partner, and what it keeps to itself stays there."""

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
}


def test_a_student_of_the_partner_is_nominated_taken_and_counted(
    office: Officer, member: Member, visitor: Visitor, irondequoit: Jurisdiction, open_now: dict[str, Any]
) -> None:
    cast.registered([irondequoit, cast.jurisdiction("Poltava", "UA")])
    cycle = troupe.cycle(
        kind="student_exchange", announced=False, name="Exchange", rules={"lengths": ["year"]}, **open_now
    )
    office.record(cycle, "announce", {}, says="The call is public.")
    made = member.begin(cycle, irondequoit)
    member.fill({**NOMINATION, "Length of the stay": "Semester"}).go_on().at("People").fill(STUDENT).go_on()
    member.page.goto(f"/applications/{made.pk}/check/")
    member.reads("This call does not offer a stay of this length.").press("Go to this step")
    member.at("What it is about").fill({"Length of the stay": "School year"}).go_on()
    member.page.goto(f"/applications/{made.pk}/check/")
    member.hand_in()
    made = Participation.objects.get(pk=made.pk, state="submitted")
    office.accept(made)
    hidden = ("Zinniabel", "Quillfeather", "Gwen", "gwen@", "2010-05", "May 2010", "Hidden High School")
    visitor.opens(made).reads("A fund of the town.").reads("Poltava").reads_not(*hidden)
    member.report(made, {"Students placed": "1"}, "Letter of the school")
    visitor.opens(made).reads("1 people").reads("Claimed by Irondequoit").reads("Claimed, not verified")
    visitor.reads_not(*hidden)
