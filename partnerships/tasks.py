"""The worker's door: tasks take ids, may run twice and hold no rule."""

from __future__ import annotations

from time import monotonic
from typing import Any

import structlog
from celery import shared_task
from django.conf import settings
from django.dispatch import receiver
from django.utils import timezone

from partnerships.choices import ImportState
from partnerships.services import delivery, followers, reminders, statistics
from partnerships.services import import_runs as runs
from partnerships.signals import outbox_filled
from partnerships.transfer import import_runs
from partnerships.transfer.open_data import publish

logger = structlog.get_logger(__name__)

#: With one of these a message is delivered at once; any other may keep whoever waits for a page.
INSTANT_MAIL = {
    "django.core.mail.backends.filebased.EmailBackend",
    "django.core.mail.backends.locmem.EmailBackend",
}

#: A broker that did not answer is not asked again for so long, so that one commit pays for it and not every one.
SECONDS_LEFT_ALONE = 30
_away = {"until": 0.0}


@shared_task
def deliver_notices(notice_ids: list[int] | None = None) -> None:
    """Deliver these notices, or whatever is due."""
    if notice_ids is None:
        delivery.deliver_due()
    else:
        delivery.deliver_these(notice_ids)


@shared_task
def run_due() -> None:
    """Every periodic duty once."""
    reminders.run_all(timezone.now())


@shared_task
def tell_followers() -> None:
    """Owe followers the news of the register; the next delivery sends them."""
    followers.tell(timezone.now())


@shared_task
def compute_statistics() -> None:
    """Where the register's head or the day moved on, work the statistics out anew."""
    statistics.compute(timezone.now())


@shared_task(soft_time_limit=100 * 60, time_limit=105 * 60)
def read_import(run_id: int) -> None:
    """Say what would become of each row of an uploaded file."""
    import_runs.preview(run_id)


@shared_task(soft_time_limit=100 * 60, time_limit=105 * 60)
def run_import(run_id: int) -> None:
    """Enter the rows of a file that are not in yet; may be called again after a worker died."""
    import_runs.run(run_id)


@shared_task
def go_on_with_imports() -> None:
    """Ask a worker to take up each import that waits, or whose worker died."""
    for run in runs.left_alone(timezone.now()):
        (run_import if run.state == ImportState.RUNNING else read_import).delay(run.pk)


@shared_task(acks_late=False, soft_time_limit=100 * 60, time_limit=105 * 60)
def publish_open_data() -> None:
    """Where the register's head or the day moved on, write the files of the open data anew.

    Takes long for a large register, so that nobody else is given the work meanwhile; the timetable calls again.
    """
    publish.publish(timezone.now())


@receiver(outbox_filled, dispatch_uid="wake the worker")
def wake_the_worker(notice_ids: list[int], **_sent: Any) -> None:
    """After a commit: ask a worker to deliver.

    Without a broker the task runs here, but only where mail is instant: no page waits for a mail server. Whatever goes
    wrong, the notices are owed, and the timetable (beat, or ``run_due`` from cron) delivers them.
    """
    if not settings.REDIS_URL and settings.EMAIL_BACKEND not in INSTANT_MAIL or monotonic() < _away["until"]:
        return
    try:
        deliver_notices.delay(notice_ids)
    except Exception as error:  # noqa: BLE001 - the commit stands; a broker that is away is no fault of the request
        _away["until"] = monotonic() + SECONDS_LEFT_ALONE
        logger.warning("no broker to wake the worker", error=type(error).__name__)
