"""Fictional affiliations between real places, so that maps and charts of a demo have something to show.

The places are real, the partnerships are not, and each says so. The same number makes the same partnerships wherever
the same gazetteer is loaded.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from django.conf import settings
from django.db import transaction

from partnerships.choices import Act, AffiliationKind, EvidenceGrade, JurisdictionKind, Reason, Theme
from partnerships.models import Affiliation, Agreement, GazetteerEdition, Jurisdiction, Place
from partnerships.rules.dates import PartialDate
from partnerships.services import bulk
from partnerships.services.access import Actor
from partnerships.services.bulk import Deed, NewAffiliation
from partnerships.transfer import gazetteer_loader

SOURCE = "Fictional demonstration data"
STORY = "Fictional: the two places are real, this partnership is not."
PROVENANCE = bulk.Provenance(SOURCE, evidence=EvidenceGrade.DECLARED, fictional=True)
SEED = 1956
BATCH = 500
MIN_POPULATION = 15_000
#: How many of the largest places on each side take part: enough for a map, few enough for some to have many partners.
HOME_PLACES, FOREIGN_PLACES = 800, 3_000
FIRST_YEAR, LAST_YEAR = 1950, 2024
#: The largest place is this many times as likely as the last to be chosen.
STEEPNESS = 20

Pair = tuple[Place, Place]


def enter(*, count: int, on: date) -> int:
    """Bring the registry to so many of these affiliations; answers how many were added."""
    have = Agreement.objects.filter(source=SOURCE, act=Act.ESTABLISH).count()
    if have >= count:
        return 0
    if not GazetteerEdition.objects.exists():
        gazetteer_loader.load(min_population=MIN_POPULATION)
    with transaction.atomic():
        pairs = _unknown(_pairs(random.Random(SEED)))  # noqa: S311 # nosec B311 - the same every time
        wanted = list(islice(pairs, count - have))
        for start in range(0, len(wanted), BATCH):
            _enter(wanted[start : start + BATCH], on=on)
    return len(wanted)


def _pairs(chance: random.Random) -> Iterator[Pair]:
    """Pairs of places in two countries, each once; most with one at home."""
    cities = Place.objects.filter(kind=JurisdictionKind.CITY).order_by("id")
    home = list(cities.filter(country=settings.REGISTRY_HOME_COUNTRY)[:HOME_PLACES])
    foreign = list(cities.exclude(country=settings.REGISTRY_HOME_COUNTRY)[:FOREIGN_PLACES])
    seen: set[tuple[str, ...]] = set()
    misses = 0
    while misses < 10_000:  # what is left to pair is used up
        one = _any(home if home and chance.random() < 0.9 else foreign, chance)
        other = _any(foreign, chance)
        key = tuple(sorted((one.key, other.key)))
        if one.country == other.country or key in seen:
            misses += 1
            continue
        misses = 0
        seen.add(key)
        yield one, other


def _any(places: Sequence[Place], chance: random.Random) -> Place:
    """One of the places, the larger ones more often."""
    return places[int(len(places) * chance.random() ** 2 * (1 - 1 / STEEPNESS))]


def _unknown(pairs: Iterator[Pair]) -> Iterator[Pair]:
    """Those pairs that were never partners on record."""
    ids = dict(Jurisdiction.objects.exclude(geonames_id=None).values_list("geonames_id", "pk"))
    known = set(Affiliation.objects.values_list("first_id", "second_id"))
    for one, other in pairs:
        low, high = sorted((ids.get(one.geonames_id, 0), ids.get(other.geonames_id, 0)))
        if (low, high) not in known:
            yield one, other


def _enter(pairs: Sequence[Pair], *, on: date) -> None:
    by = Actor.system("load_example")
    ids = _communities({place.key: place for pair in pairs for place in pair}, by=by)
    rows = [_row(ids[one.key], ids[other.key], f"{one.key}-{other.key}") for one, other in pairs]
    bulk.enter(rows=rows, provenance=PROVENANCE, by=by, on=on)


def _communities(places: dict[str, Place], *, by: Actor) -> dict[str, int]:
    """The communities of these places on record, new ones where there are none, as key → id."""
    by_geonames = {place.geonames_id: key for key, place in places.items()}
    known = Jurisdiction.objects.filter(geonames_id__in=by_geonames).values_list("geonames_id", "pk")
    ids = {by_geonames[geonames_id]: pk for geonames_id, pk in known}
    missing = [place for key, place in places.items() if key not in ids]
    made = bulk.communities(rows=[_values(place) for place in missing], by=by)
    return ids | {place.key: pk for place, pk in zip(missing, made, strict=True)}


def _values(place: Place) -> dict[str, object]:
    return {
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "subdivision": place.subdivision,
        "subdivision_name": place.subdivision_name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "population": place.population,
        "population_source": "GeoNames",
        "geonames_id": place.geonames_id,
    }


def _row(own: int, other: int, seed: str) -> NewAffiliation:
    """What the two made of it follows from the pair alone, so that a larger demo holds the smaller one."""
    chance = random.Random(seed)  # noqa: S311 # nosec B311
    friendship = chance.random() < 0.18
    return NewAffiliation(
        party_ids=(own, other),
        kind=AffiliationKind.FRIENDSHIP if friendship else AffiliationKind.SISTER,
        deeds=tuple(_deeds(chance, friendship=friendship)),
        reasons=tuple(chance.sample(Reason.values, k=chance.choice((0, 1, 1, 2)))),
        themes=tuple(chance.sample(Theme.values, k=chance.choice((0, 1, 1, 2, 3)))),
        story=STORY,
    )


def _deeds(chance: random.Random, *, friendship: bool) -> Iterator[Deed]:
    year = int(chance.triangular(FIRST_YEAR, LAST_YEAR, 1992))
    yield Deed(Act.ESTABLISH, None if chance.random() < 0.06 else _day(year, chance))
    later = year + chance.randint(3, 30)
    if later > LAST_YEAR:
        return
    fate = chance.random()
    if friendship and fate < 0.4:
        yield Deed(Act.UPGRADE, _day(later, chance))
    elif fate < 0.12:
        yield Deed(Act.END, _day(later, chance))
    elif fate < 0.16:
        yield Deed(Act.SUSPEND, _day(later, chance))


def _day(year: int, chance: random.Random) -> PartialDate:
    """As sources give dates: often the year only."""
    known = chance.random()
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    if known < 0.3:
        return PartialDate(year)
    return PartialDate(year, month) if known < 0.45 else PartialDate(year, month, day)
