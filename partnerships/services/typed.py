"""What people typed, before it is kept: one check for form, admin, API and import."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from partnerships.exceptions import Invalid

#: Control characters but for tab and line ends: PostgreSQL refuses NUL, and none of them is ever typed on purpose.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MOST_LIST_ITEMS = 50


def check(row: models.Model, *, leave: Collection[str] = ()) -> None:
    """Raises ``Invalid`` with the messages of every field, and of constraints that span several (``__all__``)."""
    errors = _unreadable(row)
    try:
        row.full_clean(exclude={*leave, *errors}, validate_unique=False)
    except ValidationError as error:
        errors.update(error.message_dict)
    if errors:
        raise Invalid(errors)


def _unreadable(row: models.Model) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, str) and _CONTROL.search(value):
            errors[field.name] = [_("This holds signs that cannot be read. Type it again instead of pasting it.")]
        if isinstance(field, models.TextField) and field.max_length and len(value or "") > field.max_length:
            errors[field.name] = [_too_long(field.max_length)]
        if isinstance(field, models.JSONField) and isinstance(value, list) and not _plain(value):
            errors[field.name] = [_("Choose from the list.")]
    return errors


def _too_long(most: int) -> str:
    return _("Keep it to %(most)s characters.") % {"most": most}


def words(text: str, *, field: str, missing: str = "", most: int = 2000) -> str:
    """A reason or comment without the space around it; ``missing`` is what is said where it has to be there.

    Raises ``Invalid`` at ``field``.
    """
    text = text.strip()
    if missing and not text:
        raise Invalid({field: [missing]})
    if _CONTROL.search(text):
        raise Invalid({field: [_("This holds signs that cannot be read. Type it again instead of pasting it.")]})
    if len(text) > most:
        raise Invalid({field: [_too_long(most)]})
    return text


def _plain(values: list[object]) -> bool:
    """A short list of short words."""
    return len(values) <= MOST_LIST_ITEMS and all(
        isinstance(value, str) and len(value) <= 200 and not _CONTROL.search(value) for value in values
    )
