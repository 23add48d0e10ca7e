"""Messages of one conversation are answered one after the other, whichever replica they were sent to."""

from __future__ import annotations

import asyncio

import pytest
import redis
from rasa.core.lock_store import LockError, RedisLockStore
from rasa.shared.core.events import UserUttered

from bot.conversations import redis_lock
from bot.conversations.store import StoreDown
from tests.bot.conversations.shared_redis import replica, said, say
from tests.bot.conversations.test_redis_store import apart


def test_messages_of_one_conversation_at_both_replicas_are_all_kept(redis_url):
    async def turn(store, locks, text: str) -> None:
        async with locks.lock("a"):
            tracker = await store.get_or_create_tracker("a")
            await asyncio.sleep(0.01)
            say(tracker, text)
            await store.save(tracker)

    async def play() -> None:
        both = [replica(redis_url), replica(redis_url)]
        texts = [f"bericht {number}" for number in range(8)]
        await asyncio.gather(*(apart(turn(*both[number % 2], text)) for number, text in enumerate(texts)))
        store = both[0][0]
        earlier = [event.text for event in await store.earlier("a") if isinstance(event, UserUttered)]
        assert sorted([*earlier, *said(await store.read("a"))]) == texts

    asyncio.run(play())


def test_the_lock_of_rasa_gives_two_replicas_the_same_ticket(redis_url):
    """Why ours is used: between its reading and its writing of the tickets another replica fits."""
    address = redis.connection.parse_url(redis_url)
    one, other = (RedisLockStore(address["host"], address["port"], address["db"]) for _ in range(2))
    locks = [store.get_or_create_lock("a") for store in (one, other)]
    tickets = [lock.issue_ticket(60) for lock in locks]
    for store, lock in zip((one, other), locks, strict=True):
        store.save_lock(lock)
    assert tickets[0] == tickets[1] and not one.get_lock("a").is_locked(tickets[0])


def test_other_conversations_do_not_wait(redis_url):
    async def play() -> None:
        (_, one), (_, other) = replica(redis_url), replica(redis_url)
        async with one.lock("a"), other.lock("b"):
            pass

    asyncio.run(play())


def test_who_waits_too_long_hears_so(redis_url, monkeypatch):
    monkeypatch.setattr(redis_lock, "LONGEST_WAIT", 0.1)

    async def play() -> None:
        (_, one), (_, other) = replica(redis_url), replica(redis_url)
        async with one.lock("a"):
            with pytest.raises(LockError):
                async with other.lock("a"):
                    pass
        async with other.lock("a"):
            pass

    asyncio.run(play())


def test_a_slow_answer_keeps_its_lock(redis_url):
    async def play() -> None:
        (_, one), (_, other) = replica(redis_url), replica(redis_url)
        order = []

        async def slow() -> None:
            async with one.lock("a", lock_lifetime=0.3):
                await asyncio.sleep(0.7)
                order.append("slow")

        async def next_one() -> None:
            async with other.lock("a"):
                order.append("next")

        answering = asyncio.create_task(slow())
        await asyncio.sleep(0.1)
        await asyncio.gather(answering, next_one())
        assert order == ["slow", "next"]

    asyncio.run(play())


def test_the_lock_of_a_killed_replica_is_free_after_its_lifetime(redis_url, monkeypatch):
    monkeypatch.setattr(redis_lock.Keeper, "_begin", lambda keeper: None)  # the dead keep nothing

    async def play() -> None:
        (_, killed), (_, other) = replica(redis_url), replica(redis_url)
        async with killed.lock("a", lock_lifetime=0.2), other.lock("a"):
            pass

    asyncio.run(play())


def test_without_redis_nobody_waits_for_a_lock(redis_to_cut):
    async def play() -> None:
        _, locks = replica(redis_to_cut.url())
        async with locks.lock("a"):
            redis_to_cut.stop()
        with pytest.raises(StoreDown):
            async with locks.lock("a"):
                pass

    try:
        asyncio.run(play())
    finally:
        redis_to_cut.ensure_running()
