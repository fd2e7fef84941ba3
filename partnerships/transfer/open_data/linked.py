"""The record as linked data: places and affiliations in words of schema.org, and the description of the data set in
DCAT 2 (W3C)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from django.conf import settings

from partnerships.choices import OPEN_STANDINGS
from partnerships.selectors.jurisdiction_list import JurisdictionRow
from partnerships.selectors.publications import Stand
from partnerships.selectors.rows import AffiliationRow
from partnerships.transfer import addresses
from partnerships.transfer.open_data import words
from partnerships.transfer.open_data.folder import FileNote

HEAD = b'{"@context":"https://schema.org","@graph":['
END = b"\n]}\n"


def graph(things: Iterable[bytes]) -> Iterator[bytes]:
    """Many things in one document, written while they are read."""
    yield HEAD
    for at, thing in enumerate(things):
        yield (b",\n" if at else b"\n") + thing
    yield END


def alone(thing: bytes) -> bytes:
    """One thing as a document of its own."""
    return b'{"@context":"https://schema.org",' + thing[1:] + b"\n"


def place(row: JurisdictionRow) -> bytes:
    """A community as an administrative area, with what it is called and known by elsewhere."""
    party = row.party
    url = addresses.jurisdiction(party)
    names = dict.fromkeys([party.native_name, *(name.name for name in row.names)])
    known = {
        "@type": "AdministrativeArea",
        "@id": url,
        "url": url,
        "identifier": str(party.id),
        "name": party.name,
        "alternateName": [name for name in names if name and name != party.name],
        "geo": _geo(party.latitude, party.longitude),
        "containedInPlace": _containers(row),
        "sameAs": _elsewhere(row),
    }
    return encoded({name: value for name, value in known.items() if value})


def _geo(latitude: float | None, longitude: float | None) -> dict[str, Any] | None:
    if latitude is None or longitude is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}


def _containers(row: JurisdictionRow) -> list[dict[str, Any]]:
    party = row.party
    country = {"@type": "Country", "identifier": party.country, "name": party.country_name}
    if not party.subdivision:
        return [country]
    name = party.subdivision_name or party.subdivision
    return [{"@type": "State", "identifier": party.subdivision, "name": name}, country]


def _elsewhere(row: JurisdictionRow) -> list[str]:
    found = [f"https://sws.geonames.org/{row.geonames_id}/"] if row.geonames_id else []
    found += [f"http://www.wikidata.org/entity/{row.wikidata_id}"] if row.wikidata_id else []
    return found + ([row.website] if row.website else [])


def record(row: AffiliationRow) -> bytes:
    """The registry's record of an affiliation, about both its places; its time as an interval of ISO 8601."""
    url = addresses.affiliation(row.number)
    until = ".." if row.standing in OPEN_STANDINGS else str(row.ended or "..")
    known = {
        "@type": "CreativeWork",
        "@id": url,
        "url": url,
        "identifier": row.number,
        "name": " – ".join(party.name for party in row.parties),
        "genre": row.kind,
        "creativeWorkStatus": row.standing,
        "temporalCoverage": f"{row.since or '..'}/{until}",
        "about": [{"@id": addresses.jurisdiction(party)} for party in row.parties],
        "keywords": [*row.themes, *row.reasons],
    }
    return encoded({name: value for name, value in known.items() if value})


def encoded(value: Any) -> bytes:
    return orjson.dumps(value)


# --- DCAT

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "prov": "http://www.w3.org/ns/prov#",
}


def catalogue(stand: Stand, files: Iterable[FileNote]) -> bytes:
    """A catalogue of one data set, with a distribution for each file."""
    publisher = {
        "@type": "foaf:Agent",
        "foaf:name": settings.REGISTRY_NAME,
        "foaf:homepage": {"@id": addresses.page("")},
    }
    data_set = {
        "@id": addresses.page("data/"),
        "@type": "dcat:Dataset",
        "dct:title": settings.REGISTRY_NAME,
        "dct:description": words.ABOUT,
        "dct:identifier": addresses.page("data/"),
        "dct:publisher": publisher,
        "dct:license": {"@id": words.LICENCE["path"]},
        "dct:modified": {"@type": "xsd:date", "@value": str(stand.day)},
        "dct:accrualPeriodicity": {"@id": "http://purl.org/cld/freq/continuous"},
        "dcat:landingPage": {"@id": addresses.page("data/")},
        "dcat:keyword": list(words.KEYWORDS),
        "dcat:version": f"{stand.seq}",
        "dct:conformsTo": {"@id": "https://specs.frictionlessdata.io/data-package/"},
        "prov:wasDerivedFrom": [{"@id": source["path"]} for source in words.SOURCES],
        "dcat:distribution": [_distribution(file) for file in files],
    }
    whole = {
        "@context": _CONTEXT,
        "@id": addresses.page("data/catalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": settings.REGISTRY_NAME,
        "dct:publisher": publisher,
        "dcat:dataset": [data_set],
    }
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2) + b"\n"


def _distribution(file: FileNote) -> dict[str, Any]:
    url = addresses.page(f"data/{file.name}")
    return {
        "@id": url,
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dct:description": words.about(file.name),
        "dcat:downloadURL": {"@id": url},
        "dcat:accessURL": {"@id": addresses.page("data/")},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{file.media_type}"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.size)},
        "dct:license": {"@id": words.LICENCE["path"]},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.sha256},
        },
    }
