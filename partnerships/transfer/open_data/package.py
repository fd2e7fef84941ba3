"""The Data Package (Frictionless, version 1): one schema a table, from the one table of columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import orjson
from django.conf import settings

from partnerships.selectors.open_data import Moment
from partnerships.selectors.publications import Stand
from partnerships.transfer import addresses
from partnerships.transfer.columns import Column
from partnerships.transfer.open_data import words
from partnerships.transfer.open_data.folder import FileNote
from partnerships.transfer.open_data.spec import OpenTable, tables

DICTIONARY: dict[str, str] = {
    "table": "Name of the table",
    "column": "Name of the column",
    "type": "Type of its values, in the words of a Table Schema",
    "required": "Whether it is never empty",
    "values": "The closed list that its values come from, with blanks between; empty: any",
    "refers_to": "The table and column that its values are found in; empty: none",
    "description": "What it holds",
}


def field(name: str, column: Column) -> dict[str, Any]:
    """A column as a field of a Table Schema."""
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.unique:
        constraints["unique"] = True
    if column.words and column.separated:
        word = "|".join(column.words.values)
        constraints["pattern"] = f"^({word})( ({word}))*$"
    elif column.words:
        constraints["enum"] = list(column.words.values)
    if column.pattern:
        constraints["pattern"] = column.pattern
    known = {"name": name, "type": column.kind, "title": name.replace("_", " "), "description": str(column.about)}
    return {**known, "constraints": constraints} if constraints else known


def schema(table: OpenTable) -> dict[str, Any]:
    made: dict[str, Any] = {"fields": [field(name, column) for name, column in table.columns.items()]}
    if table.key:
        made["primaryKey"] = list(table.key)
    if table.references:
        made["foreignKeys"] = [
            {"fields": _fields(own), "reference": {"resource": other, "fields": _fields(key)}}
            for own, other, key in table.references
        ]
    made["missingValues"] = [""]
    return made


def _fields(names: tuple[str, ...]) -> str | list[str]:
    return names[0] if len(names) == 1 else list(names)


def dictionary() -> Iterator[dict[str, Any]]:
    """One row for every column of every table."""
    for table in tables():
        refers = {
            name: f"{other}.{theirs}"
            for own, other, key in table.references
            for name, theirs in zip(own, key, strict=True)
        }
        for name, column in table.columns.items():
            yield {
                "table": table.name,
                "column": name,
                "type": column.kind,
                "required": column.required,
                "values": " ".join(column.words.values) if column.words else "",
                "refers_to": refers.get(name, ""),
                "description": str(column.about),
            }


def descriptor(stand: Stand, moment: Moment, files: Iterable[FileNote], *, made_at: datetime) -> bytes:
    """``datapackage.json``; paths are relative, so that the folder may stand anywhere."""
    known = {table.file_name: table for table in tables()}
    whole = {
        "profile": "data-package",
        "name": "sister-city-registry",
        "id": addresses.page("data/"),
        "title": settings.REGISTRY_NAME,
        "description": words.ABOUT,
        "homepage": addresses.page(""),
        "version": f"{moment.day}+{stand.seq}",
        "created": made_at.isoformat(timespec="seconds"),
        "as_of": str(moment.day),
        "as_it_was_then": moment.past,
        "register": {"seq": stand.seq, "hash": stand.hash},
        "keywords": list(words.KEYWORDS),
        "licenses": [words.LICENCE],
        "sources": list(words.SOURCES),
        "contributors": [{"title": settings.REGISTRY_NAME, "path": addresses.page(""), "role": "publisher"}],
        "resources": [_resource(file, known.get(file.name)) for file in files],
    }
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2) + b"\n"


def _resource(file: FileNote, table: OpenTable | None) -> dict[str, Any]:
    name, _dot, form = file.name.partition(".")
    known = {
        "name": table.name if table else f"{name}-{form}".lower(),
        "path": file.name,
        "description": words.about(file.name),
        "format": form.lower(),
        "mediatype": file.media_type,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if table is None:
        # Readers that go by the ending would take the register for a table.
        return {**known, "profile": "data-resource", "type": "file"}
    return {
        **known,
        "profile": "tabular-data-resource",
        "title": str(table.title),
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema(table),
    }
