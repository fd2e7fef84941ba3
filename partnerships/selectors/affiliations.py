"""What is known of one affiliation, in the plain shapes that the rules read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.conf import settings

from partnerships.choices import EvidenceGrade
from partnerships.models import Affiliation, Agreement, MembershipTerm
from partnerships.rules import claims, history, joining
from partnerships.rules.dates import PartialDate
from partnerships.rules.recognition import RecognitionFacts
from partnerships.rules.territories import is_home

#: Terms of membership: the first and the last day of each, in order.
Terms = tuple[tuple[date, date], ...]


def acts(affiliation: Affiliation) -> list[history.Act]:
    """Every act on record that was not annulled, agreements and staff decisions alike, as staff settled them where
    sources disagreed.

    Asks the database only for what was not fetched ahead, so that many affiliations cost as many statements as one;
    the few into which others were merged ask for those. One that was merged itself has no acts any more.
    """
    if affiliation.successor_id is not None:
        return []
    found = _settled_acts(affiliation)
    for other in merged_into(affiliation):
        found = joining.joined(found, _settled_acts(other))
    return found


def merged_into(affiliation: Affiliation) -> list[Affiliation]:
    """The affiliations that were merged into this one."""
    return list(affiliation.predecessors.order_by("serial")) if affiliation.joined else []


def _settled_acts(affiliation: Affiliation) -> list[history.Act]:
    settled = [
        claims.Settled(conflict.fact, conflict.settled_as, conflict.settled_end)
        for conflict in affiliation.conflicts.all()
        if conflict.settled_as
    ]
    return claims.with_settlements(_own_acts(affiliation), settled)


def _own_acts(affiliation: Affiliation) -> list[history.Act]:
    found = [
        history.Act(
            act=agreement.act,
            kind=agreement.kind,
            on=agreement.effective_on or agreement.signed_on,
            term_end=agreement.term_end,
            perpetual=agreement.perpetual,
            order=agreement.pk * 2,
            imported=agreement.evidence == EvidenceGrade.IMPORTED,
        )
        for agreement in _valid(affiliation)
    ]
    last = max((act.order for act in found), default=0)
    decisions = sorted(affiliation.staff_decisions.all(), key=lambda decision: decision.pk)
    found += [
        history.Act(
            act=decision.act, kind=affiliation.kind, on=decision.on, term_end=None, perpetual=False, order=last + place
        )
        for place, decision in enumerate(decisions, start=1)
    ]
    return found


def _valid(affiliation: Affiliation) -> list[Agreement]:
    """The agreements that were not annulled, in the order of registration."""
    kept = [agreement for agreement in affiliation.agreements.all() if agreement.annulled_on is None]
    return sorted(kept, key=lambda agreement: agreement.pk)


def stands_on_papers(affiliation: Affiliation) -> bool:
    """Whether some agreement of it does not come from an import alone."""
    return any(agreement.evidence != EvidenceGrade.IMPORTED for agreement in _valid(affiliation))


def rival(affiliation: Affiliation) -> joining.Rival:
    """What decides which of two open affiliations of one pair stays."""
    papers = any(map(stands_on_papers, (affiliation, *merged_into(affiliation))))
    return joining.Rival(papers, affiliation.standing, affiliation.since, affiliation.serial)


def membership_terms(jurisdiction_ids: Iterable[int]) -> dict[int, Terms]:
    """The terms of membership of each of these communities, in order."""
    terms: dict[int, list[tuple[date, date]]] = {pk: [] for pk in jurisdiction_ids}
    for term in MembershipTerm.objects.filter(jurisdiction_id__in=terms).order_by("from_date"):
        terms[term.jurisdiction_id].append((term.from_date, term.paid_through))
    return {pk: tuple(found) for pk, found in terms.items()}


def recognition_facts(affiliation: Affiliation, terms: Mapping[int, Terms] | None = None) -> RecognitionFacts:
    """Everything that recognition depends on, for any day; ``terms``: those of the home parties, if known already."""
    home = settings.REGISTRY_HOME_COUNTRY
    home_ids = [party.pk for party in (affiliation.first, affiliation.second) if is_home(party.country.code, home)]
    known = membership_terms(home_ids) if terms is None else terms
    return RecognitionFacts(
        spans=tuple(
            history.Span(period.kind, period.standing, period.from_date, period.to_date)
            for period in affiliation.periods.all()
        ),
        has_registered_agreement=any(map(stands_on_papers, (affiliation, *merged_into(affiliation)))),
        home_terms=tuple(known[pk] for pk in home_ids),
        exclusions=tuple(
            (exclusion.from_date, exclusion.to_date, exclusion.reason) for exclusion in affiliation.exclusions.all()
        ),
        grace_days=settings.REGISTRY_GRACE_DAYS,
        needs_membership=bool(home),
    )


def state_in_words(affiliation: Affiliation) -> dict[str, object]:
    """The affiliation as the register publishes it."""
    return {"number": affiliation.number, **terms_in_words(affiliation)}


def terms_in_words(affiliation: Affiliation | history.History) -> dict[str, object]:
    """What the register says of it besides its number."""

    def text(value: PartialDate | date | None) -> str | None:
        return str(value) if value else None

    return {
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
