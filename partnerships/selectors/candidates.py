"""What the rows of an import may mean: communities on record and places of the gazetteer, fetched for many at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from partnerships.choices import Standing
from partnerships.models import Affiliation, Jurisdiction, JurisdictionName, Place, PlaceName
from partnerships.rules.dates import PartialDate
from partnerships.rules.import_rows import PlaceRow
from partnerships.rules.same_place import Entry, Known

#: Values in one list of a statement.
MOST = 5_000
#: Boxes of coordinates in one statement.
MOST_BOXES = 2_000
#: Half a side of a box in degrees: a little more than ``same_place.NEAR_KM``.
HALF_A_BOX = Decimal("0.05")

_COLUMNS = (
    "id",
    "name",
    "folded",
    "country",
    "subdivision",
    "kind",
    "latitude",
    "longitude",
    "geonames_id",
    "wikidata_id",
    "successor_id",
)
_PLACE_COLUMNS = (
    "geonames_id",
    "kind",
    "country",
    "subdivision",
    "subdivision_name",
    "latitude",
    "longitude",
    "population",
)


@dataclass(frozen=True)
class Gazetteer:
    """The places that may be meant: by GeoNames id, and by country and folded name."""

    by_id: dict[int, Entry]
    by_name: dict[tuple[str, str], list[Entry]]


@dataclass(frozen=True)
class Tie:
    """An affiliation as it is on record."""

    id: int
    number: str
    kind: str
    standing: str
    since: PartialDate | None
    ended: PartialDate | None

    @property
    def is_open(self) -> bool:
        return self.standing != Standing.ENDED


def gazetteer(places: Sequence[PlaceRow]) -> Gazetteer:
    """Entries for the ids that the rows give; by name for rows without an id."""
    by_id: dict[int, Entry] = {}
    for ids in _parts({place.geonames_id for place in places if place.geonames_id}):
        for row in Place.objects.filter(geonames_id__in=ids).values_list(*_PLACE_COLUMNS, "name"):
            by_id[row[0]] = _entry(row, "", is_main_name=True)
    nameless = [place for place in places if not place.geonames_id]
    by_name: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    countries = {code for place in nameless for code in place.lands}
    columns = (*(f"place__{name}" for name in _PLACE_COLUMNS), "place__name", "folded", "name")
    for names in _parts({place.folded[:100] for place in nameless}):
        found = PlaceName.objects.filter(folded__in=names, country__in=countries).values_list(*columns)
        for *row, folded, name in found:
            by_name[row[2], folded].append(_entry(row, folded, is_main_name=name == row[-1]))
    return Gazetteer(by_id, by_name)


def _entry(row: Sequence[Any], folded: str, *, is_main_name: bool) -> Entry:
    geonames_id, kind, country, subdivision, subdivision_name, latitude, longitude, population, _name = row
    return Entry(
        geonames_id,
        folded,
        is_main_name,
        kind,
        country,
        subdivision,
        subdivision_name,
        latitude,
        longitude,
        population,
    )


def communities(places: Sequence[PlaceRow]) -> list[Known]:
    """Those on record with an id or one of the names that the rows give."""
    found: dict[int, dict[str, Any]] = {}
    names: dict[int, set[str]] = defaultdict(set)
    for queryset in _by_ids_and_names(places, names):
        for row in queryset.values(*_COLUMNS):
            found[row["id"]] = row
    return _resolved(found, names)


def _resolved(found: dict[int, dict[str, Any]], names: dict[int, set[str]]) -> list[Known]:
    """Communities that were merged stand for the one that they were merged into, however often."""
    lead = {pk: row["successor_id"] for pk, row in found.items() if row["successor_id"]}
    while missing := set(lead.values()) - set(lead) - set(found):
        for row in Jurisdiction.objects.filter(pk__in=missing).values(*_COLUMNS):
            found[row["id"]] = row
            if row["successor_id"]:
                lead[row["id"]] = row["successor_id"]

    def last(pk: int) -> int:
        while pk in lead:
            pk = lead[pk]
        return pk

    return [_known({**row, "id": last(pk)}, names[pk]) for pk, row in found.items()]


def _by_ids_and_names(places: Sequence[PlaceRow], names: dict[int, set[str]]) -> Iterator[QuerySet[Any]]:
    for ids in _parts({place.wikidata_id for place in places if place.wikidata_id}):
        yield _on_record().filter(wikidata_id__in=ids)
    for numbers in _parts({place.geonames_id for place in places if place.geonames_id}):
        yield _on_record().filter(geonames_id__in=numbers)
    for folded in _parts({place.folded for place in places}):
        yield _on_record().filter(folded__in=folded)
        others = JurisdictionName.objects.filter(folded__in=folded).values_list("jurisdiction_id", "folded")
        for pk, name in others:
            names[pk].add(name)
    for pks in _parts(set(names)):
        yield _on_record().filter(pk__in=pks)


def _on_record() -> QuerySet[Jurisdiction]:
    return Jurisdiction.objects.filter(provisional=False)


_WITHIN = """
    place.country = box.country
    AND place.latitude BETWEEN box.south AND box.north
    AND place.longitude BETWEEN box.west AND box.east
    AND place.successor_id IS NULL AND NOT place.provisional
"""
#: The boxes come as one parameter: a marker for every number would take longer to read than the rows. Each box is one
#: scan of the index by country and latitude; PostgreSQL, where it has no statistics yet, would rather compare all.
_NEAR = {
    "postgresql": """
        SELECT DISTINCT {columns}
        FROM unnest(%s::text[], %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[])
            AS box (country, south, north, west, east)
        CROSS JOIN LATERAL (SELECT {columns} FROM partnerships_jurisdiction place WHERE {within} OFFSET 0) place
    """,
    "sqlite": """
        WITH box AS (
            SELECT json_extract(value, '$[0]') AS country,
                CAST(json_extract(value, '$[1]') AS numeric) AS south,
                CAST(json_extract(value, '$[2]') AS numeric) AS north,
                CAST(json_extract(value, '$[3]') AS numeric) AS west,
                CAST(json_extract(value, '$[4]') AS numeric) AS east
            FROM json_each(%s)
        )
        SELECT DISTINCT {columns} FROM box CROSS JOIN partnerships_jurisdiction place WHERE {within}
    """,
}


def near(places: Iterable[PlaceRow]) -> list[Known]:
    """Communities on record about the points of these rows, in their countries: one statement for many boxes."""
    boxes = [
        (
            place.country,
            str(place.latitude - HALF_A_BOX),
            str(place.latitude + HALF_A_BOX),
            str(place.longitude - 5 * HALF_A_BOX),
            str(place.longitude + 5 * HALF_A_BOX),
        )
        for place in places
        if place.latitude is not None and place.longitude is not None
    ]
    found: dict[int, Known] = {}
    for start in range(0, len(boxes), MOST_BOXES):
        for row in _in_boxes(boxes[start : start + MOST_BOXES]):
            found[row["id"]] = _known(row, set())
    return list(found.values())


def _in_boxes(boxes: Sequence[tuple[str, ...]]) -> list[dict[str, Any]]:
    columns = ", ".join(f"place.{name}" for name in _COLUMNS)
    given = list(map(list, zip(*boxes, strict=True))) if connection.vendor == "postgresql" else [json.dumps(boxes)]
    with connection.cursor() as cursor:
        cursor.execute(_NEAR[connection.vendor].format(columns=columns, within=_WITHIN), given)  # names and marks only
        return [dict(zip(_COLUMNS, row, strict=True)) for row in cursor.fetchall()]


def _known(row: dict[str, Any], names: set[str]) -> Known:
    return Known(
        id=row["id"],
        name=row["name"],
        names=frozenset({row["folded"], *names}),
        country=str(row["country"]),
        subdivision=row["subdivision"],
        kind=row["kind"],
        latitude=None if row["latitude"] is None else float(row["latitude"]),
        longitude=None if row["longitude"] is None else float(row["longitude"]),
        geonames_id=row["geonames_id"],
        wikidata_id=row["wikidata_id"] or "",
    )


def ties_among(ids: set[int]) -> dict[tuple[int, int], list[Tie]]:
    """The affiliations of these communities with each other (lower id first) that were not annulled, by number."""
    found: dict[tuple[int, int], list[Tie]] = defaultdict(list)
    columns = ("first_id", "second_id", "id", "number", "kind", "standing", "since", "ended")
    for firsts in _parts(ids):
        rows = Affiliation.objects.visible().filter(first_id__in=firsts)
        for seconds in _parts(ids):
            among = rows.filter(second_id__in=seconds).order_by("serial").values_list(*columns)
            for first, second, *facts in among:
                found[first, second].append(Tie(*facts))
    return found


def _parts(values: set[Any]) -> Iterator[list[Any]]:
    whole = sorted(values)
    for start in range(0, len(whole), MOST):
        yield whole[start : start + MOST]
