"""Countries *and territories*: a community of a territory counts as of another place than its country (domain 2.1).

ISO 3166 lists some territories twice: with a country code of their own (3166-1) and as a subdivision (3166-2). Sources
use either, so Guam comes as ``GU`` and as ``US`` with ``US-GU``; both mean the same place.
"""

from __future__ import annotations

#: ISO 3166-2 code of a territory → its own ISO 3166-1 code.
TERRITORIES = {
    "CN-HK": "HK",
    "CN-MO": "MO",
    "FI-01": "AX",
    "FR-971": "GP",
    "FR-972": "MQ",
    "FR-973": "GF",
    "FR-974": "RE",
    "FR-976": "YT",
    "FR-BL": "BL",
    "FR-MF": "MF",
    "FR-NC": "NC",
    "FR-PF": "PF",
    "FR-PM": "PM",
    "FR-TF": "TF",
    "FR-WF": "WF",
    "NL-AW": "AW",
    "NL-BQ1": "BQ",
    "NL-BQ2": "BQ",
    "NL-BQ3": "BQ",
    "NL-CW": "CW",
    "NL-SX": "SX",
    "NO-21": "SJ",
    "NO-22": "SJ",
    "US-AS": "AS",
    "US-GU": "GU",
    "US-MP": "MP",
    "US-PR": "PR",
    "US-VI": "VI",
}
_COUNTRY_OF = {territory: subdivision.partition("-")[0] for subdivision, territory in TERRITORIES.items()}


def place_of(country: str, subdivision: str) -> str:
    """The country or territory of a community, as its ISO 3166-1 code."""
    return TERRITORIES.get(subdivision, country)


def country_of(code: str) -> str:
    """The country that a territory belongs to; the code itself for a country."""
    return _COUNTRY_OF.get(code, code)


def is_home(country: str, home_country: str) -> bool:
    """Whether a community of this country is at home in the registry; those of the home country's territories are."""
    return bool(home_country) and home_country in (country, _COUNTRY_OF.get(country))


def home_codes(home_country: str) -> tuple[str, ...]:
    """Every ISO 3166-1 code under which communities are at home: the country's own and those of its territories."""
    if not home_country:
        return ()
    return (home_country, *sorted(code for code, country in _COUNTRY_OF.items() if country == home_country))
