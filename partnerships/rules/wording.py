"""How rules word what they say without knowing in which language it will be read.

A rule marks a sentence with ``gettext_noop``, so that the message catalogues contain it, and the door that shows it
passes its own ``translate``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

Translate = Callable[[str], str]


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation and leave it as it is."""
    return text


def untranslated(text: str) -> str:
    """The ``translate`` of those who read English."""
    return text


def worded(message: str, params: Mapping[str, object], translate: Translate, day: Callable[[date], str] = str) -> str:
    """The sentence in the reader's language with its ``%(name)s`` filled in; ``day`` says how dates are written."""
    return translate(message) % {name: day(it) if isinstance(it, date) else it for name, it in params.items()}
