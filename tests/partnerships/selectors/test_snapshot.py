"""A long read sees one state of the record, and nobody who writes waits for it."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest
from django.db import connection, connections
from django.db.models import F
from django.db.models.functions import JSONObject
from django.utils import timezone

from partnerships.models import Jurisdiction, RegisterEntry
from partnerships.selectors import register
from partnerships.selectors.open_data import Moment
from partnerships.selectors.snapshot import snapshot
from partnerships.transfer.open_data import export
from tests import cast


def written_by_somebody_else() -> None:
    def write() -> None:
        try:
            cast.entry(event="test.meanwhile", told="meanwhile")
        finally:
            connections.close_all()

    writer = Thread(target=write)
    writer.start()
    writer.join(timeout=10)
    assert not writer.is_alive()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_seen_and_does_not_wait() -> None:
    cast.entry()
    with snapshot():
        before = register.head()
        written_by_somebody_else()
        assert register.head() == before
        assert RegisterEntry.objects.count() == 1
    assert register.head() != before


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_all_files_of_an_export_show_one_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.entry()
    lists = export._Lists.write

    def slowly(self: export._Lists) -> None:
        lists(self)
        written_by_somebody_else()

    monkeypatch.setattr(export._Lists, "write", slowly)
    found = export.export(tmp_path, moment=Moment(timezone.localdate()), made_at=timezone.now())
    assert (found.stand.seq, RegisterEntry.objects.count()) == (1, 2)
    assert (tmp_path / "register.jsonl").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.django_db
def test_inside_a_transaction_it_changes_nothing() -> None:
    with snapshot():
        cast.entry()
    assert register.head()[0] == 1
    assert connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_what_the_database_can_do_may_be_found_out_within(irondequoit: Jurisdiction) -> None:
    """A command that begins with an export asks for JSON for the first time there."""
    connection.features.__dict__.pop("supports_json_field", None)
    with snapshot():
        row = Jurisdiction.objects.annotate(gathered=JSONObject(name=F("name"))).get()
    assert row.gathered == {"name": "Irondequoit"}
    assert connection.features.supports_json_field
