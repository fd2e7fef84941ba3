"""A call that has opened reaches its members by Redis, a worker and a mail server; runs at once tell nobody twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from partnerships.choices import NoticeState
from partnerships.models import Notice
from programs.services import reminders
from sci_registry.celery import app
from tests import cast
from tests.faults.conftest import Processes, until
from tests.faults.mailserver import MailServer
from tests.programs import cast as troupe

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def open_call(members: int) -> None:
    for number in range(members):
        cast.representative(cast.jurisdiction(f"Town {number}"), email=f"clerk-{number}@example.org")
    now = timezone.now()
    troupe.cycle(name="Concerts", opens_at=now - timedelta(hours=1), closes_at=now + timedelta(days=40))


@pytest.mark.services
@pytest.mark.filterwarnings("ignore:task_always_eager has no effect")
def test_the_timetable_tells_the_members_that_a_call_has_opened(
    processes: Processes, mail_server: MailServer, broker: str
) -> None:
    open_call(3)
    processes.worker(broker)
    for _again in range(2):
        with app.connection_for_write(broker) as channel:
            app.send_task("partnerships.tasks.run_due", connection=channel, expires=3300)
    told = Notice.objects.filter(kind="call_opened", state=NoticeState.DELIVERED)
    until(lambda: told.count() == 3)
    letters = [str(message["To"]) for message in mail_server.messages if "Call open" in str(message["Subject"])]
    assert sorted(letters) == [f"clerk-{number}@example.org" for number in range(3)]


def _announce(_run: int) -> int:
    try:
        with transaction.atomic():
            return reminders.announce_calls(timezone.now())["told"]
    finally:
        connection.close()


def test_runs_at_once_owe_every_member_one_letter(transactional_db: None) -> None:
    open_call(12)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(_announce, range(4)))
    assert Notice.objects.filter(kind="call_opened").count() == 12
