"""Measures of the network, against another library and against figures worked out elsewhere from real data."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships.rules import network

SHARED = Path(__file__).parents[4] / "shared" / "data" / "sister-cities-wikidata-2022.csv"
pairs = st.sets(st.tuples(st.integers(1, 14), st.integers(1, 14)).filter(lambda pair: pair[0] < pair[1]), max_size=40)


def as_graph(links: set[tuple[int, int]]) -> nx.Graph:
    graph = nx.Graph()
    graph.add_edges_from(links)
    return graph


@given(pairs)
@settings(max_examples=60, deadline=None)
def test_every_measure_agrees_with_another_library(links: set[tuple[int, int]]) -> None:
    found, graph = network.measure(sorted(links), {}), as_graph(links)
    assert (found.nodes, found.links) == (len(graph), graph.number_of_edges())
    assert found.components == nx.number_connected_components(graph)
    assert found.largest == max(map(len, nx.connected_components(graph)), default=0)
    assert found.triangles == sum(nx.triangles(graph).values()) // 3
    assert found.transitivity == pytest.approx(nx.transitivity(graph)) or found.transitivity is None
    assert dict(found.degrees) == {k: n for k, n in enumerate(nx.degree_histogram(graph)) if n}


@given(pairs.filter(lambda links: len(links) > 2))
@settings(max_examples=40, deadline=None)
def test_assortativity_agrees_with_another_library(links: set[tuple[int, int]]) -> None:
    found, graph = network.measure(sorted(links), {}), as_graph(links)
    if len({graph.degree(place) for place in graph}) > 1:
        other = nx.degree_assortativity_coefficient(graph)
        assert found.assortativity == pytest.approx(other, abs=1e-9)
    else:
        assert found.assortativity is None


@given(pairs.filter(bool))
@settings(max_examples=40, deadline=None)
def test_the_mean_distance_is_that_of_the_largest_component(links: set[tuple[int, int]]) -> None:
    found, graph = network.measure(sorted(links), {}), as_graph(links)
    sizes = {nx.average_shortest_path_length(graph.subgraph(one)) for one in largest_components(graph)}
    assert found.distance is not None
    assert found.distance.exact
    assert any(found.distance.mean == pytest.approx(size) for size in sizes)


def largest_components(graph: nx.Graph) -> list[set[int]]:
    components = list(nx.connected_components(graph))
    most = max(map(len, components))
    return [one for one in components if len(one) == most]


def test_transitivity_is_not_the_mean_of_local_coefficients() -> None:
    """A triangle with three more leaves on one corner: closed triples 3 of 12, while the local mean is higher."""
    links = [(1, 2), (1, 3), (2, 3), (1, 4), (1, 5), (1, 6)]
    found = network.measure(links, {})
    assert found.triangles == 1
    assert found.transitivity == pytest.approx(3 / 12)
    assert nx.average_clustering(as_graph(set(links))) != pytest.approx(3 / 12)


def test_nobody_has_a_partner_yet() -> None:
    found = network.measure([], {})
    assert (found.nodes, found.links, found.components, found.largest) == (0, 0, 0, 0)
    assert (found.transitivity, found.assortativity, found.distance, found.lengths) == (None, None, None, None)
    assert (found.mean_degree, found.greatest_degree) == (None, 0)


def test_a_large_component_is_estimated_from_a_sample_and_says_how_far_off_it_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = nx.barabasi_albert_graph(1200, 2, seed=3)
    exact = network.measure(sorted(graph.edges), {}).distance
    monkeypatch.setattr(network, "EXACT_UP_TO", 1000)
    estimate = network.measure(sorted(graph.edges), {}).distance
    assert exact is not None
    assert estimate is not None
    assert (estimate.sources, estimate.exact) == (network.SOURCES, False)
    assert 0 < estimate.error < 0.05
    assert abs(estimate.mean - exact.mean) < 4 * estimate.error
    assert network.measure(sorted(graph.edges), {}).distance == estimate


def test_lengths_leave_out_links_without_coordinates() -> None:
    quarter = math.pi / 2 * network.EARTH_KM
    found = network.measure([(1, 2), (1, 3), (1, 4)], {1: (0, 0), 2: (0, 90), 3: (90, 0)})
    assert found.lengths == network.Lengths(pytest.approx(quarter), pytest.approx(quarter), 2)


@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is not on this machine")
def test_the_real_network_of_2022_has_the_figures_worked_out_elsewhere() -> None:
    with SHARED.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    ids: dict[str, int] = {}
    positions: dict[int, tuple[float, float]] = {}
    links = set()
    for row in rows:
        ends = []
        for side in "ab":
            pk = ids.setdefault(row[f"{side}_wikidata_id"], len(ids) + 1)
            positions[pk] = (float(row[f"{side}_latitude"]), float(row[f"{side}_longitude"]))
            ends.append(pk)
        links.add((min(ends), max(ends)))
    found, names = network.measure(sorted(links), positions), {pk: qid for qid, pk in ids.items()}
    assert (found.nodes, found.links, found.largest, found.components) == (4_566, 8_182, 3_990, 221)
    assert found.mean_degree == pytest.approx(3.584, abs=0.0005)
    assert (names[found.hubs[0][0]], found.hubs[0][1]) == ("Q8686", 76)  # Shanghai
    assert dict(found.degrees)[1] == 2_219
    assert found.lengths is not None
    assert found.lengths.median == pytest.approx(2_022.3, abs=0.05)
    # networkx 3.6 on the same links; the mean of the local coefficients, which this is not, would be 0.0268
    assert found.triangles == 1_675
    assert found.transitivity == pytest.approx(0.05616658842465294)
    assert found.assortativity == pytest.approx(0.19617929646214988)
    assert found.distance is not None
    assert found.distance.exact
    assert found.distance.mean == pytest.approx(5.7017638103782895)
