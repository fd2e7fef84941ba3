"""The files of the open data in the storage of documents: written beside the published ones, then put in their place.

A reader sees the files of one edition or of the next, never a mixture: which edition is published is one row. The one
before stays until the next, for those who are still downloading.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone

from partnerships.choices import PublicationKind
from partnerships.models import Publication
from partnerships.selectors.open_data import Moment
from partnerships.services import publications
from partnerships.services.reminders import Duty
from partnerships.transfer.open_data.export import Exported, export

PLACE = "open-data"
#: The published edition, and the one before it.
KEPT = 2


class _Finished(File):
    """A file that a folder takes over as it is, without another copy."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), name=path.name)
        self._path = path

    def temporary_file_path(self) -> str:
        return str(self._path)


def publish(now: datetime) -> bool:
    """Write them anew unless they still hold, or somebody is at it. Answers whether new ones were published."""
    today = timezone.localdate(now)
    work = publications.begin(PublicationKind.OPEN_DATA, at=now, on=today)
    if work is None:
        return False
    try:
        with tempfile.TemporaryDirectory(prefix="open-data-") as folder:
            exported = export(Path(folder), moment=Moment(today), made_at=now)
            content = _stored(work, Path(folder), exported)
        publications.finish(work, stand=exported.stand, content=content, at=timezone.now(), kept=KEPT)
    except BaseException:
        publications.abandon(work)
        sweep()
        raise
    sweep()
    return True


def _stored(work: Publication, folder: Path, exported: Exported) -> dict[str, Any]:
    for file in exported.files:
        with _Finished(folder / file.name) as finished:
            default_storage.save(f"{PLACE}/{work.pk}/{file.name}", finished)
    return {"folder": f"{PLACE}/{work.pk}", "files": [file.as_json() for file in exported.files]}


def sweep() -> None:
    """Remove editions that nobody reads any more, those of killed workers among them."""
    try:
        folders, _files = default_storage.listdir(PLACE)
    except FileNotFoundError:
        return
    kept = set(map(str, Publication.objects.filter(kind=PublicationKind.OPEN_DATA).values_list("pk", flat=True)))
    for folder in folders:
        if folder not in kept:
            _remove(f"{PLACE}/{folder}", default_storage.listdir(f"{PLACE}/{folder}")[1])


def _remove(folder: str, names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)


def _duty(now: datetime) -> dict[str, int]:
    return {"published": int(publish(now))}


#: For those who run the periodic duties without a worker.
DUTY: Duty = ("open data", _duty, False)
