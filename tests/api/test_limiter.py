"""Counts are shared by the replicas, and a Redis that is cut or hangs stops nobody."""

from __future__ import annotations

import asyncio

import pytest
import redis
from limits import parse
from limits.aio.strategies import MovingWindowRateLimiter, SlidingWindowCounterRateLimiter

from api import limiter
from api.limiter import Limiter
from tests.own_settings import own_settings

LIMIT = parse("3/hour")
ADDRESS = "192.0.2.17"
STRATEGIES = pytest.mark.parametrize(
    "strategy", [SlidingWindowCounterRateLimiter, MovingWindowRateLimiter], ids=["sliding", "moving"]
)


def two_replicas(strategy, url: str) -> list[Limiter]:
    return [Limiter(strategy, own_settings(REDIS_URL=url), "proef") for _ in range(2)]


async def hits(limiters: list[Limiter], times: int, key: str = ADDRESS) -> list[bool]:
    """What they say when they count in turn."""
    return [await limiters[number % len(limiters)].hit(LIMIT, "address", key) for number in range(times)]


@STRATEGIES
def test_replicas_count_together(redis_url, strategy):
    async def play() -> None:
        replicas = two_replicas(strategy, redis_url)
        assert await hits(replicas, 5) == [True, True, True, False, False]
        assert not await replicas[1].test(LIMIT, "address", ADDRESS)
        assert 1 <= await replicas[1].wait(LIMIT, "address", ADDRESS) <= 3600
        assert await replicas[0].hit(LIMIT, "address", "192.0.2.18")

    asyncio.run(play())


@STRATEGIES
def test_no_address_stands_in_redis_and_every_key_expires(redis_url, strategy):
    asyncio.run(hits(two_replicas(strategy, redis_url), 2))
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        keys = client.keys()
        assert keys and all(key.startswith("socialetriage:proef:") for key in keys)
        assert not [key for key in keys if "192" in key]
        assert all(0 < client.ttl(key) <= 2 * 3600 for key in keys)


@STRATEGIES
def test_while_redis_is_cut_every_process_counts_by_itself(redis_to_cut, strategy, monkeypatch):
    monkeypatch.setattr(limiter, "LEFT_ALONE", 0.0)

    async def play() -> None:
        replicas = two_replicas(strategy, redis_to_cut.url())
        assert await hits(replicas, 1) == [True]
        redis_to_cut.stop()
        assert await hits(replicas, 8) == [True] * 6 + [False] * 2
        redis_to_cut.start()
        assert await hits(replicas, 4) == [True] * 3 + [False]

    try:
        asyncio.run(play())
    finally:
        redis_to_cut.ensure_running()
        redis_to_cut.clear()


def test_a_redis_that_hangs_is_waited_for_once(redis_to_cut, monkeypatch):
    troubles = []
    monkeypatch.setattr(limiter, "LEFT_ALONE", 1000.0)
    monkeypatch.setattr(limiter.logs, "failure", lambda event, error: troubles.append((event, error)))

    async def play() -> None:
        [one, _] = two_replicas(SlidingWindowCounterRateLimiter, redis_to_cut.url())
        await one.hit(LIMIT, "address", "another")
        redis_to_cut.pause()
        assert await hits([one], 5) == [True, True, True, False, False]

    try:
        asyncio.run(play())
    finally:
        redis_to_cut.ensure_running()
    [(event, error)] = troubles
    assert event == "limiter_failed" and isinstance(error, redis.TimeoutError)
