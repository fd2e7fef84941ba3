"""The plain shapes in which the example registry is written down."""

from __future__ import annotations

from dataclasses import dataclass

from partnerships.choices import Act, AffiliationKind, FilingState, JurisdictionKind


@dataclass(frozen=True)
class Community:
    """``population`` as GeoNames gives it, which names no year; empty is what is not known."""

    name: str
    country: str
    subdivision: str = ""
    subdivision_name: str = ""
    kind: str = JurisdictionKind.CITY
    native_name: str = ""
    geonames_id: int | None = None
    latitude: str = ""
    longitude: str = ""
    population: int | None = None
    fictional: bool = False


@dataclass(frozen=True)
class Signer:
    """``party`` is the key of the community for which the person signed."""

    party: str
    name: str
    capacity: str
    office: str = ""


@dataclass(frozen=True)
class Paper:
    """One filing of the example and how far it goes. Communities are named by their keys.

    ``declared_by``: the party whose statement it is, where one is enough. ``comment``: what reviewers wrote.
    """

    parties: tuple[str, ...]
    act: str = Act.ESTABLISH
    kind: str = AffiliationKind.SISTER
    signed_on: str = ""
    perpetual: bool = False
    signers: tuple[Signer, ...] = ()
    reasons: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    story: str = ""
    declared_by: str = ""
    goes_to: str = FilingState.REGISTERED
    comment: str = ""


@dataclass(frozen=True)
class Law:
    """A law of a subdivision, as far as its text is known here."""

    subdivision: str
    citation: str
    summary: str


@dataclass(frozen=True)
class Statement:
    """One source says ``value`` of a fact of the affiliation of two parties."""

    parties: tuple[str, str]
    fact: str
    value: str
    source: str
    source_url: str = ""


@dataclass(frozen=True)
class Event:
    """A milestone of the affiliation of two communities."""

    parties: tuple[str, str]
    kind: str
    on: str
    text: str


@dataclass(frozen=True)
class Emeritus:
    """Staff put the affiliation of two communities on record without an active program."""

    parties: tuple[str, str]
    on: str
    reason: str


@dataclass(frozen=True)
class Membership:
    """``years_left``: how many years from the day of loading it is paid for; negative where it has lapsed."""

    community: str
    since: str
    years_left: int


@dataclass(frozen=True)
class Account:
    """A demo login: of staff with a role, or of somebody who represents communities."""

    email: str
    name: str
    role: str = ""
    represents: tuple[str, ...] = ()
    #: What the demo prints beside it, where that is neither the role nor "representative".
    printed: str = ""
