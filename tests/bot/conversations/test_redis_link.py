"""A store that is down is left alone, and tried again by one at a time."""

from __future__ import annotations

import asyncio

import pytest
import redis

from bot.conversations.redis_link import TROUBLE, Circuit, connect


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_store_that_failed_once_too_often_is_left_alone_for_a_while():
    clock = Clock()
    circuit = Circuit(failures=2, pause=1.0, clock=clock)
    assert circuit.may_try()
    circuit.failed()
    assert circuit.may_try()
    circuit.failed()
    assert not circuit.may_try()
    clock.now += 1
    assert circuit.may_try() and not circuit.may_try(), "one tries for all"
    circuit.worked()
    assert circuit.may_try() and circuit.may_try()


def test_failures_count_in_a_row_only():
    circuit = Circuit(failures=2, pause=1.0, clock=Clock())
    for _ in range(3):
        circuit.failed()
        circuit.worked()
    assert circuit.may_try()


def test_who_tries_and_never_says_how_it_went_does_not_keep_the_others_out_for_ever():
    clock = Clock()
    circuit = Circuit(failures=1, pause=1.0, clock=clock)
    circuit.failed()
    clock.now += 1
    assert circuit.may_try()
    clock.now += 1
    assert circuit.may_try()


def test_a_redis_that_was_started_again_is_no_trouble(redis_to_cut):
    async def play() -> None:
        client = connect(redis_to_cut.url(), 1.0)
        await asyncio.gather(*(client.set(f"key{number}", 1) for number in range(4)))
        redis_to_cut.stop()
        redis_to_cut.start()
        assert await asyncio.gather(*(client.get(f"key{number}") for number in range(4))) == [None] * 4

    asyncio.run(play())


def test_a_redis_that_is_cut_or_hangs_is_trouble(redis_to_cut):
    async def play() -> None:
        client = connect(redis_to_cut.url(), 0.1)
        await client.ping()
        redis_to_cut.pause()
        with pytest.raises(redis.TimeoutError):
            await client.ping()
        redis_to_cut.go_on()
        redis_to_cut.stop()
        with pytest.raises(TROUBLE):
            await client.ping()

    try:
        asyncio.run(play())
    finally:
        redis_to_cut.ensure_running()
