"""The statistics: as a page, and each table as a file. Nothing is worked out here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from partnerships.choices import PublicationKind
from partnerships.filters.fields import clipped
from partnerships.selectors import publications
from partnerships.selectors.publications import Published
from partnerships.transfer import figures, measures
from partnerships.transfer.figures import Table
from partnerships.transfer.measures import Measure
from partnerships.views import charts, exports
from partnerships.views.caching import Stamp, context, published_page
from partnerships.views.listing import asked_format, refused

#: Rows of a table that the page shows; its file has all of them.
SHOWN = 12
#: Countries on each side of the matrix that the page shows.
GRID = 8
#: Of years the page shows the latest: the drawing above has them all.
_LATEST_FIRST = frozenset({"years"})
_SECTIONS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("places", lambda: _("By place"), ("countries", "subdivisions", "matrix")),
    ("time", lambda: _("Over time"), ("years", "decades")),
    ("state", lambda: _("How they stand"), ("standings", "lights", "reasons", "themes")),
)


@dataclass(frozen=True)
class Line:
    """A row as the page shows it. ``share``: of the greatest first number, in percent, as an attribute of SVG."""

    label: tuple[Any, ...]
    url: str
    flag: str
    numbers: tuple[int, ...]
    share: str


@dataclass(frozen=True)
class ShownTable:
    name: str
    title: str
    method: str
    head: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    total: int


@published_page(PublicationKind.STATISTICS)
def statistics(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    try:
        wanted = asked_format(request, ("csv", "json"))
    except ValueError as error:
        return refused(request, str(error))
    found = publications.latest(PublicationKind.STATISTICS)
    name = request.GET.get("table", "")
    if name and name not in figures.BY_NAME:
        message = _("There is no table “%(name)s”; there is %(known)s.")
        return refused(request, message % {"name": clipped(name), "known": ", ".join(figures.BY_NAME)})
    if wanted:
        return _file(found, name, wanted)
    return render(request, "partnerships/public/statistics.html", context(stamp, nav="statistics", **_page(found)))


def _file(found: Published | None, name: str, wanted: str) -> HttpResponseBase:
    if name:
        table = figures.BY_NAME[name]
        rows = figures.rows(found, table) if found else []
        return exports.table(rows, tuple(table.columns), f"statistics-{name}", wanted)
    if wanted == "csv":
        return exports.table(_measured(found), ("measure", "value", "unit", "method"), "statistics", wanted)
    return HttpResponse(exports.encoded(figures.whole(found)), content_type="application/json")


def _measured(found: Published | None) -> Iterable[dict[str, Any]]:
    for group, listed in (("totals", measures.TOTALS), ("network", measures.NETWORK)):
        for row in listed if found else ():
            value = found.content[group][row.name] if found else None
            yield {"measure": row.name, "value": value, "unit": row.unit, "method": str(row.method)}


def _page(found: Published | None) -> dict[str, Any]:
    if found is None:
        return {"found": None}
    return {
        "found": found,
        "totals": [_fact(row, found.content["totals"][row.name]) for row in measures.TOTALS],
        "network": [_fact(row, found.content["network"][row.name]) for row in measures.NETWORK],
        "sections": [
            {"id": key, "title": title(), "tables": [_shown(found, figures.BY_NAME[name]) for name in names]}
            for key, title, names in _SECTIONS
        ],
        "network_tables": [_shown(found, figures.BY_NAME[name]) for name in ("hubs", "degrees")],
        "chart": _chart(found.content["tables"]["years"]),
        "grid": _grid(found.content["tables"]),
    }


def _fact(measure: Measure, value: float | None) -> dict[str, Any]:
    if value is None:
        shown = _("not defined")
    else:
        shown = number_format(round(value, measure.digits), measure.digits, use_l10n=True, force_grouping=True)
    return {"label": measure.title, "value": f"{shown} {measure.unit}".strip(), "note": measure.method, "raw": value}


def _shown(found: Published, table: Table) -> ShownTable:
    kept: Sequence[list[Any]] = found.content["tables"][table.name]
    known = [row for row in kept if row[0] is not None]
    listed = [*reversed(known)][:SHOWN] if table.name in _LATEST_FIRST else kept[:SHOWN]
    numbers = [tuple(table.columns[name](row) for name in table.numbers) for row in listed]
    most = max((row[0] for row in numbers), default=0) or 1
    lines = tuple(
        Line(
            label=tuple(table.columns[name](row) for name in table.label),
            url=_address(table, row),
            flag=row[0] if table.flag else "",
            numbers=values,
            share=f"{100 * values[0] / most:.1f}%",
        )
        for row, values in zip(listed, numbers, strict=True)
    )
    heads = tuple(str(title) for title in table.numbers.values())
    return ShownTable(table.name, str(table.title), str(table.method), str(table.head), heads, lines, len(kept))


def _grid(tables: dict[str, Any]) -> list[dict[str, Any]]:
    """The countries with most affiliations: how many join the one of the row to that of each column."""
    codes = [row[0] for row in tables["countries"][:GRID]]
    pairs = {(one, other): count for one, other, count in tables["matrix"]}
    return [
        {"code": code, "counts": [pairs.get((min(code, other), max(code, other)), 0) for other in codes]}
        for code in codes
    ]


def _address(table: Table, row: list[Any]) -> str:
    if table.page is None:
        return ""
    name, args, query = table.page(row)
    return reverse(name, args=args) + query


def _chart(rows: list[list[Any]]) -> charts.Chart | None:
    known = [(year, began) for year, began, _ended in rows if year is not None]
    labels = [_("%(year)s: %(count)s began") % {"year": year, "count": began} for year, began in known]
    return charts.by_year(known, labels)
