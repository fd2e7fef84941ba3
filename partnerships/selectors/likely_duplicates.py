"""Records of the whole registry that may be one, in a bounded number of statements and never all pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.db.models import Count

from partnerships.choices import Standing
from partnerships.models import Affiliation, AffiliationSide, Jurisdiction, JurisdictionName, PlaceName
from partnerships.rules import likely_duplicates as rule
from partnerships.rules import matching
from partnerships.rules.likely_duplicates import Record, Verdict

_CHUNK = 800
#: A name that more places of one country bear says nothing.
_MOST_PLACES = 2
_PLACE_KM = 40
#: Pairs that the desk keeps at a time, the likeliest first.
MOST_KEPT = 20_000

_COLUMNS = ("pk", "folded", "country", "subdivision", "kind", "latitude", "longitude", "fictional")


def communities() -> list[Verdict]:
    """Accepted communities that may be one, the likeliest first."""
    found = (rule.judge(one, other) for one, other in rule.pairs(_records()))
    return sorted(filter(None, found), key=lambda verdict: (-verdict.score, verdict.one, verdict.other))[:MOST_KEPT]


def _records() -> list[Record]:
    names = _names()
    rows = Jurisdiction.objects.filter(provisional=False, successor__isnull=True).values_list(*_COLUMNS)
    partners = _partners()
    found = []
    for pk, folded, country, subdivision, kind, latitude, longitude, fictional in rows.iterator(chunk_size=2000):
        where = (None, None) if latitude is None or longitude is None else (float(latitude), float(longitude))
        found.append(
            Record(
                id=pk,
                names=tuple(filter(None, dict.fromkeys((folded, *names.get(pk, ()))))),
                # a fictional example is no duplicate of a place that exists
                country=f"{country}{'*' if fictional else ''}",
                subdivision=subdivision,
                kind=kind,
                latitude=where[0],
                longitude=where[1],
                partners=frozenset(partners.get(pk, ())),
            )
        )
    return _placed(found)


def _names() -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for pk, folded in JurisdictionName.objects.values_list("jurisdiction_id", "folded").iterator(chunk_size=5000):
        found[pk].append(folded)
    native = Jurisdiction.objects.exclude(native_name="").values_list("pk", "native_name")
    for pk, name in native.iterator(chunk_size=5000):
        found[pk].append(matching.fold(name))
    return found


def _partners() -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    sides = AffiliationSide.objects.exclude(standing=Standing.ANNULLED).values_list("jurisdiction_id", "partner_id")
    for own, partner in sides.iterator(chunk_size=5000):
        found[own].add(partner)
    return found


def _placed(records: Sequence[Record]) -> list[Record]:
    """The records with the places of the gazetteer that bear one of their names, which tells one name from another
    script: 大阪 and Osaka, Munich and Muenchen."""
    known = _places({(record.country[:2], name) for record in records for name in record.names})
    return [
        Record(**{**vars(record), "places": frozenset(_near(record, known))}) if known else record for record in records
    ]


def _near(record: Record, known: Mapping[tuple[str, str], Mapping[str, tuple[float, float]]]) -> Iterator[str]:
    for name in record.names:
        places = known.get((record.country[:2], name), {})
        if len(places) > _MOST_PLACES:
            continue
        for key, (latitude, longitude) in places.items():
            if record.latitude is None or record.longitude is None:
                yield key
            elif matching.distance_km(record.latitude, record.longitude, latitude, longitude) <= _PLACE_KM:
                yield key


def _places(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], dict[str, tuple[float, float]]]:
    found: dict[tuple[str, str], dict[str, tuple[float, float]]] = defaultdict(dict)
    columns = ("country", "folded", "place__key", "place__latitude", "place__longitude")
    for names in _chunks(sorted({name[:100] for _country, name in wanted})):
        rows = PlaceName.objects.filter(folded__in=names).values_list(*columns)
        for country, folded, key, latitude, longitude in rows:
            if (country, folded) in wanted and latitude is not None and longitude is not None:
                found[country, folded][key] = (float(latitude), float(longitude))
    return found


def _chunks(items: Iterable[str]) -> Iterator[list[str]]:
    left = iter(items)
    while part := list(islice(left, _CHUNK)):
        yield part


def affiliations(alike: Sequence[Verdict]) -> list[Verdict]:
    """Affiliations that may be one: those of communities that may be one with a partner in common, or with partners
    that may be one; and two of the same pair that both began and overlap."""
    scores = {(verdict.one, verdict.other): verdict.score for verdict in alike}
    sides = _sides({pk for pair in scores for pk in pair})
    found: dict[tuple[int, int], int] = {}
    for (one, other), score in scores.items():
        for partner, mine in sides.get(one, {}).items():
            for theirs in sides.get(other, {}).get(partner, ()):
                _keep(found, mine, theirs, score)
            for second, again in _alike_partners(partner, sides.get(other, {}), scores):
                for theirs in sides[other][second]:
                    _keep(found, mine, theirs, min(score, again))
    for first, second in _same_pair():
        found[first, second] = 100
    made = [Verdict(one, other, score, (f"{rule.PARTIES}:{score}",)) for (one, other), score in found.items()]
    return sorted(made, key=lambda verdict: (-verdict.score, verdict.one, verdict.other))[:MOST_KEPT]


def _keep(found: dict[tuple[int, int], int], mine: Iterable[int], other: int, score: int) -> None:
    for own in mine:
        if own != other:
            key = (min(own, other), max(own, other))
            found[key] = max(score, found.get(key, 0))


def _alike_partners(
    partner: int, others: Mapping[int, object], scores: Mapping[tuple[int, int], int]
) -> Iterator[tuple[int, int]]:
    for other in others:
        score = scores.get((min(partner, other), max(partner, other)))
        if score:
            yield other, score


def _sides(ids: set[int]) -> dict[int, dict[int, list[int]]]:
    """Of each of these communities: its partners, with the affiliations with each."""
    found: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    wanted = sorted(ids)
    for start in range(0, len(wanted), _CHUNK):
        rows = AffiliationSide.objects.filter(jurisdiction__in=wanted[start : start + _CHUNK])
        listed = rows.exclude(standing=Standing.ANNULLED).values_list("jurisdiction_id", "partner_id", "affiliation_id")
        for own, partner, affiliation in listed:
            found[own][partner].append(affiliation)
    return found


def _same_pair() -> Iterator[tuple[int, int]]:
    """Two affiliations of one pair of which the earlier had not ended when the later began."""
    twice = Affiliation.objects.visible().values("first", "second").annotate(of=Count("pk")).filter(of__gt=1)
    for row in twice.order_by("first", "second").iterator():
        own = Affiliation.objects.visible().between(row["first"], row["second"]).order_by("serial")
        known = sorted(own, key=lambda affiliation: str(affiliation.since or ""))
        for earlier, later in zip(known, known[1:], strict=False):
            if later.since is None or earlier.ended is None or earlier.ended.latest >= later.since.latest:
                low, high = sorted((earlier.pk, later.pk))
                yield low, high
