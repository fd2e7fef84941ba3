"""Programs in the open data: public facts of every noun, tied to the rest, and nothing undecided."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import frictionless
import pytest
from django.core.management import call_command
from django.utils import timezone

from partnerships.models import Affiliation, Jurisdiction, Milestone
from partnerships.selectors.open_data import Moment
from partnerships.services import claims
from partnerships.services.access import Actor
from partnerships.services.claims import NewClaim
from partnerships.transfer.open_data import export
from partnerships.transfer.open_data.spec import tables
from programs.models import Activity, Program, Result
from programs.services import results
from programs.transfer import tables as shown
from tests import cast
from tests.programs import cast as troupe
from tests.programs.conftest import CLAIM, Stage

pytestmark = pytest.mark.django_db

NOUNS = ("programs", "cycles", "participations", "activities", "results")


def exported(path: Path, **moment: Any) -> Path:
    path.mkdir()
    export.export(path, moment=Moment(**{"day": timezone.localdate(), **moment}), made_at=timezone.now())
    return path


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def findings(folder: Path) -> list[Any]:
    report = frictionless.validate(str(folder / "datapackage.json"))
    return report.flatten(["name", "rowNumber", "fieldName", "message"])


def test_the_package_with_programs_is_valid_for_frictionless(concert: Stage, tmp_path: Path) -> None:
    """A line in every table, so that types, closed lists and all ties between tables are really looked at."""
    claims.record(
        rows=[NewClaim(concert.tie.pk, "since", "1991", "A list")], by=Actor.system("import"), on=timezone.localdate()
    )
    Milestone.objects.create(affiliation=concert.tie, kind="visit", on="1999", text="A visit")
    folder = exported(tmp_path / "out")
    assert findings(folder) == []
    empty = [table.name for table in tables() if not rows(folder, table.name)]
    assert set(empty) <= {"names"}


def test_frictionless_would_find_a_tie_that_leads_nowhere(concert: Stage, tmp_path: Path) -> None:
    folder = exported(tmp_path / "out")
    path = folder / "results.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(f",{concert.cycle.slug},", ",nowhere,"), encoding="utf-8")
    assert any("foreign" in str(one).lower() for one in findings(folder))


def test_each_noun_stands_as_it_is(concert: Stage, tmp_path: Path) -> None:
    folder = exported(tmp_path / "out")
    (program,) = rows(folder, "programs")
    assert (program["slug"], program["backers"]) == (concert.program.slug, "The September Concert (partner)")
    (cycle,) = rows(folder, "cycles")
    assert (cycle["program"], cycle["slug"], cycle["participations"]) == (program["slug"], concert.cycle.slug, "1")
    (one,) = rows(folder, "participations")
    assert (one["community_name"], one["partner_name"]) == ("Irondequoit", "Poltava")
    assert (one["affiliation"], one["state"], one["title"]) == (concert.tie.number, "accepted", "Music by the lake")
    (activity,) = rows(folder, "activities")
    assert (activity["participation"], activity["venue"], activity["starts_on"]) == (one["id"], "Pier", "2026-09-11")
    (result,) = rows(folder, "results")
    assert (result["value"], result["unit"], result["on"]) == ("450.00", "people", "2026-09-11")
    assert (result["claimed_by"], result["source"]) == ("Town of Irondequoit", "Report of the town")
    assert (result["verified"], result["verified_on"]) == ("false", "")


def test_what_is_not_public_is_in_no_file(concert: Stage, tmp_path: Path) -> None:
    """A program that is prepared, a cycle that is not announced, an application that is not decided, a hidden activity,
    a figure that was withdrawn."""
    rita = cast.representative(cast.jurisdiction("Rochester"), "Rona Representative")
    town = rita.representations.get().jurisdiction
    troupe.application(concert.cycle, town, rita, title="Secret application")
    troupe.cycle(concert.program, name="Secret cycle", announced=False)
    Program.objects.create(slug="hidden", kind="concert", name="Secret program", summary="Not yet")
    Activity.objects.create(participation=concert.participation, kind="visit", title="Secret visit", public=False)
    by, at = troupe.officer(), timezone.now()
    wrong = results.claim(cycle_id=concert.cycle.pk, values={**CLAIM, "measure": "Secret measure"}, by=by, at=at)
    results.withdraw(result_id=wrong.pk, reason="Counted twice", by=by, at=at)
    folder = exported(tmp_path / "out")
    for path in folder.iterdir():
        told = path.read_text(encoding="utf-8").lower()
        if path.name != "register.jsonl":  # it keeps that a figure was claimed and withdrawn, which was public
            assert "secret" not in told, path.name
    register = (folder / "register.jsonl").read_text(encoding="utf-8").lower()
    for word in ("application", "cycle", "program", "visit"):
        assert f"secret {word}" not in register


def test_an_affiliation_that_was_entered_in_error_is_not_named(concert: Stage, tmp_path: Path) -> None:
    Affiliation.objects.filter(pk=concert.tie.pk).update(standing="annulled")
    folder = exported(tmp_path / "out")
    (one,) = rows(folder, "participations")
    assert (one["affiliation"], one["partner_name"]) == ("", "Poltava")
    assert findings(folder) == []


def test_a_community_that_was_merged_is_still_on_the_list(concert: Stage, tmp_path: Path) -> None:
    """Whatever becomes of what it took part in, the ties of the package hold."""
    host = cast.jurisdiction("Rochester")
    Activity.objects.update(host=host)
    Jurisdiction.objects.filter(pk=host.pk).update(successor=concert.town)
    folder = exported(tmp_path / "out")
    assert str(host.pk) in {row["id"] for row in rows(folder, "jurisdictions")}
    assert findings(folder) == []


def test_the_past_knows_only_what_had_begun(concert: Stage, tmp_path: Path) -> None:
    before = exported(tmp_path / "before", day=date(2026, 2, 1), past=True)
    assert [name for name in NOUNS[1:] if rows(before, name)] == []
    Result.objects.update(on="2026-11-01")
    during = exported(tmp_path / "during", day=date(2026, 9, 30), past=True)
    assert [len(rows(during, name)) for name in NOUNS] == [1, 1, 1, 1, 0]
    assert findings(before) == findings(during) == []


def test_lists_of_the_site_have_the_same_columns() -> None:
    by_name = {table.name: table.columns for table in tables()}
    for noun, columns in (
        ("participations", shown.PARTICIPATIONS),
        ("activities", shown.ACTIVITIES),
        ("results", shown.RESULTS),
    ):
        assert by_name[noun] is columns


def test_formulas_in_what_members_typed_are_marked_as_text(concert: Stage, tmp_path: Path) -> None:
    Activity.objects.update(title='=HYPERLINK("http://127.0.0.1")', venue="@SUM(A1)")
    folder = exported(tmp_path / "out")
    (activity,) = rows(folder, "activities")
    assert activity["title"].startswith("'=HYPERLINK")
    assert activity["venue"].startswith("'@")


def test_the_example_is_valid_and_tells_the_figures_of_the_africa_program(tmp_path: Path) -> None:
    call_command("load_example", verbosity=0)
    folder = exported(tmp_path / "out")
    assert findings(folder) == []
    (millions,) = [row for row in rows(folder, "results") if row["value"] == "9100000.00"]
    assert (millions["approximate"], millions["verified"], millions["on"]) == ("true", "false", "2021")
    assert {table.name for table in tables() if not rows(folder, table.name)} <= {"activities"}
