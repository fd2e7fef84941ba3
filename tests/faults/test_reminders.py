"""Periodic duties twice at once: what one run queued, the other does not queue again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from partnerships.choices import NoticeKind, Role
from partnerships.models import Filing, Notice
from partnerships.services import reminders
from tests import cast

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def run_all(weeks: int) -> list[reminders.Done]:
    try:
        return reminders.run_all(timezone.now() + timedelta(weeks=weeks))
    finally:
        connection.close()


def test_runs_at_once_owe_everybody_one_reminder() -> None:
    town, partner = cast.member(cast.jurisdiction("Irondequoit")), cast.jurisdiction("Poltava", "UA")
    registrars = {cast.staff(Role.REGISTRAR).email for _ in range(3)}
    filing = cast.submitted(cast.representative(town), [town, partner])
    Filing.objects.filter(pk=filing.pk).update(submitted_at=timezone.now() - timedelta(weeks=1))
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(run_all, [4] * 4))
    assert not [row for run in done for row in run if row.error]
    for kind in (NoticeKind.QUEUE_DIGEST, NoticeKind.FILING_WAITS_LONG):
        told = list(Notice.objects.filter(kind=kind).values_list("email", flat=True))
        assert sorted(told) == sorted(registrars)
