"""A cycle with ten thousand participations: every page stays within its statements and reads what it shows alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programs.selectors import outcomes
from programs.transfer.calendar import MOST_EVENTS
from tests.programs import crowd
from tests.programs.crowd import Crowd

pytestmark = pytest.mark.django_db
MANY = 10_000
MOST_STATEMENTS = 6
#: Rows that one statement may hand out, and bytes that one page may weigh before it is compressed.
MOST_ROWS = 300
MOST_BYTES = 150_000


@pytest.fixture(scope="module")
def registry(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Crowd, Crowd]]:
    """Concerts and works, ten thousand of each, filled in once; every test leaves them as they are."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = crowd.concerts(MANY), crowd.works(MANY)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does: else plans are those of empty tables
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def concerts(registry: tuple[Crowd, Crowd]) -> Crowd:
    return registry[0]


@pytest.fixture
def works(registry: tuple[Crowd, Crowd]) -> Crowd:
    return registry[1]


def pages(full: Crowd) -> Iterator[str]:
    program, busy, tie = full.cycle.program.slug, full.busy, full.one.affiliation
    yield from ("/programs/", f"/programs/{program}/", f"/programs/{program}/activities/?country=JP&year=2026")
    for tail in ("", "participants/", "participants/?country=US&sort=-name", "activities/", "results/"):
        yield full.path + tail
    yield f"{full.path}{full.one.pk}/"
    yield f"/jurisdictions/{busy.pk}-{busy.slug}/"
    yield f"/affiliations/{tie.number if tie else ''}/"
    for noun in ("programs", "cycles", "participations", "activities", "results"):
        yield f"/api/v1/{noun}/"
    yield f"/api/v1/participations/?program={program}&cycle={full.cycle.slug}&country=US&year=2026&sort=name"
    yield f"/api/v1/participations/?jurisdiction={busy.pk}"
    yield f"/api/v1/activities/?program={program}&country=DE&kind=concert"
    yield f"/api/v1/results/?program={program}&measure=Audience%2003&verified=false"


def rows_of(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({statement}) asked")  # noqa: S608 - one that the page has just asked
        (number,) = cursor.fetchone()
    return int(number)


def holds(client: Client, path: str) -> None:
    """Within the bounds of statements, rows and bytes."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert (path, answer.status_code) == (path, 200)
    assert len(asked) <= MOST_STATEMENTS, path
    assert len(answer.content) <= MOST_BYTES, path
    selects = [query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")]
    assert max(map(rows_of, selects)) <= MOST_ROWS, path


def test_every_page_stays_small_however_many_take_part(client: Client, concerts: Crowd) -> None:
    for path in pages(concerts):
        holds(client, path)
    calendar = client.get(f"{concerts.path}activities.ics").content
    assert calendar.count(b"UID:activity-") == MOST_EVENTS
    assert calendar.count(b"BEGIN:VEVENT") == MOST_EVENTS + 2  # its call opens and closes


def test_the_gallery_stays_small_however_many_works_are_in_it(client: Client, works: Crowd) -> None:
    for tail in ("", "gallery/", f"gallery/?page={-(-MANY // 60)}", "participants/", f"{works.one.pk}/"):
        holds(client, works.path + tail)
    assert "First prize" in client.get(f"{works.path}gallery/").text
    assert client.get(f"{works.path}gallery/?page={MANY // 60 + 2}").status_code == 400


def test_following_pages_lead_through_everybody_once(client: Client) -> None:
    full, seen, path = crowd.concerts(450, share=10), [], "participants/?page_size=100&sort=-name"
    while path:
        answer = client.get(full.path + path)
        seen += [row.id for row in answer.context["listing"].rows]
        following = answer.context["listing"].next_url
        path = f"participants/{following}" if following else ""
    assert len(seen) == len(set(seen)) == 450


def test_totals_of_very_many_measures_are_the_first_of_them() -> None:
    full = crowd.concerts(320, share=10)
    outcomes.Result.objects.filter(participation=full.one).update(measure="Aardvarks")
    for serial, one in enumerate(outcomes.Result.objects.filter(cycle=full.cycle).order_by("pk")[:300]):
        outcomes.Result.objects.filter(pk=one.pk).update(measure=f"Visitors {serial:03d}")
    sums = outcomes.sums(outcomes.ResultCriteria(program=full.cycle.program.slug))
    assert len(sums) == outcomes.MOST_TOTALS
    assert sums[0].measure == "Aardvarks"


@pytest.mark.postgres
def test_a_list_joins_the_rows_of_its_page_and_no_others(client: Client, concerts: Crowd) -> None:
    for path in ("participants/", "activities/", "results/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(concerts.path + path)
        (statement,) = [query["sql"] for query in asked.captured_queries if "ANY(ARRAY" in query["sql"]]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}")
            told = cursor.fetchone()[0]
        plan: Any = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
        own = [one for one in _joined(plan) if one.get("Parent Relationship") != "InitPlan"]
        assert max(one["Actual Rows"] for one in own if "Join" in one["Node Type"] or "Loop" in one["Node Type"]) <= 60


def _joined(plan: Any) -> Iterator[Any]:
    """The nodes of a plan but those that find the keys."""
    yield plan
    for child in plan.get("Plans", ()):
        if child.get("Parent Relationship") != "InitPlan":
            yield from _joined(child)
