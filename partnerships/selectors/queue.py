"""The review queue: what waits, how long, with whom, and what the rules say of it at a glance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from partnerships.choices import FilingState, NoticeState, RequestState, Severity
from partnerships.models import AccessRequest, Filing, FilingParty, Jurisdiction, Notice, User, Waiver
from partnerships.rules import findings
from partnerships.selectors import duplicates
from partnerships.selectors import filings as selector

#: What waits for the registry.
OPEN = (FilingState.SUBMITTED, FilingState.IN_REVIEW)


@dataclass(frozen=True)
class Summary:
    """How many filings wait, and what else staff have to look at."""

    submitted: int
    in_review: int
    mine: int
    waiting_long: int
    wait_days: int
    returned: int
    access_requests: int
    notices_in_trouble: int


@dataclass(frozen=True)
class Glance:
    """How many findings of each severity; those that were waived are counted apart."""

    blocking: int = 0
    waivable: int = 0
    waived: int = 0
    advice: int = 0

    @property
    def clear(self) -> bool:
        return not self.blocking and not self.waivable


@dataclass(frozen=True)
class Row:
    """What the queue shows of a filing beside its own columns."""

    parties: tuple[Jurisdiction, ...]
    glance: Glance
    days: int | None

    @property
    def late(self) -> bool:
        return self.days is not None and self.days > settings.REGISTRY_WAIT_DAYS


def summary(user: User, now: datetime) -> Summary:
    """Three statements, whatever waits."""
    counts = Filing.objects.aggregate(
        submitted=Count("pk", filter=Q(state=FilingState.SUBMITTED)),
        in_review=Count("pk", filter=Q(state=FilingState.IN_REVIEW)),
        mine=Count("pk", filter=Q(state=FilingState.IN_REVIEW, taken_by=user)),
        waiting_long=Count(
            "pk", filter=Q(state__in=OPEN, submitted_at__lt=_days_ago(now, settings.REGISTRY_WAIT_DAYS))
        ),
        returned=Count("pk", filter=Q(state=FilingState.RETURNED)),
    )
    trouble = Notice.objects.filter(state__in=(NoticeState.OWED, NoticeState.SENDING)).exclude(last_error="")
    return Summary(
        **counts,
        wait_days=settings.REGISTRY_WAIT_DAYS,
        access_requests=AccessRequest.objects.filter(state=RequestState.WAITING).count(),
        notices_in_trouble=trouble.count(),
    )


def _days_ago(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def waiting_longer(filings: QuerySet[Filing], days: int, now: datetime) -> QuerySet[Filing]:
    """Those that were handed in more than so many days ago and are not decided."""
    return filings.filter(state__in=OPEN, submitted_at__lt=_days_ago(now, days))


def with_party_in(filings: QuerySet[Filing], country: str) -> QuerySet[Filing]:
    return filings.filter(Exists(FilingParty.objects.filter(filing=OuterRef("pk"), jurisdiction__country=country)))


def countries(filings: QuerySet[Filing]) -> list[str]:
    """The countries of the parties of these filings."""
    rows = FilingParty.objects.filter(filing__in=filings.order_by().values("pk"))
    return [str(code) for code in rows.order_by().values_list("jurisdiction__country", flat=True).distinct()]


def search(filings: QuerySet[Filing], text: str) -> QuerySet[Filing]:
    """By number, by an e-mail address, by shelfmark or title, or by the name of a party in any script."""
    text = text.strip()
    if not text:
        return filings
    found = Q(agreement__number__iexact=text) | Q(shelfmark__icontains=text) | Q(title__icontains=text)
    found |= Q(submitted_by__email__icontains=text) | Q(started_by__email__icontains=text)
    found |= Q(submitted_by__name__icontains=text)
    if text.isdecimal() and len(text) < 18:
        found |= Q(pk=int(text))
    parties = Jurisdiction.objects.filter(duplicates.named(text)).values("pk")
    party = Q(Exists(FilingParty.objects.filter(filing=OuterRef("pk"), jurisdiction__in=parties)))
    return filings.filter(found | party)


def rows(filings: Sequence[Filing], now: datetime, on: date) -> dict[int, Row]:
    """What the queue shows of each of these filings, in as many statements for a hundred as for one."""
    parties = _parties(filings)
    glances = _glances([filing for filing in filings if filing.state in (*OPEN, FilingState.RETURNED)], on)
    return {
        filing.pk: Row(
            parties=tuple(parties[filing.pk]),
            glance=glances.get(filing.pk, Glance()),
            days=(now - filing.submitted_at).days if filing.submitted_at and filing.state in OPEN else None,
        )
        for filing in filings
    }


def _parties(filings: Iterable[Filing]) -> dict[int, list[Jurisdiction]]:
    found: dict[int, list[Jurisdiction]] = defaultdict(list)
    for row in FilingParty.objects.filter(filing__in=[filing.pk for filing in filings]).select_related("jurisdiction"):
        found[row.filing_id].append(row.jurisdiction)
    return found


def _glances(filings: Sequence[Filing], on: date) -> dict[int, Glance]:
    if not filings:
        return {}
    waived: dict[int, set[str]] = defaultdict(set)
    for pk, code in Waiver.objects.filter(filing__in=[filing.pk for filing in filings]).values_list("filing", "code"):
        waived[pk].add(code)
    facts = selector.facts_of(filings, on)
    return {pk: glance(findings.check(found, today=on), waived[pk]) for pk, found in facts.items()}


def glance(found: Iterable[findings.Finding], waived: set[str]) -> Glance:
    counts: dict[str, int] = defaultdict(int)
    for finding in found:
        set_aside = finding.severity == Severity.WAIVABLE and finding.code in waived
        counts["waived" if set_aside else str(finding.severity)] += 1
    return Glance(**counts)
