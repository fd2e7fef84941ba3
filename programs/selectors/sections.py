"""What programs say on the pages of communities and affiliations that took part in them.

Offered to the register's pages at start-up (``apps``); the lists are gathered in the statement of the page itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from partnerships.models import Affiliation, Jurisdiction
from partnerships.selectors.gathered import Gathered
from partnerships.selectors.sections import Section
from programs.models import Cycle, Participation, Program
from programs.querysets.participations import ParticipationQuerySet
from programs.selectors import participants
from programs.selectors.participants import ParticipantCriteria

TEMPLATE = "programs/public/section.html"
#: More than these are counted by the API and its files.
MOST_ROWS = 40
#: Participations whose entries a feed looks through.
MOST_SUBJECTS = 300
#: What the register calls a participation (``selectors.addresses``).
_OF_PARTICIPATION = re.compile(r"programs/[^/]+/[^/]+/([0-9]{1,18})")


def _gathered(rows: QuerySet[Participation]) -> Gathered:
    return Gathered(
        rows.order_by("-cycle__starts_on", "-pk")[:MOST_ROWS],
        id=F("pk"),
        title=F("title"),
        state=F("state"),
        role=F("role"),
        program=F("cycle__program__name"),
        program_slug=F("cycle__program__slug"),
        cycle=F("cycle__name"),
        cycle_slug=F("cycle__slug"),
        starts_on=Cast(F("cycle__starts_on"), CharField()),
        community=F("jurisdiction__name"),
        category=Coalesce(F("category__name"), Value("")),
    )


def affiliations_in(slugs: Collection[str]) -> QuerySet[Any, Any]:
    """The ids of the affiliations that take part, for all to see, in one of these programs."""
    return _public().filter(cycle__program__slug__in=slugs, affiliation__isnull=False).order_by().values("affiliation")


def follows(gone: Jurisdiction) -> QuerySet[Participation]:
    """The participations that are of another community when this one is merged into it: not those under an affiliation
    that leads to another one now and still names the two as they were."""
    under = Q(affiliation__first=gone) | Q(affiliation__second=gone)
    return Participation.objects.filter(jurisdiction=gone).exclude(under)


def _standing_for(pk: Any) -> QuerySet[Any, Any]:
    """The community and those that were merged into it."""
    return Jurisdiction.objects.filter(Q(pk=pk) | Q(successor=pk)).order_by().values("pk")


def _public() -> ParticipationQuerySet:
    return Participation.objects.public()


def _of_community() -> dict[str, Gathered]:
    """Its own participations, those of communities that were merged into it among them, and those of its partners under
    an affiliation with it."""
    own = _standing_for(OuterRef(OuterRef("pk")))
    partner = _public().filter(affiliation__sides__jurisdiction=OuterRef("pk"))
    return {
        "own": _gathered(_public().filter(jurisdiction__in=own)),
        "partner": _gathered(partner.exclude(jurisdiction__in=own)),
    }


def _of_affiliation() -> dict[str, Gathered]:
    """Its own participations, those of affiliations that lead to it among them."""
    here = OuterRef(OuterRef("pk"))
    own = Affiliation.objects.filter(Q(pk=here) | Q(successor=here)).order_by().values("pk")
    return {"own": _gathered(_public().filter(affiliation__in=own))}


def _shown(gathered: Mapping[str, Any]) -> dict[str, Any]:
    rows = [row for found in gathered.values() for row in found]
    rows.sort(key=lambda row: (row["starts_on"] or "", row["id"]), reverse=True)
    return {"participations": rows[:MOST_ROWS], "more": len(rows) >= MOST_ROWS} if rows else {}


COMMUNITY = Section("jurisdiction", "programs", TEMPLATE, _of_community, _shown)
AFFILIATION = Section("affiliation", "programs", TEMPLATE, _of_affiliation, _shown)


# --- The feeds


def subjects(country: str, jurisdiction: int | None, affiliation: str) -> list[str]:
    """Of the register's entries: the newest public participations of a country, a community or an affiliation."""
    countries = (country,) if country else ()
    found = participants.listed(ParticipantCriteria(countries=countries, affiliation=affiliation))
    if jurisdiction:
        own = _standing_for(jurisdiction)
        parties = Q(affiliation__first__in=own) | Q(affiliation__second__in=own)
        found = found.filter(Q(jurisdiction__in=own) | parties)
    names = found.order_by("-pk").values_list("cycle__program__slug", "cycle__slug", "pk")
    return [f"programs/{program}/{cycle}/{pk}" for program, cycle, pk in names[:MOST_SUBJECTS]]


def followed(subjects: Collection[str]) -> dict[str, set[tuple[str, str]]]:
    """The other way round, for those who follow a place by mail: the communities, countries and the affiliation that an
    entry about a participation is news about."""
    named = {int(found[1]): name for name in subjects if (found := _OF_PARTICIPATION.fullmatch(name))}
    if not named:
        return {}
    sides = ("jurisdiction", "affiliation__first", "affiliation__second")
    columns = ("pk", "affiliation__number", *sides, *(f"{side}__country" for side in sides))
    places: dict[str, set[tuple[str, str]]] = {}
    for pk, number, *rest in _public().filter(pk__in=named).values_list(*columns):
        places[named[pk]] = {("jurisdiction", str(one)) for one in rest[:3] if one}
        places[named[pk]] |= {("country", str(code)) for code in rest[3:] if code}
        places[named[pk]] |= {("affiliation", number)} if number else set()
    return places


# --- The site map


def program_pages() -> QuerySet[Program]:
    return Program.objects.filter(published=True)


def cycle_pages() -> QuerySet[Cycle]:
    return Cycle.objects.public().select_related("program")


def participation_pages() -> QuerySet[Participation]:
    return _public().select_related("cycle__program")
