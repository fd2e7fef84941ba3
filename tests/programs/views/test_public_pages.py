"""What everybody sees of programs: pages, lists, files, the calendar, and the sections of other pages."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from programs.choices import ActivityState
from programs.services import activities, cycles, participations
from tests import cast
from tests.programs import cast as programs_cast
from tests.programs.conftest import Stage

MOST = 6


def addresses(concert: Stage) -> dict[str, str]:
    return {
        "programs": "/programs/",
        "program": f"/programs/{concert.program.slug}/",
        "activities of a program": f"/programs/{concert.program.slug}/activities/?year=2026&country=US",
        "cycle": concert.path,
        "participants": f"{concert.path}participants/?country=US&subdivision=US-NY&state=accepted",
        "activities": f"{concert.path}activities/",
        "results": f"{concert.path}results/",
        "participation": f"{concert.path}{concert.participation.pk}/",
        "community": f"/jurisdictions/{concert.town.pk}-{concert.town.slug}/",
        "partner": f"/jurisdictions/{concert.tie.second.pk}-{concert.tie.second.slug}/",
        "affiliation": f"/affiliations/{concert.tie.number}/",
    }


def test_every_page_answers_within_six_statements(client: Client, concert: Stage) -> None:
    for name, path in addresses(concert).items():
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        assert answer.status_code == 200, name
        assert len(asked) <= MOST, name


def test_a_page_that_did_not_change_costs_one_statement(client: Client, concert: Stage) -> None:
    for path in addresses(concert).values():
        tag = client.get(path)["ETag"]
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        assert len(asked) == 1


def test_a_program_says_what_it_is_and_who_stands_behind_it(client: Client, concert: Stage) -> None:
    page = client.get(f"/programs/{concert.program.slug}/").text
    for words in ("September Concert", "What it is.", "The September Concert", "Concerts of 2026", "2026"):
        assert words in page


def test_a_cycle_names_its_closing_in_its_own_zone(client: Client, concert: Stage) -> None:
    page = client.get(concert.path).text
    assert "1 May 2026, 00:00 (America/New York)" in page
    assert "11" in page
    assert "Concert on the pier" in page
    assert "Music by the lake" in page


def test_a_claimed_figure_is_never_shown_as_verified(client: Client, concert: Stage) -> None:
    page = client.get(concert.path).text
    assert "450" in page
    assert "Claimed, not verified" in page
    assert "Report of the town" in page


@pytest.mark.parametrize("name", ["community", "partner", "affiliation"])
def test_those_who_took_part_say_so_on_their_pages(client: Client, concert: Stage, name: str) -> None:
    page = client.get(addresses(concert)[name]).text
    assert f'href="{concert.path}{concert.participation.pk}/"' in page


def test_a_draft_is_nowhere(client: Client, concert: Stage) -> None:
    officer = programs_cast.officer()
    draft = programs_cast.cycle(concert.program, name="Secret year", announced=False)
    hidden = participations.start(
        cycle_id=concert.cycle.pk, jurisdiction_id=concert.town.pk, by=officer, at=programs_cast.DURING
    )
    assert client.get(f"/programs/{concert.program.slug}/{draft.slug}/").status_code == 404
    assert client.get(f"{concert.path}{hidden.pk}/").status_code == 404
    assert "Secret year" not in client.get(f"/programs/{concert.program.slug}/").text


def test_what_is_withdrawn_leaves_every_page(client: Client, concert: Stage) -> None:
    participations.withdraw(participation_id=concert.participation.pk, by=programs_cast.officer())
    assert client.get(addresses(concert)["participation"]).status_code == 404
    for name in ("cycle", "participants", "activities", "community", "affiliation"):
        assert "Music by the lake" not in client.get(addresses(concert)[name]).text
        assert "Concert on the pier" not in client.get(addresses(concert)[name]).text


def test_a_cancelled_year_says_why(client: Client, concert: Stage) -> None:
    cycles.cancel(cycle_id=concert.cycle.pk, by=programs_cast.officer(), reason="The halls are closed.")
    assert "The halls are closed." in client.get(concert.path).text


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 1),
        ("country=US", 1),
        ("country=UA", 1),
        ("country=JP", 0),
        ("state=completed", 0),
        ("category=visual", 0),
    ],
)
def test_participants_are_narrowed_down(client: Client, concert: Stage, query: str, number: int) -> None:
    """By country of the community, or of its partner."""
    answer = client.get(f"{concert.path}participants/?format=json&{query}")
    assert len(json.loads(answer.getvalue())["results"]) == number


def test_concerts_are_narrowed_down_by_year_and_country(client: Client, concert: Stage) -> None:
    base = f"/programs/{concert.program.slug}/activities/?format=json"
    assert len(json.loads(client.get(f"{base}&year=2026&country=US").getvalue())["results"]) == 1
    assert json.loads(client.get(f"{base}&year=2025").getvalue())["results"] == []


@pytest.mark.parametrize("query", ["colour=blue", "country=XX", "format=xml", "year=26"])
def test_a_file_refuses_what_it_does_not_know(client: Client, concert: Stage, query: str) -> None:
    answer = client.get(
        f"{concert.path}activities/?format=csv&{query}"
        if "format" not in query
        else f"/programs/{concert.program.slug}/activities/?{query}"
    )
    assert answer.status_code == 400


def test_a_page_says_what_it_left_out(client: Client, concert: Stage) -> None:
    answer = client.get(f"{concert.path}participants/?colour=blue")
    assert answer.status_code == 200
    assert "colour" in answer.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("page_size=0", "page_size: write a whole number from 1 to 500."),
        ("page_size=1000000000", "page_size: write a whole number from 1 to 500."),
        ("sort=name&sort=-name", "sort: give it once."),
        ("category=a&category=b", "category: give it once."),
    ],
)
def test_what_is_not_done_as_it_was_asked_is_said(client: Client, concert: Stage, query: str, said: str) -> None:
    """On the page; a file is refused."""
    assert said in client.get(f"{concert.path}participants/?{query}").text
    answer = client.get(f"{concert.path}participants/?format=csv&{query}")
    assert (answer.status_code, said in answer.text) == (400, True)


def test_several_countries_are_no_mistake(client: Client, concert: Stage) -> None:
    page = client.get(f"{concert.path}participants/?country=US&country=UA&state=accepted&page_size=5").text
    assert "give it once" not in page
    assert "write a whole number" not in page
    assert "Music by the lake" in page


def test_what_was_entered_from_the_record_names_no_day_of_decision(client: Client, db: None) -> None:
    officer, town = programs_cast.officer(), cast.jurisdiction("Agogo", "GH")
    year = programs_cast.cycle(kind="concert", historical=True, opens_at=None, closes_at=None)
    path = f"/programs/{year.program.slug}/{year.slug}/"
    assert "No participant is on record" in client.get(path).text
    at = programs_cast.DURING
    made = participations.start(cycle_id=year.pk, jurisdiction_id=town.pk, by=officer, at=at)
    participations.save(participation_id=made.pk, values={"title": "Long ago"}, by=officer)
    participations.submit(participation_id=made.pk, by=officer, at=at)
    page = client.get(f"{path}{made.pk}/").text
    assert "Long ago" in page
    assert "Accepted" not in page
    assert client.get(f"/api/v1/participations/{made.pk}/").json()["decided_at"] is None


def test_places_are_points_and_rows_are_lines(client: Client, concert: Stage) -> None:
    concert.town.latitude, concert.town.longitude = "43.21340", "-77.57972"
    concert.town.save()
    feature = json.loads(client.get(f"{concert.path}activities/?format=geojson").getvalue())["features"][0]
    assert feature["geometry"] == {"type": "Point", "coordinates": [-77.57972, 43.2134]}
    assert feature["properties"]["placed_by"] == "community"
    lines = client.get(f"{concert.path}participants/?format=csv").getvalue().decode().splitlines()
    assert lines[0].startswith("id,program,cycle,community_id,community_name")
    assert len(lines) == 2


@pytest.mark.parametrize("part", ["activities/", "{key}/"])
def test_an_hour_is_shown_by_the_clocks_of_the_place(client: Client, concert: Stage, part: str) -> None:
    shown = client.get(concert.path + part.format(key=concert.participation.pk)).content.decode()
    assert "19:30" in shown
    assert "23:30<" not in shown


def test_the_calendar_holds_the_instant_and_says_what_is_cancelled(client: Client, concert: Stage) -> None:
    address = f"/programs/{concert.program.slug}/activities.ics"
    event: Any = Calendar.from_ical(client.get(address).content).walk("VEVENT")[0]
    assert event["DTSTART"].dt.isoformat() == "2026-09-11T23:30:00+00:00"
    assert str(event["STATUS"]) == "CONFIRMED"
    one = concert.participation.activities.get()
    activities.set_state(activity_id=one.pk, state=ActivityState.CANCELLED, by=programs_cast.officer())
    event = Calendar.from_ical(client.get(address).content).walk("VEVENT")[0]
    assert str(event["STATUS"]) == "CANCELLED"


def test_unknown_pages_are_not_found(client: Client, concert: Stage) -> None:
    for path in (
        "/programs/nothing/",
        f"/programs/{concert.program.slug}/1900/",
        f"{concert.path}999999/",
        f"{concert.path}gallery/",
        f"/programs/nothing/{concert.cycle.slug}/{concert.participation.pk}/",
    ):
        assert client.get(path).status_code == 404


def test_the_site_map_names_the_pages(client: Client, concert: Stage) -> None:
    index = client.get("/sitemap.xml").text
    for noun, path in (
        ("programs", f"/programs/{concert.program.slug}/"),
        ("cycles", concert.path),
        ("participations", f"{concert.path}{concert.participation.pk}/"),
    ):
        parts = re.findall(rf"/sitemap-{noun}-[0-9]+\.xml", index)
        assert any(f"{path}</loc>" in client.get(part).text for part in parts), noun


def test_without_programs_the_page_says_so(client: Client, db: None) -> None:
    assert "No program is published yet" in client.get("/programs/").text
