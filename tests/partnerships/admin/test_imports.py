"""Importing in the admin: upload, preview, run, report."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from partnerships.models import Affiliation, ImportRun, RegisterEntry, User
from partnerships.services import imports
from partnerships.transfer import import_runs, importer

pytestmark = pytest.mark.django_db

LINES = (
    "a_name,a_country,b_name,b_country,since,colour",
    "Houston,US,Chiba,JP,1973,",
    "Chiba,JP,Houston,US,1972,",
    "Leeds,GB,York,GB,,",
)


@pytest.fixture
def desk(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client


def upload(desk: Client, *lines: str, **fields: Any) -> ImportRun:
    file = SimpleUploadedFile("list.csv", "\n".join((*lines, "")).encode())
    address = reverse("admin:partnerships_importrun_upload")
    desk.post(address, {"file": file, "file_format": "", "source": "A list", **fields})
    return ImportRun.objects.latest("id")


def page(desk: Client, run: ImportRun, query: str = "") -> str:
    return desk.get(reverse("admin:partnerships_importrun_change", args=[run.pk]) + query).text


def test_a_file_is_previewed_row_by_row_before_anything_goes_in(desk: Client) -> None:
    run = upload(desk, *LINES)
    assert (run.state, run.total, run.passed_over) == ("ready", 3, ["colour"])
    assert list(run.rows.order_by("line").values_list("outcome", flat=True)) == ["imported", "disputed", "rejected"]
    shown = page(desk, run)
    assert "Both places are in United Kingdom" in shown
    assert "Let it in" in shown
    assert not Affiliation.objects.exists()


def test_letting_it_in_enters_the_rows_and_says_what_became_of_each(desk: Client) -> None:
    run = upload(desk, *LINES)
    desk.post(reverse("admin:partnerships_importrun_start", args=[run.pk]))
    run.refresh_from_db()
    assert (run.state, run.done, Affiliation.objects.count()) == ("done", 3, 1)
    assert "Leeds" in page(desk, run, "?outcome=rejected")
    assert "Houston" not in page(desk, run, "?outcome=rejected")
    report = b"".join(desk.get(reverse("admin:partnerships_importrun_report", args=[run.pk])).streaming_content)  # type: ignore[attr-defined]
    assert b"same-country" in report


def test_a_run_that_died_goes_on_behind_the_last_row_that_is_in(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "BATCH", 1)
    run = upload(desk, LINES[0], *(f"Town {at},US,Stadt {at},DE,," for at in range(4)))
    enter, calls = imports.enter, []

    def dies(**asked: Any) -> Any:
        calls.append(asked)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return enter(**asked)

    monkeypatch.setattr(imports, "enter", dies)
    with pytest.raises(KeyboardInterrupt):
        desk.post(reverse("admin:partnerships_importrun_start", args=[run.pk]))
    run.refresh_from_db()
    assert (run.state, run.done) == ("running", 2)
    monkeypatch.setattr(imports, "enter", enter)
    import_runs.run(run.pk)
    assert ImportRun.objects.get(pk=run.pk).done == 2, "another worker may still be at it"
    ImportRun.objects.filter(pk=run.pk).update(beat_at=None)
    desk.post(reverse("admin:partnerships_importrun_resume", args=[run.pk]))
    run.refresh_from_db()
    assert (run.state, run.done, Affiliation.objects.count()) == ("done", 4, 4)
    assert set(run.rows.values_list("outcome", flat=True)) == {"imported"}


def test_a_file_that_cannot_be_used_says_where_and_why(desk: Client) -> None:
    run = upload(desk, "a_name,a_country", "A,US")
    assert run.state == "unusable"
    assert "b_name, b_country" in page(desk, run)


def test_a_dropped_file_leaves_no_trace_in_the_register(desk: Client) -> None:
    run = upload(desk, *LINES)
    desk.post(reverse("admin:partnerships_importrun_drop", args=[run.pk]))
    desk.post(reverse("admin:partnerships_importrun_start", args=[run.pk]))
    assert not RegisterEntry.objects.exists()
    assert ImportRun.objects.get().state == "dropped"


def test_nobody_imports_without_the_role(client: Client, auditor: User) -> None:
    client.force_login(auditor)
    assert client.get(reverse("admin:partnerships_importrun_upload")).status_code == 403
