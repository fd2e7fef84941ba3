"""Who may fit whom: reasons why two communities could become partners, each with the facts that it rests on.

Reasons are those for which communities choose each other (domain section 2): size, themes, geography, diaspora,
language, and whom both know. Points only put suggestions in an order; nobody is told a number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

#: Bounds of the sizes by which the board is filtered: from so many people on, up to and without so many.
SIZES: dict[str, tuple[int, int | None]] = {
    "village": (0, 10_000),
    "town": (10_000, 50_000),
    "city": (50_000, 250_000),
    "large": (250_000, 1_000_000),
    "metropolis": (1_000_000, None),
}
#: Populations are alike up to this factor, and much alike up to the other.
ALIKE, MUCH_ALIKE = 2.0, 1.25

WANTS_YOU, WANTED = "wants-you", "wanted"
SIZE, THEMES, GEOGRAPHY, DIASPORA, LANGUAGE = "size", "themes", "geography", "diaspora", "language"
SHARED_PARTNERS, NEW_COUNTRY = "shared-partners", "new-country"


@dataclass(frozen=True)
class Profile:
    """A community as it is matched: codes of ISO 3166-1, of themes, of geography, of languages.

    ``wants``: countries that its wish names; none means any. ``partner_countries``: where it has an open affiliation.
    """

    id: int
    name: str
    country: str
    population: int | None = None
    wants: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()
    diaspora: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    partner_countries: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reason:
    """``facts`` are codes, names or numbers, as the code says: of ``size`` both populations, of ``shared-partners``
    the names, of ``diaspora`` the country whose people live in the other community."""

    code: str
    points: int
    facts: tuple[str | int, ...]


@dataclass(frozen=True)
class Match:
    profile: Profile
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)


def size_of(population: int | None) -> str:
    """The name of the size in ``SIZES``; empty where the population is not known."""
    if population is None:
        return ""
    return next(name for name, (least, under) in SIZES.items() if population >= least and _under(population, under))


def _under(population: int, bound: int | None) -> bool:
    return bound is None or population < bound


def may_pair(one: Profile, other: Profile) -> bool:
    """A sister affiliation joins two communities of two countries."""
    return one.id != other.id and one.country != other.country


def reasons(me: Profile, other: Profile, shared_partners: Sequence[str] = ()) -> tuple[Reason, ...]:
    """Why ``other`` may fit ``me``, the weightiest first; nothing where all that can be said is that it is new."""
    found = [
        *_wishes(me, other),
        *_size(me, other),
        *_common(THEMES, me.themes & other.themes, each=2, most=6),
        *_common(GEOGRAPHY, me.traits & other.traits, each=1, most=3),
        *_diaspora(me, other),
        *_common(LANGUAGE, me.languages & other.languages, each=1, most=2),
        *_common(SHARED_PARTNERS, shared_partners, each=2, most=6),
    ]
    if found and other.country not in me.partner_countries:
        found.append(Reason(NEW_COUNTRY, 1, (other.country,)))
    return tuple(sorted(found, key=lambda reason: -reason.points))


def _wishes(me: Profile, other: Profile) -> list[Reason]:
    found = [Reason(WANTS_YOU, 4, (me.country,))] if me.country in other.wants else []
    return found + ([Reason(WANTED, 3, (other.country,))] if other.country in me.wants else [])


def _size(me: Profile, other: Profile) -> list[Reason]:
    if not me.population or not other.population:
        return []
    ratio = max(me.population, other.population) / min(me.population, other.population)
    if ratio > ALIKE:
        return []
    return [Reason(SIZE, 3 if ratio <= MUCH_ALIKE else 2, (me.population, other.population))]


def _common(code: str, shared: frozenset[str] | Sequence[str], *, each: int, most: int) -> list[Reason]:
    facts = tuple(sorted(set(shared)))
    return [Reason(code, min(each * len(facts), most), facts)] if facts else []


def _diaspora(me: Profile, other: Profile) -> list[Reason]:
    """People from the country of the one live in the other."""
    of = {country for own, country in ((me, other.country), (other, me.country)) if country in own.diaspora}
    return [Reason(DIASPORA, 3, tuple(sorted(of)))] if of else []


def ranked(
    me: Profile,
    candidates: Sequence[Profile],
    shared_partners: Mapping[int, Sequence[str]] | None = None,
    most: int = 10,
) -> list[Match]:
    """The candidates for whom something speaks, the best first; of equals the one whose name comes first."""
    known = shared_partners or {}
    found = [
        Match(other, said)
        for other in candidates
        if may_pair(me, other) and (said := reasons(me, other, known.get(other.id, ())))
    ]
    return sorted(found, key=lambda match: (-match.points, match.profile.name.casefold(), match.profile.id))[:most]
