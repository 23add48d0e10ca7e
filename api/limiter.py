"""Counting how often something happened: for all replicas together in Redis, else in this process alone."""

from __future__ import annotations

import math
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from limits import RateLimitItem
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import RateLimiter
from packaging.version import Version

from api import logs
from api.settings import Settings
from api.storage.pseudonyms import Pseudonyms
from bot.conversations.redis_link import PREFIX, TROUBLE, Circuit, options

T = TypeVar("T")

LONGEST_WAIT = 0.3
"""Seconds for Redis to count one request. Whoever waits may be in danger: then it is counted here."""

LEFT_ALONE = 1.0
"""Seconds for which a Redis that did not count is not asked again."""


class _Storage(RedisStorage):
    """On the redis-py that Rasa pins; limits asks for 5.2 by name and uses nothing that 4.6 has not."""

    STORAGE_SCHEME = None
    DEPENDENCIES = {"redis": Version("4.5.5")}


class Limiter:
    """Counts by `strategy` of limits. `name` keeps its keys apart from those of another limiter.

    A limiter never stops an answer: while Redis is down or slow, every process counts what it sees itself,
    from nothing. In Redis stand pseudonyms (an address and the id of a conversation are personal data),
    each of them for two windows of its limit at most.
    """

    def __init__(self, strategy: type[RateLimiter], settings: Settings, name: str) -> None:
        self._here = strategy(MemoryStorage())
        self._shared = strategy(_storage(settings.redis_url, name)) if settings.redis_url else None
        self._pseudonyms = Pseudonyms(settings, name)
        self._circuit = Circuit(failures=1, pause=LEFT_ALONE)

    async def hit(self, limit: RateLimitItem, kind: str, key: str) -> bool:
        """Count one; False where it is one too many."""
        return await self._ask(lambda limiter, name: limiter.hit(limit, kind, name), key)

    async def test(self, limit: RateLimitItem, kind: str, key: str) -> bool:
        """Whether one more is allowed; counts nothing."""
        return await self._ask(lambda limiter, name: limiter.test(limit, kind, name), key)

    async def wait(self, limit: RateLimitItem, kind: str, key: str) -> int:
        """Seconds after which it may be tried again, at least 1."""
        stats = await self._ask(lambda limiter, name: limiter.get_window_stats(limit, kind, name), key)
        return max(1, math.ceil(stats.reset_time - time.time()))

    async def _ask(self, question: Callable[[RateLimiter, str], Awaitable[T]], key: str) -> T:
        if self._shared and self._circuit.may_try():
            try:
                answer = await question(self._shared, self._pseudonyms.of(key))
            except TROUBLE as error:
                self._circuit.failed()
                logs.failure("limiter_failed", error)
            else:
                self._circuit.worked()
                return answer
        return await question(self._here, key)


def _storage(url: str, name: str) -> RedisStorage:
    prefix = f"{PREFIX}:{name}"
    return _Storage(f"async+{url}", implementation="redispy", key_prefix=prefix, **options(LONGEST_WAIT))
