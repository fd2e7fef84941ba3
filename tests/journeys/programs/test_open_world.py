"""Open World: set up in the admin from nothing; a community offers to host, is accepted, and its claim is verified."""

from __future__ import annotations

import pytest

from partnerships.models import Jurisdiction
from programs.models import Participation, Result
from tests.journeys.programs.office import Officer, kept_until
from tests.journeys.programs.people import Member, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CALL = {
    "Countries that send delegations": ["Ukraine", "Lithuania"],
    "Themes offered": "Local government\nHealth",
    "Delegates in one delegation, at most": "6",
}
OFFER = {
    "Title": "Six guests in Irondequoit",
    "Country of the delegation": "Ukraine",
    "Theme": "Local government",
    "Delegates whom you can receive": "7",
    "Host families": "3",
    "Who looks after the delegation": "Hanna Hidden, 555 0100",
}
VISIT = {"What is it?": "Item of the agenda", "Title": "Day at the town board", "Day, or first day": "March 2027"}


def test_an_offer_to_host_goes_from_the_call_to_a_figure_that_is_verified(
    office: Officer, member: Member, visitor: Visitor, irondequoit: Jurisdiction
) -> None:
    cycle = office.set_up("Delegations from abroad", "Open World", {**CALL, **kept_until()})
    made = member.begin(cycle, irondequoit)
    member.fill(OFFER).go_on().at("People").look()
    member.reads("A delegation has at most 6 delegates.").press("Go to this step")
    member.fill({"Delegates whom you can receive": "6"}).go_on().press("What takes place")
    member.at("What takes place").fill(VISIT).go_on().look().hand_in()
    visitor.refused(made)
    made = Participation.objects.get(pk=made.pk, state="submitted")
    office.accept(made)
    visitor.opens(made).reads("Local government", "Day at the town board").reads_not("Hanna Hidden")
    member.report(made, {"Delegates, people": "6"}, "List of those who came")
    visitor.opens(made).claimed("6 people", "List of those who came").reads("Claimed by Irondequoit")
    office.do(Result.objects.get(), "Verify", {"How it was checked": "Travel list"}).reads("Verified.")
    visitor.opens(made).verified("6 people", "Travel list")
