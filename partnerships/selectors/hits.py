"""The affiliations that a search finds: those with every word in the name of one party or the other.

Counted of a common word are the first thousand only; the best are always the best of all. At
most three statements, whose cost does not grow with the registry: what a common word finds is met soon on the way
through an index from the newest on, and what a rare one finds is little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Value

from partnerships.choices import OPEN_STANDINGS
from partnerships.models import Affiliation, AffiliationSide
from partnerships.selectors import browse, rows
from partnerships.selectors.criteria import LISTED
from partnerships.selectors.rows import AffiliationRow

#: Affiliations that are looked at to count.
MOST_COUNTED = 1_000


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
class Group:
    """So many affiliations that were found have the same facts."""

    country: frozenset[str]
    kind: str
    standing: str
    count: int

    def fits(self, chosen: Chosen, *, but: str = "") -> bool:
        return (
            (but == "country" or not chosen.country or bool(self.country & set(chosen.country)))
            and (but == "kind" or not chosen.kind or self.kind in chosen.kind)
            and (but == "standing" or not chosen.standing or self.standing in chosen.standing)
        )


@dataclass(frozen=True)
class Counted:
    """``whole``: all that were found are counted, not only those among the first ``MOST_COUNTED``."""

    groups: tuple[Group, ...] = ()
    whole: bool = True


def counted(words: Sequence[str], chosen: Chosen = Chosen()) -> Counted:  # noqa: B008 - it is frozen
    """What is found of the values that were chosen. One statement."""
    rarest, *others = words
    fits = ExpressionWrapper(_in_one_party(others), BooleanField()) if others else Value(True)  # noqa: FBT003
    columns = ("country", "partner_country", "kind", "standing")
    looked_at = _candidates(rarest, chosen).annotate(fits=fits).values_list(*columns, "fits")[: MOST_COUNTED + 1]
    found = Counter(looked_at)
    groups = tuple(
        Group(frozenset((own, other)), kind, standing, n)
        for (own, other, kind, standing, fits), n in found.items()
        if fits
    )
    return Counted(groups, whole=found.total() <= MOST_COUNTED)


def best(
    words: Sequence[str], chosen: Chosen, left: Counted, *, few: bool, size: int, on: date
) -> list[AffiliationRow]:
    """The first of those that are left: open ones before ended ones, of each the newest. One statement.

    ``few``: whatever is chosen, no more are found than can be counted.
    """
    if few:
        parts = [_sorted_out(words, chosen, size)]
    else:
        open_ones = sum(one.count for one in left.groups if one.fits(chosen) and one.standing in OPEN_STANDINGS)
        parts = _walked(words, chosen, size, OPEN_STANDINGS if open_ones >= size else LISTED)
    ids = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found = Affiliation.objects.select_related("first", "second").filter(pk__in=ids).order_by()
    return rows.of(sorted(found, key=_place, reverse=True)[:size], on=on)


def _place(row: Affiliation) -> tuple[bool, str, int]:
    return (row.is_open, str(row.since or ""), row.pk)


def _candidates(word: str, chosen: Chosen) -> QuerySet[Any]:
    """Each affiliation once, with the word and the values."""
    if chosen.country:
        sides = AffiliationSide.objects.filter(_in_one_party((word,)), country__in=chosen.country)
        twice = Q(partner_country__in=chosen.country)
    else:
        named = browse.with_word(word)
        sides, twice = AffiliationSide.objects.filter(jurisdiction__in=named), Q(partner__in=named)
    return sides.exclude(twice & Q(jurisdiction__gt=F("partner"))).filter(_facts(chosen))


def _in_one_party(words: Iterable[str], one: str = "jurisdiction", other: str = "partner") -> Q:
    fits = Q()
    for word in words:
        named = browse.with_word(word)
        fits &= Q(**{f"{one}__in": named}) | Q(**{f"{other}__in": named})
    return fits


def _facts(chosen: Chosen) -> Q:
    fits = Q(standing__in=chosen.standing or LISTED)
    return fits & Q(kind__in=chosen.kind) if chosen.kind else fits


def _sorted_out(words: Sequence[str], chosen: Chosen, size: int) -> QuerySet[Any]:
    """All that the rarest word finds, put in order."""
    rarest, *others = words
    named = browse.with_word(rarest)
    sides = AffiliationSide.objects.filter(_in_one_party(others), _facts(chosen), jurisdiction__in=named)
    if chosen.country:
        sides = sides.filter(Q(country__in=chosen.country) | Q(partner_country__in=chosen.country))
    once = sides.exclude(Q(partner__in=named) & Q(jurisdiction__gt=F("partner")))
    return once.order_by("-is_open", "-since", "-affiliation_id").values("affiliation")[:size]


def _walked(words: Sequence[str], chosen: Chosen, size: int, standings: Sequence[str]) -> list[QuerySet[Any]]:
    """From the newest on until enough are met: through the one country chosen, else through all, in the parts that an
    index holds in order."""
    wanted = [one for one in standings if not chosen.standing or one in chosen.standing]
    if len(chosen.country) == 1:
        return _walked_country(words, chosen, size, {one in OPEN_STANDINGS for one in wanted})
    found = Affiliation.objects.filter(_in_one_party(words, "first", "second"))
    if chosen.kind:
        found = found.filter(kind__in=chosen.kind)
    if chosen.country:
        found = found.filter(Q(first__country__in=chosen.country) | Q(second__country__in=chosen.country))
    newest = found.order_by("-since", "-pk").values("pk")
    parts = [newest.filter(standing=standing)[:size] for standing in wanted]
    return [Affiliation.objects.filter(pk__in=part).order_by().values("pk") for part in parts]


def _walked_country(words: Sequence[str], chosen: Chosen, size: int, openness: Iterable[bool]) -> list[QuerySet[Any]]:
    (country,) = chosen.country
    sides = AffiliationSide.objects.filter(_in_one_party(words), _facts(chosen), country=country)
    once = sides.exclude(Q(partner_country=country) & Q(jurisdiction__gt=F("partner")))
    newest = once.order_by("-since", "-affiliation_id").values("pk")
    parts = [newest.filter(is_open=is_open)[:size] for is_open in openness]
    return [AffiliationSide.objects.filter(pk__in=part).order_by().values("affiliation") for part in parts]
