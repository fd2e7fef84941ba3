"""Which place a source means: one on record, or one that the registry does not know (interfaces section 4).

Ids come first, then name with country and subdivision, then nearness; a name alone never joins places of two
countries, nor a city and its county. Two ids of Wikidata for one place, as cities and their municipalities have, are
one where name and country are the same and the two lie close to each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import floor

from partnerships.choices import JurisdictionKind
from partnerships.rules import matching
from partnerships.rules.import_rows import PlaceRow, Problem
from partnerships.rules.territories import TERRITORIES, place_of

#: Sources put the point of one city this far apart at most.
SAME_NAME_KM = 25.0
#: Two ids of one source for places of one name: no farther apart than this, or they are two places.
TWO_IDS_KM = 10.0
#: Names that are only alike join places no farther apart than this.
NEAR_KM = 5.0
ALIKE = 78.0
#: Degrees of a cell of the grid; a cell and its neighbours hold everything that is near, up to 80° north and south.
CELL = 0.3

_POPULATED = frozenset({"city", "town", "village", "township", "borough", "municipality"})


@dataclass(frozen=True)
class Known:
    """A community on record, or a new one of this import (``id`` below 0); ``names`` are folded.

    One that was merged into another is known by its own names and ids and has the other's ``id``.
    """

    id: int
    name: str
    names: frozenset[str]
    country: str
    subdivision: str
    kind: str
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    wikidata_id: str


@dataclass(frozen=True)
class Entry:
    """A place of the gazetteer by one of its names."""

    geonames_id: int | None
    folded: str
    is_main_name: bool
    kind: str
    country: str
    subdivision: str
    subdivision_name: str
    latitude: Decimal | None
    longitude: Decimal | None
    population: int | None


class Ambiguous(Exception):
    """Several places fit, and nothing tells which is meant."""


def level(kind: str) -> str:
    """Sources call every populated place a city; a county is something else."""
    return str(JurisdictionKind.CITY) if kind in _POPULATED else kind


class Directory:
    """Communities in memory, found by what rows tell of them."""

    def __init__(self) -> None:
        self._added: set[tuple[int, str, int | None]] = set()
        self._by_wikidata: dict[str, Known] = {}
        self._by_geonames: dict[int, Known] = {}
        self._by_name: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self._by_cell: dict[tuple[str, int, int], list[Known]] = defaultdict(list)

    def add(self, known: Known) -> None:
        key = (known.id, known.wikidata_id, known.geonames_id)
        if key in self._added:
            return
        self._added.add(key)
        if known.wikidata_id:
            self._by_wikidata[known.wikidata_id] = known
        if known.geonames_id:
            self._by_geonames[known.geonames_id] = known
        for name in known.names:
            self._by_name[known.country, name].append(known)
        if known.latitude is not None and known.longitude is not None:
            self._by_cell[known.country, *_cell(known.latitude, known.longitude)].append(known)

    def find(self, place: PlaceRow, column: str = "") -> Known | Problem | None:
        """The community that the row means; ``None`` where none is known, a problem where it cannot be told."""
        by_id = self._by_ids(place)
        if by_id is not None:
            return by_id if _same_land(by_id, place) else _elsewhere(by_id, place, column)
        try:
            return self._by_names(place) or self._by_nearness(place)
        except Ambiguous:
            return ambiguous(place, column)

    def all_that_fit(self, place: PlaceRow) -> list[Known]:
        """Every community that the row may mean: the one that ``find`` answers, and each that it would have answered
        when the record knew fewer places. What is known later only adds to them."""
        by_id = self._by_ids(place)
        found = [by_id] if by_id is not None and _same_land(by_id, place) else []
        sure, perhaps = self._of_that_name(place)
        found += [known for _away, known in sure] + perhaps
        found += [known for _away, _id, known in self._alike_nearby(place)]
        return list({known.id: known for known in found}.values())

    def has_geonames(self, geonames_id: int) -> bool:
        return geonames_id in self._by_geonames

    def _by_ids(self, place: PlaceRow) -> Known | None:
        if place.wikidata_id and (known := self._by_wikidata.get(place.wikidata_id)):
            return known
        known = self._by_geonames.get(place.geonames_id) if place.geonames_id else None
        if known and place.wikidata_id and known.wikidata_id:  # two ids of Wikidata for one of GeoNames
            away = distance(known, place)
            return known if place.folded in known.names and (away is None or away <= TWO_IDS_KM) else None
        return known

    def _by_names(self, place: PlaceRow) -> Known | None:
        sure, perhaps = self._of_that_name(place)
        if sure:
            return min(sure, key=lambda pair: (pair[0], pair[1].id))[1]
        if len(perhaps) > 1:
            raise Ambiguous
        return perhaps[0] if perhaps else None

    def _of_that_name(self, place: PlaceRow) -> tuple[list[tuple[float, Known]], list[Known]]:
        """Those that are surely meant by the name, with how far they are, and those of which that cannot be told."""
        sure: list[tuple[float, Known]] = []
        perhaps: list[Known] = []
        for known in self._by_name.get((place.country, place.folded), ()):
            if not _compatible(known, place):
                continue
            away, two_ids = distance(known, place), _two_ids(known, place)
            if away is not None:
                if away <= (TWO_IDS_KM if two_ids else SAME_NAME_KM):
                    sure.append((away, known))
            elif not two_ids and place.subdivision and known.subdivision:
                sure.append((0.0, known))
            elif not two_ids:
                perhaps.append(known)
        return sure, perhaps

    def _by_nearness(self, place: PlaceRow) -> Known | None:
        found = self._alike_nearby(place)
        return min(found, key=lambda one: one[:2])[2] if found else None

    def _alike_nearby(self, place: PlaceRow) -> list[tuple[float, int, Known]]:
        if place.latitude is None or place.longitude is None:
            return []
        row, column = _cell(float(place.latitude), float(place.longitude))
        near: list[Known] = []
        for y in (row - 1, row, row + 1):
            for x in (column - 1, column, column + 1):
                near += self._by_cell.get((place.country, y, x), ())
        found = []
        for known in near:
            away = distance(known, place)
            if away is None or away > NEAR_KM or not _compatible(known, place) or _two_ids(known, place):
                continue
            if any(matching.likeness(place.folded, name) >= ALIKE for name in known.names):
                found.append((away, known.id, known))
        return found


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return floor(latitude / CELL), floor(longitude / CELL)


def distance(known: Known | Entry, place: PlaceRow) -> float | None:
    """In kilometres, where both have coordinates."""
    if known.latitude is None or known.longitude is None or place.latitude is None or place.longitude is None:
        return None
    here, there = (float(known.latitude), float(known.longitude)), (float(place.latitude), float(place.longitude))
    return matching.distance_km(*here, *there)


def _compatible(known: Known, place: PlaceRow) -> bool:
    """Same level, not in two subdivisions, not told apart by GeoNames."""
    if level(known.kind) != level(place.kind):
        return False
    if known.subdivision and place.subdivision and known.subdivision != place.subdivision:
        return False
    told_apart = known.geonames_id and place.geonames_id and known.geonames_id != place.geonames_id
    return not told_apart or place.id_found


def _two_ids(known: Known, place: PlaceRow) -> bool:
    return bool(known.wikidata_id and place.wikidata_id and known.wikidata_id != place.wikidata_id)


def _same_land(known: Known, place: PlaceRow) -> bool:
    """Guam is ``GU`` in one source and ``US`` in another."""
    if not place.country:
        return known.country in place.may_be
    if known.country == place.country:
        return True
    land, other = place_of(known.country, known.subdivision), place_of(place.country, place.subdivision)
    return land == other or _belongs(land, place.country) or _belongs(other, known.country)


def _belongs(territory: str, country: str) -> bool:
    return any(own == territory and code.startswith(f"{country}-") for code, own in TERRITORIES.items())


def _elsewhere(known: Known, place: PlaceRow, column: str) -> Problem:
    return Problem("id-elsewhere", column, {"name": place.name, "other": known.name, "country": known.country})


def ambiguous(place: PlaceRow, column: str) -> Problem:
    return Problem("ambiguous", column, {"name": place.name, "country": place.country})


def identify(place: PlaceRow, by_id: Entry | None, named: Iterable[Entry]) -> Entry | None:
    """The place of the gazetteer that a row means: by its id, else the nearest of its name, else the only one.

    Raises ``Ambiguous`` where the row gives a name alone and several places have it.
    """
    if by_id is not None:
        return by_id if by_id.country == place.country or by_id.country in place.may_be else None
    fitting = [
        entry
        for entry in named
        if level(entry.kind) == level(place.kind)
        and not (place.subdivision and entry.subdivision and place.subdivision != entry.subdivision)
    ]
    if place.latitude is None:
        return _only(place, fitting)
    near = [(away, entry) for entry in fitting if (away := distance(entry, place)) is not None and away <= SAME_NAME_KM]
    return min(near, key=lambda pair: (pair[0], pair[1].geonames_id or 0))[1] if near else None


def _only(place: PlaceRow, fitting: Sequence[Entry]) -> Entry | None:
    named_so = {entry.geonames_id: entry for entry in fitting if entry.is_main_name}
    chosen = named_so or {entry.geonames_id: entry for entry in fitting}
    if len(chosen) > 1:
        if not place.wikidata_id:
            raise Ambiguous
        return None
    return next(iter(chosen.values()), None)


def completed(place: PlaceRow, entry: Entry) -> PlaceRow:
    """The row with what it leaves out and the gazetteer knows; nothing that it says is changed."""
    return replace(
        place,
        country=place.country or entry.country,
        may_be=(),
        subdivision=place.subdivision or entry.subdivision,
        latitude=entry.latitude if place.latitude is None else place.latitude,
        longitude=entry.longitude if place.longitude is None else place.longitude,
        geonames_id=place.geonames_id or entry.geonames_id,
        id_found=not place.geonames_id,
    )
