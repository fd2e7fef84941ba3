"""Gathering the plain facts that the rules look at, in a bounded number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q

from partnerships.choices import Standing
from partnerships.models import Affiliation, Jurisdiction
from partnerships.selectors import affiliations as affiliation_selector
from programs.choices import BandMeasure
from programs.models import Cycle, Participation
from programs.rules import facts
from programs.rules.instants import last_day


def call(cycle: Cycle) -> facts.CallFacts:
    """The common rules of a cycle; two statements, none where its categories and bands were fetched ahead."""
    ages_on = cycle.ages_on or (last_day(cycle.closes_at, cycle.time_zone) if cycle.closes_at else None)
    return facts.CallFacts(
        opens_at=cycle.opens_at,
        closes_at=cycle.closes_at,
        time_zone=cycle.time_zone,
        state=cycle.state,
        historical=cycle.historical,
        needs_good_standing=cycle.needs_good_standing,
        needs_recognised=cycle.needs_recognised,
        affiliation_kind=cycle.affiliation_kind,
        countries=tuple(cycle.countries),
        home_country=settings.REGISTRY_HOME_COUNTRY,
        age_from=cycle.age_from,
        age_to=cycle.age_to,
        ages_on=ages_on,
        budget_left=None if cycle.budget is None else cycle.budget - cycle.committed,
        cap_per_pair=cycle.cap_per_pair,
        currency=cycle.currency,
        rules=cycle.rules,
        has_categories=bool(cycle.categories.all()),
        has_population_bands=any(band.measure == BandMeasure.POPULATION for band in cycle.bands.all()),
    )


def communities(found: Iterable[Jurisdiction], on: date) -> dict[int, facts.CommunityFacts]:
    """What calls ask of each of these communities on that day, in two statements.

    A community of the home country is in good standing by its own membership. One abroad has none: it counts as in good
    standing where an affiliation of it is recognised, which rests on the membership of its partner.
    """
    by_id = {community.pk: community for community in found}
    ties = _ties(by_id, on)
    terms = affiliation_selector.membership_terms(by_id)
    home = settings.REGISTRY_HOME_COUNTRY
    return {
        pk: facts.CommunityFacts(
            name=community.name,
            country=community.country.code,
            population=community.population,
            good_standing=affiliation_selector.in_good_standing(terms[pk], on)
            or (community.country.code != home and any(tie.recognised for tie in ties[pk])),
            ties=tuple(ties[pk]),
        )
        for pk, community in by_id.items()
    }


def _ties(by_id: dict[int, Jurisdiction], on: date) -> dict[int, list[facts.TieFacts]]:
    both = Q(first__in=by_id) | Q(second__in=by_id)
    found: dict[int, list[facts.TieFacts]] = defaultdict(list)
    for affiliation in Affiliation.objects.open().filter(both).select_related("first", "second").order_by("serial"):
        for own, partner in ((affiliation.first, affiliation.second), (affiliation.second, affiliation.first)):
            if own.pk in by_id:
                found[own.pk].append(tie(affiliation, partner, on))
    return found


def tie(affiliation: Affiliation, partner: Jurisdiction, on: date) -> facts.TieFacts:
    start, end = affiliation.recognised_from, affiliation.recognised_until
    return facts.TieFacts(
        number=affiliation.number,
        kind=affiliation.kind,
        in_force=affiliation.standing == Standing.IN_FORCE,
        recognised=start is not None and start <= on and (end is None or on <= end),
        partner_country=partner.country.code,
        own_country=(affiliation.second if partner.pk == affiliation.first_id else affiliation.first).country.code,
    )


def application(participation: Participation, on: date) -> facts.ApplicationFacts:
    """Everything that the rules look at when this application is handed in on that day."""
    community = communities([participation.jurisdiction], on)[participation.jurisdiction_id]
    numbered = {one.number: one for one in community.ties}
    own = numbered.get(participation.affiliation.number) if participation.affiliation else None
    return facts.ApplicationFacts(
        call=call(participation.cycle),
        community=community,
        tie=own or _tie_at_rest(participation, on),
        title=participation.title,
        summary=participation.summary,
        category=participation.category.code if participation.category else "",
        band=participation.band.name if participation.band else "",
        asked=participation.asked,
        detail=participation.detail,
        people=tuple(_person(one) for one in participation.people.filter(erased_at=None).prefetch_related("consents")),
        entries=tuple(_entry(entry) for entry in _entries(participation)),
        activities=tuple(_activity(one) for one in participation.activities.select_related("host")),
        attachment_roles=frozenset(participation.attachments.values_list("role", flat=True)),
        role=participation.role,
    )


def _tie_at_rest(participation: Participation, on: date) -> facts.TieFacts | None:
    """The affiliation of an application that is not open any more."""
    chosen = participation.affiliation
    if chosen is None:
        return None
    partner = chosen.second if chosen.first_id == participation.jurisdiction_id else chosen.first
    return tie(chosen, partner, on)


def _person(person: Any) -> facts.PersonFacts:
    return facts.PersonFacts(
        id=person.pk,
        role=person.role,
        birth_date=person.birth_date,
        has_guardian=bool(person.guardian_name and (person.guardian_email or person.guardian_phone)),
        uses=frozenset(consent.use for consent in person.consents.all() if consent.withdrawn_at is None),
    )


def _entries(participation: Participation) -> Any:
    kept = participation.entries.exclude(state="withdrawn").select_related("category")
    return kept.prefetch_related("attachments")


def _entry(entry: Any) -> facts.EntryFacts:
    has_work = bool(entry.url) or any(one.removed_at is None for one in entry.attachments.all())
    return facts.EntryFacts(entry.pk, entry.person_id, entry.category.code, has_work)


def _activity(activity: Any) -> facts.ActivityFacts:
    return facts.ActivityFacts(
        id=activity.pk,
        kind=activity.kind,
        title=activity.title,
        starts_at=activity.starts_at,
        time_zone=activity.time_zone,
        venue=activity.venue,
        host_country=activity.host.country.code if activity.host else activity.country.code or "",
        detail=activity.detail,
    )
