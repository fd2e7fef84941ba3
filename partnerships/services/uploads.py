"""Files that people hand in: judged by their content and hashed, before anything is kept of them."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from partnerships.exceptions import Invalid
from partnerships.rules import files


@dataclass(frozen=True)
class Checked:
    """What is known of an upload; ``stored_name`` says nothing but its content, ``name`` is what people called it."""

    media_type: str
    pages: int | None
    sha256: str
    size: int
    name: str

    @property
    def stored_name(self) -> str:
        return f"{self.sha256}{files.EXTENSIONS[self.media_type]}"


def check(upload: File) -> Checked:
    """Look at an upload and leave it at its start. Raises ``Invalid`` at ``file``."""
    if (upload.size or 0) > settings.DOCUMENT_MAX_BYTES:
        most = settings.DOCUMENT_MAX_BYTES // 1024**2
        raise Invalid({"file": [_("This file is larger than %(most)s MB.") % {"most": most}]})
    try:
        content = files.inspect(upload)  # type: ignore[arg-type]
    except files.Unacceptable as error:
        raise Invalid({"file": [_(str(error))]}) from error
    return Checked(content.media_type, content.pages, _sha256(upload), upload.size, shown_name(upload.name or ""))


def _sha256(upload: File) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def shown_name(name: str) -> str:
    """The name of an uploaded file as it may be shown: no folders, no control or direction characters."""
    bare = PureWindowsPath(PurePosixPath(name or "").name).name
    kept = "".join(sign for sign in bare if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return kept.strip()[:200] or "document"
