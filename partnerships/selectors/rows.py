"""The rows that lists of affiliations are made of, with everything that a page or an answer prints of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django_countries import countries

from partnerships.choices import EvidenceGrade, Standing
from partnerships.models import Affiliation, AffiliationSide, AgreementAffiliation, Exclusion, Jurisdiction, Period
from partnerships.rules import freshness, history, recognition, territories
from partnerships.rules.dates import PartialDate
from partnerships.selectors import affiliations as affiliation_selector


@dataclass(frozen=True)
class PartyRow:
    """A community as a party of an affiliation; ``subdivision`` is an ISO 3166-2 code or empty."""

    id: int
    name: str
    native_name: str
    slug: str
    kind: str
    country: str
    country_name: str
    subdivision: str
    subdivision_name: str
    latitude: float | None
    longitude: float | None
    fictional: bool


@dataclass(frozen=True)
class AgreementRef:
    """An agreement as an affiliation names it."""

    number: str
    act: str
    signed_on: PartialDate | None
    annulled: bool
    #: Kept on file by the registry itself, not only told by a source.
    registered: bool = True


@dataclass(frozen=True)
class Recognised:
    """``reason`` is the code, ``text`` the sentence; both are empty where only a full row would know them."""

    value: bool
    since: date | None
    reason: str = ""
    text: str = ""


@dataclass(frozen=True)
class AffiliationRow:
    """An affiliation as lists show it. In a list by place the first party is the one in that place; else the one in
    the home country. ``joined``: another affiliation was merged into it."""

    id: int
    number: str
    kind: str
    standing: str
    since: PartialDate | None
    ended: PartialDate | None
    term_end: date | None
    perpetual: bool
    parties: tuple[PartyRow, PartyRow]
    recognised: Recognised
    light: str
    charter: str
    reasons: tuple[str, ...]
    themes: tuple[str, ...]
    last_confirmed_on: date | None
    fictional: bool
    agreements: tuple[AgreementRef, ...] = field(default=())
    joined: bool = False


@lru_cache(maxsize=1_000)
def _country_name(code: str, language: str | None) -> str:
    """Asked for at every party of every row, it would take longer than reading the row."""
    return str(countries.name(code))


def party(community: Jurisdiction) -> PartyRow:
    code = community.country.code
    return PartyRow(
        id=community.pk,
        name=community.name,
        native_name=community.native_name,
        slug=community.slug,
        kind=community.kind,
        country=code,
        country_name=_country_name(code, get_language()),
        subdivision=community.subdivision,
        subdivision_name=community.subdivision_name,
        latitude=None if community.latitude is None else float(community.latitude),
        longitude=None if community.longitude is None else float(community.longitude),
        fictional=community.fictional,
    )


def of(found: Iterable[Any], *, on: date) -> list[AffiliationRow]:
    """Rows of sides or of affiliations, whose parties were read with them."""
    made = []
    for row in found:
        if isinstance(row, AffiliationSide):
            made.append(_row(row.affiliation, row.jurisdiction, row.partner, on))
        else:
            parties = sorted((row.first, row.second), key=_abroad)
            made.append(_row(row, parties[0], parties[1], on))
    return made


def _abroad(community: Jurisdiction) -> bool:
    return not territories.is_home(community.country.code, settings.REGISTRY_HOME_COUNTRY)


def _row(affiliation: Affiliation, own: Jurisdiction, partner: Jurisdiction, on: date) -> AffiliationRow:
    return AffiliationRow(
        id=affiliation.pk,
        number=affiliation.number,
        kind=affiliation.kind,
        standing=affiliation.standing,
        since=affiliation.since,
        ended=affiliation.ended,
        term_end=affiliation.term_end,
        perpetual=affiliation.perpetual,
        parties=(party(own), party(partner)),
        recognised=_recognised(affiliation, on),
        light=light(affiliation.last_confirmed_on, on),
        charter=affiliation.charter,
        reasons=tuple(affiliation.reasons),
        themes=tuple(affiliation.themes),
        last_confirmed_on=affiliation.last_confirmed_on,
        fictional=affiliation.fictional,
        joined=affiliation.joined,
    )


def light(last_confirmed_on: date | None, on: date) -> str:
    return freshness.light(
        last_confirmed_on, on, settings.REGISTRY_LIGHT_GREEN_MONTHS, settings.REGISTRY_LIGHT_YELLOW_MONTHS
    )


def _recognised(affiliation: Affiliation, on: date) -> Recognised:
    start, end = affiliation.recognised_from, affiliation.recognised_until
    if start is None or start > on or (end is not None and end < on):
        return Recognised(False, None, "" if affiliation.standing == Standing.IN_FORCE else "not-in-force")
    return Recognised(True, None if start == date.min else start, "recognised")


def completed(some: Sequence[AffiliationRow], *, on: date) -> list[AffiliationRow]:
    """The same rows with their agreements, and with the reason why each is recognised or not."""
    owners = owners_of(some)
    agreements = _agreements(owners)
    why = _recognitions(some, agreements, on)
    return [replace(row, agreements=tuple(agreements[row.id]), recognised=why[row.id]) for row in some]


def owners_of(some: Iterable[AffiliationRow]) -> dict[int, int]:
    """The id of each of these affiliations, and of those that were merged into them, with the one that it is now."""
    owners = {row.id: row.id for row in some}
    if joined := [row.id for row in some if row.joined]:
        owners |= dict(Affiliation.objects.filter(successor__in=joined).values_list("pk", "successor_id"))
    return owners


def _agreements(owners: Mapping[int, int]) -> dict[int, list[AgreementRef]]:
    found: dict[int, list[AgreementRef]] = defaultdict(list)
    links = AgreementAffiliation.objects.filter(affiliation__in=list(owners)).select_related("agreement")
    for link in links.order_by("agreement"):
        kept = link.agreement
        registered = kept.evidence != EvidenceGrade.IMPORTED
        ref = AgreementRef(kept.number, kept.act, kept.signed_on, kept.annulled_on is not None, registered)
        found[owners[link.affiliation_id]].append(ref)
    return found


def _recognitions(
    some: Sequence[AffiliationRow], agreements: Mapping[int, Sequence[AgreementRef]], on: date
) -> dict[int, Recognised]:
    """Recognition worked out for many affiliations by the rule itself, in three statements."""
    ids, home = [row.id for row in some], settings.REGISTRY_HOME_COUNTRY
    spans: dict[int, list[history.Span]] = defaultdict(list)
    for period in Period.objects.filter(affiliation__in=ids).order_by("from_date", "id"):
        span = history.Span(period.kind, period.standing, period.from_date, period.to_date)
        spans[period.affiliation_id].append(span)
    exclusions: dict[int, list[tuple[date, date | None, str]]] = defaultdict(list)
    for excluded in Exclusion.objects.filter(affiliation__in=ids):
        exclusions[excluded.affiliation_id].append((excluded.from_date, excluded.to_date, excluded.reason))
    at_home = {member.id for row in some for member in row.parties if territories.is_home(member.country, home)}
    terms = affiliation_selector.membership_terms(at_home)
    answers = {}
    for row in some:
        facts = recognition.RecognitionFacts(
            spans=tuple(spans[row.id]),
            has_registered_agreement=any(one.registered and not one.annulled for one in agreements.get(row.id, ())),
            home_terms=tuple(terms[member.id] for member in row.parties if member.id in at_home),
            exclusions=tuple(exclusions[row.id]),
            grace_days=settings.REGISTRY_GRACE_DAYS,
            needs_membership=bool(home),
        )
        answers[row.id] = worded(recognition.recognise(facts, on))
    return answers


def worded(answer: recognition.Recognition) -> Recognised:
    """The rule's answer in the language of whoever reads."""
    return Recognised(
        answer.value, answer.since, answer.reason, answer.text(gettext, day=partial(date_format, format="j F Y"))
    )
