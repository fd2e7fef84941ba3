"""A wrong namesake that a registrar corrected does not come back with the next import."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils.translation import gettext

from partnerships.models import Affiliation, Claim, Jurisdiction, User
from partnerships.selectors import register
from partnerships.services import corrections, import_runs, merges
from partnerships.services.access import Actor
from partnerships.transfer import import_runs as transfer
from tests import cast

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
WHY = "The twin town is Halifax in West Yorkshire."
HEADER = "a_name,a_country,a_subdivision,b_name,b_country,b_subdivision,since\n"
WRONG = "Aachen,DE,DE-NW,Halifax,CA,CA-NS,{since}\n"
ROUND = "Halifax,CA,CA-NS,Aachen,DE,DE-NW,{since}\n"


@pytest.fixture
def by(registrar: User) -> Actor:
    return Actor.of(registrar)


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """Import these lines; answers what was said and the rows of the report."""

    def run(*lines: str, since: str = "1949", **options: Any) -> tuple[str, list[dict[str, str]]]:
        path, report, out = tmp_path / "list.csv", tmp_path / "report.csv", StringIO()
        path.write_text(HEADER + "".join(lines).format(since=since), encoding="utf-8")
        call_command("import_affiliations", str(path), stdout=out, source="A list", report=report, **options)
        return out.getvalue(), list(csv.DictReader(report.open(encoding="utf-8")))

    return run


@pytest.fixture
def corrected(run: Any, by: Actor) -> Affiliation:
    """Aachen and the Halifax of Nova Scotia were imported, and a registrar set it right."""
    run(WRONG)
    made = Affiliation.objects.get()
    right = cast.jurisdiction("Halifax", "GB", subdivision="GB-ENG", subdivision_name="England")
    return corrections.correct_partner(
        number=made.number, wrong_id=nova_scotia().pk, right_id=right.pk, by=by, on=TODAY, reason=WHY
    )


def nova_scotia() -> Jurisdiction:
    return Jurisdiction.objects.get(name="Halifax", country="CA")


@pytest.mark.parametrize("line", [WRONG, ROUND])
def test_the_same_source_does_not_bring_the_error_back(run: Any, corrected: Affiliation, line: str) -> None:
    before = (register.head(), Claim.objects.count(), Jurisdiction.objects.count())
    said, report = run(line)
    assert "1  Corrected before" in said
    assert (register.head(), Claim.objects.count(), Jurisdiction.objects.count()) == before
    assert Affiliation.objects.get() == corrected
    (row,) = report
    assert (row["line"], row["reason_code"]) == ("2", "corrected")
    assert row["column"] == ("b_name" if line == WRONG else "a_name")
    assert corrected.number in row["reason"]
    assert WHY in row["reason"]


def test_a_dry_run_says_so_before(run: Any, corrected: Affiliation) -> None:
    dry, wet = run(WRONG, ROUND, dry_run=True), run(WRONG, ROUND)
    assert "2  Corrected before" in dry[0]
    assert dry[1] == wet[1]


def test_what_the_row_says_besides_is_a_claim_about_the_affiliation_that_is_meant(
    run: Any, corrected: Affiliation
) -> None:
    run(WRONG, since="1951")
    claim = Claim.objects.get(fact="since")
    assert (claim.affiliation, claim.value) == (corrected, "1951")
    assert corrected.conflicts.get().values == ["1949", "1951"]
    assert set(Affiliation.objects.values_list("pk", flat=True)) == {corrected.pk}


def test_other_affiliations_of_the_two_go_in_as_ever(run: Any, corrected: Affiliation) -> None:
    said, report = run("Norwich,GB,GB-ENG,Halifax,CA,CA-NS,1960\n", "Halifax,GB,GB-ENG,Halifax,CA,CA-NS,1960\n")
    assert "2  Imported" in said
    assert report == []


def test_a_community_that_was_merged_since_is_known_again(run: Any, corrected: Affiliation, by: Actor) -> None:
    twin = cast.jurisdiction("Halifax Regional Municipality", "CA", subdivision="CA-NS")
    merges.merge(gone_id=nova_scotia().pk, kept_id=twin.pk, by=by, on=TODAY, reason="One place")
    assert "1  Corrected before" in run(WRONG)[0]
    assert Affiliation.objects.count() == 1


def test_two_who_are_partners_by_their_own_papers_are_known_as_such(
    run: Any, corrected: Affiliation, settings: Any
) -> None:
    settings.REGISTRY_HOME_COUNTRY = ""
    cast.registered([nova_scotia(), Jurisdiction.objects.get(name="Aachen")])
    assert "1  Merged" in run(WRONG, since="1992")[0]


def test_staff_see_it_row_by_row_in_the_preview_and_in_the_report(corrected: Affiliation, by: Actor) -> None:
    file = ContentFile((HEADER + WRONG.format(since=1949)).encode())
    made = import_runs.upload(file=file, name="list.csv", file_format="csv", source="A list", by=by)
    transfer.preview(made.pk)
    row = made.rows.get()
    assert (row.outcome, row.number) == ("corrected", corrected.number)
    assert WHY in transfer.reason(row, gettext)
    import_runs.decide(run_id=made.pk, by=by, enter=True)
    transfer.run(made.pk)
    assert made.rows.get().outcome == "corrected"
    assert WHY in "".join(transfer.report(made, gettext))
