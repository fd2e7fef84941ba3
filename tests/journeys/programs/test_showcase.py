"""The showcase: works of students are entered, judged without a name, won with, and shown as far as parents consent."""

from __future__ import annotations

from typing import Any

import pytest

from partnerships.models import Jurisdiction
from programs.models import Cycle, Entry, Juror, Participation, Person
from tests import cast
from tests.journeys.conftest import Picture, Window
from tests.journeys.programs import people
from tests.journeys.programs.office import Officer, kept_until
from tests.journeys.programs.people import Member, Visitor
from tests.programs import students

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CALL = {"Theme": "Bridges", "Youngest age": "12", "Oldest age": "18", "Age counted on": "2026-04-01"}
TABLES: dict[str, Any] = {
    "Categories": [{"Name": "Art"}, {"Name": "Poetry"}],
    "Bands": [
        {"Name": "12 to 14", "Of": "Age", "From": "12", "Up to": "15"},
        {"Name": "15 to 18", "Of": "Age", "From": "15", "Up to": "19"},
    ],
    "Quotas": [{"At most": "5", "Community": True, "Category": True, "Age group": True}],
    "Criteria": [{"Criterion": "Craft"}, {"Criterion": "Idea", "Weight": "2"}],
}
STUDENT = {
    "Takes part as": "Student",
    "Given name": "Zinniabel",
    "Family name": "Quillfeather",
    "Birth date": "9 May 2012",
    "Parent or guardian": "Gwen Guardian",
    "Their e-mail address": "gwen@example.org",
}
WORK = {"Student": "Zinniabel Quillfeather", "Category": "Art", "Title of the work": "A bridge of paper"}
CONSENT = {"Name of the parent": "Gwen Guardian", "Given on": "2 March 2026", "How it was given": "On paper"}
HIDDEN = ("Zinniabel", "Quillfeather", "Gwen", "2012-05", "May 2012")


def test_a_work_is_entered_judged_wins_and_is_shown_once_a_parent_consents(
    office: Officer, member: Member, visitor: Visitor, window: Window, irondequoit: Jurisdiction, picture: Picture
) -> None:
    cycle = office.set_up(
        "Competition of works by students", "Young Artists Showcase", {**CALL, **kept_until()}, TABLES
    )
    made = enter(member, cycle, irondequoit)
    visitor.refused(made)
    jill = juror(office, cycle, window)
    jill.judge("A bridge of paper", cycle, {"Craft": "9", "Idea": "8"})
    picture(jill.page, "program-judging")
    office.accept(made)
    work = Entry.objects.get()
    office.do(work, "Name a finalist").reads("Among the finalists now.")
    prize = {
        "Title of the prize": "First in art",
        "Reason": "It carries.",
        "Work": "A bridge of paper · Art · 12 to 14",
    }
    office.do(made, "Name a winner", prize).reads("The winner is public.")
    visitor.opens(made).reads("First in art", "Art, 12 to 14").reads_not("A bridge of paper", *HIDDEN)
    consents(member, visitor, cycle, made)
    member.report(made, {"Works in the local round": "41"}, "List of the school")
    visitor.opens(made).claimed("41 works", "List of the school").reads_not(*HIDDEN)


def enter(member: Member, cycle: Cycle, community: Jurisdiction) -> Participation:
    made = member.begin(cycle, community)
    member.fill({"Title": "Works from Irondequoit"}).go_on().at("People").fill(STUDENT).go_on()
    member.at("Works").fill({**WORK, "The work as a file": students.photograph().read()}).go_on()
    member.at("Files").go_on().hand_in()
    return Participation.objects.get(pk=made.pk, state="submitted")


def juror(office: Officer, cycle: Cycle, window: Window) -> people.Juror:
    jill = cast.person("jill@example.org", "Jill Juror")
    office.make(Juror, "Appoint a juror", {"Cycle": str(cycle), "E-mail address of the account": jill.email})
    return people.Juror(window()).sign_in(jill, "/account/judging/").reads("1 waits for your points")


def consents(member: Member, visitor: Visitor, cycle: Cycle, made: Participation) -> None:
    """What is consented to is shown at once, and no more of it than that; withdrawn, it is gone at once."""
    gallery = f"/programs/{cycle.program.slug}/{cycle.slug}/gallery/"
    member.page.goto(f"/applications/{made.pk}/people/{Person.objects.get().pk}/consents/")
    member.choose("Publish the work").choose("Parent or guardian").fill(CONSENT)
    member.press("Record").reads("The consent was recorded.")
    visitor.page.goto(gallery)
    visitor.reads("A bridge of paper").reads_not(*HIDDEN)
    member.press("Withdraw Publish the work").reads("The consent was withdrawn")
    visitor.page.goto(gallery)
    visitor.reads_not("A bridge of paper", *HIDDEN)
