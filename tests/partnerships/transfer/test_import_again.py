"""A second run changes nothing, also where a better namesake becomes known after a row went in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from partnerships.choices import ImportOutcome
from partnerships.models import Affiliation, Claim, Conflict, Jurisdiction
from partnerships.rules.import_rows import RawRow
from partnerships.selectors import register
from partnerships.services import imports
from partnerships.services.access import Actor

TODAY = date(2026, 1, 1)
#: Degrees of latitude: within one of the limits of 5, 10 and 25 km, or outside of them.
STEPS = ("45.00", "45.03", "45.08", "45.15", "45.22", "45.40")


def place(side: str, country: str, name: str, at: int, number: int = 0, qid: int = 0) -> dict[str, str]:
    told = {"name": name, "country": country, "latitude": STEPS[at], "longitude": "9.0"}
    ids = {"geonames_id": str(number or ""), "wikidata_id": f"Q{qid}" if qid else ""}
    return {f"{side}_{column}": value for column, value in (told | ids).items()}


def row(line: int, a: tuple[Any, ...], b: tuple[Any, ...], since: str = "", until: str = "") -> RawRow:
    return RawRow(line, {**place("a", "IT", *a), **place("b", "JP", *b), "since": since, "until": until})


def enter(rows: Sequence[RawRow], batch: int) -> list[str]:
    outcomes: list[str] = []
    for start in range(0, len(rows), batch):
        by = Actor.system("test")
        decisions = imports.enter(rows=rows[start : start + batch], source="A list", by=by, on=TODAY)
        outcomes += [str(decision.outcome) for decision in decisions]
    return outcomes


def state() -> tuple[Any, ...]:
    return register.head(), *(table.objects.count() for table in (Affiliation, Jurisdiction, Claim, Conflict))


def unchanged_by_a_second_run(rows: Sequence[RawRow], batch: int, again: int) -> list[str]:
    """What became of the rows at first; the second run may cut them into other batches."""
    first = enter(rows, batch)
    before = state()
    second = enter(rows, again)
    assert str(ImportOutcome.IMPORTED) not in second
    assert state() == before
    return first


@pytest.mark.django_db
@pytest.mark.parametrize("batch", [1, 2, 9])
def test_a_row_finds_what_it_made_though_a_nearer_namesake_became_known_after_it(batch: int) -> None:
    rows = [
        row(2, ("Lodi", 0, 1), ("Chiba", 0)),
        row(3, ("Lodi", 3), ("Kobe", 0)),  # 17 km off, and the only one so far
        row(4, ("Lodi", 3, 2), ("Otsu", 0)),  # another one by its id, where the row before says
    ]
    assert unchanged_by_a_second_run(rows, batch, 9) == ["imported"] * 3
    assert Jurisdiction.objects.filter(country="IT").count() == 2


@pytest.mark.django_db
def test_a_row_finds_what_it_made_though_its_spelling_became_known_after_it() -> None:
    rows = [row(2, ("Lodi Nuova", 0, 1), ("Chiba", 0)), row(3, ("Lodi Nuove", 0), ("Kobe", 0))]
    rows.append(row(4, ("Lodi Nuove", 0, 2), ("Otsu", 0)))
    unchanged_by_a_second_run(rows, 1, 1)


@pytest.mark.django_db
def test_two_who_ended_and_began_anew_are_told_again_without_a_claim() -> None:
    a, b = ("Lodi", 0), ("Kobe", 0)
    rows = [row(2, a, b, "1950", "1960"), row(3, a, b, "1970", "1980"), row(4, a, b, "1990")]
    assert unchanged_by_a_second_run(rows, 1, 9) == ["imported"] * 3
    assert not Claim.objects.exists()


def sides(names: Sequence[str]) -> st.SearchStrategy[tuple[Any, ...]]:
    at, numbers, ids = (
        st.integers(0, len(STEPS) - 1),
        st.sampled_from((0, 0, 1, 2, 3)),
        st.sampled_from((0, 0, 0, 1, 2)),
    )
    return st.tuples(st.sampled_from(names), at, numbers, ids)


years = st.sampled_from((("", ""), ("1950", ""), ("1950", "1960"), ("1955", ""), ("1970", ""), ("1970", "1980")))
partners = sides(("Kobe",)).map(lambda side: (*side[:2], side[2] and side[2] + 10, side[3] and side[3] + 10))
lists = st.lists(st.tuples(sides(("Lodi", "Lodi Nuova", "Lodi Nuove")), partners, years), min_size=2, max_size=9)


class TestAgain(TestCase):
    """A transaction for every example."""

    @given(told=lists, batch=st.sampled_from((1, 2, 4, 9)), again=st.sampled_from((1, 3, 9)))
    @settings(max_examples=40, deadline=None)
    @example(
        told=[(("Lodi", 0, 1, 0), ("Kobe", 0, 0, 0), ("1950", "")), (("Lodi", 3, 2, 0), ("Kobe", 3, 0, 0), ("", ""))],
        batch=1,
        again=9,
    )
    def test_whatever_is_told_a_second_run_changes_nothing(self, told: Any, batch: int, again: int) -> None:
        rows = [row(line, a, b, *when) for line, (a, b, when) in enumerate(told, start=2)]
        unchanged_by_a_second_run(rows, batch, again)
