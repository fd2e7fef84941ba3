"""Africa Urban Poverty Alleviation Program: a pair proposes, a juror scores, money follows what was delivered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

from partnerships.models import Jurisdiction, User
from programs.models import Cycle, Deliverable, Participation, Tranche
from programs.services import cycles, scoring
from tests import cast
from tests.journeys.conftest import Window
from tests.journeys.programs.conftest import Member
from tests.journeys.programs.desk import Desk, Visitor, report, sisters
from tests.programs import cast as troupe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PROPOSAL = {
    "Category": "Water",
    "Title": "A well for Kibera",
    "Money asked for": "800",
    "Where the project works": "Kibera",
    "What the people there lack": "There is one tap for 900 people.",
    "What both communities will do about it": "Drill a well together.",
    "People whom it will reach": "900",
    "How they are counted": "By household",
    "Duration in months": "12",
    "Who keeps it running afterwards": "The water board of the city.",
}


def grants(open_now: dict[str, Any]) -> Cycle:
    program = troupe.program("africa_grant", name="Africa Urban Poverty Alleviation Program")
    rules = {"currency": "USD", "budget": Decimal(5000), "cap_per_pair": Decimal(800), "countries": ["KE"]}
    made = troupe.cycle(program, kind="africa_grant", name="Grants 2026", announced=False, **rules, **open_now)
    cycles.set_categories(cycle_id=made.pk, rows=[("water", "Water")], by=troupe.officer())
    return made


def juror(of: Cycle) -> User:
    made = cast.person("jill@example.org", "Jill Juror")
    scoring.appoint(cycle_id=of.pk, user_id=made.pk, community_id=None, by=troupe.officer())
    return made


def test_a_proposal_is_scored_awarded_within_its_cap_paid_on_delivery_and_reported(
    member: Member, window: Window, irondequoit: Jurisdiction, open_now: dict[str, Any]
) -> None:
    sisters(irondequoit, "Nairobi", "KE")
    cycle, desk, visitor = grants(open_now), Desk(window()), Visitor(window())
    desk.do(cycle, "Announce").reads("The call is public.")
    made = member.begin(cycle, irondequoit)
    member.fill(PROPOSAL).go_on().at("Files").go_on().at("Check and hand in").hand_in().reads("It was handed in.")
    scored(Member(window()).sign_in(juror(cycle), then="/account/judging/"), cycle)
    visitor.refused(made)
    awarded(desk, made)
    visitor.visit(made).reads("A well for Kibera", "Nairobi", "800", "Water")
    paid_when_delivered(desk, member, made)
    visitor.visit(made).reads("Drilled well", "Paid so far: ")
    report(member, made, {"Beneficiaries, people": "870"}, "List of households")
    visitor.visit(made).claimed("870 people", "List of households")


def scored(jill: Member, cycle: Cycle) -> None:
    jill.reads("1 waits for your points").press(f"{cycle.program.name}: {cycle.name}").press("A well for Kibera")
    jill.reads("Drill a well together.").fill({"Need": "10", "Plan": "5", "Words for the panel": "Sound."})
    jill.press("Give these points").reads("Judged by you")


def awarded(desk: Desk, made: Participation) -> None:
    """What the juror gave stands in the ranking; more than a pair may have is refused."""
    desk.page.goto(f"/admin/programs/juror/ranking/{made.cycle_id}/")
    expect(desk.page.get_by_role("row").filter(has_text="A well for Kibera")).to_contain_text("100.00")
    desk.do(made, "Award money", {"Amount": "801"}).reads("Nothing was changed.")
    desk.do(made, "Award money", {"Amount": "800"}).reads("Awarded. The applicants are told.")


def paid_when_delivered(desk: Desk, member: Member, made: Participation) -> None:
    desk.do(made, "Add a deliverable", {"What is promised": "Drilled well"}).reads("The deliverable is on record.")
    well = Deliverable.objects.get()
    planned = {"Amount": "800", "Number of the deliverable": str(well.pk)}
    desk.do(made, "Plan tranches", planned, submit="Save").reads("The tranches are planned.")
    payment = {"Reference of the payment": "T-1"}
    desk.do(Tranche.objects.get(), "Record the payment", payment).reads("Nothing was changed.")
    member.page.goto(f"/applications/{made.pk}/")
    member.press("Deliver Drilled well").fill({"What was done": "It runs."}).press("Deliver").reads("Delivered ·")
    desk.do(well, "Accept").reads("Accepted. What hangs on it can be paid.")
    desk.do(Tranche.objects.get(), "Record the payment", payment).reads("The payment is on record.")
    assert Participation.objects.get(pk=made.pk).paid == Decimal(800)
