"""Lists of registered agreements, in the order of registration; annulled ones stay in them.

page(criteria, *, size=50, cursor="") -> AgreementPage    # rows, next, previous; raises BadCursor
count(criteria) -> int                                    # exact
one(number) -> ListedAgreement | None
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from partnerships.models import Agreement, AgreementAffiliation
from partnerships.rules.dates import PartialDate
from partnerships.selectors import dossiers, keyset, rows
from partnerships.selectors.dossiers import AgreementRow
from partnerships.selectors.keyset import Cursor
from partnerships.selectors.rows import PartyRow

SORTS = ("-registered", "registered")
MOST_ROWS = 500
_END = "~"


@dataclass(frozen=True)
class AgreementCriteria:
    """Several countries or communities: all of them are parties of one affiliation. Several acts or kinds: any.
    ``signed_after`` and ``signed_before`` are included."""

    affiliation: str = ""
    jurisdictions: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    annulled: bool | None = None
    signed_after: PartialDate | None = None
    signed_before: PartialDate | None = None
    sort: str = "-registered"


@dataclass(frozen=True)
class ListedAgreement:
    """``affiliations``: the numbers of those that it is about."""

    row: AgreementRow
    affiliations: tuple[str, ...]
    parties: tuple[PartyRow, ...]


@dataclass(frozen=True)
class AgreementPage:
    """``next`` and ``previous`` are cursors, empty where there is nothing further."""

    rows: tuple[ListedAgreement, ...]
    next: str
    previous: str


def page(criteria: AgreementCriteria, *, size: int = 50, cursor: str = "") -> AgreementPage:
    size = max(1, min(size, MOST_ROWS))
    at = Cursor.parse(cursor, sort=criteria.sort) if cursor else None
    backward = at is not None and at.backward
    descending = criteria.sort.startswith("-") != backward
    listed = _listed(criteria).select_related("filing")
    if at is not None:
        listed = keyset.beyond(listed, "year", "serial", at, descending=descending)
    found = list(keyset.ordered(listed, "year", "serial", descending=descending)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    ends = [Cursor(criteria.sort, str(one.year), one.serial) for one in found[:1] + found[-1:]]
    has_next, has_previous = (True, more) if backward else (more, at is not None)
    return AgreementPage(
        rows=_rows(found),
        next=str(ends[-1]) if ends and has_next else "",
        previous=str(replace(ends[0], backward=True)) if ends and has_previous else "",
    )


def count(criteria: AgreementCriteria) -> int:
    return _listed(criteria).count()


def one(number: str) -> ListedAgreement | None:
    found = list(Agreement.objects.select_related("filing").filter(number=number))
    return _rows(found)[0] if found else None


def numbered(numbers: Iterable[str]) -> dict[str, ListedAgreement]:
    """These agreements by their numbers, in as many statements as a page takes."""
    found = Agreement.objects.select_related("filing").filter(number__in=set(numbers))
    return {one.row.number: one for one in _rows(list(found))}


def _listed(criteria: AgreementCriteria) -> QuerySet[Agreement]:
    found: QuerySet[Agreement] = Agreement.objects.all()
    if criteria.acts:
        found = found.filter(act__in=criteria.acts)
    if criteria.kinds:
        found = found.filter(kind__in=criteria.kinds)
    if criteria.annulled is not None:
        found = found.filter(annulled_on__isnull=not criteria.annulled)
    if criteria.signed_after:
        found = found.filter(signed_on__gte=str(criteria.signed_after))
    if criteria.signed_before:
        found = found.filter(signed_on__gt="", signed_on__lt=str(criteria.signed_before) + _END)
    if criteria.affiliation or criteria.jurisdictions or criteria.countries:
        found = found.filter(pk__in=_about(criteria).values("agreement"))
    return found


def _about(criteria: AgreementCriteria) -> QuerySet[AgreementAffiliation]:
    links: QuerySet[AgreementAffiliation] = AgreementAffiliation.objects.all()
    if criteria.affiliation:
        links = links.filter(affiliation__number=criteria.affiliation)
    for pk in criteria.jurisdictions:
        links = links.filter(affiliation__sides__jurisdiction=pk)
    for code in criteria.countries:
        links = links.filter(affiliation__sides__country=code)
    return links


def _rows(found: Sequence[Agreement]) -> tuple[ListedAgreement, ...]:
    """The agreements with everything that is shown of them, in two statements."""
    links = (
        AgreementAffiliation.objects.filter(agreement__in=found)
        .select_related("affiliation__first", "affiliation__second")
        .order_by("affiliation__serial")
    )
    numbers: dict[int, list[str]] = defaultdict(list)
    parties: dict[int, dict[int, PartyRow]] = defaultdict(dict)
    for link in links:
        numbers[link.agreement_id].append(link.affiliation.number)
        for party in (link.affiliation.first, link.affiliation.second):
            parties[link.agreement_id].setdefault(party.pk, rows.party(party))
    everybody = {pk: party for known in parties.values() for pk, party in known.items()}
    return tuple(
        ListedAgreement(row, tuple(numbers[row.id]), tuple(parties[row.id].values()))
        for row in dossiers.agreement_rows(found, everybody.values())
    )
