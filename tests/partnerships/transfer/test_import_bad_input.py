"""Hostile and careless files: each wrong cell is named by line and column, and what is sound beside it goes in."""

from __future__ import annotations

import csv
import tracemalloc
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from partnerships.models import Affiliation, Jurisdiction
from partnerships.transfer import import_files

pytestmark = pytest.mark.django_db

HEADER = "a_name,a_country,b_name,b_country,kind,since,source_url,note"


@pytest.fixture
def report(tmp_path: Path) -> Any:
    """Import these bytes under the header; answers the rows of the report."""

    def report(body: bytes) -> list[dict[str, str]]:
        path, rejects = tmp_path / "list.csv", tmp_path / "rejects.csv"
        path.write_bytes(HEADER.encode() + b"\n" + body)
        with suppress(SystemExit):  # some rows are rejected
            call_command("import_affiliations", str(path), stdout=StringIO(), source="A list", report=rejects)
        return list(csv.DictReader(rejects.open(encoding="utf-8")))

    return report


def where(rows: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(row["line"], row["column"], row["reason_code"]) for row in rows]


@pytest.mark.parametrize(
    ("label", "code"), [("Kosovo", "XK"), ("Taiwan", "TW"), ("Palestine", "PS"), ("State of Palestine", "PS")]
)
def test_disputed_places_go_in_under_the_code_that_the_rule_gives_them(report: Any, label: str, code: str) -> None:
    assert report(f"Somewhere,{label},Houston,US,,,,\n".encode()) == []
    assert Jurisdiction.objects.get(name="Somewhere").country.code == code


@pytest.mark.parametrize("label", ["USSR", "Soviet Union", "Yugoslavia", "Czechoslovakia", "Mandatory Palestine"])
def test_states_that_are_no_more_are_named_with_line_column_and_the_codes_to_choose_from(
    report: Any, label: str
) -> None:
    (row,) = report(f"Houston,US,Chiba,JP,,,,\nHouston,US,Somewhere,{label},,,,\n".encode())
    assert where([row]) == [("3", "b_country", "country-past")]
    assert label in row["reason"]
    assert "(" in row["reason"], "the codes of today's countries"
    assert Affiliation.objects.count() == 1


def test_countries_that_nobody_knows_are_named_with_line_and_column(report: Any) -> None:
    rows = report(b"A,Atlantis,B,JP,,,,\nC,US,D,Somaliland,,,,\nE,US,F,,,,,\nG,US,H,JPN2,,,,\n")
    assert where(rows) == [
        ("2", "a_country", "country"),
        ("3", "b_country", "country-unlisted"),
        ("4", "b_country", "empty"),
        ("5", "b_country", "country"),
    ]


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(A1)", "＝1+1"])
def test_a_formula_for_a_name_is_rejected_and_harmless_in_the_report(report: Any, formula: str) -> None:
    (row,) = report(f"{formula},US,B,JP,,,,\n".encode())
    assert where([row]) == [("2", "a_name", "formula")]
    assert row["a_name"] == f"'{formula}"
    assert not Jurisdiction.objects.exists()


def test_a_formula_in_another_cell_is_read_as_what_the_column_holds(report: Any) -> None:
    rows = report(b"A,US,B,JP,=1,,,\nA,US,B,JP,,=1957,,\nA,US,B,JP,,,=HYPERLINK(1),\nA,=US,B,JP,,,,\n")
    assert where(rows) == [
        ("2", "kind", "kind"),
        ("3", "since", "date"),
        ("4", "source_url", "url"),
        ("5", "a_country", "country"),
    ]


def test_lines_are_counted_as_the_file_has_them_whatever_their_ends(report: Any) -> None:
    rows = report(
        b'A,US,B,JP,,,,"two\r\nlines"\r\nC,US,D,Atlantis,,,,\rE,US,"F\nG",Atlantis,,,,\n\nH,US,I,Atlantis,,,,'
    )
    assert where(rows) == [(line, "b_country", "country") for line in ("4", "5", "8")]
    assert Affiliation.objects.count() == 1


def test_a_long_cell_that_is_no_broken_quotation_is_named_and_the_others_go_in(report: Any) -> None:
    note, name = "x" * 2_001, "y" * 201
    rows = report(f"A,US,B,JP,,,,{note}\n{name},US,B,JP,,,,\nC,US,D,JP,,,,\n".encode())
    assert where(rows) == [("2", "note", "too-long"), ("3", "a_name", "too-long")]
    assert Affiliation.objects.count() == 1


def test_signs_that_cannot_be_kept_or_read_are_named(report: Any) -> None:
    rows = report("A\x07,US,B,JP,,,,\n\u202e\u200b,US,B,JP,,,,\nمكة,SA,大阪,JP,,,,\n".encode())
    assert where(rows) == [("2", "a_name", "unreadable"), ("3", "a_name", "unreadable")]
    assert set(Jurisdiction.objects.values_list("name", flat=True)) == {"مكة", "大阪"}


def test_a_long_file_is_read_row_by_row_in_memory_that_does_not_grow(tmp_path: Path) -> None:
    def most(count: int) -> int:
        path = tmp_path / f"{count}.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write(HEADER + "\n")
            file.writelines(f"Town {at},US,Stadt {at},DE,,1957,,\n" for at in range(count))
        tracemalloc.start()
        try:
            assert import_files.check(path, "csv").rows == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert most(20_000) < 1.2 * most(2_000)
