"""The page of the calls: what may be answered, why not the others, and how often it asks the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.models import Jurisdiction, LedgerEntry, User
from programs.models import Cycle, Participation
from tests import cast
from tests.programs import cast as troupe

pytestmark = pytest.mark.django_db

#: Session and account of who asks are two of them.
MOST_CALLS = 12
MOST_STATUS = 26


def instants() -> dict[str, object]:
    now = timezone.now()
    return {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=30)}


def questions(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_a_member_sees_what_may_be_answered_and_why_not_the_others(desk: Client, concerts: Cycle) -> None:
    troupe.cycle(name="Only with a partner", needs_recognised=True, **instants())
    later = timezone.now() + timedelta(days=5)
    troupe.cycle(name="Next year", opens_at=later, closes_at=later + timedelta(days=30))
    page = desk.get("/account/calls/")
    found = {name: [call.cycle.name for call in page.context[name]] for name in ("calls", "others", "coming")}
    assert found == {"calls": [concerts.name], "others": ["Only with a partner"], "coming": ["Next year"]}
    assert "has no affiliation that is recognised today and fits this call" in page.content.decode()
    assert "Register a concert" in page.content.decode()


def test_a_reason_is_given_for_each_community(desk: Client, clerk: User) -> None:
    town, _partner, _tie = troupe.pair()
    cast.Representation.objects.create(user=clerk, jurisdiction=town, capacity="employee", from_date="2000-01-01")
    troupe.cycle(needs_recognised=True, **instants())
    (call,) = desk.get("/account/calls/").context["calls"]
    assert [answer.may for answer in call.answers].count(True) == 1


def test_whoever_represents_nobody_is_led_to_ask(client: Client) -> None:
    client.force_login(cast.person())
    assert "Ask for access" in client.get("/account/calls/").content.decode()


def test_the_overview_leads_to_the_calls(desk: Client) -> None:
    assert 'href="/account/calls/"' in desk.get("/account/").content.decode()


def test_more_calls_and_communities_do_not_mean_more_questions(
    desk: Client, concerts: Cycle, clerk: User, irondequoit: Jurisdiction
) -> None:
    troupe.application(concerts, irondequoit, clerk, at=concerts.opens_at)  # type: ignore[arg-type]
    before = questions(desk, "/account/calls/")
    for number in range(8):
        town = cast.jurisdiction(f"Town {number}")
        cast.Representation.objects.create(user=clerk, jurisdiction=town, capacity="employee", from_date="2000-01-01")
        cycle = troupe.cycle(**instants())
        troupe.application(cycle, town, clerk, at=cycle.opens_at)  # type: ignore[arg-type]
    assert questions(desk, "/account/calls/") == before
    assert before <= MOST_CALLS


def test_the_pages_of_an_application_ask_a_bounded_number_of_questions(
    desk: Client, concerts: Cycle, clerk: User, irondequoit: Jurisdiction
) -> None:
    made = troupe.application(concerts, irondequoit, clerk, at=concerts.opens_at)  # type: ignore[arg-type]
    counts = {
        step: questions(desk, f"/applications/{made.pk}/{step}") for step in ("", "about/", "activities/", "check/")
    }
    assert {step: count for step, count in counts.items() if count > MOST_STATUS} == {}


def test_the_history_holds_no_note_of_the_staff(
    desk: Client, concerts: Cycle, clerk: User, irondequoit: Jurisdiction
) -> None:
    made = troupe.application(concerts, irondequoit, clerk, at=concerts.opens_at)  # type: ignore[arg-type]
    for act, note in (("participation.declined", "No room."), ("score.given", "weak"), ("participation.noted", "weak")):
        LedgerEntry.objects.create(
            actor_name="Olga", act=act, subject_type="participation", subject_id=str(made.pk), note=note
        )
    page = desk.get(f"/applications/{made.pk}/").content.decode()
    assert "No room." in page
    assert "weak" not in page
    assert Participation.objects.count() == 1
