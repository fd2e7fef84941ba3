"""How the facts of programs are printed: instants at the clocks of their place, states, details. No tag reads the
database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import date_format, number_format, time_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from partnerships.forms import dates
from partnerships.rules.dates import PartialDate
from partnerships.rules.wording import worded
from partnerships.templatetags.registry import partial_date
from programs.choices import ParticipationState
from programs.kinds import Kind
from programs.rules import instants
from programs.rules.details import Detail
from programs.rules.findings import Finding
from programs.rules.money import Sum, decimals

register = template.Library()
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d)")

#: State -> (tone, icon) of its badge.
STATES = {
    "draft": ("neutral", "edit"),
    "submitted": ("info", "waits"),
    "returned": ("caution", "edit"),
    "finalist": ("info", "star"),
    "accepted": ("positive", "check"),
    "declined": ("negative", "cross"),
    "withdrawn": ("neutral", "ended"),
    "completed": ("positive", "check-circle"),
}


@dataclass(frozen=True)
class Entered:
    """One detail in words, as those who entered it read it back."""

    label: str
    text: str


@register.simple_tag
def clock(moment: datetime | None, zone: str) -> str:
    """Day and time as the clocks of the zone show them, with the zone, in a ``<time>`` element."""
    if moment is None:
        return ""
    there = moment.astimezone(instants.zone(zone or "UTC"))
    day, hour = partial_date(PartialDate.of(there.date())), time_format(there.time(), "H:i")
    return format_html('<time datetime="{}">{}, {} ({})</time>', there.isoformat(), day, hour, _place(zone, there))


def _place(zone: str, there: datetime) -> str:
    """The city that names the zone, and what its clocks go by: New York, EDT."""
    city, short = zone.rpartition("/")[2].replace("_", " "), there.tzname() or ""
    return f"{city}, {short}" if short[:1].isalpha() and short != city else city or short


@register.simple_tag
def msgid(text: str) -> str:
    """Words that a kind of program says in English, in the language of the page."""
    return _(text) if text else ""


@register.filter
def figure(value: Decimal) -> str:
    """A figure without the decimals that it does not have, grouped as the language does."""
    return number_format(value, decimals(value), use_l10n=True, force_grouping=True)


@register.simple_tag
def money(value: Decimal | None, currency: str) -> str:
    """An amount with its currency, grouped as the language does; nothing of no amount."""
    return "" if value is None else f"{figure(value)} {currency}"


@register.inclusion_tag("components/badge.html")
def participation_badge(state: str) -> dict[str, str]:
    tone, picture = STATES.get(state, ("neutral", "info"))
    words = dict(ParticipationState.choices).get(state, state)
    return {"label": str(words), "tone": tone, "icon": picture}


@register.simple_tag
def finding_text(finding: Finding) -> str:
    """What stands in the way, with days and the words of fields as people read them."""
    params = {name: _spoken(name, value) for name, value in finding.params.items()}
    return worded(finding.message, params, _, lambda day: dates.written(PartialDate.of(day)), ngettext)


def _spoken(name: str, value: object) -> object:
    if name == "label":
        return _(str(value))
    if isinstance(value, Sum):
        return money(value.value, value.currency)
    return _month_day(str(value)) if isinstance(value, str) and _MONTH_DAY.fullmatch(value) else value


def _month_day(value: str) -> str:
    """A day of every year: 11 September; a year with a 29 February is asked."""
    return date_format(date.fromisoformat(f"2024-{value}"), "MONTH_DAY_FORMAT")


@register.simple_tag
def entered_details(kind: Kind, kept: dict[str, Any]) -> list[Entered]:
    """What was entered for the details of an application, in their order."""
    return entered(kind.fields, kept)


def entered(fields: Iterable[Detail], kept: Mapping[str, Any]) -> list[Entered]:
    """What was entered for any fields of a kind, in their order."""
    return [Entered(_(one.label), in_words(one, kept[one.name])) for one in fields if one.name in kept]


def in_words(detail: Detail, value: Any, *, between: str = "\n") -> str:
    """A kept value as people read it; ``between`` stands between lines that were typed one below the other."""
    known = dict(detail.choices)
    if detail.type == "boolean":
        return _("Yes") if value else _("No")
    if detail.type == "date":
        return partial_date(value)
    if detail.type == "month_day":
        return _month_day(value)
    if detail.type == "choice":
        return _(known.get(value, value))
    if detail.type == "choices":
        return ", ".join(_(known.get(code, code)) for code in value)
    if detail.type in ("country", "countries"):
        codes = [value] if isinstance(value, str) else value
        return ", ".join(str(countries.name(code) or code) for code in codes)
    if detail.type == "integer":
        return str(number_format(value, use_l10n=True, force_grouping=True))
    return between.join(value) if isinstance(value, list) else str(value)
