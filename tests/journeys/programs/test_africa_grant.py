"""Africa Urban Poverty Alleviation Program: a pair proposes, a juror scores, money follows what was delivered."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from partnerships.models import Jurisdiction
from programs.models import Cycle, Deliverable, Juror, Participation, Tranche
from tests import cast
from tests.journeys.conftest import Picture, Window
from tests.journeys.programs import people
from tests.journeys.programs.conftest import Sister
from tests.journeys.programs.office import Officer
from tests.journeys.programs.people import Member, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CALL = {"Currency": "USD", "Budget": "5000", "Most for one pair": "800", "Partner's country is one of": ["Kenya"]}
TABLES = {
    "Categories": [{"Name": "Water"}, {"Name": "Sanitation"}, {"Name": "Health"}],
    "Criteria": [{"Criterion": "Need", "Weight": "2"}, {"Criterion": "Plan", "Most points": "5"}],
}
PROPOSAL = {
    "Category": "Water",
    "Title": "A well for Kibera",
    "Money asked for": "900",
    "Where the project works": "Kibera",
    "What the people there lack": "There is one tap for 900 people.",
    "What both communities will do about it": "Drill a well together.",
    "People whom it will reach": "900",
    "How they are counted": "By household",
    "Duration in months": "12",
    "Who keeps it running afterwards": "The water board of the city.",
}


def test_a_proposal_is_scored_awarded_within_its_cap_paid_on_delivery_and_reported(
    office: Officer,
    member: Member,
    visitor: Visitor,
    window: Window,
    irondequoit: Jurisdiction,
    sister: Sister,
    picture: Picture,
) -> None:
    sister("Nairobi", "KE")
    cycle = office.set_up("Grants for projects of pairs", "Africa Urban Poverty Alleviation Program", CALL, TABLES)
    made = member.begin(cycle, irondequoit)
    member.fill(PROPOSAL).go_on().at("Files").go_on().at("Check and hand in").reads("may be asked for by one pair")
    member.press("Go to this step").fill({"Money asked for": "800"}).go_on().look().hand_in().reads("It was handed in.")
    visitor.refused(made)
    jill = juror(office, cycle, window)
    jill.judge("A well for Kibera", cycle, {"Need": "10", "Plan": "5", "Words for the panel": "Sound."})
    picture(office.look_at(made).page, "program-decide")
    award(office, made)
    visitor.opens(made).reads("A well for Kibera", "Nairobi", "800", "Water")
    pay_when_delivered(office, member, made)
    visitor.opens(made).reads("Drilled well", "Paid so far: ")
    member.report(made, {"Beneficiaries, people": "870"}, "List of households")
    visitor.opens(made).claimed("870 people", "List of households")


def juror(office: Officer, cycle: Cycle, window: Window) -> people.Juror:
    jill = cast.person("jill@example.org", "Jill Juror")
    office.make(Juror, "Appoint a juror", {"Cycle": str(cycle), "E-mail address of the account": jill.email})
    return people.Juror(window()).sign_in(jill, "/account/judging/").reads("1 waits for your points")


def award(office: Officer, made: Participation) -> None:
    """What the juror gave stands in the ranking; more than a pair may have is refused."""
    office.page.goto(f"/admin/programs/juror/ranking/{made.cycle_id}/")
    expect(office.page.get_by_role("row").filter(has_text="A well for Kibera")).to_contain_text("100.00")
    office.refused(made, "Award money", {"Amount": "801"}, says="At most what was asked for")
    office.do(made, "Award money", {"Amount": "800"}).reads("Awarded. The applicants are told.")


def pay_when_delivered(office: Officer, member: Member, made: Participation) -> None:
    office.do(made, "Add a deliverable", {"What is promised": "Drilled well"}).reads("The deliverable is on record.")
    well = Deliverable.objects.get()
    office.do(made, "Plan tranches", rows=[{"Amount": "800", "Deliverable": well.title}])
    payment = {"Reference of the payment": "T-1"}
    office.refused(Tranche.objects.get(), "Record the payment", payment, says="It is paid when")
    member.deliver(made, "Drilled well", {"What was done": "It runs."})
    office.do(well, "Accept").reads("Accepted. What hangs on it can be paid.")
    office.do(Tranche.objects.get(), "Record the payment", payment).reads("The payment is on record.")
    assert Participation.objects.get(pk=made.pk).paid == Decimal(800)
