"""The tables of the statistics in words: title, columns, and how each was worked out.

Plain data for the page, the API and the files; the values come from ``selectors.statistics``, single numbers and
their words stand in ``measures``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerships.choices import Light, Reason, Standing, Theme
from partnerships.selectors.publications import Published
from partnerships.selectors.tallies import country_name, subdivision_name
from partnerships.transfer import addresses
from partnerships.transfer.columns import Column, Columns
from partnerships.transfer.measures import NETWORK, TOTALS


@dataclass(frozen=True)
class Table:
    """``columns`` are those of the file and the API; ``label`` and ``numbers`` those that the page shows, of which the
    first is drawn as a bar; ``head`` stands above the labels. ``page``: of what a row is about, as the name, the
    arguments and the query of an address of ours."""

    name: str
    title: Any
    method: Any
    columns: Columns
    label: tuple[str, ...]
    numbers: dict[str, Any]
    page: Callable[[list[Any]], tuple[str, list[Any], str]] | None = None
    flag: bool = False
    head: Any = _("Name")


def _at(place: int, about: Any, kind: str = "integer", **more: Any) -> Column:
    return Column(lambda row: row[place], about, kind, **more)


def _word(place: int, words: Any, otherwise: Any) -> Column:
    return Column(lambda row: str(words(row[place]).label) if row[place] else str(otherwise), _("The same in words"))


_OPEN, _SISTER, _FRIENDSHIP, _ENDED = _("Open"), _("Sister"), _("Friendship"), _("Ended")
_UNKNOWN, _NONE_GIVEN = _("Unknown"), _("None given")

_COUNTS: Columns = {
    "communities": _at(1, _("Communities with an open affiliation")),
    "open": _at(2, _("Open affiliations")),
    "sister": _at(3, _("Open sister affiliations")),
    "friendship": _at(4, _("Open friendship affiliations")),
    "ended": _at(5, _("Ended affiliations")),
}
_SHOWN_COUNTS = {
    "open": _OPEN,
    "sister": _SISTER,
    "friendship": _FRIENDSHIP,
    "ended": _ENDED,
    "communities": _("Communities"),
}

TABLES: tuple[Table, ...] = (
    Table(
        "countries",
        _("By country or territory"),
        _(
            "An affiliation counts at the country of each of its parties, and once where both are "
            "in one country. Most open affiliations first."
        ),
        {
            "country": _at(0, _("ISO 3166-1 alpha-2 code"), "string", required=True),
            "country_name": Column(lambda row: country_name(row[0]), _("Its name")),
            **_COUNTS,
        },
        ("country_name",),
        _SHOWN_COUNTS,
        page=lambda row: ("country", [row[0]], ""),
        flag=True,
    ),
    Table(
        "subdivisions",
        _("By state or province"),
        _(
            "Communities whose state or province is on record (ISO 3166-2). An affiliation counts "
            "at each of its states, and once where both parties are in one."
        ),
        {
            "subdivision": _at(0, _("ISO 3166-2 code"), "string", required=True),
            "subdivision_name": Column(lambda row: subdivision_name(row[0]), _("Its name")),
            "country": Column(lambda row: row[0][:2], _("ISO 3166-1 alpha-2 code of its country")),
            **_COUNTS,
        },
        ("subdivision_name", "country"),
        _SHOWN_COUNTS,
        page=lambda row: ("subdivision", [row[0]], ""),
    ),
    Table(
        "matrix",
        _("Which countries are partners"),
        _(
            "Open affiliations by the two countries that they join, each pair once, the most "
            "first; pairs without any are left out."
        ),
        {
            "country_a": _at(0, _("ISO 3166-1 alpha-2 code, the first by the alphabet"), "string", required=True),
            "country_a_name": Column(lambda row: country_name(row[0]), _("Its name")),
            "country_b": _at(1, _("ISO 3166-1 alpha-2 code of the other"), "string", required=True),
            "country_b_name": Column(lambda row: country_name(row[1]), _("Its name")),
            "open": _at(2, _("Open affiliations between them")),
        },
        ("country_a_name", "country_b_name"),
        {"open": _OPEN},
        page=lambda row: ("country", [row[0]], f"?country={row[1]}" if row[0] != row[1] else ""),
    ),
    Table(
        "decades",
        _("By decade of the beginning"),
        _(
            "All affiliations on record, ended ones included, by the decade in which they began. "
            "Dates may be known to the year only; unknown ones are the last row."
        ),
        {
            "decade": _at(0, _("First year of the decade; empty: unknown")),
            "decade_name": Column(lambda row: f"{row[0]}–{row[0] + 9}" if row[0] else str(_UNKNOWN), _("In words")),
            "began": _at(1, _("Affiliations that began in it")),
            "sister": _at(2, _("Sister affiliations among them, by their present kind")),
            "friendship": _at(3, _("Friendship affiliations among them, by their present kind")),
        },
        ("decade_name",),
        {"began": _("Began"), "sister": _SISTER, "friendship": _FRIENDSHIP},
        head=_("Decade"),
    ),
    Table(
        "years",
        _("New and ended, year by year"),
        _(
            "How many affiliations began and how many ended in each year, as far as the dates are "
            "known; the last row counts the unknown ones."
        ),
        {
            "year": _at(0, _("The year; empty: unknown")),
            "year_name": Column(lambda row: str(row[0] or _UNKNOWN), _("In words")),
            "began": _at(1, _("Affiliations that began in it")),
            "ended": _at(2, _("Affiliations that ended in it")),
        },
        ("year_name",),
        {"began": _("Began"), "ended": _ENDED},
        head=_("Year"),
    ),
    Table(
        "standings",
        _("By standing"),
        _("All affiliations on record but those entered in error."),
        {
            "standing": _at(0, _("Standing"), "string", required=True),
            "standing_name": _word(0, Standing, ""),
            "total": _at(1, _("Affiliations")),
            "sister": _at(2, _("Sister affiliations among them")),
            "friendship": _at(3, _("Friendship affiliations among them")),
        },
        ("standing_name",),
        {"total": _("All"), "sister": _SISTER, "friendship": _FRIENDSHIP},
    ),
    Table(
        "lights",
        _("When last confirmed"),
        _("Open affiliations by how long ago one of the communities last confirmed that they are alive."),
        {
            "light": _at(0, _("Light"), "string", required=True),
            "light_name": _word(0, Light, ""),
            "open": _at(1, _("Open affiliations")),
        },
        ("light_name",),
        {"open": _OPEN},
    ),
    Table(
        "reasons",
        _("Why they became partners"),
        _("Open affiliations by the reasons that the communities gave; several reasons count several times."),
        {
            "reason": _at(0, _("Reason; empty: none given"), "string"),
            "reason_name": _word(0, Reason, _NONE_GIVEN),
            "open": _at(1, _("Open affiliations")),
        },
        ("reason_name",),
        {"open": _OPEN},
    ),
    Table(
        "themes",
        _("What they work on"),
        _("Open affiliations by their themes; several themes count several times."),
        {
            "theme": _at(0, _("Theme; empty: none given"), "string"),
            "theme_name": _word(0, Theme, _NONE_GIVEN),
            "open": _at(1, _("Open affiliations")),
        },
        ("theme_name",),
        {"open": _OPEN},
    ),
    Table(
        "hubs",
        _("Most connected communities"),
        _("The 100 communities with the most open affiliations (degree in the network)."),
        {
            "id": _at(0, _("Id of the community"), required=True),
            "name": _at(1, _("Its name"), "string", required=True),
            "country": _at(3, _("ISO 3166-1 alpha-2 code"), "string"),
            "country_name": Column(lambda row: country_name(row[3]), _("Name of the country")),
            "subdivision": _at(4, _("ISO 3166-2 code; may be empty"), "string"),
            "partners": _at(5, _("Open affiliations")),
            "url": Column(lambda row: _community(row), _("Its page")),
        },
        ("name", "country_name"),
        {"partners": _("Partners")},
        page=lambda row: ("jurisdiction", [row[0], row[2]], ""),
    ),
    Table(
        "degrees",
        _("How many partners communities have"),
        _("The distribution of degrees: how many communities have so many open affiliations."),
        {
            "partners": _at(0, _("Open affiliations of a community")),
            "communities": _at(1, _("Communities with so many")),
        },
        ("partners",),
        {"communities": _("Communities")},
        head=_("Partners"),
    ),
)
BY_NAME = {table.name: table for table in TABLES}


def _community(row: list[Any]) -> str:
    return addresses.page(f"jurisdictions/{row[0]}-{row[2]}/")


def rows(found: Published, table: Table) -> list[dict[str, Any]]:
    """The rows of a table as files and API give them."""
    return [
        {name: column(row) for name, column in table.columns.items()} for row in found.content["tables"][table.name]
    ]


def whole(found: Published | None) -> dict[str, Any]:
    """Everything, with how it was worked out."""
    return {
        "as_of": stand(found) if found else None,
        "totals": found.content["totals"] if found else None,
        "network": found.content["network"] if found else None,
        "methods": {row.name: str(row.method) for row in (*TOTALS, *NETWORK)},
        "tables": [_table(found, table) for table in TABLES] if found else [],
    }


def stand(found: Published) -> dict[str, Any]:
    return {
        "seq": found.stand.seq,
        "hash": found.stand.hash,
        "day": str(found.stand.day),
        "finished_at": found.finished_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }


def _table(found: Published, table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": str(table.title),
        "method": str(table.method),
        "columns": [
            {"name": name, "type": column.kind, "title": str(column.about)} for name, column in table.columns.items()
        ],
        "rows": rows(found, table),
    }
