"""September Concert: a call, a free concert registered by a clerk, public at once, and what came of it."""

from __future__ import annotations

from typing import Any

import pytest

from partnerships.models import Jurisdiction, RegisterEntry
from programs.models import Participation, Result
from tests.journeys.conftest import PHONE, Window
from tests.journeys.programs.conftest import Member
from tests.programs import cast as troupe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CONCERT = {
    "Title": "Evening concert",
    "Day, or first day": "11 September 2027",
    "Begins at": "19:30",
    "Time zone of the place": "America/New York",
    "Venue": "Town hall",
    "Admission is free": True,
    "Performers": "Town band\nChildren's choir",
}


def test_a_free_concert_is_registered_and_public_and_its_audience_reported(
    member: Member, irondequoit: Jurisdiction, open_now: dict[str, Any]
) -> None:
    cycle = troupe.cycle(troupe.program(name="September Concert"), name="Concerts 2027", **open_now)
    made = member.begin(cycle, irondequoit)
    member.fill({"Title": "Music for peace"}).go_on()
    member.at("What takes place").fill({**CONCERT, "Day, or first day": "12 September 2027"}).go_on()
    member.at("Files").go_on()
    member.at("Check and hand in").reads("begins on September 12 where it takes place")
    member.press("Go to this step").press("Evening concert").fill({"Day, or first day": "11 September 2027"}).go_on()
    member.at("Files").go_on().hand_in().reads("is public from now on")
    assert Participation.objects.get(pk=made.pk).state == "accepted"
    assert RegisterEntry.objects.latest("seq").event == "participation.accepted"
    report(member)
    assert Result.objects.get(measure="Audience").value == 240


def report(member: Member) -> None:
    member.press("Report results").fill({"Audience, people": "240", "Where the figures come from": "Count at the door"})
    member.press("Report").reads("recorded as claimed").reads("240")


def test_the_form_works_on_a_phone_without_a_script(
    window: Window, irondequoit: Jurisdiction, clerk: Any, open_now: dict[str, Any]
) -> None:
    cycle = troupe.cycle(name="Concerts 2027", **open_now)
    member = Member(window(javascript=False, size=PHONE)).sign_in(clerk)
    member.begin(cycle, irondequoit)
    for _step in ("about", "activities"):
        width = member.page.locator("html").bounding_box()
        assert width is not None
        assert width["width"] <= PHONE["width"]
        member.fill({"Title": "Music for peace"})
        if _step == "activities":
            member.fill(CONCERT)
        member.go_on()
    member.at("Files").go_on().hand_in()
    member.reads("is public from now on")
