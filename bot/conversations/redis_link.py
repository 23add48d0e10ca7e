"""The connection with the Redis that replicas share: nobody waits long for it, up or down."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import RedisError

T = TypeVar("T")

PREFIX = "socialetriage"
"""Of every key, so that others may use the same Redis. Rasa allows letters and digits only."""

TROUBLE = (RedisError, OSError, asyncio.TimeoutError)
"""What a call raises where Redis is cut off, hangs, is full or refuses."""


def options(timeout: float) -> dict[str, Any]:
    """How to connect: `timeout` seconds to connect and to answer, tried again once where the line dropped.

    A Redis that was started again dropped all connections; one that hangs is not asked twice.
    """
    return {
        "socket_timeout": timeout,
        "socket_connect_timeout": timeout,
        "retry": Retry(NoBackoff(), 1, supported_errors=(NoConnection, OSError)),
        "retry_on_error": [NoConnection],
    }


def connect(url: str, timeout: float) -> Redis:
    """A client for one event loop. It connects at the first command, and gives bytes."""
    return Redis.from_url(url, **options(timeout))


class Circuit:
    """Keeps everybody from waiting for a store that is down: after `failures` in a row it is left alone.

    Then one call in every `pause` seconds may try. `clock` gives seconds.
    """

    def __init__(self, failures: int, pause: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = failures
        self._pause = pause
        self._clock = clock
        self._failures = 0
        self._until = 0.0

    def may_try(self) -> bool:
        """Whether the store may be asked now; of those who ask while it is down, one may."""
        if self._failures < self._most:
            return True
        if self._clock() < self._until:
            return False
        self._until = self._clock() + self._pause
        return True

    def worked(self) -> None:
        """Note that the store answered."""
        self._failures = 0

    def failed(self) -> None:
        """Note that it did not."""
        self._failures += 1
        self._until = self._clock() + self._pause


class Link:
    """One Redis for one event loop, asked through a circuit. Its clients see no error but `raising`."""

    def __init__(
        self, url: str, timeout: float, raising: type[Exception], circuit: Circuit | None = None
    ) -> None:
        self.redis = connect(url, timeout)
        self._raising = raising
        self._circuit = circuit or Circuit(failures=2, pause=1.0)

    async def ask(self, question: Awaitable[T]) -> T:
        """The answer of Redis. Raises `raising` where it gives none, at once where it gave none just now."""
        if not self._circuit.may_try():
            if asyncio.iscoroutine(question):
                question.close()
            raise self._raising("left alone")
        try:
            answer = await question
        except TROUBLE as error:
            self._circuit.failed()
            raise self._raising(type(error).__name__) from error
        self._circuit.worked()
        return answer
