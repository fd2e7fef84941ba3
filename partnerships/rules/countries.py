"""Countries and territories as sources write them: ISO 3166-1 codes, names in English, and states of the past.

The registry follows ISO 3166-1 and takes no side: a territory that ISO lists has the code of ISO whoever governs it
(Kosovo, which ISO leaves open, is ``XK`` by common use). Where a state is no more and its land has become several, the
label alone does not say which; where ISO gives a territory no code, a person has to say in which country of ISO it
should stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pycountry

from partnerships.rules import matching

#: Names in English beside those of ISO 3166-1, folded.
_ALSO = {
    "kosovo": "XK",
    "republic of kosovo": "XK",
    "palestine": "PS",
    "palestinian territories": "PS",
    "palestinian national authority": "PS",
    "palestinian authority": "PS",
    "gaza strip": "PS",
    "west bank": "PS",
    "taiwan": "TW",
    "republic of china": "TW",
    "chinese taipei": "TW",
    "usa": "US",
    "america": "US",
    "united states of america": "US",
    "uk": "GB",
    "great britain": "GB",
    "britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "ireland": "IE",
    "republic of ireland": "IE",
    "russia": "RU",
    "south korea": "KR",
    "north korea": "KP",
    "china": "CN",
    "hong kong": "HK",
    "macau": "MO",
    "turkey": "TR",
    "turkiye": "TR",
    "czech republic": "CZ",
    "slovak republic": "SK",
    "holland": "NL",
    "kingdom of the netherlands": "NL",
    "kingdom of denmark": "DK",
    "kingdom of romania": "RO",
    "macedonia": "MK",
    "ivory coast": "CI",
    "cape verde": "CV",
    "swaziland": "SZ",
    "burma": "MM",
    "east timor": "TL",
    "brunei": "BN",
    "democratic republic of the congo": "CD",
    "dr congo": "CD",
    "zaire": "CD",
    "republic of the congo": "CG",
    "congo brazzaville": "CG",
    "gambia": "GM",
    "the gambia": "GM",
    "the bahamas": "BS",
    "vatican": "VA",
    "vatican city": "VA",
    "micronesia": "FM",
    "federated states of micronesia": "FM",
    "cote d ivoire": "CI",
    "sao tome and principe": "ST",
    "reunion": "RE",
    "sahrawi arab democratic republic": "EH",
    "west germany": "DE",
    "federal republic of germany": "DE",
    "east germany": "DE",
    "german democratic republic": "DE",
    "ceylon": "LK",
    "persia": "IR",
    "rhodesia": "ZW",
    "upper volta": "BF",
    "dahomey": "BJ",
    "siam": "TH",
}

_SOVIET = ("AM", "AZ", "BY", "EE", "GE", "KZ", "KG", "LT", "LV", "MD", "RU", "TJ", "TM", "UA", "UZ")
_YUGOSLAV = ("BA", "HR", "ME", "MK", "RS", "SI", "XK")

#: Names that mean several countries, folded → those: states that are no more → the countries where their land is today.
SEVERAL = {
    "korea": ("KP", "KR"),
    "congo": ("CD", "CG"),
    "virgin islands": ("VG", "VI"),
    "ussr": _SOVIET,
    "soviet union": _SOVIET,
    "union of soviet socialist republics": _SOVIET,
    "su": _SOVIET,
    "yugoslavia": _YUGOSLAV,
    "socialist federal republic of yugoslavia": _YUGOSLAV,
    "federal republic of yugoslavia": ("ME", "RS", "XK"),
    "yu": _YUGOSLAV,
    "serbia and montenegro": ("ME", "RS", "XK"),
    "cs": ("CZ", "ME", "RS", "SK", "XK"),
    "czechoslovakia": ("CZ", "SK"),
    "mandatory palestine": ("IL", "PS"),
    "austria hungary": ("AT", "BA", "CZ", "HR", "HU", "IT", "PL", "RO", "RS", "SI", "SK", "UA"),
    "netherlands antilles": ("BQ", "CW", "SX"),
    "british india": ("BD", "IN", "PK"),
    "french indochina": ("KH", "LA", "VN"),
}

#: Territories without a code of their own in ISO 3166-1, folded → the country of ISO that they stand under.
UNLISTED = {
    "somaliland": "SO",
    "republic of somaliland": "SO",
    "turkish republic of northern cyprus": "CY",
    "northern cyprus": "CY",
    "transnistria": "MD",
    "abkhazia": "GE",
    "south ossetia": "GE",
    "nagorno karabakh": "AZ",
    "republic of artsakh": "AZ",
}

_CODE = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Reading:
    """``codes``: the one country that is meant, or those that may be; ``unlisted``: ISO has no code for the label."""

    codes: tuple[str, ...]
    unlisted: bool = False

    @property
    def code(self) -> str:
        return self.codes[0] if len(self.codes) == 1 and not self.unlisted else ""


def read(label: str) -> Reading:
    """What a source means by a label of a country; no codes where nobody knows.

    Signs that no name has, such as flags, are passed over (``israel🇮🇱`` is Israel).
    """
    text = label.strip()
    if _CODE.fullmatch(text.upper()) and (text.upper() in _codes()):
        return Reading((text.upper(),))
    name = matching.fold("".join(sign for sign in text if sign.isascii() or sign.isalpha()))
    if name in UNLISTED:
        return Reading((UNLISTED[name],), unlisted=True)
    if name in SEVERAL:
        return Reading(SEVERAL[name])
    code = _ALSO.get(name) or _names().get(name)
    return Reading((code,) if code else ())


@cache
def _codes() -> frozenset[str]:
    return frozenset({"XK", *(row.alpha_2 for row in pycountry.countries)})


@cache
def _names() -> dict[str, str]:
    """Every name that ISO 3166-1 gives, folded; also turned round (``Korea, Republic of``), and its three letters."""
    names: dict[str, str] = {}
    for row in pycountry.countries:
        for attribute in ("name", "official_name", "common_name", "alpha_3"):
            if name := getattr(row, attribute, ""):
                names.setdefault(matching.fold(name), row.alpha_2)
                first, comma, rest = name.partition(", ")
                if comma:
                    names.setdefault(matching.fold(f"{rest} {first}"), row.alpha_2)
                    if "republic" in rest.casefold() or "state" in rest.casefold():
                        names.setdefault(matching.fold(first), row.alpha_2)
    return names
