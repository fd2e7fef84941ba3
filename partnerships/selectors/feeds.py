"""What the register said last about a country, a community or an affiliation.

An affiliation keeps the number of its last entry, so the latest entries of many affiliations are among those of the few
that changed last: however many there are, fifty of them are looked at for fifty entries. What other apps enter in the
register about a place is offered by them at start-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from partnerships.models import Affiliation, AffiliationSide, AgreementAffiliation, Jurisdiction, RegisterEntry
from partnerships.selectors import rows

SIZE = 50
#: Of a country, a community and an affiliation: subjects of the register that tell of it, some hundreds, the newest.
Subjects = Callable[[str, int | None, str], Iterable[str]]
_OFFERED: dict[str, Subjects] = {}


def offer(name: str, subjects: Subjects) -> None:
    """Let feeds tell of these subjects, too: ``subjects(country, jurisdiction, affiliation)``, of which one is set, in
    one statement. Once, however often it is offered under a name."""
    _OFFERED[name] = subjects


def _beside(*, country: str = "", jurisdiction: int | None = None, affiliation: str = "") -> list[str]:
    return [one for subjects in _OFFERED.values() for one in subjects(country, jurisdiction, affiliation)]


@dataclass(frozen=True)
class Feed:
    """``name``: of what the feed tells. ``path``: of its page."""

    name: str
    path: str
    entries: tuple[RegisterEntry, ...]


def of_country(code: str, name: str) -> Feed:
    """The affiliations and agreements of a country. Four statements."""
    there = AffiliationSide.objects.filter(country=code).values("affiliation")
    return Feed(name, f"/countries/{code}/", _latest(Affiliation.objects.filter(pk__in=there), *_beside(country=code)))


def of_jurisdiction(pk: int) -> Feed | None:
    """A community with its affiliations and agreements; ``None`` where there is none. Five statements."""
    one = Jurisdiction.objects.filter(pk=pk, provisional=False, successor__isnull=True).first()
    if one is None:
        return None
    own = AffiliationSide.objects.filter(jurisdiction=pk).values("affiliation")
    found = _latest(Affiliation.objects.filter(pk__in=own), f"jurisdictions/{pk}", *_beside(jurisdiction=pk))
    return Feed(one.full_name, f"/jurisdictions/{pk}-{one.slug}/", found)


def of_affiliation(number: str) -> Feed | None:
    """An affiliation with its agreements; ``None`` where there is none. Four statements."""
    one = Affiliation.objects.select_related("first", "second").filter(number=number).first()
    if one is None:
        return None
    names = " – ".join(rows.party(party).name for party in (one.first, one.second))
    return Feed(
        f"{names} ({number})",
        f"/affiliations/{number}/",
        _of_subjects(*_subjects([(one.pk, number)]), *_beside(affiliation=number)),
    )


def _latest(found: QuerySet[Affiliation], *beside: str) -> tuple[RegisterEntry, ...]:
    changed = found.order_by("-changed_seq", "-pk").values_list("pk", "number")[:SIZE]
    return _of_subjects(*beside, *_subjects(changed))


def _subjects(affiliations: Iterable[tuple[int, str]]) -> list[str]:
    numbers = dict(affiliations)
    links = AgreementAffiliation.objects.filter(affiliation__in=list(numbers))
    agreements = links.values_list("agreement__number", flat=True).distinct()
    return [f"affiliations/{number}" for number in numbers.values()] + [f"agreements/{number}" for number in agreements]


def _of_subjects(*subjects: str) -> tuple[RegisterEntry, ...]:
    return tuple(RegisterEntry.objects.filter(subject__in=subjects).order_by("-seq")[:SIZE])
