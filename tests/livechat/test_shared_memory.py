"""Two replicas remember livechat conversations together, and answer also while their Redis is down."""

from __future__ import annotations

import asyncio

import pytest
import redis

from api.livechat import shared_memory
from api.livechat.memory import MOST_ANSWERS
from api.livechat.shared_memory import SharedMemory
from api.storage.seal import Seal, new_key
from tests.livechat.test_memory import Work
from tests.own_settings import own_settings

KEY = new_key()


def replicas(url: str, key: str = KEY) -> tuple[SharedMemory, SharedMemory]:
    settings = own_settings(REDIS_URL=url, OPSLAG_SLEUTELS=key)
    one, other = (SharedMemory(settings, Seal(settings.store_keys)) for _ in range(2))
    return one, other


def keys_of(url: str) -> dict[str, int]:
    """Every key and how many seconds it still lives."""
    with redis.Redis.from_url(url, decode_responses=True) as client:
        return {key: client.ttl(key) for key in client.scan_iter()}


def test_a_message_that_comes_again_at_another_replica_gets_the_same_answer(redis_url):
    async def play() -> None:
        one, other = replicas(redis_url)
        work = Work()
        assert await one.once("a", "1", work) == await other.once("a", "1", work) == {"nummer": 1}
        assert await other.once("a", "2", work) == {"nummer": 2}
        assert await one.once("b", "1", work) == {"nummer": 3}
        assert [await one.once("a", None, work) for _ in range(2)] == [{"nummer": 4}, {"nummer": 5}]

    asyncio.run(play())


def test_who_asks_another_replica_while_the_answer_is_being_made_waits_for_it(redis_url):
    async def play() -> None:
        both, work = replicas(redis_url), Work(asyncio.Event())
        asked = [asyncio.create_task(both[number % 2].once("a", "1", work)) for number in range(4)]
        await asyncio.sleep(3 * shared_memory.LOOKS_EVERY)
        work.may_end.set()
        assert await asyncio.gather(*asked) == [{"nummer": 1}] * 4

    asyncio.run(play())


def test_a_message_that_failed_may_be_tried_again_at_another_replica(redis_url):
    async def play() -> None:
        (one, other), work = replicas(redis_url), Work()
        work.raises = ValueError("stuk")
        with pytest.raises(ValueError):
            await one.once("a", "1", work)
        work.raises = None
        assert await other.once("a", "1", work) == {"nummer": 2}

    asyncio.run(play())


def test_what_a_killed_replica_was_answering_is_answered_by_another(redis_url, monkeypatch):
    monkeypatch.setattr(shared_memory, "LIFETIME", 0.1)

    async def play() -> None:
        (one, other), work = replicas(redis_url), Work()
        assert await one._begun("a", one._pseudonyms.of("a\n1"), "the token of the killed one") == (
            None,
            True,
        )
        assert await other.once("a", "1", work) == {"nummer": 1}

    asyncio.run(play())


def test_a_slow_answer_is_waited_for(redis_url, monkeypatch):
    monkeypatch.setattr(shared_memory, "LIFETIME", 0.15)

    async def play() -> None:
        (one, other), work = replicas(redis_url), Work(asyncio.Event())
        asked = [asyncio.create_task(replica.once("a", "1", work)) for replica in (one, other)]
        await asyncio.sleep(0.5)
        work.may_end.set()
        assert await asyncio.gather(*asked) == [{"nummer": 1}] * 2

    asyncio.run(play())


def test_an_offer_at_one_replica_counts_at_the_other_until_it_begins_again(redis_url):
    async def play() -> None:
        (one, other), work = replicas(redis_url), Work()
        await one.once("a", "1", work)
        await one.offer("a")
        assert await other.was_offered("a") and not await other.was_offered("b")
        await other.begin_again("a")
        assert not await one.was_offered("a")
        assert await one.once("a", "1", work) == {"nummer": 2}

    asyncio.run(play())


def test_what_is_being_answered_while_it_begins_again_stays(redis_url):
    async def play() -> None:
        (one, other), work = replicas(redis_url), Work()

        async def begin() -> dict:
            await one.begin_again("a")
            return await work()

        assert await one.once("a", "1", begin) == await other.once("a", "1", work) == {"nummer": 1}

    asyncio.run(play())


def test_nothing_is_left_of_a_forgotten_conversation_also_where_an_answer_was_under_way(redis_url):
    async def play() -> None:
        (one, other), work = replicas(redis_url), Work(asyncio.Event())
        under_way = asyncio.create_task(one.once("a", "1", work))
        await asyncio.sleep(0.1)
        await one.offer("a")
        await other.forget("a")
        work.may_end.set()
        assert await under_way == {"nummer": 1}

    asyncio.run(play())
    assert keys_of(redis_url) == {}


def test_what_stands_in_redis_is_bounded_sealed_and_expires(redis_url):
    async def play() -> None:
        one, _ = replicas(redis_url)
        for number in range(MOST_ANSWERS + 2):
            await one.once("06-12345678", f"bericht {number}", Work())
        await one.offer("06-12345678")

    asyncio.run(play())
    kept = keys_of(redis_url)
    assert all(0 < seconds <= 1800 for seconds in kept.values()) and kept
    with redis.Redis.from_url(redis_url) as client:
        answers = client.lrange(next(key for key in kept if key.endswith(":answers")), 0, -1)
    assert len(answers) == MOST_ANSWERS
    assert not [key for key in kept if "12345678" in key]
    assert not [answer for answer in answers if b"nummer" in answer or b"bericht" in answer]


def test_after_a_change_of_keys_an_old_answer_counts_as_never_given(redis_url, monkeypatch):
    async def play() -> None:
        (one, _), (other, _) = replicas(redis_url), replicas(redis_url, new_key())
        monkeypatch.setattr(other, "_pseudonyms", one._pseudonyms)
        work = Work()
        await one.once("a", "1", work)
        assert await other.once("a", "1", work) == {"nummer": 2}

    asyncio.run(play())


@pytest.mark.parametrize("trouble", ["stop", "pause"])
def test_without_redis_this_process_remembers_by_itself(redis_to_cut, trouble):
    async def play() -> None:
        (one, _), work = replicas(redis_to_cut.url()), Work()
        await one.once("a", "0", work)
        getattr(redis_to_cut, trouble)()
        assert await one.once("a", "1", work) == await one.once("a", "1", work) == {"nummer": 2}
        await one.offer("a")
        assert await one.was_offered("a")
        await one.forget("a")
        assert not await one.was_offered("a")

    try:
        asyncio.run(play())
    finally:
        redis_to_cut.ensure_running()


def test_an_answer_that_cannot_be_kept_goes_out_all_the_same(redis_to_cut):
    async def play() -> None:
        (one, _), work = replicas(redis_to_cut.url()), Work()

        async def cutting() -> dict:
            redis_to_cut.stop()
            return await work()

        assert await one.once("b", "1", cutting) == {"nummer": 1}

    try:
        asyncio.run(play())
    finally:
        redis_to_cut.ensure_running()
