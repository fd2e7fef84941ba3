"""What the open data say of themselves: licence, sources, and what each file is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerships.transfer.open_data.spec import tables

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
SOURCES: tuple[dict[str, str], ...] = (
    {"title": "GeoNames (CC BY 4.0): coordinates and populations of places", "path": "https://www.geonames.org/"},
)
KEYWORDS = ("sister cities", "twin towns", "city diplomacy", "municipal partnerships", "local government")
ABOUT = (
    "Sister city and friendship affiliations between communities of the world: who is tied to whom, since when, by "
    "which agreement, signed by whom, and what the public register says of each."
)

#: What a file is, and its media type, beside the tables.
FILES: dict[str, tuple[Any, str]] = {
    "datapackage.json": (
        _("The Data Package: what every table and column holds, with licence, day and checksums."),
        "application/json",
    ),
    "dictionary.csv": (_("The dictionary: one line for every column of every table."), "text/csv"),
    "jurisdictions.geojson": (_("Communities as points on the map."), "application/geo+json"),
    "affiliations.geojson": (_("Affiliations as lines on the map."), "application/geo+json"),
    "registry.jsonld": (
        _("Communities and affiliations as linked data, in words of schema.org."),
        "application/ld+json",
    ),
    "network.graphml": (
        _("Open affiliations as a network, for igraph, NetworkX, Cytoscape, yEd."),
        "application/graphml+xml",
    ),
    "network.gexf": (_("The same network for Gephi."), "application/gexf+xml"),
    "register.jsonl": (
        _("The register, entry by entry, as verify_register and the script in the documentation read it."),
        "application/x-ndjson",
    ),
    "catalog.jsonld": (
        _("A description for data portals (DCAT), with every file and its checksum."),
        "application/ld+json",
    ),
    "SHA256SUMS": (_("Checksums of all files, as sha256sum reads them."), "text/plain"),
}


def about(name: str) -> str:
    """What a file is, in the language of whoever reads."""
    for table in tables():
        if table.file_name == name:
            return str(table.about)
    return str(FILES[name][0])
