"""What answers are made with, beside the record: part of every entity tag, so that a release is never mistaken for
the one before it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

_PRINTED = (".py", ".html", ".mo", ".txt", ".typ")


@cache
def edition() -> str:
    """A digest of the code, the templates, the translations and the settings of the registry."""
    digest = hashlib.sha256()
    templates: Any = settings.TEMPLATES[0]["DIRS"]
    own = (Path(config.path) for config in apps.get_app_configs())
    of_the_registry = [path for path in own if path.parent == settings.BASE_DIR]
    for root in (*of_the_registry, *(Path(str(path)) for path in templates)):
        for path in sorted(path for path in root.rglob("*") if path.suffix in _PRINTED):
            digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    for name in sorted(name for name in dir(settings) if name.startswith("REGISTRY_") or name == "SITE_URL"):
        digest.update(f"{name}={getattr(settings, name)}".encode())
    return digest.hexdigest()[:16]
