"""September Concert: a call, a free concert registered by a clerk, public at once, and what came of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from partnerships.models import Jurisdiction, RegisterEntry, User
from programs.models import Participation
from tests.journeys.conftest import PHONE, Picture, Window
from tests.journeys.programs.office import Officer
from tests.journeys.programs.people import Member, Visitor
from tests.programs import cast as troupe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR = timezone.now().year + 1
CONCERT = {
    "Title": "Evening concert",
    "Day, or first day": f"11 September {YEAR}",
    "Begins at": "19:30",
    "Time zone of the place": "America/New York",
    "Venue": "Town hall",
    "Admission is free": True,
    "Performers": "Town band\nChildren's choir",
}


def test_a_free_concert_is_registered_and_public_and_its_audience_reported(
    office: Officer, member: Member, visitor: Visitor, irondequoit: Jurisdiction, picture: Picture
) -> None:
    cycle = office.set_up("Series of concerts", "September Concert", {"Day of the concerts": "09-11"})
    office.do(cycle.program, "Sponsors and partners", rows=[{"Organisation": "The September Concert"}])
    made = member.begin(cycle, irondequoit)
    member.fill({"Title": "Music for peace"}).go_on()
    member.at("What takes place").fill({**CONCERT, "Day, or first day": f"12 September {YEAR}"}).go_on()
    member.at("Files").go_on()
    member.at("Check and hand in").reads("begins on September 12 where it takes place")
    picture(member.page, "program-check")
    visitor.refused(made).page.goto(f"/programs/{cycle.program.slug}/")
    visitor.reads("The September Concert")
    member.press("Go to this step").press("Evening concert")
    member.fill({"Day, or first day": CONCERT["Day, or first day"]}).go_on().at("Files").go_on().hand_in()
    member.reads("is public from now on")
    made = Participation.objects.get(pk=made.pk, state="accepted")
    assert RegisterEntry.objects.latest("seq").event == "participation.accepted"
    visitor.opens(made).reads("Evening concert", "19:30", "Town hall", "Children's choir")
    member.report(made, {"Audience, people": "240"}, "Count at the door")
    visitor.opens(made).claimed("240 people", "Count at the door")
    visitor.page.goto(f"/programs/{cycle.program.slug}/activities/")
    visitor.reads("Evening concert", "Irondequoit")


def test_the_form_works_on_a_phone_without_a_script(
    window: Window, irondequoit: Jurisdiction, clerk: User, open_now: dict[str, Any]
) -> None:
    cycle = troupe.cycle(name="Concerts", **open_now)
    member = Member(window(javascript=False, size=PHONE)).sign_in(clerk, "/account/calls/")
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
