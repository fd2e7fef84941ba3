"""Calendars and feeds of places: anniversaries, calls, what takes place, and what the register says of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from programs.choices import ActivityState
from programs.services import activities
from tests import cast
from tests.programs import cast as troupe
from tests.programs.conftest import Stage


def read(client: Client, path: str) -> list[Any]:
    answer = client.get(path)
    assert (path, answer.status_code) == (path, 200)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found: Any = Calendar.from_ical(answer.content)
    assert str(found["VERSION"]) == "2.0"
    events = found.walk("VEVENT")
    uids = [str(event["UID"]) for event in events]
    assert len(uids) == len(set(uids))
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
        assert "DTEND" not in event or event.decoded("DTEND") > event.decoded("DTSTART")
    return list(events)


def titles(client: Client, path: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in read(client, path)]


def places(concert: Stage) -> list[str]:
    town, partner = concert.town, concert.tie.second
    numbers = [f"/jurisdictions/{one.pk}.ics" for one in (town, partner)]
    return ["/countries/US.ics", *numbers, f"/affiliations/{concert.tie.number}.ics"]


def test_a_concert_is_in_the_calendars_of_its_place_and_its_pair(client: Client, concert: Stage) -> None:
    for path in places(concert):
        assert "Concert on the pier" in titles(client, path), path
    assert "Concert on the pier" not in titles(client, "/countries/JP.ics")
    stranger = cast.jurisdiction("Osaka", "JP")
    assert titles(client, f"/jurisdictions/{stranger.pk}.ics") == []


def test_a_cancelled_concert_says_so_where_people_subscribed(client: Client, concert: Stage) -> None:
    activities.set_state(
        activity_id=concert.participation.activities.get().pk, state=ActivityState.CANCELLED, by=troupe.officer()
    )
    (event,) = [one for one in read(client, places(concert)[1]) if "pier" in str(one["SUMMARY"])]
    assert str(event["STATUS"]) == "CANCELLED"
    assert event["DTSTART"].dt.isoformat() == "2026-09-11T23:30:00+00:00"
    assert str(event["LOCATION"]).startswith("Pier, ")


def test_calls_ahead_stand_in_the_calendars_of_whom_they_concern(client: Client, concert: Stage) -> None:
    now = timezone.now()
    ahead = {"opens_at": now + timedelta(days=1), "closes_at": now + timedelta(days=30)}
    troupe.cycle(name="For everybody", **ahead)
    troupe.cycle(name="For Japan", countries=["JP"], **ahead)
    told = {path: " ".join(titles(client, path)) for path in (*places(concert), "/countries/JP.ics")}
    assert all("For everybody" in words for words in told.values())
    naming_japan = [path for path, words in told.items() if "For Japan" in words]
    assert naming_japan == ["/countries/US.ics", f"/jurisdictions/{concert.town.pk}.ics", "/countries/JP.ics"]
    closing = next(one for one in read(client, "/countries/JP.ics") if str(one["SUMMARY"]).startswith("Call closes"))
    assert closing["DTSTART"].dt == ahead["closes_at"].replace(microsecond=0)


def test_a_call_that_is_over_or_in_preparation_is_in_no_calendar_of_a_place(client: Client, concert: Stage) -> None:
    troupe.cycle(name="Secret year", announced=False)
    for path in places(concert):
        words = " ".join(titles(client, path))
        assert "Secret year" not in words
        assert "Concerts of 2026" not in words


def test_the_calendar_of_a_program_names_when_its_calls_open_and_close(client: Client, concert: Stage) -> None:
    for path in (f"/programs/{concert.program.slug}/activities.ics", f"{concert.path}activities.ics"):
        events = {str(event["SUMMARY"]): event for event in read(client, path)}
        name = "September Concert, Concerts of 2026"
        assert events[f"Call opens: {name}"]["DTSTART"].dt == troupe.OPENS
        assert events[f"Call closes: {name}"]["DTSTART"].dt == troupe.CLOSES


def test_an_anniversary_of_the_pair_is_beside_its_concert(client: Client, concert: Stage) -> None:
    tie = concert.tie
    assert any(title.endswith(("year", "years")) for title in titles(client, f"/affiliations/{tie.number}.ics"))


def test_a_calendar_stays_within_six_statements_and_a_second_look_costs_one(client: Client, concert: Stage) -> None:
    for path in places(concert):
        with CaptureQueriesContext(connection) as asked:
            tag = client.get(path)["ETag"]
        assert len(asked) <= 6, path
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        assert len(asked) == 1


@pytest.mark.parametrize("query", ["every=7", "colour=blue", "country=JP", "month=2027-01"])
def test_a_calendar_of_a_place_refuses_what_it_does_not_know(client: Client, concert: Stage, query: str) -> None:
    for path in places(concert):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 400
        assert query.split("=")[0] in answer.text


def test_there_is_no_calendar_of_nothing(client: Client, concert: Stage) -> None:
    for path in ("/countries/QQ.ics", "/jurisdictions/999999999.ics", "/affiliations/SCI-999999.ics"):
        assert client.get(path).status_code == 404


def test_pages_lead_to_their_calendars(client: Client, concert: Stage) -> None:
    town, tie = concert.town, concert.tie
    for page, path in (
        (f"/jurisdictions/{town.pk}-{town.slug}/", f"/jurisdictions/{town.pk}.ics"),
        (f"/affiliations/{tie.number}/", f"/affiliations/{tie.number}.ics"),
        ("/countries/US/", "/countries/US.ics"),
    ):
        assert f'type="text/calendar" title="Dates" href="{path}"' in client.get(page).text


def test_feeds_of_a_place_tell_what_the_register_says_of_its_participations(client: Client, concert: Stage) -> None:
    path = f"programs/{concert.program.slug}/{concert.cycle.slug}/{concert.participation.pk}"
    feeds = [place.replace(".ics", ".atom") for place in places(concert)]
    for feed in feeds:
        with CaptureQueriesContext(connection) as asked:
            page = client.get(feed).text
        assert path in page, feed
        assert len(asked) <= 6, feed
    assert path not in client.get("/countries/JP.atom").text
