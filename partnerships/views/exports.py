"""Lists as files: the same rows as the page, written while they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

import orjson
from django.conf import settings
from django.http import StreamingHttpResponse

from partnerships.rules.dates import PartialDate
from partnerships.selectors.rows import AffiliationRow, PartyRow
from partnerships.transfer import addresses, geojson, tables

FORMATS = ("csv", "json", "geojson")


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def party(row: PartyRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "native_name": row.native_name,
        "kind": row.kind,
        "country": row.country,
        "country_name": row.country_name,
        "subdivision": row.subdivision,
        "subdivision_name": row.subdivision_name,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "fictional": row.fictional,
        "url": addresses.jurisdiction(row),
    }


def affiliation(row: AffiliationRow) -> dict[str, Any]:
    """The shape in which affiliations are published everywhere; the row is a full one."""
    return {
        "number": row.number,
        "kind": row.kind,
        "standing": row.standing,
        "recognised": {"value": row.recognised.value, "since": row.recognised.since, "reason": row.recognised.text},
        "light": row.light,
        "charter": row.charter,
        "since": row.since,
        "ended": row.ended,
        "term_end": row.term_end,
        "parties": [party(one) for one in row.parties],
        "reasons": row.reasons,
        "themes": row.themes,
        "agreements": [
            {
                "number": one.number,
                "act": one.act,
                "signed_on": one.signed_on,
                "url": addresses.agreement(one.number),
            }
            for one in row.agreements
        ],
        "fictional": row.fictional,
        "url": addresses.affiliation(row.number),
    }


def csv_lines(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    return tables.csv_lines(rows, {name: itemgetter(name) for name in columns})


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate | date):
        return str(value)
    raise TypeError(type(value))


def encoded(value: Any) -> bytes:
    return orjson.dumps(value, default=_plain, option=orjson.OPT_PASSTHROUGH_DATACLASS)


def json_parts(rows: Iterable[Any], opening: bytes, closing: bytes) -> Iterator[bytes]:
    yield opening
    for place, row in enumerate(rows):
        yield (b",\n" if place else b"\n") + encoded(row)
    yield closing


def table(rows: Iterable[dict[str, Any]], columns: Sequence[str], name: str, kind: str) -> StreamingHttpResponse:
    """The rows as ``csv`` or ``json``."""
    if kind == "csv":
        return _answer(csv_lines(rows, columns), "text/csv; charset=utf-8", f"{name}.csv")
    return _answer(json_parts(rows, b'{"results": [', b"\n]}\n"), "application/json", f"{name}.json")


def affiliations(rows: Callable[[bool], Iterable[AffiliationRow]], name: str, kind: str) -> StreamingHttpResponse:
    """A list of affiliations as a file; ``rows(full)`` reads them."""
    if kind == "csv":
        return _answer(tables.csv_lines(rows(False), tables.AFFILIATIONS), "text/csv; charset=utf-8", f"{name}.csv")
    if kind == "json":
        return table((affiliation(row) for row in rows(True)), (), name, kind)
    lines = geojson.collection(geojson.line(row) for row in rows(False))
    return _answer(lines, "application/geo+json", f"{name}.geojson")


def _answer(parts: Iterable[Any], media_type: str, name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        parts, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
