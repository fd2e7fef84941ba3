"""What the pages of programs officers need beside Django's own filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def work_of(entries: Mapping[int, Any], person: Any) -> Any:
    """The work of a person, out of works by the number of who made them."""
    return entries.get(person.pk)
