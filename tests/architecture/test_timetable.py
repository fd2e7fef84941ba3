"""The worker's side: what beat calls exists, and a broker that is away holds nobody up."""

from __future__ import annotations

import time

import pytest
from kombu.exceptions import OperationalError

from sci_registry.celery import TIMETABLE, app


def test_every_duty_of_the_timetable_is_a_task() -> None:
    app.loader.import_default_modules()
    assert {task for _, task, *_ in TIMETABLE} <= set(app.tasks)


def test_a_task_survives_the_worker_that_ran_it() -> None:
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    # Given again only when no worker can still be at it.
    assert app.conf.broker_transport_options["visibility_timeout"] > app.conf.task_time_limit


@pytest.mark.filterwarnings("ignore:task_always_eager has no effect")
def test_whoever_asks_does_not_wait_for_a_broker_that_is_away() -> None:
    began = time.monotonic()
    with app.connection_for_write("redis://127.0.0.1:1/0") as away, pytest.raises(OperationalError):
        app.send_task("partnerships.tasks.deliver_notices", connection=away)
    assert time.monotonic() - began < 1.5
