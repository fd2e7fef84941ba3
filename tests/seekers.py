"""Communities that look for a partner, written in bulk: for what depends on numbers only."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from partnerships.choices import Theme
from partnerships.models import Jurisdiction, Wish, WishAim
from partnerships.rules import matching

_serial = itertools.count(1)


def many(number: int) -> list[Wish]:
    """So many of them, in five countries, each with a theme; every second one wants a partner in the United States."""
    made = []
    for place in range(number):
        serial = next(_serial)
        name = f"Seeker {serial:04}"
        community = Jurisdiction.objects.create(
            name=name,
            folded=matching.fold(name),
            country=("JP", "UA", "US", "DE", "MX")[place % 5],
            population=1000 * serial,
        )
        wants = ["US"] if place % 2 else []
        made.append(wish(community, themes=[Theme.values[place % len(Theme.values)]], countries=wants))
    return made


def wish(community: Jurisdiction, *, themes: Sequence[str] = (), countries: Sequence[str] = (), text: str = "") -> Wish:
    today = timezone.localdate()
    made = Wish.objects.create(
        jurisdiction=community,
        since=today,
        until=today + timedelta(days=100),
        activities=list(themes),
        countries=list(countries),
        text=text or "Looking for friends",
    )
    named = [("theme", code) for code in themes] + [("country", code) for code in countries]
    WishAim.objects.bulk_create([WishAim(wish=made, facet=facet, code=code) for facet, code in named])
    return made
