"""The assistant in a thread of its own: every call gets there, and what it computes holds nobody up."""

from __future__ import annotations

import asyncio
import inspect
import threading
import time

import pytest

from api.assistant_thread import AT_ONCE, AssistantThread
from api.provider import Assistant
from bot.turn import UnknownConversation
from tests.api.fakes import FakeAssistant


class Elsewhere(FakeAssistant):
    """Says in which thread it was asked, and computes without a pause where it is told to."""

    async def triage(self, text: str, place: str | None, channel: str) -> dict:
        until = time.monotonic() + 0.3
        while text == "reken" and time.monotonic() < until:
            pass
        return {"thread": threading.current_thread().name}


def run(work):
    async def within() -> object:
        async def load() -> Elsewhere:
            return Elsewhere()

        async with AssistantThread(load) as assistant:
            return await work(assistant)

    return asyncio.run(within())


def test_every_call_that_may_take_time_is_made_in_the_other_thread():
    async def names(assistant) -> list[str]:
        calls = inspect.getmembers(Assistant, asyncio.iscoroutinefunction)
        return [name for name, _ in calls if getattr(assistant, name).func.__name__ != "_there"]

    assert run(names) == []
    assert run(lambda assistant: assistant.triage("a", None, "bewoner")) == {"thread": "assistant"}


def test_a_few_are_worked_on_at_a_time_and_the_others_wait_their_turn():
    class Slow(FakeAssistant):
        at_once = most = 0
        order: list[str] = []

        async def triage(self, text: str, place: str | None, channel: str) -> dict:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            self.order.append(text)
            await asyncio.sleep(0.01)
            self.at_once -= 1
            return {}

    slow = Slow()

    async def load() -> Slow:
        return slow

    async def ask() -> None:
        async with AssistantThread(load) as assistant:
            await asyncio.gather(*(assistant.triage(f"{n:02}", None, "bewoner") for n in range(4 * AT_ONCE)))

    asyncio.run(ask())
    assert slow.most == AT_ONCE and slow.order == sorted(slow.order)


def test_what_it_raises_comes_through():
    with pytest.raises(UnknownConversation):
        run(lambda assistant: assistant.say("nooit begonnen", "hoi"))


def test_computing_does_not_hold_up_the_web_server():
    async def turns_of_the_loop(assistant) -> int:
        computing = asyncio.ensure_future(assistant.triage("reken", None, "bewoner"))
        turns = 0
        while not computing.done():
            await asyncio.sleep(0)
            turns += 1
        return turns

    assert run(turns_of_the_loop) > 10


def test_who_stops_waiting_stops_the_work():
    async def given_up(assistant) -> None:
        assistant._assistant.hang = True
        await assistant.start("a", None, "bewoner")

    with pytest.raises(asyncio.TimeoutError):
        run(lambda assistant: asyncio.wait_for(given_up(assistant), 0.05))
