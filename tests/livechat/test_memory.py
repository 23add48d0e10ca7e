"""One turn for one message id, a bound on what is remembered, and nothing after the end."""

from __future__ import annotations

import asyncio

import pytest

from api.livechat import memory
from api.livechat.memory import Memory


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Work:
    """Counts how often it ran; waits for `may_end` where that is given."""

    def __init__(self, may_end: asyncio.Event | None = None) -> None:
        self.times = 0
        self.may_end = may_end
        self.raises: Exception | None = None

    async def __call__(self) -> dict:
        self.times += 1
        if self.may_end:
            await self.may_end.wait()
        if self.raises:
            raise self.raises
        return {"nummer": self.times}


def test_the_same_id_gives_the_same_answer_without_a_second_turn():
    async def play() -> None:
        kept, work = Memory(60), Work()
        assert await kept.once("a", "1", work) == await kept.once("a", "1", work) == {"nummer": 1}
        assert await kept.once("a", "2", work) == {"nummer": 2}
        assert await kept.once("b", "1", work) == {"nummer": 3}

    asyncio.run(play())


def test_without_an_id_every_message_is_a_turn():
    async def play() -> None:
        kept, work = Memory(60), Work()
        assert [await kept.once("a", None, work) for _ in range(2)] == [{"nummer": 1}, {"nummer": 2}]

    asyncio.run(play())


def test_who_asks_while_the_answer_is_being_made_waits_for_it():
    async def play() -> None:
        kept, work = Memory(60), Work(asyncio.Event())
        asked = [asyncio.create_task(kept.once("a", "1", work)) for _ in range(3)]
        await asyncio.sleep(0)
        work.may_end.set()
        assert await asyncio.gather(*asked) == [{"nummer": 1}] * 3

    asyncio.run(play())


def test_a_message_that_failed_may_be_tried_again_also_by_who_was_waiting():
    async def play() -> None:
        kept, work = Memory(60), Work(asyncio.Event())
        work.raises = ValueError("stuk")
        first = asyncio.create_task(kept.once("a", "1", work))
        await asyncio.sleep(0)
        second = asyncio.create_task(kept.once("a", "1", work))
        await asyncio.sleep(0)
        work.may_end.set()
        with pytest.raises(ValueError):
            await first
        work.raises = None
        assert await second == {"nummer": 2}

    asyncio.run(play())


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr(memory, "MOST_CONVERSATIONS", 3)

    async def play() -> None:
        kept, work = Memory(60), Work()
        for number in range(memory.MOST_ANSWERS + 1):
            await kept.once("a", str(number), work)
        assert (await kept.once("a", "0", work))["nummer"] == memory.MOST_ANSWERS + 2
        for name in "bcd":
            await kept.offer(name)
        assert not await kept.was_offered("a") and await kept.was_offered("d")
        assert len(kept._records) == 3

    asyncio.run(play())


def test_it_forgets_with_the_conversation_and_after_its_time():
    async def play() -> None:
        clock, work = Clock(), Work()
        kept = Memory(60, clock)
        await kept.once("a", "1", work)
        await kept.offer("a")
        await kept.forget("a")
        assert not await kept.was_offered("a") and not kept._records
        await kept.offer("b")
        clock.now = 59
        assert await kept.was_offered("b")
        clock.now = 61
        assert not await kept.was_offered("b") and not kept._records

    asyncio.run(play())


def test_a_conversation_that_begins_again_was_offered_nothing():
    async def play() -> None:
        kept, work = Memory(60), Work()
        await kept.once("a", "1", work)
        await kept.offer("a")
        await kept.begin_again("a")
        assert not await kept.was_offered("a")
        assert await kept.once("a", "1", work) == {"nummer": 2}

    asyncio.run(play())


def test_tidying_forgets_what_is_too_old_and_nothing_else():
    now = [0.0]
    memory = Memory(seconds=60, clock=lambda: now[0])
    asyncio.run(memory.offer("oud"))
    now[0] = 30
    asyncio.run(memory.offer("jong"))
    now[0] = 61
    asyncio.run(memory.tidy())
    assert list(memory._records) == ["jong"]
