"""The one shape in which participations, activities and results are published: files of pages and the API alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from partnerships.selectors.rows import PartyRow
from partnerships.transfer import addresses as pages
from programs.selectors.happenings import ActivityRow
from programs.selectors.outcomes import ResultRow
from programs.selectors.participants import ParticipantRow
from programs.transfer import addresses


def party(row: PartyRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
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
        "url": pages.jurisdiction(row),
    }


def detail(values: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    return {field.name: value for field, value in values}


def _money(value: Any) -> str | None:
    return None if value is None else str(value)


def participation(row: ParticipantRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "program": row.cycle.program,
        "program_name": row.cycle.program_name,
        "kind": row.cycle.kind,
        "cycle": row.cycle.slug,
        "cycle_name": row.cycle.name,
        "community": party(row.community),
        "partner": party(row.partner),
        "affiliation": row.affiliation or None,
        "role": row.role,
        "state": row.state,
        "title": row.title,
        "summary": row.summary,
        "category": row.category or None,
        "category_name": row.category_name,
        "band": row.band,
        "detail": detail(row.detail),
        "awarded": _money(row.awarded),
        "paid": _money(row.paid) if row.awarded is not None else None,
        "currency": row.cycle.currency if row.awarded is not None else None,
        "decided_at": row.decided_at.isoformat() if row.decided_at else None,
        "fictional": row.fictional,
        "url": addresses.of(row.path),
    }


def activity(row: ActivityRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "program": row.program,
        "program_name": row.program_name,
        "cycle": row.cycle,
        "cycle_name": row.cycle_name,
        "participation": row.participation,
        "community": party(row.community),
        "host": party(row.host),
        "kind": row.kind,
        "state": row.state,
        "title": row.title,
        "text": row.text,
        "starts_at": row.starts_at.isoformat() if row.starts_at else None,
        "ends_at": row.ends_at.isoformat() if row.ends_at else None,
        "time_zone": row.time_zone,
        "starts_on": str(row.starts_on) if row.starts_on else None,
        "ends_on": str(row.ends_on) if row.ends_on else None,
        "venue": row.venue,
        "address": row.address,
        "country": row.country,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "placed_by": row.placed_by,
        "detail": detail(row.detail),
        "stream_url": row.url,
        "fictional": row.fictional,
        "url": addresses.activity(row.path, row.id),
    }


def result(row: ResultRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "program": row.program,
        "program_name": row.program_name,
        "cycle": row.cycle,
        "cycle_name": row.cycle_name,
        "participation": row.participation,
        "community": party(row.community),
        "measure": row.measure,
        "group": row.group,
        "value": str(row.value),
        "approximate": row.approximate,
        "unit": row.unit,
        "on": str(row.on) if row.on else None,
        "claimed_by": row.claimed_by,
        "method": row.method,
        "source": row.source,
        "source_url": row.source_url,
        "verified": row.verified_on is not None,
        "verified_on": str(row.verified_on) if row.verified_on else None,
        "verified_by": row.verified_by,
        "verified_how": row.verified_how,
        "fictional": row.fictional,
        "url": addresses.of(row.path),
    }


def of_community(shown: Mapping[str, Any]) -> dict[str, Any]:
    """A published result as a feature: at the community that it is about, where it is about one."""
    return point({**shown, "community": shown["community"] or {"latitude": None, "longitude": None}})


def point(shown: Mapping[str, Any]) -> dict[str, Any]:
    """A published participation or activity as a GeoJSON feature; without geometry where no place is known."""
    place = shown if "latitude" in shown else shown["community"]
    known = place["latitude"] is not None and place["longitude"] is not None
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]} if known else None,
        "properties": {name: value for name, value in shown.items() if name not in ("latitude", "longitude")},
    }
