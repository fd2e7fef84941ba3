"""The languages of the world (ISO 639-1), named in the language of the reader."""

from __future__ import annotations

import gettext
import re
from functools import cache

import pycountry
from django.conf import settings
from django.utils import translation

#: A language, with a script or a region where another door has set one: ``uk``, ``pt-br``, ``zh-hant``.
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})?", re.IGNORECASE)


@cache
def choices(reader: str) -> tuple[tuple[str, str], ...]:
    """Codes and names in the order of the names."""
    found = ((row.alpha_2, _name(row.alpha_2, row.name, reader)) for row in pycountry.languages if _has_code(row))
    return tuple(sorted(found, key=lambda choice: choice[1].casefold()))


def offered() -> list[tuple[str, str]]:
    """Codes of the languages that pages and letters come in, each named by itself."""
    return [(code, str(translation.get_language_info(code)["name_local"])) for code, _name in settings.LANGUAGES]


def is_known(code: str) -> bool:
    return bool(_TAG.fullmatch(code)) and code.partition("-")[0].lower() in dict(choices("en"))


def name(code: str, reader: str) -> str:
    """The name of a language; the code itself where nobody knows it."""
    plain = dict(choices(reader))
    return plain.get(code.lower()) or _django_name(code, reader) or plain.get(code.partition("-")[0].lower()) or code


def _has_code(row: object) -> bool:
    """Living languages with a code of two letters; constructed and ancient ones sign no agreements."""
    return bool(getattr(row, "alpha_2", "")) and getattr(row, "type", "") == "L" and getattr(row, "scope", "") != "S"


def _name(code: str, english: str, reader: str) -> str:
    return _django_name(code, reader) or _catalogue(reader).gettext(english).partition(" (")[0]


def _django_name(code: str, reader: str) -> str:
    try:
        with translation.override(reader):
            info = translation.get_language_info(code)
            return str(info["name_translated"]) if info["code"] == code.lower() else ""
    except KeyError:
        return ""


@cache
def _catalogue(reader: str) -> gettext.NullTranslations:
    return gettext.translation("iso639-3", pycountry.LOCALES_DIR, languages=[reader], fallback=True)
