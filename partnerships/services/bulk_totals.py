"""The read models of many new affiliations at once: sides, themes, totals, counts and charters.

For affiliations that were not there before: their read models can only grow. The head of the register is locked, so
that nobody counts at the same time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import F

from partnerships.choices import OPEN_STANDINGS, AffiliationKind
from partnerships.models import Affiliation, AffiliationSide, AffiliationTheme, Jurisdiction
from partnerships.rules import territories
from partnerships.rules.dates import PartialDate
from partnerships.rules.history import History
from partnerships.selectors import recount
from partnerships.selectors.parties import Party
from partnerships.services import copying

BATCH = 1_000

_ADD = """
    INSERT INTO partnerships_tally (country, subdivision, partner_country, kind, standing, count)
    {rows}
    ON CONFLICT (country, subdivision, partner_country, kind, standing)
    DO UPDATE SET count = partnerships_tally.count + excluded.count
"""
_ONE = "VALUES (%s, %s, %s, %s, %s, %s)"
#: All of them as one parameter a column.
_ALL = "SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::integer[])"


class Side(NamedTuple):
    """The columns of ``AffiliationSide``."""

    affiliation_id: int
    jurisdiction_id: int
    country: str
    subdivision: str
    partner_id: int
    partner_country: str
    partner_subdivision: str
    partner_folded: str
    kind: str
    standing: str
    is_open: bool
    since: PartialDate | None


class Made(NamedTuple):
    """A new affiliation: its parties in their order, and what it is after its last deed."""

    pk: int
    parties: tuple[Party, Party]
    state: History
    themes: tuple[str, ...]


def keep(made: Sequence[Made]) -> None:
    """Everything that lists and totals read of these new affiliations."""
    sides = [side for affiliation in made for side in _sides(affiliation)]
    copying.insert(AffiliationSide, Side._fields, ((*side[:-1], str(side.since or "")) for side in sides))
    copying.insert(
        AffiliationTheme,
        ("affiliation_id", "theme"),
        ((affiliation.pk, theme) for affiliation in made for theme in dict.fromkeys(affiliation.themes)),
    )
    _tallies(sides)
    _open_counts(sides)
    charters(_rivalled(sides))


def _sides(made: Made) -> Iterator[Side]:
    state, is_open = made.state, made.state.standing in OPEN_STANDINGS
    for own, partner in (made.parties, made.parties[::-1]):
        yield Side(
            made.pk,
            own.pk,
            own.country,
            own.subdivision,
            partner.pk,
            partner.country,
            partner.subdivision,
            partner.folded,
            state.kind,
            state.standing,
            is_open,
            state.since,
        )


def _tallies(sides: Iterable[Side]) -> None:
    more = Counter(key for keys in recount.tally_keys(sides).values() for key in keys)
    rows = [(*key, count) for key, count in sorted(more.items())]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_ADD.format(rows=_ALL), list(map(list, zip(*rows, strict=True))))
        else:
            cursor.executemany(_ADD.format(rows=_ONE), rows)


def _open_counts(sides: Iterable[Side]) -> None:
    """One statement for all communities that have got the same number of partners."""
    more = Counter(side.jurisdiction_id for side in sides if side.is_open)
    by_number: dict[int, list[int]] = defaultdict(list)
    for pk, number in sorted(more.items()):
        by_number[number].append(pk)
    for number, ids in by_number.items():
        for start in range(0, len(ids), BATCH):
            rows = Jurisdiction.objects.filter(pk__in=ids[start : start + BATCH])
            rows.update(open_count=F("open_count") + number)


def _rivalled(sides: Iterable[Side]) -> set[int]:
    """The foreign communities whose charter these may have changed: only dated sisters of home partners compete."""
    home = territories.home_codes(settings.REGISTRY_HOME_COUNTRY)
    return {
        side.jurisdiction_id
        for side in sides
        if side.kind == AffiliationKind.SISTER
        and side.since is not None
        and side.partner_country in home
        and side.country not in home
    }


def charters(jurisdiction_ids: Iterable[int] | None = None) -> int:
    """Keep who is the charter partner of these foreign communities, or of all. Answers how many changed."""
    changed = [(pk, rank) for pk, was, rank in recount.charters(jurisdiction_ids) if was != rank]
    for rank in {rank for _pk, rank in changed}:
        ids = [pk for pk, its_rank in changed if its_rank == rank]
        for start in range(0, len(ids), BATCH):
            Affiliation.objects.filter(pk__in=ids[start : start + BATCH]).update(charter=rank)
    return len(changed)
