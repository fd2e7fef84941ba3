"""One row of an import on its own: what is read of it, and the first thing that is wrong with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from partnerships.rules import import_rows
from partnerships.rules.dates import PartialDate
from partnerships.rules.import_rows import PairRow, Problem, RawRow

TODAY = date(2026, 11, 25)
PAIR = {"a_name": "Houston", "a_country": "US", "b_name": "Chiba", "b_country": "Japan"}


def read(**cells: str) -> PairRow | Problem:
    return import_rows.read(RawRow(2, {**PAIR, **cells}), TODAY)


def sound(**cells: str) -> PairRow:
    row = read(**cells)
    assert isinstance(row, PairRow)
    return row


def test_four_cells_are_enough() -> None:
    row = sound()
    assert [(place.name, place.country, place.kind) for place in row.places] == [
        ("Houston", "US", "city"),
        ("Chiba", "JP", "city"),
    ]
    assert (row.kind, row.standing, row.since, row.until) == ("sister", "", None, None)


def test_every_column_is_read() -> None:
    row = sound(
        a_kind="County",
        a_subdivision="us-tx",
        a_latitude="29.763281",
        a_longitude="-95.36327",
        a_population="2304580",
        a_geonames_id="4699066",
        a_wikidata_id="http://www.wikidata.org/entity/Q16555",
        kind="Friendship",
        standing="suspended",
        since="1972-10",
        source_url="https://example.org/x",
        note=" city\n says  1972 ",
    )
    place = row.places[0]
    assert (place.kind, place.subdivision, place.latitude) == ("county", "US-TX", Decimal("29.76328"))
    assert (place.population, place.geonames_id, place.wikidata_id) == (2304580, 4699066, "Q16555")
    assert (row.kind, row.standing, row.since) == ("friendship", "suspended", PartialDate(1972, 10))
    assert row.note == "city says 1972"


def test_the_last_word_of_a_name_tells_the_kind() -> None:
    kinds = [
        sound(a_name=name).places[0].kind for name in ("Grampian Region", "Taoyuan District", "Region", "Kansas City")
    ]
    assert kinds == ["region", "district", "city", "city"]


def test_an_end_ends_it() -> None:
    assert sound(since="1957", until="2018").standing == "ended"


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"a_name": " "}, "empty", "a_name"),
        ({"b_country": ""}, "empty", "b_country"),
        ({"b_country": "Atlantis"}, "country", "b_country"),
        ({"b_country": "Somaliland"}, "country-unlisted", "b_country"),
        ({"a_name": '=HYPERLINK("http://x")'}, "formula", "a_name"),
        ({"a_name": "@x"}, "formula", "a_name"),
        ({"a_name": "\u202e"}, "unreadable", "a_name"),
        ({"a_name": "Tole\x07do"}, "unreadable", "a_name"),
        ({"a_name": "x" * 201}, "too-long", "a_name"),
        ({"note": "x" * 2_001}, "too-long", "note"),
        ({"a_subdivision": "CA-ON"}, "subdivision", "a_subdivision"),
        ({"a_subdivision": "Texas"}, "subdivision", "a_subdivision"),
        ({"a_latitude": "12"}, "coordinates", "a_longitude"),
        ({"a_latitude": "91", "a_longitude": "0"}, "coordinates", "a_latitude"),
        ({"a_latitude": "nan", "a_longitude": "0"}, "coordinates", "a_latitude"),
        ({"a_latitude": "12,5", "a_longitude": "0"}, "coordinates", "a_latitude"),
        ({"a_population": "1.5"}, "number", "a_population"),
        ({"a_population": "٣"}, "number", "a_population"),
        ({"b_wikidata_id": "L12"}, "wikidata", "b_wikidata_id"),
        ({"b_kind": "galaxy"}, "place-kind", "b_kind"),
        ({"kind": "partner_city"}, "kind", "kind"),
        ({"standing": "asleep"}, "standing", "standing"),
        ({"since": "05/04/1972"}, "date", "since"),
        ({"since": "1823"}, "date-early", "since"),
        ({"since": "2027"}, "date-future", "since"),
        ({"since": "1990", "until": "1980"}, "date-order", "until"),
        ({"until": "1990", "standing": "in_force"}, "until-open", "until"),
        ({"source_url": "javascript:alert(1)"}, "url", "source_url"),
    ],
)
def test_what_is_wrong_is_named_with_its_column(cells: dict[str, str], code: str, column: str) -> None:
    problem = read(**cells)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.column) == (code, column)
    assert problem.text()


def test_every_message_can_be_written() -> None:
    """A code without its words would be found by a clerk."""
    assert all(message.count("%(") == message.count(")s") for message in import_rows.MESSAGES.values())
