"""Puts together what is remembered of livechat conversations."""

from __future__ import annotations

from api.livechat.memory import Memory
from api.livechat.remembering import Remembering
from api.livechat.shared_memory import SharedMemory
from api.settings import Settings
from api.storage.seal import Seal


def memory_of(settings: Settings, seal: Seal) -> Remembering:
    """Shared by the replicas where they share a Redis, else in this process."""
    if settings.redis_url:
        return SharedMemory(settings, seal)
    return Memory(settings.conversation_ttl_minutes * 60)
