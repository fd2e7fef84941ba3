"""The network that partnerships make: places are its nodes, pairs of partners its links. Plain measures of a graph.

Definitions follow M. E. J. Newman, Networks (2nd edition, 2018), chapters 6, 7 and 10.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

#: Mean radius of the earth in kilometres (IUGG).
EARTH_KM = 6371.0088
#: The mean distance of a component of up to so many places is exact; of a larger one it is estimated.
EXACT_UP_TO = 5_000
#: From so many places, drawn evenly and the same every time, the estimate looks at all the others.
SOURCES = 256
_SEED = 1956
_CHUNK = 50_000

Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Distance:
    """The mean number of steps between two places of the largest component; ``error`` is the standard error of an
    estimate, 0 where every place was a source."""

    mean: float
    sources: int
    error: float

    @property
    def exact(self) -> bool:
        return self.error == 0


@dataclass(frozen=True)
class Lengths:
    """Great-circle lengths in kilometres of the links whose places both have coordinates."""

    median: float
    mean: float
    links: int


@dataclass(frozen=True)
class Measures:
    """``None`` where a measure is not defined: no links, no two neighbours of one place, all degrees equal."""

    nodes: int
    links: int
    components: int
    largest: int
    degrees: tuple[tuple[int, int], ...]
    triangles: int
    transitivity: float | None
    assortativity: float | None
    distance: Distance | None
    lengths: Lengths | None
    hubs: tuple[tuple[int, int], ...]

    @property
    def mean_degree(self) -> float | None:
        return 2 * self.links / self.nodes if self.nodes else None

    @property
    def greatest_degree(self) -> int:
        return max((degree for degree, _places in self.degrees), default=0)


def measure(
    pairs: Iterable[tuple[int, int]], positions: Mapping[int, tuple[float, float]], *, hubs: int = 50
) -> Measures:
    """``pairs``: ids of partners, each pair once. ``positions``: latitude and longitude in degrees, where known."""
    links = np.fromiter(pairs, dtype=np.dtype((np.int64, 2)))
    ids, ends = np.unique(links.astype(np.int64), return_inverse=True)
    ends = np.asarray(ends.reshape(links.shape), dtype=np.int64)
    degrees = np.bincount(ends.ravel(), minlength=len(ids))
    graph = _graph(len(ids), ends)
    components = rx.connected_components(graph)
    largest: set[int] = max(components, key=lambda one: (len(one), -min(one)), default=set())
    triples = int((degrees * (degrees - 1) // 2).sum())
    transitivity = rx.transitivity(graph) if triples else None
    return Measures(
        nodes=len(ids),
        links=len(ends),
        components=len(components),
        largest=len(largest),
        degrees=tuple(sorted(Counter(degrees.tolist()).items())),
        # The library gives the share of triples that are closed; each triangle closes three.
        triangles=round((transitivity or 0) * triples / 3),
        transitivity=transitivity,
        assortativity=_assortativity(degrees, ends),
        distance=_distance(graph, sorted(largest)),
        lengths=_lengths(ids, ends, positions),
        hubs=tuple((int(ids[place]), int(degrees[place])) for place in _most(degrees, hubs)),
    )


def _graph(nodes: int, ends: Ids) -> rx.PyGraph[None, None]:
    graph: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * nodes)
    for start in range(0, len(ends), _CHUNK):
        part = ends[start : start + _CHUNK]
        graph.extend_from_edge_list(list(zip(part[:, 0].tolist(), part[:, 1].tolist(), strict=True)))
    return graph


def _most(degrees: Ids, count: int) -> list[int]:
    """The places with most partners; equal ones in the order of their ids."""
    return [int(place) for place in np.argsort(-degrees, kind="stable")[:count]]


def _assortativity(degrees: Ids, ends: Ids) -> float | None:
    """Pearson's correlation of the degrees at both ends of a link, each link read both ways."""
    one, other = degrees[ends[:, 0]], degrees[ends[:, 1]]
    both, back = np.concatenate((one, other)), np.concatenate((other, one))
    if len(both) == 0 or (both == both[0]).all():
        return None
    return float(np.corrcoef(both, back)[0, 1])


def _distance(graph: rx.PyGraph[None, None], places: Sequence[int]) -> Distance | None:
    if len(places) < 2:
        return None
    if len(places) <= EXACT_UP_TO:
        mean = rx.unweighted_average_shortest_path_length(graph.subgraph(list(places)))
        return Distance(float(mean), len(places), 0.0)
    drawn = random.Random(_SEED).sample(places, SOURCES)  # noqa: S311 # nosec B311 - a sample that can be drawn again
    means = np.array([_mean_from(graph, place, len(places)) for place in drawn])
    left_out = 1 - len(drawn) / len(places)
    error = float(np.sqrt(means.var(ddof=1) / len(means) * left_out))
    return Distance(float(means.mean()), len(drawn), error)


def _mean_from(graph: rx.PyGraph[None, None], place: int, size: int) -> float:
    layers = rx.bfs_layers(graph, [place])
    return sum(steps * len(layer) for steps, layer in enumerate(layers)) / (size - 1)


def _lengths(ids: Ids, ends: Ids, positions: Mapping[int, tuple[float, float]]) -> Lengths | None:
    unknown = (np.nan, np.nan)
    known = np.array([positions.get(int(pk), unknown) for pk in ids], dtype=np.float64).reshape(-1, 2)
    found = haversine(known[ends[:, 0]], known[ends[:, 1]])
    found = found[~np.isnan(found)]
    return Lengths(float(np.median(found)), float(found.mean()), len(found)) if len(found) else None


def haversine(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Kilometres between positions given as rows of latitude and longitude in degrees."""
    one, other = np.radians(one), np.radians(other)
    across = np.sin((other - one) / 2) ** 2
    half = across[:, 0] + np.cos(one[:, 0]) * np.cos(other[:, 0]) * across[:, 1]
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))))
