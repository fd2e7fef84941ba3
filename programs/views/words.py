"""A cycle's rules in words, as its page prints them: every sentence comes from data of the cycle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from partnerships.choices import AffiliationKind
from partnerships.templatetags.registry import partial_date
from programs.choices import BandMeasure, QuotaPer
from programs.rules import stages
from programs.rules.details import Detail
from programs.rules.instants import zone
from programs.selectors.catalogue import BandRow, CycleRow, Eligibility, QuotaRow
from programs.templatetags.programs import in_words, money


def moment(value: datetime, zone_name: str) -> str:
    """An instant as the clocks of its own zone show it, with the zone's name: never the reader's guess."""
    local = value.astimezone(zone(zone_name))
    told = {"day": partial_date(local.date()), "time": f"{local:%H:%M}", "zone": zone_name.replace("_", " ")}
    return _("%(day)s, %(time)s (%(zone)s)") % told


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
        yield {"label": _("Reports are due"), "value": partial_date(row.report_due_on)}
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
        yield {"label": _(field.label), "value": in_words(field, value, between=", ")}


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
    day = partial_date(rules.ages_on)
    on = _("on %(day)s") % {"day": day} if day else _("on the day on which the call closes")
    low, high = rules.age_from, rules.age_to
    values = {"low": low, "high": high, "on": on}
    if high is None:
        least = low or 0
        said = ngettext(
            "Students are at least %(low)s year old %(on)s.", "Students are at least %(low)s years old %(on)s.", least
        )
    elif low is None:
        said = ngettext(
            "Students are at most %(high)s year old %(on)s.", "Students are at most %(high)s years old %(on)s.", high
        )
    else:
        said = ngettext(
            "Students are %(low)s to %(high)s year old %(on)s.",
            "Students are %(low)s to %(high)s years old %(on)s.",
            high,
        )
    return said % values


def band(row: BandRow) -> str:
    """A half-open range as people say it; whole years of age end with the last one that belongs to it."""
    return _years(row.low, row.high) if row.measure == BandMeasure.AGE else _people(row.low, row.high)


def _years(low: int, end: int | None) -> str:
    if end is None:
        return ngettext("%(low)s year and older", "%(low)s years and older", low) % {"low": low}
    high = end - 1
    return ngettext("%(low)s to %(high)s year", "%(low)s to %(high)s years", high) % {"low": low, "high": high}


def _people(low: int, high: int | None) -> str:
    first = number_format(low, force_grouping=True)
    if high is None:
        return ngettext("%(low)s person and more", "%(low)s people and more", low) % {"low": first}
    told = {"low": first, "high": number_format(high, force_grouping=True)}
    if low == 0:
        return ngettext("fewer than %(high)s person", "fewer than %(high)s people", high) % told
    return ngettext("%(low)s to fewer than %(high)s person", "%(low)s to fewer than %(high)s people", high) % told


def quota(row: QuotaRow) -> str:
    most = ngettext("At most %(most)s entry", "At most %(most)s entries", row.most) % {"most": row.most}
    per = [str(QuotaPer(code).label).lower() for code in row.per if code in QuotaPer.values]
    if not per:
        return _("%(most)s in all.") % {"most": most}
    return _("%(most)s for each %(per)s.") % {"most": most, "per": _(" and ").join(per)}


def details(values: tuple[tuple[Detail, Any], ...]) -> list[dict[str, str]]:
    return [
        {
            "label": _(field.label),
            "value": in_words(field, value, between=", "),
            "url": value if field.type == "url" else "",
        }
        for field, value in values
    ]
