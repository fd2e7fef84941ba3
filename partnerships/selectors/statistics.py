"""Counts over the whole record: what is open today, and what began and ended when. For the worker, not for a page.

``collect`` answers plain values that can be kept as JSON: names are codes, and each table is a list of rows in the
order of its columns in ``transfer.figures``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Substr

from partnerships.choices import OPEN_STANDINGS, AffiliationKind, Light, Reason, Standing, Theme
from partnerships.models import Affiliation, AffiliationTheme, Agreement, Jurisdiction, Tally
from partnerships.selectors import network, rows, tallies
from partnerships.selectors.tallies import PlaceTotal

Rows = list[list[Any]]
KINDS = (AffiliationKind.SISTER, AffiliationKind.FRIENDSHIP)


def collect(*, on: date) -> dict[str, Any]:
    """Everything at once, as of today; every statement reads one table once."""
    measures, hubs, degrees = network.figures()
    totals, countries = tallies.of_countries()
    return {
        "totals": _totals(totals, on=on),
        "network": measures,
        "tables": {
            "countries": _places(countries, "country"),
            "subdivisions": _places(tallies.of_subdivisions(), "subdivision"),
            "matrix": matrix(),
            "decades": decades(),
            "years": years(),
            "standings": _standings(),
            "lights": lights(on=on),
            "reasons": reasons(),
            "themes": themes(),
            "hubs": hubs,
            "degrees": degrees,
        },
    }


def _totals(kept: tallies.Totals, *, on: date) -> dict[str, int]:
    opened = Affiliation.objects.open()
    return {
        "open": kept.open,
        "sister": kept.sister,
        "friendship": kept.friendship,
        "ended": Affiliation.objects.filter(standing=Standing.ENDED).count(),
        "recognised": opened.recognised(on).count(),
        "countries": kept.countries,
        "jurisdictions": Jurisdiction.objects.filter(open_count__gt=0).count(),
        "agreements": Agreement.objects.filter(annulled_on__isnull=True).count(),
        "undated": opened.filter(since="").count(),
    }


# --- By place


def _places(found: Iterable[PlaceTotal], column: str) -> Rows:
    """Most open affiliations first."""
    communities = dict(
        Jurisdiction.objects.filter(open_count__gt=0).order_by().values_list(column).annotate(Count("pk"))
    )
    ordered = sorted(found, key=lambda row: (-row.open, -row.ended, row.code))
    return [
        [row.code, communities.get(row.code, 0), row.open, row.sister, row.friendship, row.ended] for row in ordered
    ]


def matrix() -> Rows:
    """Open affiliations by the two countries that they join, each pair of countries once, the most first."""
    kept = Tally.objects.filter(subdivision="", standing__in=OPEN_STANDINGS, country__lte=F("partner_country"))
    found = kept.order_by().values_list("country", "partner_country").annotate(sum=Sum("count"))
    return sorted(([one, other, total] for one, other, total in found if total), key=lambda row: (-row[2], row[:2]))


# --- By time


def _counted(found: QuerySet[Any], field: str, length: int) -> dict[str, Counter[str]]:
    """How many by the first letters of a date and by kind; the empty key stands for unknown dates."""
    parts = found.order_by().values_list(Substr(field, 1, length), "kind").annotate(Count("pk"))
    sums: dict[str, Counter[str]] = {}
    for part, kind, count in parts:
        sums.setdefault(part, Counter())[kind] += count
    return sums


def decades() -> Rows:
    """Decades in order with how many began in each, unknown dates last."""
    sums = _counted(Affiliation.objects.visible(), "since", 3)
    known = sorted(part for part in sums if part)
    listed = [[int(part) * 10, *_kinds(sums[part])] for part in known]
    return [*listed, [None, *_kinds(sums[""])]] if "" in sums else listed


def _kinds(counted: Counter[str]) -> list[int]:
    return [counted.total(), *(counted[kind] for kind in KINDS)]


def years() -> Rows:
    """Years in order with how many began and ended in each, and how many ever began less those that ended; the last
    row counts unknown dates."""
    began = _counted(Affiliation.objects.visible(), "since", 4)
    ended = _counted(Affiliation.objects.filter(standing=Standing.ENDED), "ended", 4)
    known = sorted({part for part in (*began, *ended) if part})
    listed: Rows = []
    for part in map(str, range(int(known[0]), int(known[-1]) + 1)) if known else ():
        new, over = (sums.get(part, Counter()).total() for sums in (began, ended))
        listed.append([int(part), new, over])
    unknown = [sums.get("", Counter()).total() for sums in (began, ended)]
    return [*listed, [None, *unknown]] if any(unknown) else listed


# --- By what it is


def _standings() -> Rows:
    found = Affiliation.objects.visible().order_by().values_list("standing", "kind").annotate(Count("pk"))
    sums: dict[str, Counter[str]] = {standing: Counter() for standing in (*OPEN_STANDINGS, Standing.ENDED)}
    for standing, kind, count in found:
        sums[standing][kind] += count
    return [[standing, *_kinds(counted)] for standing, counted in sums.items()]


def lights(*, on: date) -> Rows:
    """Open affiliations by the light of the day."""
    found = Affiliation.objects.open().order_by().values_list("last_confirmed_on").annotate(Count("pk"))
    sums = Counter[str]()
    for last, count in found:
        sums[rows.light(last, on)] += count
    return [[light, sums[light]] for light in Light.values]


def reasons() -> Rows:
    """Open affiliations by reason; one with two reasons counts at both. The last row counts those that give none."""
    sums, without = Counter[str](), 0
    for given, count in Affiliation.objects.open().order_by().values_list("reasons").annotate(Count("pk")):
        without += 0 if given else count
        sums.update(dict.fromkeys(set(given), count))
    return [*([reason, sums[reason]] for reason in Reason.values), ["", without]]


def themes() -> Rows:
    """Open affiliations by theme; one with two themes counts at both. The last row counts those that give none."""
    found = AffiliationTheme.objects.filter(affiliation__standing__in=OPEN_STANDINGS)
    sums = dict(found.order_by().values_list("theme").annotate(Count("pk")))
    none = Affiliation.objects.open().filter(~Q(theme_rows__isnull=False)).count()
    return [*([theme, sums.get(theme, 0)] for theme in Theme.values), ["", none]]
