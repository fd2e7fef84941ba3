"""Writing all files of the open data in one pass over each list, in memory that does not grow with the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.utils import translation

from partnerships.selectors import open_data, register
from partnerships.selectors.open_data import Moment
from partnerships.selectors.publications import Stand
from partnerships.selectors.snapshot import snapshot
from partnerships.transfer import geojson
from partnerships.transfer.open_data import graphs, linked, package, words
from partnerships.transfer.open_data.folder import FileNote, Folder, Written
from partnerships.transfer.open_data.spec import TABLES, OpenTable, tables
from partnerships.transfer.tables import CsvLines, csv_lines

Sink = Callable[[Any], None]
#: Told how many rows of how many of the long lists are done.
Progress = Callable[[int, int], None]
_TOLD_EVERY = 1_000
BY_NAME = {table.name: table for table in TABLES}


@dataclass(frozen=True)
class Exported:
    """What the files show, and the files in their order."""

    stand: Stand
    files: tuple[FileNote, ...]


def export(path: Path, *, moment: Moment, made_at: datetime, progress: Progress | None = None) -> Exported:
    """Fill an empty folder. All files show one state of the record, in the language of the registry."""
    folder = Folder(path)
    with snapshot(), translation.override(settings.LANGUAGE_CODE):
        stand = Stand(*register.head(), day=moment.day)
        _Lists(folder, moment, progress).write()
        for table in tables():
            if table.name not in ("jurisdictions", "affiliations"):
                _table(folder, table, moment)
        _register(folder)
        folder.save("dictionary.csv", "text/csv", csv_lines(package.dictionary(), _dictionary_columns()))
        listed = in_order(folder.files)
        made = package.descriptor(stand, moment, listed, made_at=made_at)
        folder.save("datapackage.json", "application/json", [made])
        folder.save("catalog.jsonld", "application/ld+json", [linked.catalogue(stand, in_order(folder.files))])
        sums = (f"{file.sha256}  {file.name}\n" for file in in_order(folder.files))
        folder.save("SHA256SUMS", "text/plain", sums)
    return Exported(stand, tuple(in_order(folder.files)))


def in_order(files: Iterable[FileNote]) -> list[FileNote]:
    """Tables first, in the order of their spec, then what is made of them."""
    places = [*(table.file_name for table in tables()), *words.FILES]
    return sorted(files, key=lambda file: places.index(file.name))


def _dictionary_columns() -> dict[str, Callable[[Any], Any]]:
    return {name: lambda row, name=name: row[name] for name in package.DICTIONARY}  # type: ignore[misc]


def _table(folder: Folder, table: OpenTable, moment: Moment) -> None:
    with _csv(folder, table) as line:
        for row in table.rows(moment):
            line(row)


@contextmanager
def _csv(folder: Folder, table: OpenTable) -> Iterator[Sink]:
    lines = CsvLines(table.columns)
    with folder.file(table.file_name, "text/csv") as written:
        written.write(lines.header())
        yield lambda row: written.write_row(lines.line(row))


def _register(folder: Folder) -> None:
    with folder.file("register.jsonl", "application/x-ndjson") as written:
        for entry in open_data.entries():
            written.write_row(orjson.dumps(register.public(entry)) + b"\n")


class _Joined:
    """A JSON list whose parts are written one by one."""

    def __init__(self, written: Written, head: bytes, end: bytes) -> None:
        self._written, self._end = written, end
        written.write(head)

    def add(self, part: bytes) -> None:
        self._written.write_row((b",\n" if self._written.rows else b"\n") + part)

    def close(self) -> None:
        self._written.write(self._end)


class _Lists:
    """The two long lists, each read once for all the files that are made of it."""

    def __init__(self, folder: Folder, moment: Moment, progress: Progress | None) -> None:
        self.folder, self.moment, self.progress = folder, moment, progress
        self.total = open_data.size(moment) if progress else 0
        self.done = 0

    def write(self) -> None:
        with ExitStack() as open_files, graphs.Network() as network:
            linked_data = open_files.enter_context(self._joined("registry.jsonld", linked.HEAD, linked.END))
            self._affiliations(linked_data, network)
            self._communities(linked_data, network)

    def _affiliations(self, linked_data: _Joined, network: graphs.Network) -> None:
        with (
            _csv(self.folder, BY_NAME["affiliations"]) as line,
            self._joined("affiliations.geojson", geojson.HEAD, geojson.END) as lines,
        ):
            for row in self._told(BY_NAME["affiliations"].rows(self.moment)):
                line(row)
                lines.add(orjson.dumps(geojson.line(row)))
                linked_data.add(linked.record(row))
                network.link(row)

    def _communities(self, linked_data: _Joined, network: graphs.Network) -> None:
        graphml = self.folder.file("network.graphml", words.FILES["network.graphml"][1], is_list=False)
        gexf = self.folder.file("network.gexf", words.FILES["network.gexf"][1], is_list=False)
        with (
            _csv(self.folder, BY_NAME["jurisdictions"]) as line,
            self._joined("jurisdictions.geojson", geojson.HEAD, geojson.END) as points,
            graphml as one,
            gexf as other,
        ):
            one.write(graphs.graphml_head())
            other.write(graphs.gexf_head(str(self.moment.day)))
            for row in self._told(BY_NAME["jurisdictions"].rows(self.moment)):
                if self.moment.past:
                    row = replace(row, open_count=network.links_of(row))
                line(row)
                points.add(orjson.dumps(geojson.point(row)))
                linked_data.add(linked.place(row))
                if network.links_of(row):
                    one.write(graphs.graphml_node(row))
                    other.write(graphs.gexf_node(row))
            network.append_links(0, one)
            one.write(graphs.GRAPHML_END)
            other.write(graphs.GEXF_BETWEEN)
            network.append_links(1, other)
            other.write(graphs.GEXF_END)

    @contextmanager
    def _joined(self, name: str, head: bytes, end: bytes) -> Iterator[_Joined]:
        with self.folder.file(name, words.FILES[name][1]) as written:
            joined = _Joined(written, head, end)
            yield joined
            joined.close()

    def _told(self, rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            yield row
            self.done += 1
            if self.progress and self.done % _TOLD_EVERY == 0:
                self.progress(self.done, self.total)
