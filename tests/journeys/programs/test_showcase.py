"""Works, delegations and nominations of students: typed in by a clerk, decided, and shown as far as consent allows."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from partnerships.models import Jurisdiction
from programs.models import Entry, Participation, Person
from programs.selectors import gallery
from programs.services import decisions, entries
from tests.journeys.programs.conftest import Member
from tests.programs import cast as troupe
from tests.programs import students

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STUDENT = {
    "Given name": "Zinniabel",
    "Family name": "Quillfeather",
    "Birth date": "9 May 2012",
    "Parent or guardian": "Gwen Guardian",
    "Their e-mail address": "gwen@example.org",
}


def add(member: Member, role: str, values: dict[str, str]) -> None:
    member.fill({"Takes part as": role, **values})


def decided(made: Participation) -> None:
    """The programs office, whose pages have journeys of their own."""
    decisions.accept(participation_id=made.pk, by=troupe.officer(), at=timezone.now())


def test_a_work_is_entered_chosen_and_shown_once_a_parent_consents(
    member: Member, irondequoit: Jurisdiction, open_now: dict[str, Any]
) -> None:
    cycle = students.showcase(name="Showcase 2026", **open_now)
    made = member.begin(cycle, irondequoit)
    member.fill({"Title": "Works from Irondequoit"}).go_on().at("People")
    add(member, "Student", STUDENT)
    member.go_on().at("Works").fill(
        {
            "Student": "Zinniabel Quillfeather",
            "Category": "Art",
            "Title of the work": "A bridge of paper",
            "Where it can be seen": "https://example.org/bridge",
        }
    )
    member.go_on().at("Files").go_on().hand_in()
    decided(made)
    entries.shortlist(entry_id=Entry.objects.get().pk, by=troupe.officer())
    assert gallery.works_of(cycle_id=cycle.pk)[0].title == ""
    member.page.goto(f"/applications/{made.pk}/people/{Person.objects.get().pk}/consents/")
    member.choose("Publish the work").choose("Parent or guardian")
    member.fill({"Name of the parent": "Gwen Guardian", "Given on": "2 March 2026", "How it was given": "On paper"})
    member.press("Record").reads("The consent was recorded.")
    assert gallery.works_of(cycle_id=cycle.pk)[0].title == "A bridge of paper"
    member.press("Withdraw Publish the work").reads("The consent was withdrawn")
    assert gallery.works_of(cycle_id=cycle.pk)[0].title == ""
