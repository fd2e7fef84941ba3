"""What a URL in the environment means to Django: database, mail server, storage of documents, local secret."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"


def database(url: str, *, pool_size: int) -> dict[str, Any]:
    """One entry of DATABASES. Raises ValueError for a URL that names no database."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ValueError("the URL names no database")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    options.setdefault("connect_timeout", 5)
    # A full pool answers an error after this many seconds, before a proxy gives up on the request.
    options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        # A connection that died in the pool, as after a restart of the server, is replaced and not handed out.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(path: str) -> dict[str, Any]:
    if path in {"", "/"}:
        raise ValueError("the URL names no file, as in sqlite:////srv/registry/db.sqlite3")
    name = path if path == "/:memory:" else Path(path)
    if isinstance(name, Path):
        name.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:" if path == "/:memory:" else str(name),
        # IMMEDIATE: a writer waits for its turn at the start and never fails half-way with "database is locked".
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    }


def mail(url: str) -> dict[str, Any]:
    """The EMAIL_* settings. smtp: plain or STARTTLS when the server is told so; smtps: TLS from the first byte."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if not parts.hostname:
        raise ValueError("the URL names no mail server")
    starttls = dict(parse_qsl(parts.query)).get("starttls", "no") in {"1", "yes", "on", "true"}
    implicit = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if implicit else 587 if starttls else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        "EMAIL_USE_TLS": starttls and not implicit,
        "EMAIL_TIMEOUT": 20,
    }


def storage(place: str) -> dict[str, Any]:
    """The default entry of STORAGES: a folder, or s3://bucket/prefix?endpoint_url=…&region_name=…"""
    if not place.startswith("s3://"):
        if "://" in place:
            raise ValueError("it has to be a folder or begin with s3://")
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": place, "file_permissions_mode": 0o640, "directory_permissions_mode": 0o750},
        }
    parts = urlsplit(place)
    if not parts.netloc:
        raise ValueError("the URL names no bucket")
    options: dict[str, Any] = {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "default_acl": "private",
        "file_overwrite": False,
        "querystring_expire": 60,
    }
    options |= {key: value for key, value in parse_qsl(parts.query) if key in {"endpoint_url", "region_name"}}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def local_secret(path: Path) -> str:
    """The secret of this machine, made once: links signed in one process hold in the next."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii").strip()
