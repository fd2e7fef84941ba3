"""What the recognition rules look at, as plain values that a selector gathers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from partnerships.rules.dates import PartialDate


@dataclass(frozen=True)
class PartyFacts:
    """``good_standing``: a member in good standing today. ``subdivision`` is ISO 3166-2 or empty."""

    id: int
    name: str
    country: str
    subdivision: str
    kind: str
    good_standing: bool
    provisional: bool = False
    parent_id: int | None = None


@dataclass(frozen=True)
class SignatoryFacts:
    party_id: int
    name: str
    capacity: str
    signed_on: PartialDate | None


@dataclass(frozen=True)
class DocumentFacts:
    """``used_in``: numbers of other agreements or filings that hold the same file."""

    role: str
    language: str
    sha256: str
    used_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class PairFacts:
    """The open affiliation of two parties; number, kind and standing are ``None`` where there is none."""

    first_id: int
    second_id: int
    number: str | None
    kind: str | None
    standing: str | None
    has_term: bool


@dataclass(frozen=True)
class SimilarFacts:
    """A community on record that may be meant instead of a party; ``why``: ``namesake`` or ``another level``."""

    party_id: int
    number: str
    other_name: str
    why: str


@dataclass(frozen=True)
class ComplianceFacts:
    """A law that restricts the partner countries of a subdivision; both days are included (domain 2.7)."""

    subdivision: str
    countries: frozenset[str]
    from_date: date | None
    to_date: date | None
    citation: str
    summary: str


@dataclass(frozen=True)
class FilingFacts:
    """A filing as its papers state it. ``home_country`` is empty for a registry that has none."""

    act: str
    kind: str
    parties: tuple[PartyFacts, ...]
    signatories: tuple[SignatoryFacts, ...]
    documents: tuple[DocumentFacts, ...]
    pairs: tuple[PairFacts, ...]
    similar: tuple[SimilarFacts, ...]
    compliance_rules: tuple[ComplianceFacts, ...]
    signed_on: PartialDate | None
    effective_on: PartialDate | None
    term_end: date | None
    perpetual: bool
    languages: tuple[str, ...]
    shelfmark: str
    historical: bool
    home_country: str
    registry_language: str = "en"
