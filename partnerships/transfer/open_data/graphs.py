"""The network of open affiliations for tools that draw and measure networks: GraphML and GEXF 1.3.

Nodes come first in both, and only the communities that have a link are nodes: links are therefore written beside, and
follow at the end.
"""

from __future__ import annotations

import shutil
import tempfile
from array import array
from collections.abc import Iterator, Mapping
from itertools import repeat
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr  # nosec B406 - XML is written here, none is read

from partnerships.choices import OPEN_STANDINGS
from partnerships.selectors.jurisdiction_list import JurisdictionRow
from partnerships.selectors.rows import AffiliationRow
from partnerships.transfer.columns import Column
from partnerships.transfer.open_data.folder import Written
from partnerships.transfer.tables import AFFILIATIONS, JURISDICTIONS

_NODE = ("name", "native_name", "kind", "country", "subdivision", "latitude", "longitude", "population", "url")
_EDGE = ("number", "kind", "standing", "since", "recognised", "light", "charter", "url")
#: Attributes of nodes and of edges, by the one table of columns.
NODE: Mapping[str, Column] = {name: JURISDICTIONS[name] for name in _NODE}
EDGE: Mapping[str, Column] = {name: AFFILIATIONS[name] for name in _EDGE}
#: Characters that XML 1.0 has no place for.
_NO_XML = dict.fromkeys([*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF])
#: The words that both formats have for the types of a Table Schema.
_TYPES = {"string": "string", "integer": "long", "number": "double", "boolean": "boolean", "date": "string"}
_CHUNK = 1 << 16


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).translate(_NO_XML)


def _known(columns: Mapping[str, Column], row: Any) -> Iterator[tuple[str, str]]:
    for name, column in columns.items():
        value = column(row)
        if value not in (None, ""):
            yield name, _text(value)


class Network:
    """Collects the links while affiliations pass, then writes nodes while communities pass, then the links."""

    def __init__(self) -> None:
        self._links_of = array("L")
        self._edges: tuple[IO[bytes], IO[bytes]] = (tempfile.TemporaryFile(), tempfile.TemporaryFile())
        self.links = 0

    def __enter__(self) -> Network:
        return self

    def __exit__(self, *_error: object) -> None:
        for edges in self._edges:
            edges.close()

    def link(self, row: AffiliationRow) -> None:
        if row.standing not in OPEN_STANDINGS:
            return
        one, other = (party.id for party in row.parties)
        for pk in (one, other):
            if pk >= len(self._links_of):
                self._links_of.extend(repeat(0, pk + 1 - len(self._links_of)))
            self._links_of[pk] += 1
        self.links += 1
        known = list(_known(EDGE, row))
        self._edges[0].write(_graphml_edge(one, other, known).encode())
        self._edges[1].write(_gexf_edge(row.number, one, other, known).encode())

    def links_of(self, row: JurisdictionRow) -> int:
        """How many of the links that passed are those of this community."""
        pk = row.party.id
        return self._links_of[pk] if pk < len(self._links_of) else 0

    def append_links(self, place: int, to: Written) -> None:
        """The links at the end of the file: 0 GraphML, 1 GEXF."""
        edges = self._edges[place]
        edges.seek(0)
        shutil.copyfileobj(edges, to, _CHUNK)


# --- GraphML


def graphml_head() -> str:
    keys = "".join(
        f'<key id="{letter}_{name}" for="{what}" attr.name="{name}" attr.type="{_TYPES[column.kind]}"/>\n'
        for what, letter, columns in (("node", "n", NODE), ("edge", "e", EDGE))
        for name, column in columns.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        f'{keys}<graph id="registry" edgedefault="undirected">\n'
    )


def graphml_node(row: JurisdictionRow) -> str:
    return f'<node id="n{row.party.id}">{_graphml_data("n", _known(NODE, row))}</node>\n'


def _graphml_data(letter: str, known: Any) -> str:
    return "".join(f'<data key="{letter}_{name}">{escape(value)}</data>' for name, value in known)


def _graphml_edge(one: int, other: int, known: list[tuple[str, str]]) -> str:
    return f'<edge source="n{one}" target="n{other}">{_graphml_data("e", known)}</edge>\n'


GRAPHML_END = "</graph>\n</graphml>\n"


# --- GEXF


def gexf_head(day: str) -> str:
    def attributes(what: str, columns: Mapping[str, Column]) -> str:
        listed = "".join(
            f'<attribute id="{name}" title="{name}" type="{_TYPES[column.kind]}"/>' for name, column in columns.items()
        )
        return f'<attributes class="{what}">{listed}</attributes>\n'

    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
        f'<meta lastmodifieddate="{day}"/>\n<graph defaultedgetype="undirected" mode="static">\n'
        f"{attributes('node', NODE)}{attributes('edge', EDGE)}<nodes>\n"
    )


def gexf_node(row: JurisdictionRow) -> str:
    name = quoteattr(_text(row.party.name))
    return f'<node id="{row.party.id}" label={name}>{_gexf_values(_known(NODE, row))}</node>\n'


def _gexf_values(known: Any) -> str:
    values = (f'<attvalue for="{name}" value={quoteattr(value)}/>' for name, value in known)
    return f"<attvalues>{''.join(values)}</attvalues>"


def _gexf_edge(number: str, one: int, other: int, known: list[tuple[str, str]]) -> str:
    return f'<edge id="{number}" source="{one}" target="{other}">{_gexf_values(known)}</edge>\n'


GEXF_BETWEEN = "</nodes>\n<edges>\n"
GEXF_END = "</edges>\n</graph>\n</gexf>\n"
