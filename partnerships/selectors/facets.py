"""By what the affiliations that a search finds can be narrowed down: country, kind and standing, with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from partnerships.choices import AffiliationKind, Standing
from partnerships.selectors import browse
from partnerships.selectors.criteria import Criteria
from partnerships.selectors.tallies import country_name

#: Affiliations that are counted at most; whoever finds more should say more.
MOST_COUNTED = 5_000
MOST_COUNTRIES = 12


@dataclass(frozen=True)
class Chosen:
    """The values that hits are narrowed down to: any of each."""

    country: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.country or self.kind or self.standing)

    @property
    def of_affiliations_alone(self) -> bool:
        """Nothing but an affiliation has a kind of this sort, or a standing."""
        return bool(self.kind or self.standing)


@dataclass(frozen=True)
class Facet:
    """One value, in words, and how many affiliations would be left if it were chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facets:
    """``whole``: all that were found are counted, not only the first ``MOST_COUNTED``."""

    country: tuple[Facet, ...] = ()
    kind: tuple[Facet, ...] = ()
    standing: tuple[Facet, ...] = ()
    count: int = 0
    whole: bool = True


@dataclass(frozen=True)
class Fact:
    """What of an affiliation that was found is counted, and its place in the list."""

    pk: int
    country: frozenset[str]
    kind: str
    standing: str
    place: tuple[bool, str, int]

    def fits(self, chosen: Chosen, *, but: str = "") -> bool:
        return (
            (but == "country" or not chosen.country or bool(self.country & set(chosen.country)))
            and (but == "kind" or not chosen.kind or self.kind in chosen.kind)
            and (but == "standing" or not chosen.standing or self.standing in chosen.standing)
        )


def read(words: Sequence[str]) -> list[Fact]:
    """The affiliations with every word in the name of one party or the other, in one statement, at most one more than
    are counted."""
    found = browse.named(Criteria(q=" ".join(words), standings=(browse.ANY,)))
    columns = ("affiliation_id", "country", "partner_country", "kind", "standing", "is_open", "since")
    return [
        Fact(pk, frozenset((own, partner)), kind, standing, (is_open, str(since or ""), pk))
        for pk, own, partner, kind, standing, is_open, since in found.values_list(*columns)[: MOST_COUNTED + 1]
    ]


def best(facts: Iterable[Fact], chosen: Chosen, size: int) -> list[int]:
    """The first of those that are left: open ones before ended ones, the newest first."""
    left = sorted((fact for fact in facts if fact.fits(chosen)), key=lambda fact: fact.place, reverse=True)
    return [fact.pk for fact in left[:size]]


def count(facts: Sequence[Fact], chosen: Chosen) -> Facets:
    """Each value with what it would leave, the other facets being as they are chosen."""
    countries = Counter(code for fact in facts if fact.fits(chosen, but="country") for code in fact.country)
    kinds = Counter(fact.kind for fact in facts if fact.fits(chosen, but="kind"))
    standings = Counter(fact.standing for fact in facts if fact.fits(chosen, but="standing"))
    labels = {code: country_name(code) for code in {*countries, *chosen.country}}
    return Facets(
        country=_ranked(countries, labels, chosen.country)[:MOST_COUNTRIES],
        kind=_listed(kinds, dict(AffiliationKind.choices), chosen.kind),
        standing=_listed(standings, dict(Standing.choices), chosen.standing),
        count=sum(fact.fits(chosen) for fact in facts),
        whole=len(facts) <= MOST_COUNTED,
    )


def _listed(counted: Counter[str], labels: Mapping[str, object], chosen: Sequence[str]) -> tuple[Facet, ...]:
    """In the order of the list of words; what nothing has is left out unless it is chosen."""
    return tuple(
        Facet(value, str(label), counted[value], value in chosen)
        for value, label in labels.items()
        if counted[value] or value in chosen
    )


def _ranked(counted: Counter[str], labels: Mapping[str, str], chosen: Sequence[str]) -> tuple[Facet, ...]:
    """Chosen ones first, then those with most."""
    found = _listed(counted, labels, chosen)
    return tuple(sorted(found, key=lambda facet: (not facet.chosen, -facet.count, facet.label)))
