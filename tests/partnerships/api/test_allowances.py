"""How often somebody may ask, and who they are by the token that they show."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
import redis
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.api import allowances
from partnerships.services import tokens
from partnerships.services.access import Actor
from tests import cast

pytestmark = pytest.mark.django_db
LIST = "/api/v1/countries/"


@pytest.fixture
def token() -> str:
    return tokens.create(by=Actor.of(cast.person()), name="t", scope="read", days=30, now=timezone.now())[1]


def shown(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def left(answer: Any) -> int:
    return int(re.findall(r";r=(\d+)", answer["RateLimit"])[0])


def test_an_answer_says_how_many_are_left(client: Client, settings: Any) -> None:
    settings.API_PER_ADDRESS = 10
    first, second = client.get(LIST), client.get(LIST)
    assert first["RateLimit-Policy"] == '"address";q=10;w=60'
    assert re.fullmatch(r'"address";r=9;t=[0-9]{1,2}', first["RateLimit"])
    assert left(second) == 8
    assert left(client.get(f"{LIST}?colour=blue")) == 7
    assert left(client.get("/api/v1/nowhere/")) == 6


def test_one_too_many_is_429_and_says_how_long_to_wait(client: Client, settings: Any) -> None:
    settings.API_PER_ADDRESS = 2
    assert [client.get(LIST).status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get(LIST)
    assert refused["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert left(refused) == 0
    assert refused.json()["status"] == 429
    assert client.get(LIST, REMOTE_ADDR="198.51.100.7").status_code == 200


def test_a_refused_request_asks_the_database_nothing(client: Client, settings: Any) -> None:
    settings.API_PER_ADDRESS = 1
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(LIST).status_code == 429
    assert len(asked) == 0


def test_the_next_minute_begins_anew() -> None:
    spent = [allowances.spend("x", "me", 1, now=at) for at in (60.0, 61.0, 119.9, 120.0)]
    assert [one.exceeded for one in spent if one] == [False, True, True, False]


def test_where_no_number_is_set_nothing_is_counted(client: Client, settings: Any) -> None:
    settings.API_PER_ADDRESS = 0
    assert "RateLimit" not in client.get(LIST)


def test_a_token_counts_for_itself_and_not_for_its_address(client: Client, settings: Any, token: str) -> None:
    settings.API_PER_ADDRESS, settings.API_PER_TOKEN = 1, 5
    client.get(LIST)
    answer = client.get(LIST, headers=shown(token))
    assert (answer.status_code, left(answer)) == (200, 4)
    assert answer["RateLimit-Policy"] == '"token";q=5;w=60'


@pytest.mark.parametrize(
    "header", ["Bearer nonsense", "Bearer ", "Bearer", "Basic YTpi", "Token x", "Bearer é", "Bearer a b", "x" * 9000]
)
def test_a_token_that_is_not_valid_is_never_taken_for_none(client: Client, header: str) -> None:
    answer = client.get(LIST, headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
    assert answer["Content-Type"] == "application/problem+json"


def test_guessing_tokens_counts_for_the_address(client: Client, settings: Any) -> None:
    settings.API_PER_ADDRESS = 2
    answers = [client.get(LIST, headers=shown(f"sci_{number}")).status_code for number in range(4)]
    assert answers == [401, 401, 429, 429]


def test_one_that_has_run_out_is_refused(client: Client) -> None:
    ago = timezone.now() - timedelta(days=31)
    _old, text = tokens.create(by=Actor.of(cast.person()), name="t", scope="read", days=30, now=ago)
    assert client.get(LIST, headers=shown(text)).status_code == 401


def test_whoever_shows_a_token_reads_the_same(client: Client, token: str) -> None:
    plain, known = client.get(LIST), client.get(LIST, headers=shown(token))
    assert (plain.content, plain["ETag"]) == (known.content, known["ETag"])


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (0, "203.0.113.5", "127.0.0.1"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "198.51.100.1, 203.0.113.5", "203.0.113.5"),
        (1, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (1, "nonsense", "unknown"),
    ],
)
def test_an_address_is_believed_as_far_as_the_proxies_are_ours(
    rf: Any, settings: Any, proxies: int, forwarded: str, network: str
) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}
    assert allowances.network(rf.get(LIST, headers={"X-Forwarded-For": forwarded})) == network


_COUNTING = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "sci_registry.settings"
django.setup()
from partnerships.api import allowances
print(*(allowances.spend("test", "all", 50, now=6e9).left for _ in range(20)))
"""


@pytest.mark.services
def test_all_processes_count_together_in_redis(redis_url: str) -> None:
    redis.Redis.from_url(redis_url).flushdb()
    environment = {**os.environ, "REDIS_URL": redis_url}
    started = [
        subprocess.Popen([sys.executable, "-c", _COUNTING], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    counted = sorted(int(word) for one in started for word in one.communicate(timeout=120)[0].split())
    assert counted == [0] * 11 + list(range(1, 50))


def test_a_redis_that_is_away_stops_nobody(client: Client, settings: Any) -> None:
    settings.API_PER_ADDRESS = 1
    settings.CACHES = {
        "default": {
            "BACKEND": "sci_registry.cache.ForgivingRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 0.2},
        }
    }
    caches.close_all()
    assert [client.get(LIST).status_code for _ in range(3)] == [200, 200, 200]
