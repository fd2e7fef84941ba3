"""One new file is a new kind: set up by staff, answered by a member, decided, reported, read by everybody."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programs import kinds
from programs.models import Cycle, Participation, Program, Result
from programs.services import cycles, programs
from tests import cast
from tests.programs import cast as troupe

NEW = Path(__file__).parent / "new"
MOST_LINES = 150


@pytest.fixture
def gardens(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The file as if it lay among the others; nothing else of the registry is told of it."""
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(NEW)])
    kinds.all_kinds.cache_clear()
    yield
    monkeypatch.undo()
    sys.modules.pop("programs.kinds.gardens", None)
    kinds.all_kinds.cache_clear()


def test_no_kind_takes_more_than_one_short_file() -> None:
    files = [*Path(kinds.__file__).parent.glob("*.py"), *NEW.glob("*.py")]
    assert {path.name for path in files if len(path.read_text().splitlines()) > MOST_LINES} == set()


def call(office: Client) -> Cycle:
    """Set up on the pages that staff have for every kind."""
    assert "Gardens of friendship" in office.get(reverse("admin:programs_program_set-up")).text
    by, now = troupe.officer(), timezone.now()
    program = programs.save(
        values={"slug": "gardens", "kind": "gardens", "name": "Gardens", "summary": "Gardens for each other."}, by=by
    )
    programs.publish(program_id=program.pk, by=by)
    cycle = cycles.save(
        values={
            "slug": "2026",
            "name": "Gardens of the year",
            "opens_at": now - timedelta(days=1),
            "closes_at": now + timedelta(days=30),
            "needs_good_standing": False,
            "rules": {"least_trees": 20},
        },
        by=by,
        program_id=program.pk,
    )
    assert "Least trees of a garden" in office.get(f"/admin/programs/cycle/{cycle.pk}/change/").text
    return cycles.announce(cycle_id=cycle.pk, by=by)


@pytest.mark.django_db
def test_a_kind_of_one_file_lives_its_whole_life(gardens: None) -> None:
    town, _partner, tie = troupe.pair()
    office, member = Client(), Client()
    office.force_login(troupe.officer().user)  # type: ignore[arg-type]
    member.force_login(cast.representative(town))
    cycle = call(office)
    assert "Propose a garden" in member.get("/account/calls/").text
    member.post(f"/account/calls/{cycle.pk}/start/", {"community": town.pk})
    made = Participation.objects.get()
    one = f"/applications/{made.pk}/"
    said = {"title": "Garden of plums", "affiliation": tie.number, "detail_gardener": "Untold", "detail_trees": "12"}
    assert member.post(f"{one}about/", said).context["form"].errors["detail_plot"]
    assert member.post(f"{one}about/", said | {"detail_plot": "River bank"}).status_code == 302
    assert "Plant at least 20 trees." in member.get(f"{one}check/").text
    member.post(f"{one}about/", said | {"detail_plot": "River bank", "detail_trees": "25"})
    assert "It was handed in" in member.post(f"{one}check/", {"then": "submit"}, follow=True).text
    desk = f"/admin/programs/participation/{made.pk}/"
    assert "River bank" in office.get(f"{desk}change/").text
    assert office.post(f"{desk}accept/", {"comment": "Well done."}).status_code == 302
    figure = {"value_0": "24", "on": "2026", "source": "Counted", "complete": "on"}
    assert member.post(f"{one}report/", figure).status_code == 302
    assert str(Result.objects.get()) == "Trees that grew: 24.00 trees"
    public = Client().get(f"/programs/gardens/2026/{made.pk}/").text
    assert "Garden of plums" in public
    assert "River bank" in public
    assert "Untold" not in public
    assert Client().get(f"/api/v1/participations/{made.pk}/").json()["title"] == "Garden of plums"
    assert Program.objects.get().kind == "gardens"
