"""Programs and their cycles are found in the one search box, as soon and as long as they are public."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.selectors.search import search
from programs.models import Cycle, Program
from programs.services import programs
from tests.programs import cast

TODAY = date.today()  # noqa: DTZ011
pytestmark = pytest.mark.django_db


@pytest.fixture
def music() -> Program:
    made = cast.program(name="Música por la Paz", slug="musica", summary="Concerts on one day.")
    cast.cycle(made, name="Autumn 2026", slug="2026", theme="Bridges of sound")
    return made


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.noun, hit.path) for hit in search(text, on=TODAY).others]


PROGRAM, CYCLE = ("program", "/programs/musica/"), ("cycle", "/programs/musica/2026/")


@pytest.mark.usefixtures("music")
@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("música por la paz", [PROGRAM, CYCLE]),
        ("PAZ MUSICA", [PROGRAM, CYCLE]),
        ("music", [PROGRAM, CYCLE]),
        ("мусика", [PROGRAM, CYCLE]),
        ("musica 2026", [CYCLE]),
        ("autumn", [CYCLE]),
        ("bridges sound", [CYCLE]),
        ("musika", [PROGRAM, CYCLE]),
        ("autunm", [CYCLE]),
        ("winter", []),
    ],
)
def test_both_are_found_however_their_names_are_written(text: str, paths: list[tuple[str, str]]) -> None:
    assert found(text) == paths


def test_what_is_being_prepared_is_found_from_the_day_it_is_public() -> None:
    officer = cast.officer()
    made = programs.save(
        values={"slug": "quiet", "kind": "concert", "name": "Quiet Overture", "summary": "Soon."}, by=officer
    )
    draft = cast.cycle(made, name="Overture 2026", announced=False)
    assert found("overture") == []
    programs.publish(program_id=made.pk, by=officer)
    assert found("overture") == [("program", "/programs/quiet/")]
    cast.cycles.announce(cycle_id=draft.pk, by=officer)
    assert found("overture") == [("cycle", f"/programs/quiet/{draft.slug}/"), ("program", "/programs/quiet/")]


def test_a_new_name_is_found_at_once(music: Program) -> None:
    assert found("paz")
    programs.save(values={"name": "Songs of Peace"}, by=cast.officer(), program_id=music.pk)
    assert (found("paz"), found("songs")[:1]) == ([], [PROGRAM])


def test_an_example_is_marked_as_one(client: Client) -> None:
    cast.cycle(cast.program(name="Imagined Fanfare", slug="fanfare", fictional=True), name="Fanfare 2026")
    assert {hit.fictional for hit in search("fanfare", on=TODAY).others} == {True}
    assert "badge" in client.get("/search/?q=fanfare").text


def test_page_files_and_api_tell_them(client: Client, music: Program) -> None:
    page = client.get("/search/?q=musica").text
    assert 'href="/programs/musica/"' in page
    assert "Música por la Paz · Bridges of sound" in page
    told = b"".join(client.get("/search/?q=musica&format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert [line.split(",")[0] for line in told.splitlines()] == ["type", "program", "cycle"]
    others = client.get("/api/v1/search/?q=musica").json()["others"]
    assert [(one["type"], one["fictional"]) for one in others] == [("program", False), ("cycle", False)]
    assert others[1]["url"].endswith("/programs/musica/2026/")


def test_they_are_read_in_one_statement_once_until_the_register_moves(client: Client, music: Program) -> None:
    for number in range(5):
        cast.cycle(music, name=f"Winter {number}", slug=f"winter-{number}")
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/?q=musika+wintre")
        counts.append(len(queries))
    assert counts[0] == counts[1] + 1
    assert counts[0] <= 6
    assert Cycle.objects.count() == 6
