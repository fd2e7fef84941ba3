"""``manage.py export_registry``: a folder that is complete or not there, and exit codes that scripts can use."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from partnerships.models import Jurisdiction
from partnerships.transfer.open_data import export
from tests import cast

pytestmark = pytest.mark.django_db


def run(folder: Path, **options: object) -> str:
    out = io.StringIO()
    call_command("export_registry", str(folder), stdout=out, **options)
    return out.getvalue()


def refusal(folder: Path, **options: object) -> CommandError:
    with pytest.raises(CommandError) as refused:
        run(folder, **options)
    return refused.value


@pytest.fixture(autouse=True)
def _sisters(irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    cast.registered([irondequoit, poltava])


def test_it_writes_the_folder_and_says_what_is_in_it(tmp_path: Path) -> None:
    said = run(tmp_path / "deep" / "out")
    assert "affiliations.csv" in said
    assert "1 rows" in said
    assert (tmp_path / "deep" / "out" / "datapackage.json").exists()


def test_it_can_be_silent(tmp_path: Path) -> None:
    assert run(tmp_path / "out", verbosity=0) == ""


def test_a_day_of_the_past_is_named_in_the_package(tmp_path: Path) -> None:
    run(tmp_path / "out", as_of="1990-01-01")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert (package["as_of"], package["as_it_was_then"]) == ("1990-01-01", True)
    assert (tmp_path / "out" / "affiliations.csv").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize("day", ["yesterday", "2001-02-30", "1.5.2001", ""])
def test_what_is_no_day_is_refused(tmp_path: Path, day: str) -> None:
    refused = refusal(tmp_path / "out", as_of=day)
    assert refused.returncode == 2
    assert "no day such as" in str(refused)


def test_a_day_to_come_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "out", as_of=str(timezone.localdate() + timedelta(days=1))).returncode == 2


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep me")
    assert refusal(tmp_path / "out").returncode == 2
    assert (tmp_path / "out" / "mine.txt").exists()
    run(tmp_path / "out", overwrite=True)
    assert not (tmp_path / "out" / "mine.txt").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    assert refusal(tmp_path / "out").returncode == 2
    assert refusal(tmp_path / "out" / "below").returncode == 2


def test_a_failure_half_way_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "place"
    run(place / "out")
    before = (place / "out" / "SHA256SUMS").read_text()
    monkeypatch.setattr(export, "_register", lambda _folder: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(place / "out", overwrite=True)
    assert [path.name for path in place.iterdir()] == ["out"]
    assert (place / "out" / "SHA256SUMS").read_text() == before
