"""Words for the stored values of programs. No tag reads the database."""

from __future__ import annotations

from django import template

from programs import choices

register = template.Library()


@register.filter
def program_label(value: str, noun: str) -> str:
    """What people read for a stored value; the value itself where it is unknown."""
    return str(dict(getattr(choices, noun).choices).get(value, value))
