"""The network of open affiliations: read here, measured in ``rules.network``."""

from __future__ import annotations

from typing import Any

from partnerships.models import Affiliation, Jurisdiction
from partnerships.rules import network

HUBS = 100
_CHUNK = 10_000


def measure() -> network.Measures:
    """Communities joined by open affiliations. In bounded memory but for the network itself: 250 MB for a million."""
    pairs = Affiliation.objects.open().order_by().values_list("first_id", "second_id")
    return network.measure(pairs.iterator(chunk_size=_CHUNK), _positions(), hubs=HUBS)


def _positions() -> dict[int, tuple[float, float]]:
    """Latitude and longitude of every community that has a partner and whose coordinates are known."""
    placed = Jurisdiction.objects.filter(open_count__gt=0, latitude__isnull=False).order_by()
    found = placed.values_list("pk", "latitude", "longitude").iterator(chunk_size=_CHUNK)
    return {
        pk: (float(latitude), float(longitude))
        for pk, latitude, longitude in found
        if latitude is not None and longitude is not None
    }


def figures() -> tuple[dict[str, Any], list[list[Any]], list[list[Any]]]:
    """The measures by name, the most connected communities, and how many communities have how many partners."""
    found = measure()
    distance, lengths = found.distance, found.lengths
    measures = {
        "nodes": found.nodes,
        "links": found.links,
        "components": found.components,
        "largest_component": found.largest,
        "mean_degree": found.mean_degree,
        "greatest_degree": found.greatest_degree,
        "triangles": found.triangles,
        "transitivity": found.transitivity,
        "assortativity": found.assortativity,
        "mean_distance": distance.mean if distance else None,
        "mean_distance_sources": distance.sources if distance else 0,
        "mean_distance_error": distance.error if distance else None,
        "median_kilometres": lengths.median if lengths else None,
        "mean_kilometres": lengths.mean if lengths else None,
        "measured_links": lengths.links if lengths else 0,
    }
    return measures, _hubs(found), [[degree, places] for degree, places in found.degrees]


def _hubs(found: network.Measures) -> list[list[Any]]:
    places = Jurisdiction.objects.in_bulk([pk for pk, _degree in found.hubs])
    listed = [
        [pk, places[pk].name, places[pk].slug, places[pk].country.code, places[pk].subdivision, degree]
        for pk, degree in found.hubs
    ]
    return sorted(listed, key=lambda row: (-row[5], row[1], row[0]))
