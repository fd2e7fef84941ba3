"""The keys of every public page, in parts of bounded size."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet, Value

from partnerships.models import Affiliation, Agreement, Jurisdiction, Tally

PER_PART = 5_000
NOUNS = ("jurisdictions", "affiliations", "agreements")


@dataclass(frozen=True)
class Pages:
    """Pages of another app: the name of their address, their rows, and what the address of a row is made of."""

    noun: str
    address: str
    rows: Callable[[], QuerySet[Any]]
    key: Callable[[Any], tuple[Any, ...]]


_OFFERED: dict[str, Pages] = {}


def offer(pages: Pages) -> None:
    """Name these pages in the site map, too; apps do so at start-up."""
    _OFFERED[pages.noun] = pages


def nouns() -> tuple[str, ...]:
    return (*NOUNS, *_OFFERED)


def address(noun: str) -> str:
    """The name of the address of one of them."""
    return _OFFERED[noun].address if noun in _OFFERED else noun.removesuffix("s")


def _rows(noun: str) -> QuerySet[Any]:
    if noun in _OFFERED:
        return _OFFERED[noun].rows()
    if noun == "jurisdictions":
        return Jurisdiction.objects.filter(provisional=False, successor__isnull=True)
    return {"affiliations": Affiliation.objects.visible(), "agreements": Agreement.objects.all()}[noun]


def last_keys() -> dict[str, int]:
    """The highest primary key of each kind of page, in one statement however many kinds there are."""
    last = [
        _rows(noun)
        .order_by()
        .annotate(noun=Value(noun))
        .values("noun")
        .annotate(last=Max("pk"))
        .values_list("noun", "last")
        for noun in nouns()
    ]
    found = dict(last[0].union(*last[1:], all=True))
    return {noun: found.get(noun) or 0 for noun in nouns()}


def keys(noun: str, part: int) -> Iterable[tuple[Any, ...]]:
    """What the addresses of one part are made of; parts count from 1."""
    first = (part - 1) * PER_PART
    rows = _rows(noun).filter(pk__gte=first, pk__lt=first + PER_PART).order_by("pk")
    if noun in _OFFERED:
        return map(_OFFERED[noun].key, rows)
    if noun == "jurisdictions":
        return [(one.pk, one.slug) for one in rows.only("pk", "name")]
    return [(number,) for number in rows.values_list("number", flat=True)]


def countries() -> list[str]:
    rows = Tally.objects.filter(subdivision="", count__gt=0).order_by("country")
    return list(rows.values_list("country", flat=True).distinct())
