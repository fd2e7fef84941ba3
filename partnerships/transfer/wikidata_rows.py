"""Rows of results of the Wikidata query service in JSON, as the service answers or as its page downloads them.

Variables are called like the columns of an import (``a_name``), or by the item and what is told of it (``city``,
``cityLabel``, ``cityCountryCode``, ``twin``, ``twinLabel``); see docs/data.md for a query that fits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from partnerships.rules.import_rows import COLUMNS, OF_THE_PAIR, REQUIRED, RawRow
from partnerships.transfer.unusable import Unusable

#: JSON is read in one piece.
MOST_MB = 100
_SIDES = {
    "a": ("a", "city", "item", "place", "place1", "city1"),
    "b": ("b", "twin", "partner", "sister", "sistercity", "twincity", "place2", "city2"),
}
_PARTS = {
    "": "wikidata_id",
    "id": "wikidata_id",
    "label": "name",
    "country": "country",
    "countrylabel": "country",
    "countrycode": "country",
    "iso": "country",
    "subdivision": "subdivision",
    "subdivisioncode": "subdivision",
    "coord": "point",
    "coords": "point",
    "coordinates": "point",
    "location": "point",
    "lat": "latitude",
    "lon": "longitude",
    "pop": "population",
    "geonames": "geonames_id",
    "geonamesid": "geonames_id",
}
#: The better of two variables that tell the same comes last.
_ORDER = ("country", "countrylabel", "countrycode", "iso")
_FOR_THE_PAIR = {"start": "since", "starttime": "since", "end": "until", "endtime": "until", "url": "source_url"}
_POINT = re.compile(r"Point\(\s*(-?[0-9.]+)\s+(-?[0-9.]+)\s*\)", re.IGNORECASE)
_TIME = re.compile(r"^(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?Z?$")
_ENTITY = re.compile(r"^https?://www\.wikidata\.org/entity/(Q[0-9]+)$")


def rows(path: Path) -> Iterator[RawRow]:
    """One row a result; its line is its place among them, counted from 1."""
    bindings = _bindings(_loaded(path))
    columns = _columns(bindings)
    for number, binding in enumerate(bindings, start=1):
        yield RawRow(number, _cells(binding, columns))


def _loaded(path: Path) -> Any:
    size = path.stat().st_size / 1_000_000
    if size > MOST_MB:
        raise Unusable("too-large", size=round(size), most=MOST_MB)
    content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        return json.loads(content.decode())
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        raise Unusable("encoding", line=line, column=column, byte=f"0x{content[error.start]:02X}") from None
    except json.JSONDecodeError as error:
        raise Unusable("json", line=error.lineno, column=error.colno, why=error.msg) from error
    except RecursionError as error:
        raise Unusable("json-shape") from error


def _bindings(loaded: Any) -> list[dict[str, Any]]:
    found = loaded
    if isinstance(loaded, dict):
        results = loaded.get("results")
        found = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise Unusable("json-shape")
    return found


def _columns(bindings: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Each variable that is known with the column it fills; those that tell it better come later."""
    variables = list(dict.fromkeys(name for binding in bindings for name in binding))
    known = [(name, column) for name in variables if (column := _column(name))]
    missing = [name for name in REQUIRED if name not in {column for _name, column in known}]
    if bindings and missing:
        raise Unusable("json-columns", missing=", ".join(missing), found=", ".join(variables)[:200] or "–")
    return sorted(known, key=lambda pair: next((at for at, end in enumerate(_ORDER) if _ends(pair[0], end)), -1))


def _ends(variable: str, part: str) -> bool:
    return variable.casefold().replace("_", "").endswith(part)


def _column(variable: str) -> str:
    name = variable.casefold()
    if name in COLUMNS:
        return name
    if name in _FOR_THE_PAIR or name in OF_THE_PAIR:
        return _FOR_THE_PAIR.get(name, name)
    plain = name.replace("_", "")
    for side, items in _SIDES.items():
        for item in items:
            if plain.startswith(item) and (part := plain.removeprefix(item)) in _PARTS:
                return f"{side}_{_PARTS[part]}"
    return ""


def _cells(binding: Mapping[str, Any], columns: list[tuple[str, str]]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for variable, column in columns:
        value = _text(binding.get(variable))
        if not value or (column.endswith("_country") and _ENTITY.match(value)):
            continue
        if column.endswith("_point"):
            if point := _POINT.search(value):
                cells[f"{column[0]}_longitude"], cells[f"{column[0]}_latitude"] = point.groups()
        elif column in ("since", "until"):
            cells[column] = _day(value)
        else:
            cells[column] = value
    for side in _SIDES:
        if cells.get(f"{side}_name") == cells.get(f"{side}_wikidata_id", "").rpartition("/")[2]:
            cells[f"{side}_name"] = ""  # the service answers the id where an item has no label
    return {name: cells.get(name, "") for name in COLUMNS}


def _text(value: Any) -> str:
    found = value.get("value") if isinstance(value, dict) else value
    return "" if found is None or isinstance(found, (list, dict)) else str(found).strip()


def _day(value: str) -> str:
    """Times of Wikidata as dates. It writes a year known alone as its first of January, so that says the year only."""
    found = _TIME.match(value)
    if not found:
        return value
    return found[1][:4] if found[1].endswith("-01-01") else found[1]
