"""What is known of one affiliation, in the plain shapes that the rules read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings

from partnerships.choices import EvidenceGrade
from partnerships.models import Affiliation, MembershipTerm
from partnerships.rules import history, recognition
from partnerships.rules.dates import PartialDate


def acts(affiliation: Affiliation) -> list[history.Act]:
    """Every act on record that was not annulled, agreements and staff decisions alike."""
    found = [
        history.Act(
            act=agreement.act,
            kind=agreement.kind,
            on=agreement.effective_on or agreement.signed_on,
            term_end=agreement.term_end,
            perpetual=agreement.perpetual,
            order=agreement.pk * 2,
        )
        for agreement in affiliation.agreements.filter(annulled_on__isnull=True).order_by("pk")
    ]
    last = max((act.order for act in found), default=0)
    found += [
        history.Act(
            act=decision.act, kind=affiliation.kind, on=decision.on, term_end=None, perpetual=False, order=last + place
        )
        for place, decision in enumerate(affiliation.staff_decisions.order_by("pk"), start=1)
    ]
    return found


def membership_terms(jurisdiction_ids: Iterable[int]) -> dict[int, tuple[tuple[date, date], ...]]:
    """The terms of membership of each of these communities, in order."""
    terms: dict[int, list[tuple[date, date]]] = {pk: [] for pk in jurisdiction_ids}
    for term in MembershipTerm.objects.filter(jurisdiction_id__in=terms).order_by("from_date"):
        terms[term.jurisdiction_id].append((term.from_date, term.paid_through))
    return {pk: tuple(found) for pk, found in terms.items()}


def recognition_facts(affiliation: Affiliation) -> recognition.RecognitionFacts:
    """Everything that recognition depends on, for any day."""
    home = settings.REGISTRY_HOME_COUNTRY
    home_ids = [party.pk for party in (affiliation.first, affiliation.second) if party.country.code == home]
    return recognition.RecognitionFacts(
        spans=tuple(
            history.Span(period.kind, period.standing, period.from_date, period.to_date)
            for period in affiliation.periods.all()
        ),
        has_registered_agreement=affiliation.agreements.filter(annulled_on__isnull=True)
        .exclude(evidence=EvidenceGrade.IMPORTED)
        .exists(),
        home_terms=tuple(membership_terms(home_ids).values()),
        exclusions=tuple(
            (exclusion.from_date, exclusion.to_date, exclusion.reason) for exclusion in affiliation.exclusions.all()
        ),
        grace_days=settings.REGISTRY_GRACE_DAYS,
        needs_membership=bool(home),
    )


def state_in_words(affiliation: Affiliation) -> dict[str, object]:
    """The affiliation as the register publishes it."""

    def text(value: PartialDate | date | None) -> str | None:
        return str(value) if value else None

    return {
        "number": affiliation.number,
        "kind": affiliation.kind,
        "standing": affiliation.standing,
        "since": text(affiliation.since),
        "ended": text(affiliation.ended),
        "term_end": text(affiliation.term_end),
        "perpetual": affiliation.perpetual,
    }


def in_good_standing(terms: Iterable[tuple[date, date]], on: date) -> bool:
    """Whether one of these terms, with the days of grace, covers the day."""
    grace = timedelta(days=settings.REGISTRY_GRACE_DAYS)
    return any(start <= on <= end + grace for start, end in terms)
