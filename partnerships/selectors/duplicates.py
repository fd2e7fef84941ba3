"""Communities by any of their names, and those on record that a new one may well be."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from partnerships.models import Jurisdiction, NameWord
from partnerships.rules import matching

#: Below this likeness two names of places in one country are most often two places.
ALIKE = 78
MOST_SHOWN = 5
_MOST_LOOKED_AT = 300
_MOST_WORDS = 6


@dataclass(frozen=True)
class Candidate:
    """A community on record. ``likeness`` 0 to 100; ``distance_km`` where both have coordinates."""

    id: int
    name: str
    native_name: str
    place: str
    kind: str
    affiliations: int
    likeness: int
    distance_km: int | None


def named(text: str) -> Q:
    """Those one of whose names has all these words, the last ones perhaps cut short."""
    found = Q()
    for word in matching.words(text)[:_MOST_WORDS]:
        found &= Q(pk__in=NameWord.objects.filter(word__startswith=word[:60]).values("jurisdiction"))
    return found or Q(pk__in=[])


def places(text: str) -> QuerySet[Jurisdiction]:
    """For a look-up: communities that were not merged into another, those with most affiliations first."""
    known = Jurisdiction.objects.filter(successor__isnull=True).order_by("-open_count", "folded", "pk")
    return known.filter(named(text)) if text.strip() else known


def likely(party: Jurisdiction) -> tuple[Candidate, ...]:
    """Which accepted communities of its country a provisional one may be, the likeliest first."""
    names = [name for name in (party.name, party.native_name) if name]
    words = {word[:60] for name in names for word in matching.words(name)}
    stems = Q(folded__startswith=party.folded[:3])
    shared = Q(pk__in=NameWord.objects.filter(word__in=words).values("jurisdiction"))
    known = Jurisdiction.objects.filter(
        stems | shared, country=party.country.code, provisional=False, successor__isnull=True
    ).exclude(pk=party.pk)
    found = []
    for other in known.prefetch_related("names").order_by("-open_count", "pk")[:_MOST_LOOKED_AT]:
        theirs = {other.name, other.native_name, *(name.name for name in other.names.all())} - {""}
        likeness = max(matching.likeness(mine, their) for mine in names for their in theirs)
        if likeness >= ALIKE:
            found.append(_candidate(party, other, round(likeness)))
    found.sort(key=lambda row: (-row.likeness, row.distance_km or 0, -row.affiliations))
    return tuple(found[:MOST_SHOWN])


def _candidate(party: Jurisdiction, other: Jurisdiction, likeness: int) -> Candidate:
    here, there = (party.latitude, party.longitude), (other.latitude, other.longitude)
    distance = None
    if None not in here and None not in there:
        distance = round(matching.distance_km(*(float(degrees) for degrees in (*here, *there) if degrees is not None)))
    return Candidate(
        id=other.pk,
        name=other.name,
        native_name=other.native_name,
        place=other.full_name,
        kind=other.get_kind_display(),
        affiliations=other.open_count,
        likeness=likeness,
        distance_km=distance,
    )
