"""One message of a conversation at a time, whichever replicas they were sent to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from rasa.core.lock_store import LockError, LockStore
from redis.asyncio.lock import Lock
from redis.exceptions import LockError as NotOurs

from bot.conversations.redis_link import PREFIX, TROUBLE, Link

LIFETIME = 4.0
"""Seconds after which the lock of a replica that was killed is free; a replica that lives makes it longer."""

LONGEST_WAIT = 9.0
"""Seconds that a message waits for the one before it: less than one answer may take (TURN_TIMEOUT)."""

LOOKS_EVERY = 0.02
"""Seconds between two looks whether the lock is free; a turn takes some milliseconds."""


class RedisLocks(LockStore):
    """Locks of redis-py: taken and given back in one step, with a token that says whose it is.

    Rasa's RedisLockStore reads its list of tickets, adds one and writes the list back. Two replicas that do
    so at the same moment hold the same ticket, and both answer (tests/bot/conversations/test_redis_lock.py
    shows it). It also waits a second between two looks, and blocks the event loop meanwhile.

    A lock alone cannot stop a replica that was paused past LIFETIME: RedisConversations refuses what it
    then writes. Who waits gets the lock in no certain order.
    """

    def __init__(self, link: Link, name_of: Callable[[str], str]) -> None:
        self._link = link
        self._name_of = name_of

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LIFETIME, wait_time_in_seconds: float = LOOKS_EVERY
    ) -> AsyncIterator[None]:
        """Hold the lock of a conversation. Raises StoreDown, and LockError after LONGEST_WAIT."""
        lock = Lock(
            self._link.redis,
            f"{PREFIX}:lock:{self._name_of(conversation_id)}",
            timeout=lock_lifetime,
            sleep=wait_time_in_seconds,
            blocking_timeout=LONGEST_WAIT,
            thread_local=False,
        )
        if not await self._link.ask(lock.acquire()):
            raise LockError("another message of this conversation is still being answered")
        keeper = _Keeper(lock, lock_lifetime)
        try:
            yield
        finally:
            keeper.stop()
            with suppress(*TROUBLE):  # then it is free by itself, soon or already
                await lock.release()


class _Keeper:
    """Makes a lock longer every third of its life: a slow answer keeps it, a quick one pays nothing."""

    def __init__(self, lock: Lock, lifetime: float) -> None:
        self._lock = lock
        self._lifetime = lifetime
        self._task: asyncio.Task | None = None
        self._timer = asyncio.get_running_loop().call_later(lifetime / 3, self._begin)

    def stop(self) -> None:
        self._timer.cancel()
        if self._task:
            self._task.cancel()

    def _begin(self) -> None:
        self._task = asyncio.ensure_future(self._keep())

    async def _keep(self) -> None:
        while True:
            try:
                await self._lock.extend(self._lifetime, replace_ttl=True)
            except NotOurs:
                return  # it is lost: what is written now is refused
            except TROUBLE:
                pass  # the next time, perhaps
            await asyncio.sleep(self._lifetime / 3)
