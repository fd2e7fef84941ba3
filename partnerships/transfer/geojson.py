"""Lists as GeoJSON (RFC 7946): communities as points, affiliations as lines, cut where they cross the antimeridian."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from partnerships.selectors.jurisdiction_list import JurisdictionRow
from partnerships.selectors.rows import AffiliationRow, PartyRow
from partnerships.transfer import addresses

#: A feature collection without its features.
HEAD, END = b'{"type":"FeatureCollection","features":[', b"\n]}\n"

#: Longitude and latitude in degrees.
Position = tuple[float, float]


def line(row: AffiliationRow) -> dict[str, Any]:
    """An affiliation as a feature; without geometry where a party has no coordinates."""
    first, second = row.parties
    ends = _position(first), _position(second)
    return {
        "type": "Feature",
        "geometry": between(ends[0], ends[1]) if ends[0] and ends[1] else None,
        "properties": {
            "number": row.number,
            "kind": row.kind,
            "standing": row.standing,
            "since": str(row.since) if row.since else None,
            "ended": str(row.ended) if row.ended else None,
            "recognised": row.recognised.value,
            "light": row.light,
            "parties": [_named(party) for party in row.parties],
            "fictional": row.fictional,
            "url": addresses.affiliation(row.number),
        },
    }


def point(row: JurisdictionRow) -> dict[str, Any]:
    """A community as a feature; without geometry where nobody knows its coordinates."""
    position = _position(row.party)
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": position} if position else None,
        "properties": {
            **_named(row.party),
            "kind": row.party.kind,
            "subdivision": row.party.subdivision,
            "population": row.population,
            "open_affiliations": row.open_count,
            "fictional": row.party.fictional,
        },
    }


def _named(party: PartyRow) -> dict[str, Any]:
    return {
        "id": party.id,
        "name": party.name,
        "country": party.country,
        "country_name": party.country_name,
        "url": addresses.jurisdiction(party),
    }


def _position(party: PartyRow) -> Position | None:
    if party.latitude is None or party.longitude is None:
        return None
    return (party.longitude, party.latitude)


def between(start: Position, end: Position) -> dict[str, Any]:
    """The line by the shorter way round; two lines where that way crosses 180° (RFC 7946 section 3.1.9)."""
    (west, south), (east, north) = start, end
    if abs(east - west) <= 180:
        return {"type": "LineString", "coordinates": [start, end]}
    # One end is moved round the earth, so that the way between both is straight.
    side = 180.0 if west > 0 else -180.0
    beyond = east + 2 * side
    if west == side:  # an end on the antimeridian itself lies on both sides of the map: nothing to cut
        return {"type": "LineString", "coordinates": [(-west, south), end]}
    if beyond == side:
        return {"type": "LineString", "coordinates": [start, (side, north)]}
    latitude = round(south + (north - south) * (side - west) / (beyond - west), 5)
    return {
        "type": "MultiLineString",
        "coordinates": [[start, (side, latitude)], [(-side, latitude), end]],
    }


def collection(features: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """A feature collection, written while its features are read."""
    yield HEAD
    for place, feature in enumerate(features):
        yield (b",\n" if place else b"\n") + orjson.dumps(feature)
    yield END
