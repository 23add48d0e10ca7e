"""Conversations and their locks, shared by all replicas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversations.redis_link import Link
from bot.conversations.redis_lock import RedisLocks
from bot.conversations.redis_store import RedisConversations
from bot.conversations.redis_values import Writing
from bot.conversations.store import StoreDown

LONGEST_WAIT = 1.0
"""Seconds for Redis to answer. After it the person gets the fixed answer, so that nobody waits in danger."""


@dataclass(frozen=True)
class Shared:
    """The store and the locks for one event loop."""

    store: RedisConversations
    locks: RedisLocks


def shared_conversations(url: str, ttl: float, writing: Writing, name_of: Callable[[str], str]) -> Shared:
    """What replicas share in the Redis at `url`, for `ttl` seconds after the last message.

    `writing` seals what was said; `name_of` gives the name under which a conversation stands in Redis.
    """
    link = Link(url, LONGEST_WAIT, StoreDown)
    store = RedisConversations(None, ttl=ttl, link=link, writing=writing, name_of=name_of)
    return Shared(store, RedisLocks(link, name_of))
