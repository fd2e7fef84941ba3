"""Real services: PostgreSQL, Redis, worker processes, a mail server on loopback."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.db import connection

from sci_registry.celery import app
from tests.faults.mailserver import MailServer, free_port

ROOT = Path(__file__).parents[2]


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def broker(redis_url: str) -> Iterator[str]:
    """A broker without tasks of earlier tests."""
    client = redis.Redis.from_url(redis_url)
    for _when in ("before", "after"):
        keys = [*client.keys("celery*"), *client.keys("_kombu*"), *client.keys("unacked*")]
        if keys:
            client.delete(*keys)
        if _when == "before":
            yield redis_url


@pytest.fixture
def no_broker() -> str:
    """An address at which no broker listens."""
    return f"redis://127.0.0.1:{free_port()}/0"


class Processes:
    """Processes of the registry on the test's own database; every one is gone when the test ends."""

    def __init__(self, mail_server: MailServer) -> None:
        self.mail_server = mail_server
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *command: str, broker: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": database_url(),
                "DATABASE_POOL_SIZE": "2",
                "REDIS_URL": broker,
                "EMAIL_URL": self.mail_server.url,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A group of its own, so that a kill reaches the worker's children as the loss of a machine would.
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def worker(self, broker: str) -> subprocess.Popen[str]:
        options = ("--concurrency", "1", "--loglevel", "info", "--without-gossip", "--without-mingle")
        return self.start("-m", "celery", "--app", "sci_registry", "worker", *options, broker=broker)

    def run(self, *command: str, broker: str) -> str:
        """Run to the end; answers what was printed."""
        process = self.start(*command, broker=broker)
        out, _ = process.communicate(timeout=40)
        assert process.returncode == 0, out
        return out

    @staticmethod
    def kill(process: subprocess.Popen[str]) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)


def database_url() -> str:
    """The test's database, as another process reads it."""
    row = connection.settings_dict
    password = f":{row['PASSWORD']}" if row["PASSWORD"] else ""
    return f"postgres://{row['USER']}{password}@{row['HOST']}:{row['PORT'] or 5432}/{row['NAME']}"


@pytest.fixture
def processes(transactional_db: None, mail_server: MailServer) -> Iterator[Processes]:
    """After ``transactional_db``, so that all are gone before the tables are emptied."""
    running = Processes(mail_server)
    yield running
    for process in running.started:
        running.kill(process)
        if process.stdout is not None:
            process.stdout.close()


def send_as_beat_does(broker: str) -> None:
    """Put into the broker what the timetable puts there every minute."""
    with app.connection_for_write(broker) as channel:
        app.send_task("partnerships.tasks.deliver_notices", connection=channel, expires=55)


def until(holds: Callable[[], bool], seconds: float = 90) -> None:
    """Wait until it holds; a test that waits in vain fails here.

    Long, because a worker starts slowly on a busy machine: what is proved is that it happens, not how fast.
    """
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
