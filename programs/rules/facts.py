"""Plain facts about an application, as the rules see them; ``selectors.facts`` gathers them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class CallFacts:
    """The rules of a cycle that hold for every kind; ``ages_on`` is the day on which ages are counted."""

    opens_at: datetime | None
    closes_at: datetime | None
    time_zone: str
    state: str
    historical: bool
    needs_good_standing: bool
    needs_recognised: bool
    affiliation_kind: str
    countries: tuple[str, ...]
    home_country: str
    age_from: int | None
    age_to: int | None
    ages_on: date | None
    budget_left: Decimal | None
    cap_per_pair: Decimal | None
    currency: str
    rules: Mapping[str, Any] = field(default_factory=dict, hash=False)
    has_categories: bool = False
    has_population_bands: bool = False


@dataclass(frozen=True)
class TieFacts:
    """An affiliation of the community, seen from its side; countries are ISO 3166-1 codes.

    Either community of a pair may apply: a call for a country is answered from there as well as from its partner.
    """

    number: str
    kind: str
    in_force: bool
    recognised: bool
    partner_country: str
    own_country: str = ""

    @property
    def countries(self) -> frozenset[str]:
        return frozenset({self.partner_country, self.own_country})


@dataclass(frozen=True)
class CommunityFacts:
    """``ties`` are its open affiliations; a community that was named in none has an empty tuple."""

    name: str
    country: str
    population: int | None
    good_standing: bool
    ties: tuple[TieFacts, ...] = ()


@dataclass(frozen=True)
class PersonFacts:
    """``id`` finds the person again; no name is needed to judge the rules."""

    id: int
    role: str
    birth_date: date | None
    has_guardian: bool
    uses: frozenset[str] = frozenset()


@dataclass(frozen=True)
class EntryFacts:
    id: int
    person_id: int
    category: str
    has_work: bool


@dataclass(frozen=True)
class ActivityFacts:
    id: int
    kind: str
    title: str
    starts_at: datetime | None
    time_zone: str
    venue: str
    host_country: str
    detail: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class ApplicationFacts:
    """Everything that the rules look at when an application is handed in."""

    call: CallFacts
    community: CommunityFacts
    tie: TieFacts | None
    title: str
    summary: str
    category: str
    band: str
    asked: Decimal | None
    detail: Mapping[str, Any] = field(default_factory=dict, hash=False)
    people: tuple[PersonFacts, ...] = ()
    entries: tuple[EntryFacts, ...] = ()
    activities: tuple[ActivityFacts, ...] = ()
    attachment_roles: frozenset[str] = frozenset()
    #: What the community is in the cycle: host, delegation …
    role: str = ""
