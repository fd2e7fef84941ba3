"""Open World: set up in the admin from nothing; a community offers to host, is accepted, and its claim is verified."""

from __future__ import annotations

import pytest

from partnerships.models import Jurisdiction, User
from programs.models import Participation, Result
from tests.journeys.programs.conftest import Member, Visitor
from tests.journeys.programs.office import Officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"delegation_countries": ["UA", "LT"], "themes": "Local government\nHealth", "most_delegates": "6"}
OFFER = {
    "Title": "Six guests in Irondequoit",
    "Country of the delegation": "Ukraine",
    "Theme": "Local government",
    "Delegates whom you can receive": "7",
    "Host families": "3",
    "Who looks after the delegation": "Hanna Hidden, 555 0100",
}


def test_an_offer_to_host_goes_from_the_call_to_a_figure_that_is_verified(
    office: Officer, member: Member, visitor: Visitor, irondequoit: Jurisdiction, clerk: User
) -> None:
    cycle = office.set_up("open_world", "Open World", RULES, retention_until="2030-12-31")
    made = member.begin(cycle, irondequoit)
    member.fill(OFFER).go_on()
    member.page.goto(f"/applications/{made.pk}/check/")
    member.reads("A delegation has at most 6 delegates.").press("Go to this step")
    member.fill({"Delegates whom you can receive": "6"}).go_on()
    member.page.goto(f"/applications/{made.pk}/check/")
    member.hand_in()
    made = Participation.objects.get(pk=made.pk, state="submitted")
    office.accept(made)
    visitor.opens(made).reads("Local government").reads_not("Hanna Hidden")
    member.report(made, {"Delegates, people": "6"}, "List of those who came")
    visitor.opens(made).reads("6 people").reads("Claimed by Irondequoit").reads("Claimed, not verified")
    office.record(Result.objects.get(), "verify", {"how": "Travel list"}, says="Verified.")
    visitor.opens(made).reads("Verified by").reads("Travel list")
