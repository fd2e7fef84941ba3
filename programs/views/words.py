"""A cycle's rules in words, as its page prints them: every sentence comes from data of the cycle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from partnerships.choices import AffiliationKind
from programs.choices import BandMeasure, QuotaPer
from programs.rules import stages
from programs.rules.details import Detail
from programs.rules.instants import zone
from programs.selectors.catalogue import BandRow, CycleRow, Eligibility, QuotaRow


def day(value: date) -> str:
    return date_format(value, "j F Y")


def moment(value: datetime, zone_name: str) -> str:
    """An instant as the clocks of its own zone show it, with the zone's name: never the reader's guess."""
    local = value.astimezone(zone(zone_name))
    told = {"day": day(local.date()), "time": f"{local:%H:%M}", "zone": zone_name.replace("_", " ")}
    return _("%(day)s, %(time)s (%(zone)s)") % told


def money(value: Decimal, currency: str) -> str:
    places = 0 if value == value.to_integral_value() else 2
    return f"{number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)} {currency}"


def stage(code: str) -> dict[str, str]:
    """The badge of where a call stands."""
    words, tone, icon = stages.WORDS[code]
    return {"label": _(words), "tone": tone, "icon": icon}


def facts(row: CycleRow) -> Iterator[dict[str, str]]:
    """When, and with how much money."""
    if row.opens_at:
        yield {"label": _("Opens"), "value": moment(row.opens_at, row.time_zone)}
    if row.closes_at:
        yield {
            "label": _("Closes"),
            "value": moment(row.closes_at, row.time_zone),
            "note": _("Applications have to be handed in before this instant."),
        }
    if row.report_due_on:
        yield {"label": _("Reports are due"), "value": day(row.report_due_on)}
    if row.budget is not None:
        yield {
            "label": _("Budget"),
            "value": money(row.budget, row.currency),
            "note": _("Awarded so far: %(sum)s") % {"sum": money(row.committed, row.currency)},
        }
    elif row.committed:
        yield {"label": _("Awarded"), "value": money(row.committed, row.currency)}
    if row.cap_per_pair is not None:
        yield {"label": _("Most for one pair"), "value": money(row.cap_per_pair, row.currency)}
    for field, value in row.rules:
        yield {"label": _(field.label), "value": detail(field, value)}


def eligibility(rules: Eligibility) -> Iterator[str]:
    """Who may take part, one sentence a rule."""
    if rules.good_standing:
        yield _("For members in good standing.")
    kind = str(AffiliationKind(rules.affiliation_kind).label).lower() if rules.affiliation_kind else ""
    if rules.recognised:
        yield _("Needs an affiliation that is recognised today.")
    if kind:
        yield _("Needs an affiliation of this kind: %(kind)s.") % {"kind": kind}
    if rules.countries:
        names = ", ".join(sorted(str(countries.name(code)) for code in rules.countries))
        yield _("The partner is in one of these countries: %(names)s.") % {"names": names}
    if rules.age_from is not None or rules.age_to is not None:
        yield _ages(rules)


def _ages(rules: Eligibility) -> str:
    on = _("on %(day)s") % {"day": day(rules.ages_on)} if rules.ages_on else _("on the day on which the call closes")
    values = {"low": rules.age_from, "high": rules.age_to, "on": on}
    if rules.age_to is None:
        return _("Students are at least %(low)s years old %(on)s.") % values
    if rules.age_from is None:
        return _("Students are at most %(high)s years old %(on)s.") % values
    return _("Students are %(low)s to %(high)s years old %(on)s.") % values


def band(row: BandRow) -> str:
    """A half-open range as people say it; whole years of age end with the last one that belongs to it."""
    low, high = number_format(row.low, force_grouping=True), row.high
    if row.measure == BandMeasure.AGE:
        return (
            _("%(low)s years and older") % {"low": low}
            if high is None
            else _("%(low)s to %(high)s years")
            % {
                "low": low,
                "high": high - 1,
            }
        )
    if high is None:
        return _("%(low)s people and more") % {"low": low}
    end = number_format(high, force_grouping=True)
    if row.low == 0:
        return _("fewer than %(high)s people") % {"high": end}
    return _("%(low)s to fewer than %(high)s people") % {"low": low, "high": end}


def quota(row: QuotaRow) -> str:
    most = ngettext("At most %(most)s entry", "At most %(most)s entries", row.most) % {"most": row.most}
    per = [str(QuotaPer(code).label).lower() for code in row.per if code in QuotaPer.values]
    if not per:
        return _("%(most)s in all.") % {"most": most}
    return _("%(most)s for each %(per)s.") % {"most": most, "per": _(" and ").join(per)}


def detail(field: Detail, value: Any) -> str:
    """A kept value in words."""
    if field.type == "boolean":
        return _("Yes") if value else _("No")
    if field.type in ("choice", "choices"):
        words = dict(field.choices)
        return ", ".join(_(words.get(code, code)) for code in ([value] if isinstance(value, str) else value))
    if field.type in ("country", "countries"):
        return ", ".join(str(countries.name(code) or code) for code in ([value] if isinstance(value, str) else value))
    if field.type == "lines":
        return ", ".join(value)
    if field.type == "date":
        return day(date.fromisoformat(value))
    if field.type == "month_day":
        return date_format(date.fromisoformat(f"2024-{value}"), "MONTH_DAY_FORMAT")
    if field.type == "integer":
        return str(number_format(value, force_grouping=True))
    return str(value)


def details(values: tuple[tuple[Detail, Any], ...]) -> list[dict[str, str]]:
    return [
        {"label": _(field.label), "value": detail(field, value), "url": value if field.type == "url" else ""}
        for field, value in values
    ]
