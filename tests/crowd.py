"""Thousands of affiliations in the shape that the services leave, written in bulk: for what depends on numbers only."""

from __future__ import annotations

import random
from collections import Counter as Count
from datetime import date, timedelta

from partnerships.choices import OPEN_STANDINGS, AffiliationKind, Standing, Theme
from partnerships.models import (
    Affiliation,
    AffiliationSide,
    AffiliationTheme,
    Counter,
    Jurisdiction,
    NameWord,
    Period,
    Tally,
)
from partnerships.rules import matching
from partnerships.rules.dates import PartialDate

ABROAD = ("JP", "DE", "UA", "MX", "IT", "FR", "CN", "GB")
STATES = ("US-CA", "US-NY", "US-TX", "US-OH")
STANDINGS = (Standing.IN_FORCE,) * 8 + (Standing.ENDED, Standing.SUSPENDED)


def make(size: int, *, seed: int = 7, first_serial: int = 1) -> list[Affiliation]:
    """So many affiliations between communities of the United States and of eight other countries."""
    pick = random.Random(seed)
    places = _places(max(40, size // 5), pick)
    home, abroad = [p for p in places if p.country == "US"], [p for p in places if p.country != "US"]
    pairs: dict[tuple[int, int], tuple[Jurisdiction, Jurisdiction]] = {}
    while len(pairs) < size:
        two = sorted((pick.choice(home), pick.choice(abroad)), key=lambda place: place.pk)
        pairs[two[0].pk, two[1].pk] = (two[0], two[1])
    made = Affiliation.objects.bulk_create(
        [
            _affiliation(serial, first, second, pick)
            for serial, (first, second) in enumerate(pairs.values(), first_serial)
        ],
        batch_size=1000,
    )
    Counter.objects.update_or_create(name="affiliation", defaults={"value": first_serial + size})
    _read_models(made)
    return made


def give_periods(made: list[Affiliation]) -> None:
    """Let each have begun on the first day that its date may mean, and have ended thirty years later if it ended."""
    periods = []
    for row in made:
        start = row.since.earliest if row.since else None
        if row.standing != Standing.IN_FORCE and start is not None:
            turn = start + timedelta(days=30 * 365)
            periods.append(Period(affiliation=row, kind=row.kind, standing="in_force", from_date=start, to_date=turn))
            start = turn
        periods.append(Period(affiliation=row, kind=row.kind, standing=row.standing, from_date=start))
    Period.objects.bulk_create(periods, batch_size=2000)


def _places(number: int, pick: random.Random) -> list[Jurisdiction]:
    rows = []
    for serial in range(number):
        at_home = serial % 3 == 0
        name = f"{pick.choice(('Port', 'New', 'Upper', 'Saint'))} {_word(pick)} {serial}"
        rows.append(
            Jurisdiction(
                name=name,
                folded=matching.fold(name),
                country="US" if at_home else pick.choice(ABROAD),
                subdivision=pick.choice(STATES) if at_home else "",
            )
        )
    made = Jurisdiction.objects.bulk_create(rows, batch_size=1000)
    NameWord.objects.bulk_create(
        [NameWord(jurisdiction=place, word=word) for place in made for word in matching.words(place.name)],
        batch_size=2000,
    )
    return made


def _word(pick: random.Random) -> str:
    return "".join(pick.choice(("ba", "lo", "ti", "mur", "esk", "dan", "vol", "ri")) for _ in range(3))


def _affiliation(serial: int, first: Jurisdiction, second: Jurisdiction, pick: random.Random) -> Affiliation:
    year, kind = pick.randint(1931, 2025), pick.choice(AffiliationKind.values)
    since = pick.choice(("", str(year), f"{year}-{pick.randint(1, 12):02d}", f"{year}-06-{pick.randint(1, 30):02d}"))
    recognised = pick.random() < 0.5
    return Affiliation(
        number=f"SCI-{serial:06d}",
        serial=serial,
        first=first,
        second=second,
        kind=kind,
        standing=pick.choice(STANDINGS),
        since=PartialDate.parse(since) if since else None,
        themes=[pick.choice(Theme.values)],
        recognised_from=date(2000, 1, 1) if recognised else None,
        recognised_until=date.today() + timedelta(days=pick.randint(-30, 900)) if recognised else None,  # noqa: DTZ011
    )


def _read_models(made: list[Affiliation]) -> None:
    sides, totals, open_counts = [], Count[tuple[str, str, str, str, str]](), Count[int]()
    for row in made:
        for own, partner in ((row.first, row.second), (row.second, row.first)):
            sides.append(_side(row, own, partner))
            for subdivision in {"", own.subdivision}:
                totals[str(own.country), subdivision, str(partner.country), row.kind, row.standing] += 1
            open_counts[own.pk] += row.standing in OPEN_STANDINGS
    AffiliationSide.objects.bulk_create(sides, batch_size=1000)
    names = ("country", "subdivision", "partner_country", "kind", "standing")
    for key, number in totals.items():
        row, _new = Tally.objects.get_or_create(**dict(zip(names, key, strict=True)))
        row.count += number
        row.save()
    AffiliationTheme.objects.bulk_create(
        [AffiliationTheme(affiliation=row, theme=theme) for row in made for theme in row.themes], batch_size=2000
    )
    places = Jurisdiction.objects.in_bulk(open_counts)
    for pk, place in places.items():
        place.open_count = open_counts[pk]
    Jurisdiction.objects.bulk_update(places.values(), ["open_count"], batch_size=500)


def _side(row: Affiliation, own: Jurisdiction, partner: Jurisdiction) -> AffiliationSide:
    return AffiliationSide(
        affiliation=row,
        jurisdiction=own,
        country=str(own.country),
        subdivision=own.subdivision,
        partner=partner,
        partner_country=str(partner.country),
        partner_subdivision=partner.subdivision,
        partner_folded=partner.folded,
        kind=row.kind,
        standing=row.standing,
        is_open=row.standing in OPEN_STANDINGS,
        since=row.since,
    )
