"""After a commit a worker is woken; a broker or mail server that is away is nobody's problem but the timetable's."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from kombu.exceptions import OperationalError

from partnerships import tasks
from partnerships.choices import NoticeKind, NoticeState
from partnerships.models import Notice
from partnerships.services import outbox
from sci_registry.celery import app, be_patient, beat_schedule

pytestmark = pytest.mark.django_db(transaction=True)


def enqueue(key: str = "one") -> Notice:
    facts = {"filing": 7, "parties": "Irondequoit – Poltava", "act": "establish", "kind": "sister"}
    made = outbox.enqueue(kind=NoticeKind.FILING_TAKEN, key=key, to="clerk@example.org", context=facts)
    assert made is not None
    return Notice.objects.get(pk=made.pk)


@pytest.fixture(autouse=True)
def _broker_not_known_to_be_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tasks._away, "until", 0.0)


@pytest.fixture
def mute() -> Iterator[str]:
    """The address of a broker that accepts connections and says nothing."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(5)
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was handed to a broker instead of being run."""
    calls: list[Any] = []
    monkeypatch.setattr(tasks.deliver_notices, "delay", lambda ids=None: calls.append(ids))
    return calls


def test_without_a_broker_instant_mail_goes_out_after_the_commit(settings: Any) -> None:
    settings.REDIS_URL = ""
    enqueue()
    assert len(mail.outbox) == 1


def test_without_a_broker_no_page_waits_for_a_mail_server(settings: Any, asked: list[Any]) -> None:
    settings.REDIS_URL, settings.EMAIL_BACKEND = "", "django.core.mail.backends.smtp.EmailBackend"
    assert enqueue().state == NoticeState.OWED
    assert asked == []


def test_only_what_was_just_queued_is_asked_for(settings: Any, asked: list[Any]) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    ids = [enqueue(key).pk for key in ("one", "two")]
    assert asked == [[pk] for pk in ids]


def test_a_broker_that_refuses_is_swallowed_and_the_notice_stays_owed(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_ids: list[int]) -> None:
        raise OperationalError("redis://:hush@broker:6379 is away")

    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(tasks.deliver_notices, "delay", refused)
    assert enqueue().state == NoticeState.OWED


def test_the_task_delivers_what_it_is_given_or_whatever_is_due(settings: Any, asked: list[Any]) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    first, second = enqueue("one"), enqueue("two")
    tasks.deliver_notices([second.pk])
    assert list(Notice.objects.filter(state=NoticeState.OWED)) == [first]
    tasks.deliver_notices()
    assert not Notice.objects.filter(state=NoticeState.OWED).exists()
    tasks.deliver_notices([first.pk, second.pk])
    assert len(mail.outbox) == 2


def test_the_periodic_task_delivers_too(settings: Any, asked: list[Any]) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    enqueue()
    tasks.run_due()
    assert len(mail.outbox) == 1


def test_calls_of_the_timetable_do_not_pile_up_while_no_worker_is_there() -> None:
    for row in beat_schedule().values():
        assert row["options"]["expires"] < 60 * 60


@pytest.mark.filterwarnings("ignore:task_always_eager has no effect")
def test_a_broker_that_takes_the_call_and_never_answers_costs_a_commit_a_second(mute: str) -> None:
    began = time.monotonic()
    with app.connection_for_write(mute) as away, pytest.raises(OperationalError):
        app.send_task(tasks.deliver_notices.name, ([1],), connection=away)
    assert time.monotonic() - began < 1.5


def test_a_broker_that_is_away_is_not_asked_by_every_commit(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []

    def refused(ids: list[int]) -> None:
        calls.append(ids)
        raise OperationalError

    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(tasks.deliver_notices, "delay", refused)
    for key in ("one", "two", "three"):
        enqueue(key)
    assert len(calls) == 1
    monkeypatch.setitem(tasks._away, "until", 0.0)
    enqueue("four")
    assert len(calls) == 2


def test_a_worker_has_more_patience_with_its_broker_than_a_page() -> None:
    conf = type("Conf", (), {"broker_transport_options": dict(app.conf.broker_transport_options)})()
    be_patient(conf=conf)
    assert app.conf.broker_transport_options["socket_timeout"] <= 1
    assert conf.broker_transport_options["socket_timeout"] >= 10
    assert conf.broker_transport_options["visibility_timeout"] > app.conf.task_time_limit
