"""SEVLUP: a pair proposes a strand, money follows what was delivered, and those who took part are counted by group."""

from __future__ import annotations

from decimal import Decimal

import pytest

from partnerships.models import Jurisdiction, RegisterEntry
from partnerships.transfer.example.pdf import one_page
from programs.models import Deliverable, Participation, Result, Tranche
from tests.journeys.conftest import Picture
from tests.journeys.programs.conftest import Sister
from tests.journeys.programs.office import Officer
from tests.journeys.programs.people import Member, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CALL = {"Currency": "USD", "Budget": "60000", "Most for one pair": "30000", "Purpose of the grant": "Schools for all."}
STRAND = {
    "Title": "A dictionary of two sign languages",
    "Money asked for": "20000",
    "Strand of the grant": "Video dictionary",
    "What it will change": "Deaf children of both cities can write to one another.",
    "Groups that take part": "Teachers\nDeaf pupils",
    "Languages worked in": "American Sign Language\nPalestinian Sign Language",
}
SESSION = {"What is it?": "Session", "Title": "First recordings", "Day, or first day": "March 2027"}


def test_a_strand_is_awarded_paid_on_delivery_and_counted_by_group(
    office: Officer, member: Member, visitor: Visitor, irondequoit: Jurisdiction, sister: Sister, picture: Picture
) -> None:
    tie = sister("Qalqilya", "PS")
    cycle = office.set_up("Grant in strands", "SEVLUP", CALL)
    made = member.begin(cycle, irondequoit)
    member.fill(STRAND).go_on()
    propose_a_session_and_a_plan(member)
    visitor.refused(made)
    made = Participation.objects.get(pk=made.pk, state="submitted")
    office.refused(made, "Award money", {"Amount": "20001"}, says="At most what was asked for")
    office.do(made, "Award money", {"Amount": "20000"}).reads("Awarded. The applicants are told.")
    assert RegisterEntry.objects.latest("seq").event == "grant.awarded"
    visitor.opens(made).reads("Video dictionary", tie.number, "First recordings", "Deaf pupils", "20,000")
    pay_on_delivery(office, member, visitor, made)
    member.report(made, {"Participants (Teachers), people": "12", "Participants (Deaf pupils)": "31"}, "Class lists")
    visitor.opens(made).claimed("12 people", "Class lists").claimed("31 people", "Class lists").reads("(Deaf pupils)")
    office.do(Result.objects.get(value=12), "Verify", {"How it was checked": "Lists of the schools"})
    visitor.opens(made).verified("12 people", "Lists of the schools").claimed("31 people", "Class lists")
    picture(visitor.page, "program-strand", whole=True)


def propose_a_session_and_a_plan(member: Member) -> None:
    """A session of a group that nobody named is asked about at once."""
    member.at("What takes place").fill({**SESSION, "Group it was for": "Parents"}).go_on()
    member.at("Files").fill({"File": one_page("Plan", ["Two years"], name="plan.pdf").read()}).go_on()
    member.at("Check and hand in").reads("Parents is none of the groups that take part.").press("Go to this step")
    member.press("First recordings").fill({"Group it was for": "Deaf pupils"}).go_on().look().hand_in()
    member.reads("It was handed in.")


def pay_on_delivery(office: Officer, member: Member, visitor: Visitor, made: Participation) -> None:
    """One tranche at once, the other when what it hangs on was accepted."""
    office.do(made, "Add a deliverable", {"What is promised": "Dictionary with 500 signs"})
    signs = Deliverable.objects.get()
    tranches = [{"Amount": "5000"}, {"Amount": "15000", "Deliverable": signs.title}]
    office.do(made, "Plan tranches", rows=tranches).reads("The tranches are planned.")
    first, second = Tranche.objects.order_by("position")
    office.do(first, "Record the payment", {"Reference of the payment": "S-1"})
    visitor.opens(made).reads("Dictionary with 500 signs", "Promised", "Paid so far: ")
    office.refused(second, "Record the payment", {"Reference of the payment": "S-2"}, says="accepted")
    member.deliver(made, "Dictionary with 500 signs", {"What was done": "On video, in both languages."})
    office.do(signs, "Accept").reads("Accepted. What hangs on it can be paid.")
    office.do(second, "Record the payment", {"Reference of the payment": "S-2"})
    assert Participation.objects.get(pk=made.pk).paid == Decimal(20_000)
