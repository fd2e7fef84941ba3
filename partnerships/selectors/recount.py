"""What the read models should say, counted anew from the record (architecture habit 15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from django.conf import settings
from django.db.models import Count, QuerySet

from partnerships.choices import AffiliationKind, Standing
from partnerships.models import Affiliation, AffiliationSide, Jurisdiction, Signatory
from partnerships.rules import charter, history, matching, territories
from partnerships.selectors import affiliations as selector

#: Affiliations that are fetched with everything about them at a time.
BATCH = 1_000
TALLY_COLUMNS = ("country", "subdivision", "partner_country", "kind", "standing")
TallyKey = tuple[str, str, str, str, str]
Interval = tuple[date, date | None]


def fetched(affiliations: QuerySet[Affiliation]) -> Iterator[Affiliation]:
    """These affiliations by serial with all that their state follows from, in a few statements a batch."""
    related = ("agreements", "staff_decisions", "conflicts", "exclusions", "periods", "sides", "theme_rows")
    last = 0
    while True:
        batch = affiliations.filter(serial__gt=last).order_by("serial").select_related("first", "second")
        rows = list(batch.prefetch_related(*related)[:BATCH])
        if not rows:
            return
        yield from rows
        last = rows[-1].serial


def state(affiliation: Affiliation) -> history.History | None:
    """What the acts on record make of it; ``None`` where all were annulled."""
    return history.replay(selector.acts(affiliation))


def words_of(signatory: Signatory) -> list[str]:
    """The folded words by which somebody who signed is found."""
    return list(dict.fromkeys(word[:60] for word in matching.words(signatory.name)))


def stale_signatories() -> Iterator[tuple[Signatory, list[str], list[str]]]:
    """Who signed a registered agreement and is not found by exactly the words of the name: kept, and counted."""
    public = Signatory.objects.filter(filing__agreement__isnull=False).prefetch_related("words")
    for signatory in public.order_by("pk").iterator(chunk_size=BATCH):
        kept, counted = sorted(row.word for row in signatory.words.all()), sorted(words_of(signatory))
        if kept != counted:
            yield signatory, kept, counted


def spans(affiliation: Affiliation) -> tuple[history.Span, ...]:
    replayed = state(affiliation)
    return replayed.spans if replayed else ()


def current(intervals: Sequence[Interval], on: date) -> Interval | None:
    """The interval that holds on this day, or else the next one to come."""
    return min((interval for interval in intervals if interval[1] is None or interval[1] >= on), default=None)


def sides(affiliation: Affiliation) -> list[AffiliationSide]:
    """Both sides as they should be kept; not saved."""
    parties = (affiliation.first, affiliation.second)
    return [
        AffiliationSide(
            affiliation=affiliation,
            jurisdiction=own,
            country=own.country.code,
            subdivision=own.subdivision,
            partner=partner,
            partner_country=partner.country.code,
            partner_subdivision=partner.subdivision,
            partner_folded=partner.folded,
            kind=affiliation.kind,
            standing=affiliation.standing,
            is_open=affiliation.is_open,
            since=affiliation.since,
        )
        for own, partner in (parties, parties[::-1])
    ]


class SideLike(Protocol):
    """A side, or its columns alone."""

    @property
    def affiliation_id(self) -> int: ...
    @property
    def country(self) -> str: ...
    @property
    def subdivision(self) -> str: ...
    @property
    def partner_country(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def standing(self) -> str: ...


def tally_keys(rows: Iterable[AffiliationSide] | Iterable[SideLike]) -> dict[int, set[TallyKey]]:
    """For each affiliation the totals in which it counts, each once, as its sides say."""
    keys: dict[int, set[TallyKey]] = defaultdict(set)
    for side in rows:
        own = keys[side.affiliation_id]
        own.add((side.country, "", side.partner_country, side.kind, side.standing))
        if side.subdivision:
            own.add((side.country, side.subdivision, side.partner_country, side.kind, side.standing))
    return keys


def open_counts(jurisdiction_ids: Iterable[int] | None = None) -> dict[int, int]:
    """How many open affiliations each community has; those without any are left out."""
    rows = AffiliationSide.objects.open()
    if jurisdiction_ids is not None:
        rows = rows.filter(jurisdiction_id__in=list(jurisdiction_ids))
    return dict(rows.values_list("jurisdiction_id").annotate(Count("pk")))


def charters(jurisdiction_ids: Iterable[int] | None = None) -> Iterator[tuple[int, str, str]]:
    """Affiliations of foreign communities with home partners: (id, rank as kept, rank as it should be)."""
    home = territories.home_codes(settings.REGISTRY_HOME_COUNTRY)
    rows = AffiliationSide.objects.filter(partner_country__in=home).exclude(country__in=home)
    if jurisdiction_ids is not None:
        rows = rows.filter(jurisdiction_id__in=list(jurisdiction_ids))
    columns = ("jurisdiction_id", "affiliation_id", "affiliation__charter", "since", "kind", "standing")
    by_community = defaultdict(list)
    for community, *row in rows.order_by("jurisdiction_id").values_list(*columns).iterator():
        by_community[community].append(row)
    for rivals in by_community.values():
        ranks = charter.charters(
            [
                (pk, since)
                for pk, _kept, since, kind, standing in rivals
                if kind == AffiliationKind.SISTER and standing != Standing.ANNULLED
            ]
        )
        for pk, kept, *_rest in rivals:
            yield pk, kept, ranks.get(pk, "")


def stale_open_counts() -> list[tuple[int, int, int]]:
    """Communities whose kept number of open affiliations is wrong: (id, kept, counted)."""
    counted = open_counts()
    rows = Jurisdiction.objects.values_list("pk", "open_count").iterator()
    return [(pk, kept, counted.get(pk, 0)) for pk, kept in rows if kept != counted.get(pk, 0)]
