"""Nothing lost, nothing sent twice, whatever dies: real PostgreSQL, Redis, workers and mail server."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from partnerships.choices import FilingState, NoticeKind, NoticeState, Role
from partnerships.models import Filing, Notice
from partnerships.services import delivery, letters
from tests import cast
from tests.faults.conftest import Processes, send_as_beat_does, until
from tests.faults.mailserver import MailServer

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:task_always_eager has no effect"),
]

#: What a web process does when a representative hands a filing in, and how long the person waits for it.
SUBMIT = """
import json, time
from django.utils import timezone
from partnerships.models import Filing, User
from partnerships.services import filings
from partnerships.services.access import Actor
by, began = Actor.of(User.objects.get(email="rita@example.org")), time.monotonic()
filings.submit(filing_id=Filing.objects.get().pk, by=by, on=timezone.localdate())
print(json.dumps({"seconds": time.monotonic() - began}))
"""


def draft() -> Filing:
    """A draft of Rita's; Ruth is told when it is handed in."""
    town, partner = cast.member(cast.jurisdiction("Irondequoit")), cast.jurisdiction("Poltava", "UA")
    cast.staff(Role.REGISTRAR, "Ruth", "ruth@example.org")
    return cast.draft(cast.representative(town, "Rita", "rita@example.org"), [town, partner])


def submit(processes: Processes, broker: str) -> float:
    """Hand the draft in, in a process of its own; answers how many seconds that took."""
    printed = processes.run("manage.py", "shell", "-v0", "-c", SUBMIT, broker=broker)
    return float(json.loads(printed.strip().splitlines()[-1])["seconds"])


def owed(count: int = 1) -> list[Notice]:
    facts = {"filing": 7, "parties": "Irondequoit – Poltava", "act": "establish", "kind": "sister"}
    rows = [
        Notice(
            kind=NoticeKind.FILING_RECEIVED, unique_key=f"{n}", email=f"{n}@example.org", language="en", context=facts
        )
        for n in range(count)
    ]
    Notice.objects.bulk_create(rows)
    return list(Notice.objects.order_by("pk"))


def states() -> set[str]:
    return set(Notice.objects.values_list("state", flat=True))


def all_delivered() -> bool:
    return states() == {NoticeState.DELIVERED}


def test_a_commit_wakes_a_worker_that_delivers(processes: Processes, mail_server: MailServer, broker: str) -> None:
    draft()
    processes.worker(broker)
    submit(processes, broker)
    until(all_delivered)
    assert sorted(message["To"] for message in mail_server.messages) == ["rita@example.org", "ruth@example.org"]


def test_a_broker_down_at_commit_holds_nobody_up_and_run_due_delivers(
    processes: Processes, mail_server: MailServer, no_broker: str
) -> None:
    draft()
    assert submit(processes, no_broker) < 2
    assert Filing.objects.get().state == FilingState.SUBMITTED
    assert (states(), mail_server.messages) == ({NoticeState.OWED}, [])
    assert "2 delivered" in processes.run("manage.py", "run_due", broker=no_broker)
    assert sorted(message["To"] for message in mail_server.messages) == ["rita@example.org", "ruth@example.org"]


def test_a_broker_that_is_back_gets_what_was_owed_delivered_by_the_timetable(
    processes: Processes, mail_server: MailServer, broker: str, no_broker: str
) -> None:
    draft()
    submit(processes, no_broker)
    assert states() == {NoticeState.OWED}
    processes.worker(broker)
    send_as_beat_does(broker)
    send_as_beat_does(broker)
    until(all_delivered)
    assert len(mail_server.ids) == len(set(mail_server.ids)) == 2


def test_a_worker_killed_in_mid_delivery_leaves_its_notice_to_another(
    processes: Processes, mail_server: MailServer, broker: str
) -> None:
    """The worst moment: the mail server has the message, and the worker dies before it hears so."""
    (notice,) = owed()
    mail_server.mode = "stall"
    first = processes.worker(broker)
    send_as_beat_does(broker)
    until(lambda: len(mail_server.messages) == 1)
    processes.kill(first)
    mail_server.mode = "take"
    assert states() == {NoticeState.SENDING}
    assert delivery.deliver_due() == delivery.Counts(), "its lease has not run out"
    Notice.objects.update(next_attempt_at=timezone.now())
    processes.worker(broker)
    send_as_beat_does(broker)
    until(all_delivered)
    assert mail_server.ids == [letters.message_id(notice)] * 2
    assert Notice.objects.get().attempts == 2


@pytest.mark.parametrize("how", ["it answers 451", "nobody listens"])
def test_a_mail_server_that_refuses_for_an_hour_gets_everything_once(
    mail_server: MailServer, settings: Any, how: str
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    rows, began = owed(5), timezone.now() + timedelta(seconds=1)
    mail_server.mode = "refuse"
    if how == "nobody listens":
        mail_server.stop()
    runs = [delivery.deliver_due(now=began + timedelta(minutes=minute)) for minute in range(60)]
    assert sum(run.delivered for run in runs) == 0
    assert states() == {NoticeState.OWED}
    assert max(run.failed for run in runs) == 1, "a server in trouble is asked once a run"
    mail_server.mode = "take"
    if how == "nobody listens":
        mail_server.start()
    for minute in range(60, 60 + 61):
        delivery.deliver_due(now=began + timedelta(minutes=minute))
    assert all_delivered()
    assert sorted(mail_server.ids) == sorted(letters.message_id(row) for row in rows)


def test_two_at_once_deliver_each_notice_once(processes: Processes, mail_server: MailServer, no_broker: str) -> None:
    rows = owed(40)
    mail_server.mode = "together"
    both = [processes.start("manage.py", "run_due", broker=no_broker) for _ in range(2)]
    printed = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], printed
    assert all_delivered()
    assert mail_server.overlapped.is_set(), printed
    assert sorted(mail_server.ids) == sorted(letters.message_id(row) for row in rows)
