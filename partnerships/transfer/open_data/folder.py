"""A folder of files that are hashed while they are written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BufferedWriter
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class FileNote:
    """A finished file; ``rows`` is ``None`` where it is no list. ``size`` in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str
    rows: int | None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Written:
    """A file in the making: what is written to it is counted and hashed on its way."""

    def __init__(self, file: BufferedWriter) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0
        self.rows: int | None = None

    def write(self, part: bytes | str) -> None:
        data = part.encode() if isinstance(part, str) else part
        self._digest.update(data)
        self.size += len(data)
        self._file.write(data)

    def write_row(self, part: bytes | str) -> None:
        """The same for something that counts as a row."""
        self.rows = (self.rows or 0) + 1
        self.write(part)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class Folder:
    """Files of one edition; ``files`` are those that are finished, in the order of their beginning."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._notes: dict[str, FileNote | None] = {}

    @property
    def files(self) -> list[FileNote]:
        return [note for note in self._notes.values() if note is not None]

    @contextmanager
    def file(self, name: str, media_type: str, *, is_list: bool = True) -> Iterator[Written]:
        self._notes[name] = None
        with (self.path / name).open("wb") as opened:
            written = Written(opened)
            written.rows = 0 if is_list else None
            yield written
        self._notes[name] = FileNote(name, media_type, written.size, written.sha256, written.rows)

    def save(self, name: str, media_type: str, parts: Iterable[bytes | str]) -> FileNote:
        """A whole file at once."""
        with self.file(name, media_type, is_list=False) as written:
            for part in parts:
                written.write(part)
        return self.files[-1]
