"""A page is worth more than its cache: a Redis that is away costs time and nothing else."""

from __future__ import annotations

import pytest

from sci_registry.cache import ForgivingRedisCache


def away() -> ForgivingRedisCache:
    return ForgivingRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 1}})


def test_what_cannot_be_read_is_a_miss() -> None:
    cache = away()
    assert cache.get("key") is None
    assert cache.get("key", "otherwise") == "otherwise"
    assert cache.get_many(["key"]) == {}
    assert cache.has_key("key") is False
    assert "key" not in cache


def test_what_cannot_be_written_is_not_kept() -> None:
    cache = away()
    cache.set("key", 1)
    cache.delete_many(["key"])
    assert cache.add("key", 1) is False
    assert cache.touch("key") is False
    assert cache.delete("key") is False
    assert cache.incr("key") == 1
    assert cache.set_many({"key": 1}) == ["key"]
    assert cache.get_or_set("key", 5) == 5


@pytest.mark.services
def test_a_redis_that_is_there_keeps_what_it_is_given(redis_url: str) -> None:
    cache = ForgivingRedisCache(redis_url, {"KEY_PREFIX": "test-cache"})
    cache.set("key", {"a": 1}, timeout=30)
    assert cache.get("key") == {"a": 1}
    assert cache.delete("key") is True
