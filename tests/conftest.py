"""What every test stands on: no mail leaves, no document stays, nothing but this machine is called."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
from django.utils import translation

from sci_registry import catalogues
from sci_registry.celery import app
from tests.parts import PARTS, chromium

LOOPBACK = ("127.", "::1", "localhost")


def pytest_configure(config: pytest.Config) -> None:
    """Pages in other languages are tested with the catalogues as they are now; one process of the suite compiles."""
    if not hasattr(config, "workerinput"):
        catalogues.compile_newer()


def pytest_runtest_setup(item: pytest.Item) -> None:
    for part in PARTS:
        if item.get_closest_marker(part.marker) and (why := part.missing()):
            # Where everything is promised to be there, a part that cannot run is a failure.
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{part.name}: {why}")
        if item.get_closest_marker(part.marker):
            item.user_properties.append(("part", part.marker))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Which parts of the suite ran and which did not, and why."""
    ran = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    terminalreporter.section("parts of the suite")
    database = "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
    terminalreporter.write_line(f"everything else: {len(ran)} tests in all, on {database}")
    for part in PARTS:
        count = sum(("part", part.marker) in map(tuple, report.user_properties) for report in ran)
        why = part.missing() or "no test of this part was selected"
        terminalreporter.write_line(f"{part.name}: " + (f"ran, {count} tests" if count else f"did not run: {why}"))
    told = [line for report in ran for name, line in report.user_properties if name == "measured"]
    if told:
        terminalreporter.section("accessibility and budget")
        for line in sorted(told):
            terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def _plain_surroundings(settings: Any, tmp_path: Path) -> None:
    """Fast passwords, documents in a folder of the test, a cache of its own, tasks in process."""
    # A page that was asked for in another language leaves it behind: the client of tests answers in this very thread.
    translation.deactivate()
    # Celery's configuration refuses to be patched and put back; every process of the suite wants it so.
    app.conf.task_always_eager = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "media")},
        },
    }
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that calls another host is a mistake, here and wherever there is no network."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test called {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser that Playwright starts; use it in tests marked ``browser``."""
    return chromium()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """A Redis for tests marked ``services``: the one of REDIS_URL, else one started for this run.

    Each worker of the test run has a database of its own there: workers that share a queue take each other's tasks.
    """
    if given := os.environ.get("REDIS_URL"):
        url = urlsplit(given)
        first, mine = int(url.path.strip("/") or 0), int(worker_id.removeprefix("gw") if worker_id != "master" else 0)
        yield url._replace(path=f"/{(first + mine) % 16}").geturl()
        return
    with _redis_server(tmp_path_factory.mktemp("redis")) as url:
        yield url


@contextlib.contextmanager
def _redis_server(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [shutil.which("redis-server") or "redis-server", "--port", str(port), "--bind", "127.0.0.1"]
    server = subprocess.Popen(
        [*command, "--save", "", "--appendonly", "no", "--dir", str(folder)], stdout=subprocess.DEVNULL
    )
    url = f"redis://127.0.0.1:{port}/0"
    try:
        _wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(url: str) -> None:
    client = redis.Redis.from_url(url)
    for _ in range(100):
        with contextlib.suppress(redis.ConnectionError):
            client.ping()
            return
        time.sleep(0.05)
    raise RuntimeError("redis-server did not answer within 5 seconds")
