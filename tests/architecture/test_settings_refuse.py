"""Start-up refuses what it cannot use, in one sentence that names the setting."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMPLETE = {
    "DEBUG": "off",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "registry.example.org",
    "SITE_URL": "https://registry.example.org",
    "DATABASE_URL": "sqlite:///:memory:",
}


def start(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    surroundings = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *(command or ("manage.py", "check"))],
        cwd=ROOT,
        env=surroundings | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_complete_settings_start() -> None:
    assert start(**COMPLETE).returncode == 0


def test_nothing_set_starts_with_local_defaults() -> None:
    assert start().returncode == 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"])
@pytest.mark.parametrize("absent", [None, "", "  "])
def test_a_missing_required_setting_is_named_in_one_sentence(name: str, absent: str | None) -> None:
    settings = {key: value for key, value in COMPLETE.items() if key != name}
    answer = start(**settings, **({} if absent is None else {name: absent}))
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"The registry cannot start: {name} is not set.")
    assert len(answer.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DEBUG", "perhaps", 'DEBUG is "perhaps", but it can only be on or off.'),
        ("DATABASE_URL", "mysql://u:secret@h/d", "DATABASE_URL has to begin with postgres://"),
        ("DATABASE_URL", "postgres://host", "DATABASE_URL cannot be used: the URL names no database."),
        ("DATABASE_URL", "postgres://host:port/name", "DATABASE_URL cannot be used: "),
        ("REDIS_URL", "http://cache", "REDIS_URL has to begin with redis://"),
        ("EMAIL_URL", "smtp://", "EMAIL_URL cannot be used: the URL names no mail server."),
        ("MEDIA_URL_STORAGE", "s3://", "MEDIA_URL_STORAGE cannot be used: the URL names no bucket."),
        ("MEDIA_URL_STORAGE", "ftp://host", "MEDIA_URL_STORAGE cannot be used: it has to be a folder"),
        ("DOCUMENT_MAX_BYTES", "25MB", 'DOCUMENT_MAX_BYTES is "25MB", but it has to be a whole number, 1 or more.'),
        ("REGISTRY_GRACE_DAYS", "-1", 'REGISTRY_GRACE_DAYS is "-1", but it has to be a whole number, 0 or more.'),
        ("REGISTRY_PREFIX", "sci-", 'REGISTRY_PREFIX is "sci-", which does not match'),
        ("REGISTRY_HOME_COUNTRY", "USA", 'REGISTRY_HOME_COUNTRY is "USA", which does not match'),
        ("REGISTRY_LIGHT_GREEN_MONTHS", "24", "REGISTRY_LIGHT_GREEN_MONTHS has to be less than"),
        ("SITE_URL", "registry.example.org", "SITE_URL has to be an address such as"),
        ("TIME_ZONE", "Mars/Olympus", 'TIME_ZONE is "Mars/Olympus", which is no time zone'),
        ("DEBUG", "on", "DEBUG is on, which is for one's own machine only"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str, says: str) -> None:
    answer = start(**(COMPLETE | {name: value}))
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"The registry cannot start: {says}")
    assert len(answer.stderr.splitlines()) == 1
    assert "secret" not in answer.stderr


def test_the_web_server_is_refused_with_the_same_sentence() -> None:
    answer = start("-c", "import sci_registry.wsgi", **(COMPLETE | {"SECRET_KEY": ""}))
    assert answer.returncode == 1
    assert answer.stderr.startswith("The registry cannot start: SECRET_KEY is not set.")
    assert len(answer.stderr.splitlines()) == 1
