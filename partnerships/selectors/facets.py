"""By what the affiliations that a search finds can be narrowed down: country, kind and standing, with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from partnerships.choices import AffiliationKind, Standing
from partnerships.selectors.hits import Chosen, Counted, Group
from partnerships.selectors.tallies import country_name

MOST_COUNTRIES = 12


@dataclass(frozen=True)
class Facet:
    """One value, in words, and how many affiliations would be left if it were chosen; not ``whole``: at least."""

    value: str
    label: str
    count: int
    chosen: bool
    whole: bool = True


@dataclass(frozen=True)
class Facets:
    """``count``: affiliations that are left; at least so many where they are not counted as a ``whole``."""

    country: tuple[Facet, ...] = ()
    kind: tuple[Facet, ...] = ()
    standing: tuple[Facet, ...] = ()
    count: int = 0
    whole: bool = True


def count(found: Counted, narrowed: Counted | None, chosen: Chosen) -> Facets:
    """Each value with what it would leave, the other facets being as they are chosen.

    ``narrowed``: what is found of the chosen values alone, counted where ``found`` is not the whole.
    """
    left = found if narrowed is None else narrowed
    return Facets(
        country=_by_country(found, narrowed, chosen),
        kind=_listed(_values("kind", found, narrowed, chosen), dict(AffiliationKind.choices)),
        standing=_listed(_values("standing", found, narrowed, chosen), dict(Standing.choices)),
        count=sum(group.count for group in left.groups if group.fits(chosen)),
        whole=left.whole,
    )


#: Of each value: how many, whether it is chosen, whether they are all.
_Values = Mapping[str, tuple[int, bool, bool]]


def _values(name: str, found: Counted, narrowed: Counted | None, chosen: Chosen) -> _Values:
    """Both counts are of some that are there, so the greater is nearer to the truth."""
    asked: Sequence[str] = getattr(chosen, name)
    counts = _counts(name, found, lambda group: group.fits(chosen, but=name))
    again = _counts(name, narrowed, lambda group: True) if narrowed else Counter()

    def whole(value: str) -> bool:
        return found.whole or bool(narrowed and narrowed.whole and (not asked or value in asked))

    every = {*counts, *again, *asked}
    return {value: (max(counts[value], again[value]), value in asked, whole(value)) for value in every}


def _counts(name: str, counted: Counted, fits: Callable[[Group], bool]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for group in filter(fits, counted.groups):
        for value in group.country if name == "country" else (getattr(group, name),):
            sums[value] += group.count
    return sums


def _listed(values: _Values, labels: Mapping[str, object]) -> tuple[Facet, ...]:
    """In the order of the list of words; what nothing has is left out unless it is chosen."""
    return tuple(Facet(value, str(label), *values[value]) for value, label in labels.items() if value in values)


def _by_country(found: Counted, narrowed: Counted | None, chosen: Chosen) -> tuple[Facet, ...]:
    """Chosen ones first, then those with most."""
    values = _values("country", found, narrowed, chosen)
    facets = _listed(values, {code: country_name(code) for code in values})
    return tuple(sorted(facets, key=lambda facet: (not facet.chosen, -facet.count, facet.label)))[:MOST_COUNTRIES]
