"""Typed details: what a kind of program asks for beside the common columns, read and checked in one place.

A ``Detail`` says what one value is; ``clean`` reads what was typed (or what an API sent) into plain JSON values, or
answers one message a field. Kept values are: text, whole numbers, ``true``/``false``, ISO dates (``2026-04-01``),
decimals as text (``"12.50"``), codes of a choice, lists of codes, lists of lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from partnerships.rules.wording import gettext_noop

#: Control characters but tab and line ends; direction overrides, which make a text read as another one.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
MOST_TEXT = 300
MOST_LONG = 5000
MOST_LINES = 50
_COUNTRY = re.compile(r"^[A-Z]{2}$")
_MONTH_DAY = re.compile(r"^(\d{2})-(\d{2})$")

TYPES = (
    "text",
    "long",
    "integer",
    "decimal",
    "boolean",
    "date",
    "month_day",
    "choice",
    "choices",
    "lines",
    "url",
    "country",
    "countries",
)


@dataclass(frozen=True)
class Detail:
    """One value: its name in the JSON, the words at its field, its type, and its bounds.

    ``least`` and ``most`` bound numbers, or the length of a text or list. ``public``: whether everybody may read it
    once the participation is public. ``choices`` are pairs of code and words (msgids).
    """

    name: str
    label: str
    type: str = "text"
    help: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    least: int | None = None
    most: int | None = None
    public: bool = True

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise ValueError(f"{self.name} is of no known type: {self.type}")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one value: an English msgid with ``%(name)s`` places."""

    message: str
    params: Mapping[str, object]


class _Wrong(ValueError):
    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.problem = Problem(message, params)


def clean(fields: Sequence[Detail], values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Problem]]:
    """The values as they are kept, and the problems by field; a field that is empty is left out of the values.

    Names that no field has are problems too, so that nothing unknown is ever kept.
    """
    kept: dict[str, Any] = {}
    problems = {
        str(name): Problem(gettext_noop("This cannot be set."), {})
        for name in values
        if name not in {field.name for field in fields}
    }
    for field in fields:
        try:
            value = _read(field, values.get(field.name))
        except _Wrong as wrong:
            problems[field.name] = wrong.problem
            continue
        if value not in (None, "", [], ()):
            kept[field.name] = value
    return kept, problems


def missing(fields: Sequence[Detail], kept: Mapping[str, Any]) -> list[Detail]:
    """The required fields that are still empty; a box that must be ticked counts as empty until it is."""
    return [field for field in fields if field.required and kept.get(field.name) in (None, "", [], False)]


def public(fields: Sequence[Detail], kept: Mapping[str, Any]) -> list[tuple[Detail, Any]]:
    """What of the kept values everybody may read, in the order of the fields."""
    return [(field, kept[field.name]) for field in fields if field.public and field.name in kept]


def _read(field: Detail, value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return _READERS[field.type](field, value)


def _text(field: Detail, value: Any) -> str:
    if not isinstance(value, str):
        raise _Wrong(gettext_noop("Write words here."))
    text = value.strip()
    if _UNREADABLE.search(text):
        raise _Wrong(gettext_noop("This holds signs that cannot be read. Type it again instead of pasting it."))
    most = field.most or (MOST_LONG if field.type == "long" else MOST_TEXT)
    if len(text) > most:
        raise _Wrong(gettext_noop("Keep it to %(most)s characters."), most=most)
    return text


def _integer(field: Detail, value: Any) -> int:
    try:
        number = int(str(value).strip().replace(" ", "")) if not isinstance(value, (bool, float)) else None
    except ValueError:
        number = None
    if number is None:
        raise _Wrong(gettext_noop("Write a whole number."))
    return _bounded(field, number)


def _bounded(field: Detail, number: Any) -> Any:
    least = 0 if field.least is None else field.least
    most = 10**12 if field.most is None else field.most
    if not least <= number <= most:
        raise _Wrong(gettext_noop("Write a number from %(least)s to %(most)s."), least=least, most=most)
    return number


def _decimal(field: Detail, value: Any) -> str:
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise _Wrong(gettext_noop("Write a number, such as 12.50."))
    return str(_bounded(field, number))


def _boolean(field: Detail, value: Any) -> bool:
    known = {"true": True, "on": True, "1": True, "false": False, "off": False, "0": False}
    if isinstance(value, bool):
        return value
    if str(value).lower() not in known:
        raise _Wrong(gettext_noop("Say yes or no."))
    return known[str(value).lower()]


def _date(field: Detail, value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError as error:
        raise _Wrong(gettext_noop("Write a day as 2026-04-01.")) from error


def _month_day(field: Detail, value: Any) -> str:
    found = _MONTH_DAY.match(str(value).strip())
    try:
        if found:
            date(2024, int(found[1]), int(found[2]))
            return found[0]
    except ValueError:
        pass
    raise _Wrong(gettext_noop("Write a month and a day as 09-11."))


def _choice(field: Detail, value: Any) -> str:
    if value not in {code for code, _words in field.choices}:
        raise _Wrong(gettext_noop("Choose from the list."))
    return str(value)


def _choices(field: Detail, value: Any) -> list[str]:
    several = [value] if isinstance(value, str) else value
    known = {code for code, _words in field.choices}
    if not isinstance(several, (list, tuple)) or not set(map(str, several)) <= known:
        raise _Wrong(gettext_noop("Choose from the list."))
    return sorted({str(code) for code in several}, key=[code for code, _words in field.choices].index)


def _lines(field: Detail, value: Any) -> list[str]:
    several = value.splitlines() if isinstance(value, str) else value
    if not isinstance(several, (list, tuple)):
        raise _Wrong(gettext_noop("Write one on each line."))
    lines = [line for line in (_text(Detail("", ""), one) for one in several) if line]
    most = field.most or MOST_LINES
    if len(lines) > most:
        raise _Wrong(gettext_noop("Write at most %(most)s lines."), most=most)
    return lines


def _url(field: Detail, value: Any) -> str:
    text = _text(field, value)
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        if parts.scheme in ("http", "https") and parts.hostname and "." in parts.hostname:
            return parts.geturl()
    except ValueError:
        pass
    raise _Wrong(gettext_noop("Write an address such as https://example.org/page."))


def _country(field: Detail, value: Any) -> str:
    code = str(value).strip().upper()
    if not _COUNTRY.match(code):
        raise _Wrong(gettext_noop("Choose a country."))
    return code


def _countries(field: Detail, value: Any) -> list[str]:
    several = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(several, (list, tuple)):
        raise _Wrong(gettext_noop("Choose a country."))
    return sorted({_country(field, code) for code in several})


_READERS = {
    "text": _text,
    "long": _text,
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "month_day": _month_day,
    "choice": _choice,
    "choices": _choices,
    "lines": _lines,
    "url": _url,
    "country": _country,
    "countries": _countries,
}
