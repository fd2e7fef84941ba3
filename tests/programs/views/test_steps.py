"""The form in steps: begun with a click, left and resumed, handed in once."""

from __future__ import annotations

import pytest
from django.test import Client

from partnerships.models import Jurisdiction, User
from programs.models import Activity, Cycle, Participation
from tests import cast

pytestmark = pytest.mark.django_db

CONCERT = {
    "kind": "concert",
    "title": "Evening concert",
    "day": "11 September 2026",
    "begins": "19:30",
    "time_zone": "America/New_York",
    "venue": "Town hall",
    "detail_free": "on",
    "detail_performers": "Town band\nChildren's choir",
}


def begun(desk: Client, cycle: Cycle, community: Jurisdiction) -> Participation:
    answer = desk.post(f"/account/calls/{cycle.pk}/start/", {"community": community.pk})
    made = Participation.objects.latest("pk")
    assert answer.headers["Location"] == f"/applications/{made.pk}/about/"
    return made


def test_a_concert_is_registered_step_by_step(desk: Client, concerts: Cycle, irondequoit: Jurisdiction) -> None:
    made = begun(desk, concerts, irondequoit)
    one = f"/applications/{made.pk}/"
    assert desk.post(f"{one}about/", {"title": "Music for peace"}).headers["Location"] == f"{one}activities/"
    assert desk.post(f"{one}activities/", CONCERT).headers["Location"] == f"{one}files/"
    activity = Activity.objects.get()
    assert activity.starts_at.isoformat() == "2026-09-11T23:30:00+00:00"
    assert activity.detail == {"free": True, "performers": ["Town band", "Children's choir"]}
    assert "Hand in" in desk.get(f"{one}check/").content.decode()
    page = desk.post(f"{one}check/", {"then": "submit"}, follow=True).content.decode()
    assert "is public from now on" in page
    assert Participation.objects.get().state == "accepted"


def test_two_clicks_on_the_button_begin_one_application(
    desk: Client, concerts: Cycle, irondequoit: Jurisdiction
) -> None:
    begun(desk, concerts, irondequoit)
    begun(desk, concerts, irondequoit)
    assert Participation.objects.count() == 1


def test_what_is_half_filled_can_be_kept_for_later(desk: Client, concerts: Cycle, irondequoit: Jurisdiction) -> None:
    made = begun(desk, concerts, irondequoit)
    said = {"title": "", "summary": "To be written.", "then": "later"}
    assert desk.post(f"/applications/{made.pk}/about/", said).headers["Location"] == f"/applications/{made.pk}/"
    assert "To be written." in desk.get(f"/applications/{made.pk}/about/").content.decode()


def test_an_error_stands_at_its_field_and_what_was_typed_is_kept(
    desk: Client, concerts: Cycle, irondequoit: Jurisdiction
) -> None:
    made = begun(desk, concerts, irondequoit)
    answer = desk.post(f"/applications/{made.pk}/activities/", {**CONCERT, "day": "some day", "begins": ""})
    page = answer.content.decode()
    assert 'href="#id_day"' in page
    assert 'href="#id_begins"' in page
    assert "some day" in page
    assert "Town band\nChildren&#x27;s choir" in page
    assert not Activity.objects.exists()


def test_the_rules_speak_in_the_check_and_name_the_step(
    desk: Client, concerts: Cycle, irondequoit: Jurisdiction
) -> None:
    made = begun(desk, concerts, irondequoit)
    desk.post(f"/applications/{made.pk}/about/", {"title": "Music"})
    desk.post(f"/applications/{made.pk}/activities/", {**CONCERT, "day": "12 September 2026"})
    page = desk.get(f"/applications/{made.pk}/check/").content.decode()
    assert "begins on September 12" in page
    assert f"/applications/{made.pk}/activities/" in page
    assert "Hand in<" not in page


def test_a_second_click_on_hand_in_is_no_mistake(desk: Client, concerts: Cycle, irondequoit: Jurisdiction) -> None:
    made = begun(desk, concerts, irondequoit)
    desk.post(f"/applications/{made.pk}/about/", {"title": "Music"})
    desk.post(f"/applications/{made.pk}/activities/", CONCERT)
    for words in ("is public from now on", "handed in already"):
        assert words in desk.post(f"/applications/{made.pk}/check/", {"then": "submit"}, follow=True).content.decode()


def test_after_it_was_accepted_the_concerts_can_still_be_changed_and_cancelled(
    desk: Client, concerts: Cycle, irondequoit: Jurisdiction
) -> None:
    made = begun(desk, concerts, irondequoit)
    one = f"/applications/{made.pk}/"
    desk.post(f"{one}about/", {"title": "Music"})
    desk.post(f"{one}activities/", CONCERT)
    desk.post(f"{one}check/", {"then": "submit"})
    activity = Activity.objects.get()
    assert desk.get(f"{one}about/").headers["Location"] == one
    assert desk.post(f"{one}activities/{activity.pk}/", {**CONCERT, "venue": "Park"}).headers["Location"] == one
    assert desk.post(f"{one}activities/", {"do": f"remove-{activity.pk}"}).status_code == 302
    activity.refresh_from_db()
    assert (activity.venue, activity.state) == ("Park", "cancelled")


@pytest.mark.parametrize("path", ["", "about/", "activities/", "check/", "withdraw/"])
def test_no_application_of_another_community_is_seen(
    client: Client, desk: Client, concerts: Cycle, irondequoit: Jurisdiction, path: str
) -> None:
    made = begun(desk, concerts, irondequoit)
    for other in (cast.representative(cast.jurisdiction("Osaka", "JP")), cast.staff("programs")):
        stranger = Client()
        stranger.force_login(other)
        assert stranger.get(f"/applications/{made.pk}/{path}").status_code == 404
        assert stranger.post(f"/applications/{made.pk}/{path}").status_code in (404, 405)
    assert Client().get(f"/applications/{made.pk}/{path}").headers["Location"].startswith("/account/login/")


def test_nobody_begins_for_a_community_that_they_do_not_represent(desk: Client, concerts: Cycle) -> None:
    other = cast.jurisdiction("Osaka", "JP")
    assert desk.post(f"/account/calls/{concerts.pk}/start/", {"community": other.pk}).status_code == 404
    for hostile in ("", "x", "9" * 400, "-1"):
        assert desk.post(f"/account/calls/{concerts.pk}/start/", {"community": hostile}).status_code == 404


def test_what_the_record_says_is_not_applied_for(desk: Client, irondequoit: Jurisdiction, clerk: User) -> None:
    from tests.programs import cast as troupe

    past = troupe.cycle(historical=True)
    assert desk.post(f"/account/calls/{past.pk}/start/", {"community": irondequoit.pk}).status_code == 404
