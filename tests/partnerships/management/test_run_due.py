"""``manage.py run_due``: every duty once, for cron."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from django.core import mail
from django.core.management import call_command

from partnerships.choices import NoticeKind
from partnerships.services import outbox, reminders

pytestmark = pytest.mark.django_db


def run(**options: int) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("run_due", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def enqueue() -> None:
    outbox.enqueue(kind=NoticeKind.ACCESS_REFUSED, key="one", to="sam@example.org", context={"community": "Osaka"})


def test_it_delivers_what_is_owed_and_says_so() -> None:
    enqueue()
    out, err = run()
    assert "notices: 1 delivered, 0 failed" in out
    assert err == ""
    assert len(mail.outbox) == 1


def test_a_second_run_finds_nothing_left_to_do() -> None:
    enqueue()
    run()
    assert "notices: 0 delivered" in run()[0]
    assert len(mail.outbox) == 1


def test_it_is_silent_for_cron_when_all_is_well() -> None:
    enqueue()
    assert run(verbosity=0) == ("", "")


def test_a_failed_duty_is_named_and_the_exit_code_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_now: datetime) -> dict[str, int]:
        raise ZeroDivisionError

    monkeypatch.setattr(reminders, "DUTIES", (("watering the plants", broken, False), *reminders.DUTIES))
    enqueue()
    err = io.StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("run_due", stdout=io.StringIO(), stderr=err)
    assert stop.value.code == 1
    assert "watering the plants: failed (ZeroDivisionError)" in err.getvalue()
    assert len(mail.outbox) == 1


def test_it_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        call_command("run_due", "--help")
    assert stop.value.code == 0
    assert "Exit codes: 0" in capsys.readouterr().out
