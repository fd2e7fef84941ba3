"""How rules word what they say without knowing in which language it will be read.

A rule marks a sentence with ``gettext_noop``, so that the message catalogues contain it, and the door that shows it
passes its own ``translate``. A sentence whose form follows a number is marked with ``ngettext_noop`` and carries both
forms; the door passes ``counted``, which knows the plurals of the language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

Translate = Callable[[str], str]
#: The form for a number out of a singular and a plural, as ``ngettext`` finds it.
Count = Callable[[str, str, int], str]


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation and leave it as it is."""
    return text


class Counted(str):
    """A sentence in its singular, which knows its ``plural`` and the parameter that it is counted ``by``."""

    plural: str
    by: str

    def __new__(cls, singular: str, plural: str, by: str) -> Counted:
        made = super().__new__(cls, singular)
        made.plural, made.by = plural, by
        return made


def ngettext_noop(singular: str, plural: str, by: str) -> Counted:
    """Mark both forms for translation; ``by`` names the parameter with the number."""
    return Counted(singular, plural, by)


def in_english(singular: str, plural: str, number: int) -> str:
    return singular if number == 1 else plural


def untranslated(text: str) -> str:
    """The ``translate`` of those who read English."""
    return text


def worded(
    message: str,
    params: Mapping[str, object],
    translate: Translate,
    day: Callable[[date], str] = str,
    counted: Count = in_english,
) -> str:
    """The sentence in the reader's language with its ``%(name)s`` filled in; ``day`` says how dates are written."""
    if isinstance(message, Counted):
        sentence = counted(str(message), message.plural, int(str(params[message.by])))
    else:
        sentence = translate(message)
    return sentence % {name: day(it) if isinstance(it, date) else it for name, it in params.items()}
