"""Wrong tokens are counted by address, and an address that tried too many is locked for a while."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from api.access.attempts import Attempts
from api.problems import Problem
from tests.own_settings import own_settings


@pytest.fixture
def now(monkeypatch) -> SimpleNamespace:
    """What the limiter takes for the time, in seconds."""
    fake = SimpleNamespace(moment=1_800_000_000.0)
    fake.time = lambda: fake.moment
    monkeypatch.setattr("limits.aio.storage.memory.time", fake)
    monkeypatch.setattr("api.limiter.time", fake)
    return fake


@pytest.fixture
def attempts(now) -> Attempts:
    return Attempts(own_settings(RATE_LIMIT_INLOGGEN="3/15 minutes"))


async def _try_wrong(attempts: Attempts, host: str | None, times: int = 1) -> None:
    for _ in range(times):
        await attempts.check(host)
        await attempts.wrong(host)


def waiting_time(attempts: Attempts, host: str | None) -> int:
    """Seconds that the refusal names; 0 when there is none."""
    try:
        asyncio.run(attempts.check(host))
    except Problem as problem:
        assert problem.status == 429
        return int(problem.headers["Retry-After"])
    return 0


def test_too_many_wrong_ones_lock_the_address_for_as_long_as_is_said(attempts, now):
    asyncio.run(_try_wrong(attempts, "192.0.2.1"))
    now.moment += 60
    asyncio.run(_try_wrong(attempts, "192.0.2.1", 2))
    assert waiting_time(attempts, "192.0.2.1") == 840
    now.moment += 839
    assert waiting_time(attempts, "192.0.2.1") == 1
    now.moment += 1
    assert waiting_time(attempts, "192.0.2.1") == 0


def test_another_address_is_not_locked(attempts):
    asyncio.run(_try_wrong(attempts, "192.0.2.1", 3))
    assert waiting_time(attempts, "192.0.2.1") and not waiting_time(attempts, "192.0.2.2")


def test_one_ipv6_customer_is_one_address(attempts):
    asyncio.run(_try_wrong(attempts, "2001:db8::1", 3))
    assert waiting_time(attempts, "2001:db8::ffff") and not waiting_time(attempts, "2001:db8:0:1::1")


def test_looking_counts_nothing(attempts):
    for _ in range(10):
        assert waiting_time(attempts, "192.0.2.1") == 0


def test_trying_on_does_not_make_it_longer(attempts, now):
    asyncio.run(_try_wrong(attempts, "192.0.2.1", 3))
    now.moment += 600
    with pytest.raises(Problem):
        asyncio.run(attempts.wrong("192.0.2.1"))
    now.moment += 300
    assert waiting_time(attempts, "192.0.2.1") == 0


def test_every_limit_of_the_setting_counts(now):
    attempts = Attempts(own_settings(RATE_LIMIT_INLOGGEN="2/minute;3/hour"))
    asyncio.run(_try_wrong(attempts, None, 2))
    assert waiting_time(attempts, None) == 60
    now.moment += 61
    asyncio.run(_try_wrong(attempts, None))
    assert waiting_time(attempts, None) == 3539


def test_of_many_at_the_same_moment_no_more_are_called_wrong_than_the_limit(attempts):
    async def guess() -> int:
        try:
            await attempts.check("192.0.2.1")
            await asyncio.sleep(0)  # the others look, too, before any is counted
            await attempts.wrong("192.0.2.1")
        except Problem as problem:
            return problem.status
        return 401

    async def guesses() -> list[int]:
        return await asyncio.gather(*(guess() for _ in range(50)))

    assert asyncio.run(guesses()).count(401) == 3
