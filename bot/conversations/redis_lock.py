"""One message of a conversation at a time, whichever replicas they were sent to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from rasa.core.lock_store import LockError, LockStore
from redis.asyncio.lock import Lock

from bot.conversations.keeper import LIFETIME, Keeper
from bot.conversations.redis_link import PREFIX, TROUBLE, Link

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
        await self._acquire_lock(lock)
        keeper = Keeper(lambda: lock.extend(lock_lifetime, replace_ttl=True), lock_lifetime)
        try:
            yield
        finally:
            keeper.stop()
            with suppress(*TROUBLE):  # then it is free by itself, soon or already
                await lock.release()

    async def _acquire_lock(self, lock: Lock) -> None:
        """Wait for `lock`; `bot.measured` takes the time of it."""
        if not await self._link.ask(lock.acquire()):
            raise LockError("another message of this conversation is still being answered")
