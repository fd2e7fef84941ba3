"""Rows of a GEXF network: a node is a place (its id may be a Wikidata id), an edge is a partnership."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.parsers import expat

from partnerships.rules.import_rows import COLUMNS, RawRow
from partnerships.transfer.unusable import Unusable

#: Titles of attributes, in small letters → the part of a place that they tell.
_OF_A_PLACE = {
    "name": "name",
    "label": "name",
    "kind": "kind",
    "country": "country",
    "country_code": "country",
    "countrycode": "country",
    "subdivision": "subdivision",
    "lat": "latitude",
    "latitude": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "longitude": "longitude",
    "pop": "population",
    "population": "population",
    "geonames": "geonames_id",
    "geonames_id": "geonames_id",
    "wikidata": "wikidata_id",
    "wikidata_id": "wikidata_id",
}
_OF_THE_PAIR = frozenset({"kind", "standing", "since", "until", "source_url", "note"})
_PIECE = 1 << 16


def rows(path: Path) -> Iterator[RawRow]:
    """One row an edge, with the line where the edge stands. Only the places are held in memory."""
    network = _Network()
    parser = expat.ParserCreate(namespace_separator=" ")
    network.attach(parser)
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                parser.Parse(piece, False)
                yield from network.taken()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        raise Unusable("xml", line=error.lineno, column=error.offset + 1, why=why) from error
    yield from network.taken()
    if not network.is_graph:
        raise Unusable("gexf")


class _Network:
    def __init__(self) -> None:
        self.is_graph = False
        self._parser: Any = None
        self._attributes: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        self._defining = ""
        self._places: dict[str, dict[str, str]] = {}
        self._place: dict[str, str] = {}
        self._edge: dict[str, str] | None = None
        self._edge_line = 0
        self._rows: list[RawRow] = []

    def attach(self, parser: Any) -> None:
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse

    def taken(self) -> list[RawRow]:
        found, self._rows = self._rows, []
        return found

    def _refuse(self, *_declared: Any) -> None:
        raise Unusable("xml-doctype")

    def _start(self, tag: str, values: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "graph":
            self.is_graph = True
        elif name == "attributes":
            self._defining = values.get("class", "")
        elif name == "attribute" and self._defining in self._attributes:
            self._attributes[self._defining][values.get("id", "")] = values.get("title", "").casefold()
        elif name == "node":
            self._place = {"name": values.get("label", "")}
            self._places[values.get("id", "")] = self._place
            if values.get("id", "")[:1] == "Q" and values["id"][1:].isdecimal():
                self._place["wikidata_id"] = values["id"]
        elif name == "edge":
            self._edge, self._edge_line = dict(values), self._parser.CurrentLineNumber
        elif name == "attvalue":
            self._value(values)

    def _value(self, values: Mapping[str, str]) -> None:
        kind = "edge" if self._edge is not None else "node"
        title = self._attributes[kind].get(values.get("for", ""), "")
        if self._edge is not None and title in _OF_THE_PAIR:
            self._edge[f"{title}="] = values.get("value", "")
        elif self._edge is None and title in _OF_A_PLACE:
            self._place[_OF_A_PLACE[title]] = values.get("value", "")

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "attributes":
            self._defining = ""
        elif name == "edge" and self._edge is not None:
            self._rows.append(RawRow(self._edge_line, self._cells(self._edge)))
            self._edge = None

    def _cells(self, edge: Mapping[str, str]) -> dict[str, str]:
        cells = {name: edge.get(f"{name}=", "") for name in _OF_THE_PAIR}
        for side, end in (("a", "source"), ("b", "target")):
            place = self._places.get(edge.get(end, ""))
            if place is None:
                raise Unusable("gexf-node", line=self._edge_line, node=edge.get(end, "")[:40])
            cells |= {f"{side}_{name}": value for name, value in place.items()}
        return {name: cells.get(name, "") for name in COLUMNS}
