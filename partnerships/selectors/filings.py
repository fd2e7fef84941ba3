"""Filings in the plain shapes that the rules, the form and the review page read."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations

from django.conf import settings
from django.db.models import Q, QuerySet

from partnerships.choices import FilingState, Role
from partnerships.models import Affiliation, ComplianceRule, Document, Filing, Jurisdiction, User
from partnerships.rules import findings
from partnerships.selectors import affiliations as affiliation_selector


def registrars() -> QuerySet[User]:
    """The people who are told that a filing waits."""
    return User.objects.filter(is_active=True, is_staff=True, groups__name=Role.REGISTRAR).order_by("pk")


def facts(filing: Filing, on: date) -> findings.FilingFacts:
    """Everything that the recognition rules look at, gathered in a bounded number of statements."""
    parties = [row.jurisdiction for row in filing.party_rows.select_related("jurisdiction")]
    rules = ComplianceRule.objects.filter(subdivision__in={party.subdivision for party in parties} - {""})
    return findings.FilingFacts(
        act=filing.act,
        kind=filing.kind,
        parties=_parties(parties, on),
        signatories=tuple(
            findings.SignatoryFacts(row.jurisdiction_id, row.name, row.capacity, row.signed_on)
            for row in filing.signatories.all()
        ),
        documents=_documents(filing),
        pairs=_pairs(parties),
        similar=_similar(parties),
        compliance_rules=tuple(
            findings.ComplianceFacts(
                rule.subdivision, frozenset(rule.countries), rule.from_date, rule.to_date, rule.citation, rule.summary
            )
            for rule in rules
        ),
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


def _parties(parties: list[Jurisdiction], on: date) -> tuple[findings.PartyFacts, ...]:
    terms = affiliation_selector.membership_terms([party.pk for party in parties])
    return tuple(
        findings.PartyFacts(
            id=party.pk,
            name=party.name,
            country=party.country.code,
            subdivision=party.subdivision,
            kind=party.kind,
            good_standing=affiliation_selector.in_good_standing(terms[party.pk], on),
            provisional=party.provisional,
            parent_id=party.parent_id,
        )
        for party in parties
    )


def _documents(filing: Filing) -> tuple[findings.DocumentFacts, ...]:
    own = list(filing.documents.all())
    elsewhere: dict[str, list[str]] = defaultdict(list)
    others = (
        Document.objects.filter(sha256__in={document.sha256 for document in own})
        .exclude(filing=filing)
        .exclude(filing__state__in=(FilingState.DRAFT, FilingState.WITHDRAWN))
        .select_related("filing__agreement")
    )
    for document in others[:50]:
        agreement = document.filing.agreement
        elsewhere[document.sha256].append(agreement.number if agreement else str(document.filing))
    return tuple(
        findings.DocumentFacts(document.role, document.language, document.sha256, tuple(elsewhere[document.sha256]))
        for document in own
    )


def _pairs(parties: list[Jurisdiction]) -> tuple[findings.PairFacts, ...]:
    wanted = [tuple(sorted(pair)) for pair in combinations((party.pk for party in parties), 2)]
    ids = [party.pk for party in parties]
    found = {
        affiliation.party_ids: affiliation
        for affiliation in Affiliation.objects.open().filter(first_id__in=ids, second_id__in=ids)
    }
    rows = []
    for low, high in wanted:
        known = found.get((low, high))
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


def _similar(parties: list[Jurisdiction]) -> tuple[findings.SimilarFacts, ...]:
    """Communities on record that may be meant: same folded name and country, or a part or whole of a party."""
    if not parties:
        return ()
    names = Q()
    for party in parties:
        names |= Q(folded=party.folded, country=party.country)
        names |= Q(parent_id=party.pk)
        if party.parent_id:
            names |= Q(pk=party.parent_id)
    others = Jurisdiction.objects.filter(names, successor__isnull=True, provisional=False).exclude(
        pk__in=[party.pk for party in parties]
    )
    by_folded = {(party.folded, party.country.code): party.pk for party in parties}
    by_child = {party.parent_id: party.pk for party in parties if party.parent_id}
    rows = []
    for other in others.order_by("-open_count", "pk")[:20]:
        meant = by_folded.get((other.folded, other.country.code)) or by_child.get(other.pk) or other.parent_id
        why = "namesake" if (other.folded, other.country.code) in by_folded else "another level"
        place = ", ".join(filter(None, (other.name, other.subdivision_name, other.country.code)))
        rows.append(findings.SimilarFacts(party_id=meant or 0, number=str(other.pk), other_name=place, why=why))
    return tuple(rows)
