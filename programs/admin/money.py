"""Amounts on the pages of officers: grouped, and with the currency of their cycle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin

from programs.models import Cycle
from programs.templatetags.programs import money


def amount(field: str, words: Any, cycle: Callable[[Any], Cycle] = lambda row: row.cycle) -> Any:
    """A column or line of an admin: the amount of ``field`` in the currency of the cycle of its row."""

    @admin.display(description=words, ordering=field)
    def shown(door: Any, row: Any) -> str | None:
        value = getattr(row, field)
        return None if value is None else money(value, cycle(row).currency)

    return shown
