"""What an affiliation was on a day of the past, by its periods, terms of membership and exclusions.

Conditions that lists narrow themselves by (``was``), and rows turned back to what they were (``annotated`` in the
statement that reads them, ``turned_back`` afterwards). The rule is ``rules.recognition``; here it is said in SQL, and
the tests compare the two. A period whose beginning nobody knows reaches back to any day, as it does in the rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from partnerships.choices import Act, AffiliationKind, EvidenceGrade, Standing
from partnerships.models import Agreement, AgreementAffiliation, Exclusion, MembershipTerm, Period
from partnerships.rules import territories
from partnerships.rules.dates import PartialDate
from partnerships.selectors.rows import AffiliationRow, Recognised, light


def in_effect(day: date, to: str = "") -> Q:
    """Of periods, to which ``to`` leads: that the day lies within."""
    begun = Q(**{f"{to}from_date__isnull": True}) | Q(**{f"{to}from_date__lte": day})
    return begun & (Q(**{f"{to}to_date__isnull": True}) | Q(**{f"{to}to_date__gt": day}))


def began_by(day: date) -> str:
    """The bound on ``since``: as text, partial dates sort like the first days that they may mean."""
    return day.isoformat()


def was(day: date, affiliation: str, *, kinds: Sequence[str] = (), standings: Sequence[str] = ()) -> Exists:
    """That the affiliation, whose id is in this column, had one of these kinds and standings on the day."""
    found = Period.objects.filter(in_effect(day), affiliation=OuterRef(affiliation))
    if kinds:
        found = found.filter(kind__in=kinds)
    if standings:
        found = found.filter(standing__in=standings)
    return Exists(found)


def recognised(day: date, to: str, pk: str, *, few: bool = False) -> Q:
    """That it was recognised on the day. ``to`` leads from a side to its affiliation and is empty for affiliations,
    ``pk`` names its id. Asked of a ``few`` rows, their parties are looked up one by one; else all members of the day
    are read first. Sides name both parties themselves, so that a list of them is walked in order without a join."""
    agreed = AgreementAffiliation.objects.filter(affiliation=OuterRef(pk), agreement__annulled_on__isnull=True)
    agreed = agreed.exclude(agreement__evidence=EvidenceGrade.IMPORTED)
    excluded = Exclusion.objects.filter(Q(to_date__isnull=True) | Q(to_date__gte=day), from_date__lte=day)
    holds = Q(was(day, pk, standings=(Standing.IN_FORCE,)), Exists(agreed))
    holds &= ~Q(Exists(excluded.filter(affiliation=OuterRef(pk))))
    if settings.REGISTRY_HOME_COUNTRY:
        members, parties = in_good_standing(day), ("jurisdiction", "partner") if to else ("first", "second")
        if few:
            one, other = (Q(Exists(members.filter(jurisdiction=OuterRef(f"{party}_id")))) for party in parties)
        else:
            one, other = (Q(**{f"{party}__in": members.values("jurisdiction")}) for party in parties)
        holds &= one | other
    return holds


def in_good_standing(day: date) -> QuerySet[MembershipTerm]:
    """The terms of home communities that cover the day, with the days of grace after each."""
    grace = timedelta(days=min(settings.REGISTRY_GRACE_DAYS, (day - date.min).days))
    at_home = territories.home_codes(settings.REGISTRY_HOME_COUNTRY)
    return MembershipTerm.objects.filter(
        from_date__lte=day, paid_through__gte=day - grace, jurisdiction__country__in=at_home
    )


def annotated(found: QuerySet[Any], day: date, to: str, pk: str) -> QuerySet[Any]:
    """The rows with kind, standing and recognition of the day, read in the same statement."""
    period = Period.objects.filter(in_effect(day), affiliation=OuterRef(pk)).order_by()
    nothing = Value("")
    return found.annotate(
        kind_then=Coalesce(period.values("kind")[:1], nothing),
        standing_then=Coalesce(period.values("standing")[:1], nothing),
        recognised_then=recognised(day, to, pk, few=True),
    )


def turned_back(shown: Sequence[AffiliationRow], found: Iterable[Any], day: date) -> list[AffiliationRow]:
    """The rows as they were. Names, places, reasons and themes carry no dates: they stay as they are now."""
    return [_turned_back(row, source, day) for row, source in zip(shown, found, strict=True)]


def _turned_back(row: AffiliationRow, source: Any, day: date) -> AffiliationRow:
    standing, holds = source.standing_then, source.recognised_then
    if holds:
        answer = Recognised(True, None, "recognised")
    else:
        answer = Recognised(False, None, "" if standing == Standing.IN_FORCE else "not-in-force")
    confirmed = row.last_confirmed_on
    if confirmed is not None and confirmed > day:
        confirmed = None
    return replace(
        row,
        kind=source.kind_then,
        standing=standing,
        ended=row.ended if standing == Standing.ENDED else None,
        recognised=answer,
        charter=row.charter if source.kind_then == AffiliationKind.SISTER else "",
        last_confirmed_on=confirmed,
        # Somebody confirmed it later; when they did so before that, nothing kept here tells.
        light="" if confirmed != row.last_confirmed_on else light(confirmed, day),
    )


def with_terms(full: Sequence[AffiliationRow], day: date) -> list[AffiliationRow]:
    """Full rows with the agreements of that time alone, and with the term that these had set. One statement."""
    acts: dict[int, list[Agreement]] = defaultdict(list)
    links = AgreementAffiliation.objects.filter(affiliation__in=[row.id for row in full])
    for link in links.filter(agreement__annulled_on__isnull=True).select_related("agreement"):
        if _known_by(_acted(link.agreement), day):
            acts[link.affiliation_id].append(link.agreement)
    made = []
    for row in full:
        term_end, perpetual = _term(acts[row.id])
        known = tuple(one for one in row.agreements if _known_by(one.signed_on, day))
        made.append(replace(row, agreements=known, term_end=term_end, perpetual=perpetual))
    return made


def _acted(agreement: Agreement) -> PartialDate | None:
    return agreement.effective_on or agreement.signed_on


def _known_by(when: PartialDate | None, day: date) -> bool:
    return when is None or when.earliest <= day


def _term(acts: Sequence[Agreement]) -> tuple[date | None, bool]:
    """The term after these acts, as ``rules.history`` has it: a renewal always sets one, other acts where they say."""
    term: tuple[date | None, bool] = (None, False)
    for act in sorted(acts, key=lambda act: (str(_acted(act) or ""), act.pk)):
        if act.act == Act.RENEW or act.term_end is not None or act.perpetual:
            term = (act.term_end, act.perpetual)
    return term
