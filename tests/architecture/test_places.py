"""What a URL in the environment means to Django."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from sci_registry import places


def test_a_postgres_url_becomes_a_pooled_connection() -> None:
    entry = places.database("postgres://me:p%40ss@host:6543/name?sslmode=require", pool_size=3)
    assert (entry["USER"], entry["PASSWORD"], entry["HOST"], entry["PORT"]) == ("me", "p@ss", "host", "6543")
    assert entry["NAME"] == "name"
    assert entry["OPTIONS"]["sslmode"] == "require"
    assert entry["OPTIONS"]["pool"]["max_size"] == 3


def test_sqlite_waits_for_its_turn_and_makes_its_folder(tmp_path: Path) -> None:
    entry = places.database(f"sqlite:///{tmp_path}/new/db.sqlite3", pool_size=1)
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "WAL" in entry["OPTIONS"]["init_command"]
    assert (tmp_path / "new").is_dir()


@pytest.mark.parametrize(
    ("url", "port", "ssl", "starttls"),
    [
        ("smtp://host", 25, False, False),
        ("smtp://host?starttls=yes", 587, False, True),
        ("smtp://host:2525", 2525, False, False),
        ("smtps://host", 465, True, False),
    ],
)
def test_mail_urls_say_port_and_encryption(url: str, port: int, ssl: bool, starttls: bool) -> None:
    entry = places.mail(url)
    assert (entry["EMAIL_PORT"], entry["EMAIL_USE_SSL"], entry["EMAIL_USE_TLS"]) == (port, ssl, starttls)


def test_mail_passwords_may_hold_any_character() -> None:
    assert places.mail("smtps://me%40x:a%2Fb%3Ac@host")["EMAIL_HOST_PASSWORD"] == "a/b:c"


def test_a_file_url_writes_mail_into_a_folder() -> None:
    assert places.mail("file:///srv/mail")["EMAIL_FILE_PATH"] == "/srv/mail"


def test_a_bucket_is_private_and_never_overwrites() -> None:
    entry = places.storage(
        "s3://papers/registry?endpoint_url=http://127.0.0.1:9000&region_name=eu-1&default_acl=public"
    )
    assert entry["OPTIONS"]["bucket_name"] == "papers"
    assert entry["OPTIONS"]["location"] == "registry"
    assert entry["OPTIONS"]["endpoint_url"] == "http://127.0.0.1:9000"
    assert entry["OPTIONS"]["default_acl"] == "private"
    assert entry["OPTIONS"]["file_overwrite"] is False


def test_the_local_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret-key"
    first = places.local_secret(path)
    assert len(first) >= 50
    assert places.local_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
