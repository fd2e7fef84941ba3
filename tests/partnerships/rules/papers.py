"""A clean filing as the papers of 29 June 1992 state it, to be changed in one thing at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from partnerships.rules.dates import PartialDate
from partnerships.rules.findings import (
    DocumentFacts,
    FilingFacts,
    Finding,
    PairFacts,
    PartyFacts,
    SignatoryFacts,
    check,
)

TODAY = date(2026, 11, 24)

IRONDEQUOIT = PartyFacts(1, "Irondequoit", "US", "US-NY", "town", good_standing=True)
POLTAVA = PartyFacts(2, "Poltava", "UA", "UA-53", "city", good_standing=False)
LUBLIN = PartyFacts(3, "Lublin", "PL", "PL-06", "city", good_standing=False)
BRISTOL = PartyFacts(4, "Bristol", "GB", "GB-BST", "city", good_standing=False)
HANOVER = PartyFacts(5, "Hanover", "DE", "DE-NI", "city", good_standing=False)
ROCHESTER = PartyFacts(6, "Rochester", "US", "US-NY", "city", good_standing=False)

SIGNED_ON = PartialDate(1992, 6, 29)
LAPPLE = SignatoryFacts(1, "Fredrick W. Lapple", "chief_elected", SIGNED_ON)
KUKOBA = SignatoryFacts(2, "Anatonij Kukoba", "chief_elected", SIGNED_ON)

AGREEMENT = DocumentFacts("signed_agreement", "en", "a" * 64)
RESOLUTION = DocumentFacts("resolution", "en", "b" * 64)
NOTICE = DocumentFacts("ending_notice", "en", "c" * 64)

IRONDEQUOIT_POLTAVA = FilingFacts(
    act="establish",
    kind="sister",
    parties=(IRONDEQUOIT, POLTAVA),
    signatories=(LAPPLE, KUKOBA),
    documents=(AGREEMENT, RESOLUTION),
    pairs=(PairFacts(1, 2, None, None, None, has_term=False),),
    similar=(),
    compliance_rules=(),
    signed_on=SIGNED_ON,
    effective_on=None,
    term_end=None,
    perpetual=True,
    languages=("en", "uk"),
    shelfmark="",
    historical=False,
    home_country="US",
)


def filing(**changes: Any) -> FilingFacts:
    return replace(IRONDEQUOIT_POLTAVA, **changes)


def standing_between(*parties: PartyFacts, kind: str = "sister", standing: str = "in_force", term: bool = False) -> Any:
    """The open affiliation of two parties."""
    first, second = parties
    return PairFacts(first.id, second.id, "SCI-000045", kind, standing, has_term=term)


def found(code: str, facts: FilingFacts, today: date = TODAY) -> list[Finding]:
    return [finding for finding in check(facts, today=today) if finding.code == code]


def words(code: str, facts: FilingFacts, today: date = TODAY) -> str:
    """What people read under one code, in one line; empty where there is no such finding."""
    return " ".join(finding.text() for finding in found(code, facts, today))


def severities(code: str, facts: FilingFacts) -> set[str]:
    return {str(finding.severity) for finding in found(code, facts)}
