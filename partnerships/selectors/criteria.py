"""What a list of affiliations is asked for, by a page, the API or an export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from partnerships.choices import OPEN_STANDINGS, Standing
from partnerships.rules import matching
from partnerships.rules.dates import PartialDate

#: The standing that stands for every standing but those entered in error.
ANY = "any"
LISTED = tuple(standing for standing in Standing if standing != Standing.ANNULLED)
SORTS = ("-since", "since", "name", "-name")
_MOST_WORDS = 8


@dataclass(frozen=True)
class Criteria:
    """What a list of affiliations is asked for.

    Several countries, subdivisions or communities: all of them are parties. Several kinds, standings, themes
    or programs: any.
    No standing: the open ones; ``ANY``: all. ``since_after`` and ``since_before`` are included.
    ``as_of``: kind, standing and recognition are those of that day, which is not after today.
    """

    countries: tuple[str, ...] = ()
    subdivisions: tuple[str, ...] = ()
    jurisdictions: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    recognised: bool | None = None
    since_after: PartialDate | None = None
    since_before: PartialDate | None = None
    q: str = ""
    as_of: date | None = None
    sort: str = "-since"

    @property
    def wanted(self) -> tuple[str, ...]:
        """The standings that are listed."""
        if ANY in self.standings:
            return LISTED
        return tuple(standing for standing in LISTED if standing in (self.standings or OPEN_STANDINGS))

    @property
    def other_countries(self) -> tuple[str, ...]:
        """The countries that no subdivision asked for lies in: a party in US-NY is one in the US."""
        implied = {code[:2] for code in self.subdivisions}
        return tuple(code for code in self.countries if code not in implied)

    @property
    def has_place(self) -> bool:
        return bool(self.countries or self.subdivisions or self.jurisdictions)

    @property
    def words(self) -> tuple[str, ...]:
        return matching.words(self.q)[:_MOST_WORDS]
