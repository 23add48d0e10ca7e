"""Where conversations are when there are several replicas: sealed in Redis, under names that say nothing."""

from __future__ import annotations

from api.settings import Settings
from api.storage.pseudonyms import Pseudonyms
from api.storage.seal import Seal
from bot.conversations.redis_values import PlainJson
from bot.conversations.shared import Shared, shared_conversations


def shared_by_replicas(settings: Settings, seal: Seal) -> Shared | None:
    """The conversations that all replicas share; None where there is no Redis to share.

    Sealed with the keys of the settings, as others administer the Redis; without keys as plain JSON.
    """
    if not settings.redis_url:
        return None
    seconds = settings.conversation_ttl_minutes * 60
    writing = seal if seal.is_usable else PlainJson()
    return shared_conversations(
        settings.redis_url, seconds, writing, Pseudonyms(settings, "conversations").of
    )
