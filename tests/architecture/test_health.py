"""/healthz/ and /readyz/: alive, and able to work."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from partnerships.choices import NoticeState
from partnerships.models import Notice, RegisterHead

pytestmark = pytest.mark.django_db


def owed(key: str, *, hours: int, state: str = NoticeState.OWED) -> None:
    notice = Notice.objects.create(
        kind="received", unique_key=key, email="clerk@example.org", language="en", state=state
    )
    Notice.objects.filter(pk=notice.pk).update(created_at=timezone.now() - timedelta(hours=hours))


def test_alive_asks_nothing(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz/").json() == {"status": "alive"}


def test_ready_names_every_part(client: Client) -> None:
    answer = client.get("/readyz/")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ready"
    assert {"database", "broker", "storage", "notices"} <= set(answer.json())


def test_ready_shows_the_head_of_the_register(client: Client) -> None:
    RegisterHead.objects.update_or_create(id=1, defaults={"seq": 12, "hash": "ab" * 32})
    assert client.get("/readyz/").json()["database"]["register"] == {"seq": 12, "hash": "ab" * 32}


def test_ready_says_since_when_the_oldest_notice_has_waited(client: Client) -> None:
    owed("new", hours=1)
    owed("old", hours=5)
    owed("gone", hours=50, state=NoticeState.CANCELLED)
    waited = client.get("/readyz/").json()["notices"]["oldest_owed_seconds"]
    assert waited == pytest.approx(5 * 3600, abs=60)


def test_no_owed_notice_is_nothing_to_report(client: Client) -> None:
    assert client.get("/readyz/").json()["notices"]["oldest_owed_seconds"] is None


def test_a_storage_that_cannot_be_written_is_not_ready(client: Client, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "file" / "below")},
        }
    }
    answer = client.get("/readyz/")
    assert answer.status_code == 503
    assert answer.json()["storage"] == {"ok": False, "error": "NotADirectoryError"}
    assert answer.json()["database"]["ok"] is True


def test_the_look_at_the_storage_leaves_nothing_behind(client: Client, tmp_path: Path) -> None:
    client.get("/readyz/")
    assert [path for path in (tmp_path / "media").rglob("*") if path.is_file()] == []


def test_a_broker_that_is_away_is_not_ready(client: Client, settings: Any) -> None:
    settings.REDIS_URL = "redis://:hush@127.0.0.1:1/0"
    answer = client.get("/readyz/")
    assert answer.status_code == 503
    assert answer.json()["broker"]["ok"] is False
    assert "hush" not in answer.text


def test_a_database_that_is_away_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection to server at 10.0.0.7 failed")

    monkeypatch.setattr(RegisterHead.objects, "first", away)
    answer = client.get("/readyz/")
    assert answer.status_code == 503
    assert answer.json()["database"] == {"ok": False, "error": "OperationalError"}


def test_health_is_never_cached(client: Client) -> None:
    for address in ("/healthz/", "/readyz/"):
        assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.services
def test_a_broker_that_answers_is_ready(client: Client, settings: Any, redis_url: str) -> None:
    settings.REDIS_URL = redis_url
    assert client.get("/readyz/").json()["broker"] == {"ok": True, "kind": "redis"}
