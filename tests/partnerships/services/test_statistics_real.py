"""Statistics of real data on record, against figures that this file counts from the same rows by other means."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from partnerships.choices import AffiliationKind
from partnerships.services import bulk
from tests.partnerships.services.test_statistics import JOB, computed, enter, places, tie

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).parents[4] / "shared" / "data" / "sister-cities-wikidata-2022.csv"
DATED = SHARED.parent / "us-sister-cities-dated.csv"
Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def ends(row: dict[str, str], column: str = "wikidata_id") -> tuple[str, str]:
    return row[f"a_{column}"], row[f"b_{column}"]


def country(row: dict[str, str], side: str) -> str:
    """The data name five places by labels that are no code; communities have none there."""
    code = row[f"{side}_country"]
    return code if len(code) == 2 else ""


def community(row: dict[str, str], side: str) -> dict[str, Any]:
    return {
        "name": row[f"{side}_name"],
        "country": country(row, side),
        "subdivision": row[f"{side}_subdivision"],
        "wikidata_id": row[f"{side}_wikidata_id"],
        "latitude": round(float(row[f"{side}_latitude"]), 5),
        "longitude": round(float(row[f"{side}_longitude"]), 5),
    }


def entered(rows: Rows) -> dict[str, Any]:
    """Every row as an affiliation of its own two communities; what the statistics say of them."""
    known = {row[f"{side}_wikidata_id"]: community(row, side) for row in reversed(rows) for side in "ab"}
    made = bulk.communities(rows=list(known.values()), by=JOB)
    ids = dict(zip(known, made, strict=True))
    for start in range(0, len(rows), 2_000):
        enter(*(tie(*(ids[key] for key in ends(row))) for row in rows[start : start + 2_000]))
    return computed()


@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is not on this machine")
def test_the_real_network_on_record_has_the_figures_worked_out_elsewhere() -> None:
    rows = read(SHARED)
    content = entered(rows)
    measures, totals, tables = content["network"], content["totals"], content["tables"]
    assert (measures["nodes"], measures["links"]) == (4_566, 8_182) == (totals["jurisdictions"], totals["open"])
    assert (measures["largest_component"], measures["components"]) == (3_990, 221)
    assert (measures["greatest_degree"], dict(tables["degrees"])[1]) == (76, 2_219)
    assert tables["hubs"][0][1:] == ["Shanghai", "shanghai", "CN", "", 76]
    assert measures["median_kilometres"] == pytest.approx(2_022.3, abs=0.05)
    assert measures["mean_distance"] == pytest.approx(5.7017638103782895)  # networkx 3.6, which takes a minute for it
    _places_as_counted_here(rows, totals, tables)
    _network_as_networkx_has_it(rows, measures, tables)


def _places_as_counted_here(rows: Rows, totals: dict[str, int], tables: dict[str, Any]) -> None:
    first = {row[f"{side}_wikidata_id"]: (row, side) for row in reversed(rows) for side in "ab"}
    codes = {key: country(*end) for key, end in first.items()}
    pairs = Counter(tuple(sorted(codes[key] for key in ends(row))) for row in rows)
    assert {(one, other): number for one, other, number in tables["matrix"]} == pairs
    both = Counter(code for pair, number in pairs.items() for code in set(pair) for _ in range(number))
    assert {row[0]: row[2] for row in tables["countries"]} == both
    assert {row[0]: row[1] for row in tables["countries"]} == Counter(codes.values())
    assert totals["countries"] == len(set(codes.values()) - {""})
    states = {key: row[f"{side}_subdivision"] for key, (row, side) in first.items()}
    at_states = Counter(state for row in rows for state in {states[key] for key in ends(row)} if state)
    assert {row[0]: row[2] for row in tables["subdivisions"]} == at_states
    assert {row[0]: row[1] for row in tables["subdivisions"]} == Counter(filter(None, states.values()))
    assert (totals["sister"], totals["friendship"], totals["undated"]) == (8_182, 0, 8_182)
    assert tables["decades"] == [[None, 8_182, 8_182, 0]]


def _network_as_networkx_has_it(rows: Rows, measures: dict[str, Any], tables: dict[str, Any]) -> None:
    graph = nx.Graph(ends(row) for row in rows)
    assert dict(tables["degrees"]) == {n: count for n, count in enumerate(nx.degree_histogram(graph)) if count}
    most = sorted((degree for _node, degree in graph.degree), reverse=True)
    assert [row[5] for row in tables["hubs"]] == most[: len(tables["hubs"])]
    assert measures["mean_degree"] == pytest.approx(2 * graph.number_of_edges() / len(graph))
    assert measures["triangles"] == sum(nx.triangles(graph).values()) // 3
    assert measures["transitivity"] == pytest.approx(nx.transitivity(graph))
    assert measures["transitivity"] != pytest.approx(nx.average_clustering(graph), rel=0.5)
    assert measures["assortativity"] == pytest.approx(nx.degree_assortativity_coefficient(graph))


@pytest.mark.skipif(not DATED.exists(), reason=f"{DATED} is not on this machine")
def test_decades_and_years_of_real_partnerships_are_those_counted_in_their_file() -> None:
    rows = {(row["a_name"], row["b_name"], row["b_country"]): row for row in read(DATED)}
    ids = {name: places("US")[0] for name in {key[0] for key in rows}}
    kinds = {key: row["kind"] if row["kind"] in AffiliationKind.values else "friendship" for key, row in rows.items()}
    enter(
        *(tie(ids[key[0]], places(key[2])[0], row["since"], row["until"], kind=kinds[key]) for key, row in rows.items())
    )
    tables, totals = (content := computed())["tables"], content["totals"]
    decades = {key: int(row["since"][:3]) * 10 if row["since"] else None for key, row in rows.items()}
    assert {row[0]: row[1] for row in tables["decades"]} == Counter(decades.values())
    assert {row[0]: row[2] for row in tables["decades"] if row[2]} == Counter(
        decade for key, decade in decades.items() if kinds[key] == "sister"
    )
    began = Counter(int(row["since"][:4]) if row["since"] else None for row in rows.values())
    ended = Counter(int(row["until"][:4]) for row in rows.values() if row["until"])
    assert {row[0]: row[1] for row in tables["years"] if row[1]} == began
    assert {row[0]: row[2] for row in tables["years"] if row[2]} == ended
    assert totals["ended"] == ended.total() > 0
    assert totals["undated"] == sum(not row["since"] and not row["until"] for row in rows.values())
