"""Reading a part of a stored file, in a folder as in a bucket, without reading what comes before it."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.storage import default_storage

_CHUNK = 1 << 16


def parts(name: str, start: int, length: int) -> Iterator[bytes]:
    """So many bytes from ``start`` on. Raises ``FileNotFoundError`` at once where there is no such file."""
    bucket = getattr(default_storage, "bucket", None)
    if bucket is None:
        file = default_storage.open(name, "rb")
        file.seek(start)
        return _read(file, length)
    if not default_storage.exists(name):
        raise FileNotFoundError(name)
    if not length:
        return iter(())
    # The library's own file would be fetched as a whole before its first byte could be read.
    key = "/".join(filter(None, (getattr(default_storage, "location", ""), name)))
    found = bucket.Object(key).get(Range=f"bytes={start}-{start + length - 1}")
    return iter(found["Body"].iter_chunks(_CHUNK))


def _read(file: object, length: int) -> Iterator[bytes]:
    with file as opened:  # type: ignore[attr-defined]
        while length > 0 and (part := opened.read(min(_CHUNK, length))):
            length -= len(part)
            yield part
