"""Dates as people write them: ``1931``, ``June 1992``, ``29 June 1992``, ``June 29, 1992``, ``6/29/1992``.

What could mean two days is asked back, never guessed. Month names are understood in English and in the language of
the page; digits in any script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from django.utils import dates as names
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from partnerships.rules.dates import PartialDate

LONGEST = 60

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?)?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[-/. ](\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}", re.ASCII)
_EAST_ASIAN = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?", re.ASCII)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|º|ª)\b")
_WORDS_AND_NUMBERS = re.compile(r"[^\W\d_]+|\d+")
_PLAIN = re.compile(r"[\w\s.,'’/-]+")
#: What may stand between day, month and year.
_BETWEEN = frozenset({"of", "the", "de", "del", "di", "do", "d"})


def read(text: str) -> PartialDate:
    """Raises ``ValueError`` with a sentence that says what to write instead."""
    plain = _plain(text)
    for reader in _READERS:
        found = reader(plain)
        if found is not None:
            return found
    raise ValueError(_("Write a date such as 29 June 1992, June 1992 or 1992."))


def written(value: PartialDate) -> str:
    """The date in words, or in figures where the language has no words for months: as ``read`` understands it."""
    words = date_format(value.earliest, {"year": "Y", "month": "F Y", "day": "j F Y"}[value.precision])
    try:
        return words if read(words) == value else str(value)
    except ValueError:
        return str(value)


def _plain(text: str) -> str:
    signs = unicodedata.normalize("NFKC", text[: LONGEST + 1])
    kept = (sign for sign in signs if unicodedata.category(sign) != "Cf")
    spelt = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in kept)
    return " ".join(spelt.casefold().split()).strip(" .,") if len(text) <= LONGEST else ""


def _date(year: str, month: str | None = None, day: str | None = None) -> PartialDate:
    try:
        return PartialDate(int(year), int(month) if month else None, int(day) if day else None)
    except ValueError as error:
        raise ValueError(_("There is no such day: look at the day and the month again.")) from error


def _year_first(text: str) -> PartialDate | None:
    found = _YEAR_FIRST.fullmatch(text) or _EAST_ASIAN.fullmatch(text)
    return _date(*found.groups()) if found else None


def _month_and_year(text: str) -> PartialDate | None:
    found = _MONTH_AND_YEAR.fullmatch(text)
    return _date(found[2], found[1]) if found else None


def _year_last(text: str) -> PartialDate | None:
    if _SHORT_YEAR.fullmatch(text):
        raise ValueError(_("Write the year with four digits, such as 1992."))
    found = _YEAR_LAST.fullmatch(text)
    if not found:
        return None
    one, other, year = found.groups()
    if int(one) > 12:
        return _date(year, other, one)
    if int(other) > 12 or int(one) == int(other):
        return _date(year, one, other)
    raise ValueError(_("This can be read as two different days. Write the month as a word, such as 6 July 1992."))


def _in_words(text: str) -> PartialDate | None:
    """Day, month and year in any order, as long as the month is a word and the year has four digits."""
    if not _PLAIN.fullmatch(text):
        return None
    parts = _WORDS_AND_NUMBERS.findall(_ORDINAL.sub("", text))
    words = [part for part in parts if not part.isdigit() and part not in _BETWEEN]
    numbers = [part for part in parts if part.isdigit()]
    month = _months(get_language() or "en").get(words[0]) if len(words) == 1 else None
    if month is None or not 1 <= len(numbers) <= 2:
        return None
    years, days = [n for n in numbers if len(n) == 4], [n for n in numbers if len(n) <= 2]
    if len(years) != 1 or len(years) + len(days) != len(numbers):
        raise ValueError(_("Write the year with four digits, such as 1992."))
    return _date(years[0], str(month), days[0] if days else None)


_READERS: tuple[Callable[[str], PartialDate | None], ...] = (_year_first, _month_and_year, _year_last, _in_words)


@cache
def _months(language: str) -> dict[str, int]:
    known = {"sept": 9}
    for spoken in ("en", language):
        with override(spoken):
            for table in (names.MONTHS, names.MONTHS_3, names.MONTHS_AP, names.MONTHS_ALT):
                values = table.items()
                for number, name in values:
                    word = unicodedata.normalize("NFKC", str(name)).casefold().strip(" .")
                    known.setdefault(word, number)
    return known
