"""The Celery application and the timetable of periodic duties."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import celeryd_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sci_registry.settings")

app = Celery("sci_registry")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The timetable: name, task, when, and after how many seconds a call that no worker took is dropped: the next one does
# the same work. A duty here is also one of `manage.py run_due`, for those without beat. Each asks what is due and not
# yet done, so that a missed or doubled run does no harm.
TIMETABLE: tuple[tuple[str, str, crontab, int], ...] = (
    ("deliver notices", "partnerships.tasks.deliver_notices", crontab(), 55),
    ("run what is due", "partnerships.tasks.run_due", crontab(minute=10), 55 * 60),
    ("tell followers", "partnerships.tasks.tell_followers", crontab(minute="*/5"), 4 * 60),
    ("work statistics out", "partnerships.tasks.compute_statistics", crontab(minute="*/5"), 4 * 60),
    ("go on with imports", "partnerships.tasks.go_on_with_imports", crontab(minute="*/5"), 4 * 60),
    ("publish open data", "partnerships.tasks.publish_open_data", crontab(minute="*/15"), 14 * 60),
)


def beat_schedule() -> dict[str, dict[str, Any]]:
    """The timetable as Celery beat reads it."""
    return {
        name: {"task": task, "schedule": when, "options": {"expires": seconds}}
        for name, task, when, seconds in TIMETABLE
    }


app.conf.beat_schedule = beat_schedule()


@celeryd_init.connect
def be_patient(conf: Any, **_sent: Any) -> None:
    """A worker may wait for its broker; a web process that asks for a task keeps somebody waiting for a page."""
    conf.broker_transport_options = {**conf.broker_transport_options, "socket_timeout": 10}
