"""Filings in the plain shapes that the rules, the form, the queue and the review page read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from partnerships.choices import FilingState, Role
from partnerships.models import (
    Affiliation,
    ComplianceRule,
    Document,
    Filing,
    FilingParty,
    Jurisdiction,
    Signatory,
    User,
)
from partnerships.rules import findings
from partnerships.selectors import affiliations as affiliation_selector

#: A list of namesakes longer than this for one filing tells nobody anything.
MOST_SIMILAR = 20


def registrars() -> QuerySet[User]:
    """The people who are told that a filing waits."""
    return User.objects.filter(is_active=True, is_staff=True, groups__name=Role.REGISTRAR).order_by("pk")


def facts(filing: Filing, on: date) -> findings.FilingFacts:
    """Everything that the recognition rules look at, gathered in a bounded number of statements."""
    return facts_of([filing], on)[filing.pk]


def facts_of(filings: Sequence[Filing], on: date) -> dict[int, findings.FilingFacts]:
    """The facts of several filings by their keys, in as many statements as those of one."""
    ids = [filing.pk for filing in filings]
    parties = _party_rows(ids)
    everybody = {party.pk: party for rows in parties.values() for party in rows}
    members = _members(everybody, on)
    signatories, documents = _signatories(ids), _documents(ids)
    affiliations, similar = _open_affiliations(everybody), _similar(everybody.values())
    rules = _rules({party.subdivision for party in everybody.values()} - {""})
    return {
        filing.pk: findings.FilingFacts(
            act=filing.act,
            kind=filing.kind,
            parties=tuple(_party(party, members) for party in parties[filing.pk]),
            signatories=tuple(signatories[filing.pk]),
            documents=tuple(documents[filing.pk]),
            pairs=_pairs(parties[filing.pk], affiliations),
            similar=_similar_to(parties[filing.pk], similar),
            compliance_rules=rules,
            signed_on=filing.signed_on,
            effective_on=filing.effective_on,
            term_end=filing.term_end,
            perpetual=filing.perpetual,
            languages=tuple(filing.languages),
            shelfmark=filing.shelfmark,
            historical=filing.historical,
            home_country=settings.REGISTRY_HOME_COUNTRY,
            registry_language=settings.LANGUAGE_CODE.partition("-")[0],
        )
        for filing in filings
    }


def _party_rows(filing_ids: Collection[int]) -> dict[int, list[Jurisdiction]]:
    found: dict[int, list[Jurisdiction]] = defaultdict(list)
    for row in FilingParty.objects.filter(filing__in=filing_ids).select_related("jurisdiction").order_by("position"):
        found[row.filing_id].append(row.jurisdiction)
    return found


def _members(parties: Iterable[int], on: date) -> frozenset[int]:
    """Which of these communities are members in good standing."""
    terms = affiliation_selector.membership_terms(parties)
    return frozenset(pk for pk, found in terms.items() if affiliation_selector.in_good_standing(found, on))


def _party(party: Jurisdiction, members: frozenset[int]) -> findings.PartyFacts:
    return findings.PartyFacts(
        id=party.pk,
        name=party.name,
        country=party.country.code,
        subdivision=party.subdivision,
        kind=party.kind,
        good_standing=party.pk in members,
        provisional=party.provisional,
        parent_id=party.parent_id,
    )


def _signatories(filing_ids: Collection[int]) -> dict[int, list[findings.SignatoryFacts]]:
    found: dict[int, list[findings.SignatoryFacts]] = defaultdict(list)
    for row in Signatory.objects.filter(filing__in=filing_ids):
        found[row.filing_id].append(findings.SignatoryFacts(row.jurisdiction_id, row.name, row.capacity, row.signed_on))
    return found


def _documents(filing_ids: Collection[int]) -> dict[int, list[findings.DocumentFacts]]:
    own = list(Document.objects.filter(filing__in=filing_ids))
    holders: dict[str, dict[int, str]] = defaultdict(dict)
    others = (
        Document.objects.filter(sha256__in={document.sha256 for document in own})
        .exclude(filing__state__in=(FilingState.DRAFT, FilingState.WITHDRAWN))
        .select_related("filing__agreement")
    )
    for document in others[: 50 + len(own)]:
        agreement = document.filing.agreement
        holders[document.sha256][document.filing_id] = agreement.number if agreement else _("another filing")
    found: dict[int, list[findings.DocumentFacts]] = defaultdict(list)
    for document in own:
        elsewhere = tuple(name for pk, name in holders[document.sha256].items() if pk != document.filing_id)
        found[document.filing_id].append(
            findings.DocumentFacts(document.role, document.language, document.sha256, elsewhere)
        )
    return found


def _open_affiliations(parties: Collection[int]) -> dict[tuple[int, int], Affiliation]:
    found = Affiliation.objects.open().filter(first_id__in=parties, second_id__in=parties)
    return {affiliation.party_ids: affiliation for affiliation in found}


def _pairs(
    parties: list[Jurisdiction], affiliations: Mapping[tuple[int, int], Affiliation]
) -> tuple[findings.PairFacts, ...]:
    rows = []
    for low, high in combinations(sorted(party.pk for party in parties), 2):
        known = affiliations.get((low, high))
        rows.append(
            findings.PairFacts(
                first_id=low,
                second_id=high,
                number=known.number if known else None,
                kind=known.kind if known else None,
                standing=known.standing if known else None,
                has_term=bool(known and known.term_end),
            )
        )
    return tuple(rows)


def _rules(subdivisions: Collection[str]) -> tuple[findings.ComplianceFacts, ...]:
    return tuple(
        findings.ComplianceFacts(
            rule.subdivision, frozenset(rule.countries), rule.from_date, rule.to_date, rule.citation, rule.summary
        )
        for rule in ComplianceRule.objects.filter(subdivision__in=subdivisions)
    )


def _similar(parties: Collection[Jurisdiction]) -> list[Jurisdiction]:
    """Communities on record that one of these may be taken for: a namesake in its country, its part or its whole."""
    if not parties:
        return []
    alike = (
        Q(folded__in={party.folded for party in parties}, country__in={party.country.code for party in parties})
        | Q(parent_id__in=[party.pk for party in parties])
        | Q(pk__in=[party.parent_id for party in parties if party.parent_id])
    )
    found = Jurisdiction.objects.filter(alike, successor__isnull=True, provisional=False)
    return list(found.order_by("-open_count", "pk")[: MOST_SIMILAR * len(parties)])


def _similar_to(parties: list[Jurisdiction], known: Iterable[Jurisdiction]) -> tuple[findings.SimilarFacts, ...]:
    own = {party.pk for party in parties}
    by_folded = {(party.folded, party.country.code): party.pk for party in parties}
    by_child = {party.parent_id: party.pk for party in parties if party.parent_id}
    rows: list[findings.SimilarFacts] = []
    for other in known:
        key = (other.folded, other.country.code)
        if other.pk in own or not (key in by_folded or other.pk in by_child or other.parent_id in own):
            continue
        meant = by_folded.get(key) or by_child.get(other.pk) or other.parent_id
        why = "namesake" if key in by_folded else "another level"
        place = ", ".join(filter(None, (other.name, other.subdivision_name, other.country.code)))
        rows.append(findings.SimilarFacts(party_id=meant or 0, number=str(other.pk), other_name=place, why=why))
    return tuple(rows[:MOST_SIMILAR])
