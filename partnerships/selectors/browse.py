"""Lists of affiliations: one shape of question (``Criteria``), one shape of row (``AffiliationRow``).

The signatures on which pages, API and exports stand::

    page(criteria, *, on, size=50, cursor="", full=False) -> AffiliationPage   # rows, next, previous; BadCursor
    stream(criteria, *, on, full=False) -> Iterator[AffiliationRow]            # all of them, bounded memory
    count(criteria, *, on) -> int                                              # exact
    count_by_kind(criteria, *, on) -> dict[str, int]                           # the same, by kind

``full`` also words the reason of recognition and brings the agreements, for five more statements. Lists by place
scan ``AffiliationSide`` in the order of an index. Affiliations entered in error are in no list. With ``as_of`` in the
criteria a list shows the affiliations as they were on that day (see ``past``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from partnerships.choices import OPEN_STANDINGS, Standing
from partnerships.models import Affiliation, AffiliationSide, AffiliationTheme, NameWord, Period
from partnerships.selectors import keyset, past, rows, taking_part, tallies
from partnerships.selectors.criteria import ANY, LISTED, SORTS, Criteria
from partnerships.selectors.keyset import BadCursor, Cursor
from partnerships.selectors.rows import AffiliationRow

__all__ = [
    "ANY",
    "LISTED",
    "SORTS",
    "BadCursor",
    "AffiliationPage",
    "AffiliationRow",
    "Criteria",
    "count",
    "count_by_kind",
    "fitting",
    "page",
    "stream",
]

MOST_ROWS = 500
_BATCH = 500
#: Above every letter, digit and blank that folding leaves, and above every date that begins with a year or a month.
_END = "~"
#: Prefixes shorter than this fit half of the registry; they are taken as whole words.
_PREFIX_FROM = 2


@dataclass(frozen=True)
class AffiliationPage:
    """``next`` and ``previous`` are cursors, empty where there is nothing further."""

    rows: tuple[AffiliationRow, ...]
    next: str
    previous: str


def page(criteria: Criteria, *, on: date, size: int = 50, cursor: str = "", full: bool = False) -> AffiliationPage:
    """One page of the list. Raises ``BadCursor`` for a cursor that is not one of this order."""
    size = max(1, min(size, MOST_ROWS))
    at = Cursor.parse(cursor, sort=criteria.sort) if cursor else None
    found = _fetch(criteria, on, size + 1, at)
    more, found = len(found) > size, found[:size]
    backward = at is not None and at.backward
    if backward:
        found.reverse()
    shown = _shown(found, criteria, on, full=full)
    key = _scan(criteria).key
    ends = [Cursor(criteria.sort, _key(row, key), _pk(row)) for row in (found[:1] + found[-1:])]
    has_next, has_previous = (True, more) if backward else (more, at is not None)
    return AffiliationPage(
        rows=tuple(shown),
        next=str(ends[-1]) if ends and has_next else "",
        previous=str(replace(ends[0], backward=True)) if ends and has_previous else "",
    )


def _shown(found: list[Any], criteria: Criteria, on: date, *, full: bool) -> list[AffiliationRow]:
    day = criteria.as_of or on
    shown = rows.of(found, on=day)
    if criteria.as_of:
        shown = past.turned_back(shown, found, day)
    if full:
        shown = rows.completed(shown, on=day)
    return past.with_terms(shown, day) if full and criteria.as_of else shown


def stream(criteria: Criteria, *, on: date, full: bool = False) -> Iterator[AffiliationRow]:
    """Every row of the list in its order, read in batches."""
    cursor = ""
    while True:
        batch = page(criteria, on=on, size=_BATCH, cursor=cursor, full=full)
        yield from batch.rows
        if not (cursor := batch.next):
            return


def count(criteria: Criteria, *, on: date) -> int:
    """How many affiliations the list holds."""
    return sum(count_by_kind(criteria, on=on).values())


def count_by_kind(criteria: Criteria, *, on: date) -> dict[str, int]:
    """How many affiliations of each kind the list holds, from the kept totals where these can tell."""
    kept = tallies.by_kind(criteria)
    if kept is not None:
        return kept
    if criteria.as_of:
        return _count_as_of(criteria, criteria.as_of)
    found, _to_affiliation = fitting(criteria, on=on)
    return dict(found.order_by().values_list("kind").annotate(Count("pk")))


def fitting(criteria: Criteria, *, on: date) -> tuple[QuerySet[Any], str]:
    """The rows of the list in no order, and what leads from one to its affiliation: nothing where it is one itself."""
    scan = _scan(criteria)
    found = _narrowed(scan, criteria, on)
    return found if criteria.as_of else found.filter(standing__in=criteria.wanted), scan.to_affiliation


def _count_as_of(criteria: Criteria, day: date) -> dict[str, int]:
    """Periods are counted as they stand, without the affiliations, where nothing but kind and standing is asked."""
    found = Period.objects.filter(past.in_effect(day), standing__in=criteria.wanted)
    if criteria.kinds:
        found = found.filter(kind__in=criteria.kinds)
    if replace(criteria, kinds=(), standings=(), sort="-since") != Criteria(as_of=day):
        scan = _scan(criteria)
        found = found.filter(affiliation__in=_narrowed(scan, criteria, day).values(scan.pk))
    return dict(found.order_by().values_list("kind").annotate(Count("pk")))


@dataclass(frozen=True)
class _Scan:
    """The table that a list walks through, and what its columns are called there."""

    rows: QuerySet[Any]
    key: str
    pk: str
    to_affiliation: str

    def groups(self, criteria: Criteria) -> list[QuerySet[Any]]:
        """The rows in parts that an index holds in order, one statement each."""
        wanted = criteria.wanted
        if criteria.jurisdictions and (criteria.as_of or set(wanted) - set(OPEN_STANDINGS)):
            # A community has so few that putting them in order costs less than a second question.
            return [self.rows if criteria.as_of else self.rows.filter(standing__in=wanted)]
        if criteria.as_of:  # what stands now says nothing about then
            every = (True, False) if self.to_affiliation else ()
            return [self.rows.filter(is_open=is_open) for is_open in every] or [self.rows]
        if self.to_affiliation == "":
            return [self.rows.filter(standing=standing) for standing in wanted]
        groups = []
        for is_open, all_of_them in ((True, OPEN_STANDINGS), (False, (Standing.ENDED,))):
            some = tuple(standing for standing in wanted if standing in all_of_them)
            if some:
                part = self.rows.filter(is_open=is_open)
                exact = is_open and set(some) == set(all_of_them)
                groups.append(part if exact else part.filter(standing__in=some))
        return groups


def _scan(criteria: Criteria) -> _Scan:
    by_name = criteria.sort.endswith("name")
    if criteria.has_place or criteria.q.strip():
        return _Scan(_sides(criteria), "partner_folded" if by_name else "since", "affiliation_id", "affiliation__")
    if by_name:
        raise ValueError("A list of every place has no name to be sorted by.")
    return _Scan(Affiliation.objects.all(), "since", "id", "")


def _sides(criteria: Criteria) -> QuerySet[Any]:
    """Each affiliation once, seen from the party that is in the place asked for."""
    sides = _placed(criteria)
    words = list(criteria.words)
    if criteria.q.strip() and not words:
        return sides.none()
    if not criteria.has_place:
        words.sort(key=len)
        rarest = with_word(words.pop())  # as far as its length can tell
        sides = _once(sides.filter(jurisdiction__in=rarest), Q(partner__in=rarest))
    for word in words:
        named = AffiliationSide.objects.filter(jurisdiction__in=with_word(word)).values("affiliation")
        sides = sides.filter(affiliation__in=named)
    return sides


def _placed(criteria: Criteria) -> QuerySet[Any]:
    sides: QuerySet[Any] = AffiliationSide.objects.all()
    countries, subdivisions = criteria.other_countries, criteria.subdivisions
    if criteria.jurisdictions:
        own, *others = criteria.jurisdictions
        sides = sides.filter(jurisdiction=own)
        for other in others:
            sides = sides.filter(partner=other)
        for code in subdivisions:
            sides = sides.filter(Q(subdivision=code) | Q(partner_subdivision=code))
        for code in countries:
            sides = sides.filter(Q(country=code) | Q(partner_country=code))
        return sides
    if countries:
        sides = sides.filter(country=countries[0])
        for code in subdivisions:
            sides = sides.filter(partner_subdivision=code)
        for code in countries[1:]:
            sides = sides.filter(partner_country=code)
        alone = len(countries) + len(subdivisions) == 1
        return _once(sides, Q(partner_country=countries[0])) if alone else sides
    if subdivisions:
        here = subdivisions[0]
        sides = sides.filter(country=here[:2], subdivision=here)
        for code in subdivisions[1:]:
            sides = sides.filter(partner_subdivision=code)
        return sides if subdivisions[1:] else _once(sides, Q(partner_subdivision=here))
    return sides


def _once(sides: QuerySet[Any], partner_too: Q) -> QuerySet[Any]:
    """Where both parties fit, the affiliation is listed from its first party only."""
    return sides.exclude(partner_too & Q(jurisdiction__gt=F("partner")))


def with_word(word: str) -> QuerySet[Any]:
    """The communities one of whose names has a word that begins so."""
    found = NameWord.objects.filter(word=word)
    if len(word) >= _PREFIX_FROM:
        found = NameWord.objects.filter(word__gte=word[:60], word__lt=word[:60] + _END)
    return found.values("jurisdiction")


def _narrowed(scan: _Scan, criteria: Criteria, on: date) -> QuerySet[Any]:
    """The scan with everything but the standing."""
    found, to = scan.rows, scan.to_affiliation
    if criteria.as_of:
        found = found.filter(
            past.was(criteria.as_of, scan.pk, kinds=criteria.kinds, standings=criteria.wanted),
            since__lte=past.began_by(criteria.as_of),
        )
    elif criteria.kinds:
        found = found.filter(kind__in=criteria.kinds)
    if criteria.since_after:
        found = found.filter(since__gte=str(criteria.since_after))
    if criteria.since_before:
        found = found.filter(since__gt="", since__lt=str(criteria.since_before) + _END)
    if criteria.themes:
        themed = AffiliationTheme.objects.filter(theme__in=criteria.themes).values("affiliation")
        found = found.filter(**{f"{scan.pk}__in": themed})
    if criteria.programs:
        found = found.filter(**{f"{scan.pk}__in": taking_part.affiliations(criteria.programs)})
    if criteria.recognised is not None:
        holds = past.recognised(criteria.as_of, to, scan.pk) if criteria.as_of else _recognised_now(to, on)
        found = found.filter(holds) if criteria.recognised else found.exclude(holds)
    return found


def _recognised_now(to: str, on: date) -> Q:
    """By the interval that the services keep."""
    until = Q(**{f"{to}recognised_until__isnull": True}) | Q(**{f"{to}recognised_until__gte": on})
    return Q(**{f"{to}recognised_from__lte": on}) & until


def _fetch(criteria: Criteria, on: date, size: int, at: Cursor | None) -> list[Any]:
    scan = _scan(criteria)
    descending = criteria.sort.startswith("-") != bool(at and at.backward)
    groups = []
    for part in replace(scan, rows=_narrowed(scan, criteria, on)).groups(criteria):
        if at is not None:
            part = keyset.beyond(part, scan.key, scan.pk, at, descending=descending)
        # The few keys first, so that everything joined to them is looked up for these alone.
        keys = keyset.ordered(part, scan.key, scan.pk, descending=descending).values("pk")[:size]
        listed = _with_parties(scan).filter(pk__in=keys)
        if criteria.as_of:
            listed = past.annotated(listed, criteria.as_of, scan.to_affiliation, scan.pk)
        groups.append(list(listed))
    return keyset.merged(groups, scan.key, scan.pk, descending=descending, size=size)


def _with_parties(scan: _Scan) -> QuerySet[Any]:
    if scan.to_affiliation:
        return AffiliationSide.objects.select_related("affiliation", "jurisdiction", "partner")
    return Affiliation.objects.order_by().select_related("first", "second")


def _key(row: Any, key: str) -> str:
    return str(getattr(row, key) or "")


def _pk(row: Any) -> int:
    return row.affiliation_id if isinstance(row, AffiliationSide) else row.pk
