"""Style sheets and scripts can be collected as in production, where every reference has to lead somewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management import call_command

from sci_registry import settings as chosen


def test_every_reference_between_static_files_leads_somewhere(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    manifest = json.loads((tmp_path / "static" / "staticfiles.json").read_text(encoding="utf-8"))
    assert "admin/css/base.css" in manifest["paths"]


def test_vendored_files_come_with_their_licence() -> None:
    vendored = [folder for root in chosen.STATICFILES_DIRS for folder in (root / "vendor").glob("*") if folder.is_dir()]
    assert [folder.name for folder in vendored if not list(folder.glob("LICEN[CS]E*"))] == []
