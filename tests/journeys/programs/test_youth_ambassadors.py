"""Youth Ambassadors: a delegation of minors and their mentor is named, taken, and public without a single name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partnerships.models import Jurisdiction
from programs.models import Participation
from tests.journeys.programs.conftest import Member, Visitor
from tests.journeys.programs.office import Officer
from tests.programs import cast as troupe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"delegation_countries": ["US", "MX"], "least_students": 1, "most_students": 3}
STUDENT = {
    "Takes part as": "Student",
    "Given name": "Zinniabel",
    "Family name": "Quillfeather",
    "Birth date": "9 May 2012",
    "Parent or guardian": "Gwen Guardian",
    "Their e-mail address": "gwen@example.org",
}
MENTOR = {"Takes part as": "Adult mentor", "Given name": "Mirabella", "Birth date": "1 January 1980"}


def test_a_delegation_is_named_and_taken_and_nobody_reads_who_is_in_it(
    office: Officer, member: Member, visitor: Visitor, irondequoit: Jurisdiction, open_now: dict[str, Any]
) -> None:
    values = {"name": "Cohort", "rules": RULES, "ages_on": date(2026, 4, 1), **open_now}
    cycle = troupe.cycle(kind="youth_ambassadors", announced=False, **values)
    office.record(cycle, "announce", {}, says="The call is public.")
    made = member.begin(cycle, irondequoit)
    member.fill({"Title": "Delegation of Irondequoit"}).go_on().at("People").fill(STUDENT).go_on()
    member.page.goto(f"/applications/{made.pk}/check/")
    member.reads("Adult mentors: 0").press("Go to this step").at("People").fill(MENTOR).go_on()
    member.at("Files").go_on().hand_in()
    made = Participation.objects.get(pk=made.pk, state="submitted")
    assert made.people.count() == 2
    office.accept(made)
    hidden = ("Zinniabel", "Quillfeather", "Gwen", "gwen@", "Mirabella", "2012-05", "May 2012")
    visitor.opens(made).reads("Irondequoit").reads_not(*hidden)
    member.report(made, {"Students taking part": "1"}, "List of those who came")
    visitor.opens(made).reads("1 people").reads("Claimed by Irondequoit").reads("Claimed, not verified")
    visitor.reads_not(*hidden)
