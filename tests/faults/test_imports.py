"""An import whose process was killed half-way: ``run_due`` takes it up, and it ends as if nothing had happened."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from partnerships.choices import ImportState
from partnerships.models import Affiliation, Agreement, Claim, ImportRun, Jurisdiction, RegisterEntry
from partnerships.rules.import_rows import RawRow
from partnerships.selectors import differences, register
from partnerships.services import import_runs
from partnerships.services.access import Actor
from partnerships.transfer import import_runs as transfer
from tests import cast
from tests.faults.conftest import Processes, until

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROWS = 3_000


@pytest.fixture(autouse=True)
def _one_place_for_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_URL_STORAGE", str(tmp_path / "media"))


def lines() -> str:
    """New pairs, some told twice with another year, some of one country."""
    found = ["a_name,a_country,b_name,b_country,since"]
    for at in range(ROWS):
        told_again, at_home = at % 7 == 6, at % 31 == 30
        other = at - 1 if told_again else at
        found.append(f"Town {other},US,Stadt {other % 50},{'US' if at_home else 'DE'},{1950 + at % 60}")
    return "\n".join(found) + "\n"


def uploaded() -> ImportRun:
    """A file that staff let in and that no worker took up yet."""
    by = Actor.of(cast.staff("clerk"))
    file = ContentFile(lines().encode())
    run = import_runs.upload(file=file, name="list.csv", file_format="csv", source="A list", by=by)
    transfer.preview(run.pk)
    return import_runs.decide(run_id=run.pk, by=by, enter=True)


def outcome(run: ImportRun) -> dict[str, Any]:
    """All that an import leaves behind, but for keys and times."""
    pair = ("first__name", "second__name", "since", "standing", "charter")
    return {
        "affiliations": list(Affiliation.objects.order_by("serial").values_list("number", *pair)),
        "agreements": list(Agreement.objects.order_by("serial").values_list("number", "signed_on", "source")),
        "communities": set(Jurisdiction.objects.values_list("name", "country", "open_count")),
        "claims": set(Claim.objects.values_list("affiliation__number", "fact", "value", "source")),
        "entries": list(RegisterEntry.objects.order_by("seq").values_list("event", "subject")),
        "rows": list(run.rows.order_by("line").values_list("line", "outcome", "number", "code")),
        "run": ImportRun.objects.values_list("state", "total", "done", "last_line").get(pk=run.pk),
    }


def done(run: ImportRun) -> int:
    return ImportRun.objects.get(pk=run.pk).done


def test_an_import_that_was_killed_is_taken_up_and_ends_like_an_unbroken_one(
    processes: Processes, no_broker: str
) -> None:
    unbroken = uploaded()
    transfer.run(unbroken.pk)
    expected = outcome(unbroken)
    call_command("flush", interactive=False, verbosity=0)

    run = uploaded()
    killed = processes.start("manage.py", "run_due", broker="")
    until(lambda: done(run) > 0)
    processes.kill(killed)
    assert 0 < done(run) < ROWS
    assert ImportRun.objects.get(pk=run.pk).state == ImportState.RUNNING

    processes.run("manage.py", "run_due", broker="")
    assert done(run) < ROWS, "the worker may still be alive"
    ImportRun.objects.filter(pk=run.pk).update(beat_at=timezone.now() - import_runs.SILENT - timedelta(seconds=1))
    assert "imports: 1 taken up" in processes.run("manage.py", "run_due", broker="")
    assert outcome(run) == expected
    assert expected["run"][:3] == (ImportState.DONE, ROWS, ROWS)
    assert register.verify() == register.head()
    assert list(differences.all_differences(on=timezone.localdate())) == []


def test_a_worker_that_was_taken_for_dead_does_nothing_more() -> None:
    run = uploaded()
    slow = import_runs.claim(run.pk, ImportState.RUNNING)
    assert slow is not None
    ImportRun.objects.filter(pk=run.pk).update(beat_at=None)
    transfer.run(run.pk)
    before = outcome(run)
    row = RawRow(2, {"a_name": "X", "a_country": "US", "b_name": "Y", "b_country": "DE"})
    assert not import_runs.step(slow, [row], by=Actor.system("import"), on=timezone.localdate())
    import_runs.finish(slow)
    assert outcome(run) == before
