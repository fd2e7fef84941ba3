"""What a calendar may be about: a country, a community or an affiliation. Each is found in one statement, or none."""

from __future__ import annotations

from dataclasses import dataclass

from partnerships.models import Affiliation, Jurisdiction
from partnerships.selectors import rows
from partnerships.selectors.anniversaries import AnniversaryCriteria


@dataclass(frozen=True)
class Place:
    """One of ``country``, ``jurisdiction`` and ``affiliation`` is set. ``countries``: where it lies, one or two."""

    name: str
    path: str
    countries: tuple[str, ...]
    country: str = ""
    jurisdiction: int | None = None
    affiliation: str = ""

    def anniversaries(self, every: int) -> AnniversaryCriteria:
        return AnniversaryCriteria(
            countries=(self.country,) if self.country else (),
            jurisdictions=(self.jurisdiction,) if self.jurisdiction else (),
            affiliation=self.affiliation,
            every=every,
        )


def of_country(code: str, name: str) -> Place:
    return Place(name, f"/countries/{code}/", (code,), country=code)


def of_jurisdiction(pk: int) -> Place | None:
    """A community that has a page of its own; ``None`` for every other one."""
    one = Jurisdiction.objects.filter(pk=pk, provisional=False, successor__isnull=True).first()
    if one is None:
        return None
    return Place(one.full_name, f"/jurisdictions/{pk}-{one.slug}/", (one.country.code,), jurisdiction=pk)


def of_affiliation(number: str) -> Place | None:
    one = Affiliation.objects.visible().select_related("first", "second").filter(number=number).first()
    if one is None:
        return None
    names = " – ".join(rows.party(party).name for party in (one.first, one.second))
    countries = (one.first.country.code, one.second.country.code)
    return Place(names, f"/affiliations/{number}/", countries, affiliation=number)
