"""Conversations are forgotten after a while and on request."""

from __future__ import annotations

import asyncio

from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversations.in_memory import InMemoryConversations


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def store_with(*ids: str) -> tuple[InMemoryConversations, Clock]:
    clock = Clock()
    store = InMemoryConversations(None, ttl=60, clock=clock)
    for conversation_id in ids:
        asyncio.run(store.save(DialogueStateTracker.from_events(conversation_id, [])))
        clock.now += 10
    return store, clock


def exists(store: InMemoryConversations, conversation_id: str) -> bool:
    return asyncio.run(store.exists(conversation_id))


def test_a_conversation_is_there_until_its_time_is_up():
    store, clock = store_with("a")
    assert exists(store, "a")
    clock.now = 61
    assert not exists(store, "a")
    assert asyncio.run(store.retrieve("a")) is None


def test_a_new_message_keeps_it_alive_and_older_ones_go():
    store, clock = store_with("a", "b")
    clock.now = 50
    asyncio.run(store.save(DialogueStateTracker.from_events("a", [])))
    clock.now = 75
    assert exists(store, "a") and not exists(store, "b")


def test_forgetting_leaves_nothing_and_never_fails():
    store, _ = store_with("a")
    for _ in range(2):
        asyncio.run(store.forget("a"))
    assert store._kept == {} and asyncio.run(store.retrieve("a")) is None


def test_a_turn_that_fails_half_way_changes_nothing_that_was_saved():
    store, _ = store_with("a")
    asyncio.run(store.retrieve("a")).update(UserUttered("half"))
    assert len(asyncio.run(store.read("a")).events) == 0
