"""What the tests of shared conversations have in common: replicas on one Redis, and things that are said."""

from __future__ import annotations

import hashlib

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from api.storage.seal import Seal, new_key
from bot.conversations.redis_lock import RedisLocks
from bot.conversations.redis_store import RedisConversations
from bot.conversations.redis_values import PlainJson, Writing
from bot.conversations.shared import shared_conversations

TTL = 60.0
SEAL = Seal([new_key()])
DOMAIN = Domain(
    intents=[],
    entities=[],
    slots=[TextSlot("nood", mappings=[])],
    responses={},
    action_names=["action_listen"],
    forms={},
    data={},
)


def name_of(conversation_id: str) -> str:
    return hashlib.sha256(conversation_id.encode()).hexdigest()[:32]


def replica(url: str, writing: Writing = SEAL, ttl: float = TTL) -> tuple[RedisConversations, RedisLocks]:
    shared = shared_conversations(url, ttl, writing, name_of)
    shared.store.domain = DOMAIN
    return shared.store, shared.locks


def plain(url: str) -> RedisConversations:
    return replica(url, PlainJson())[0]


def say(tracker: DialogueStateTracker, *texts: str) -> None:
    """Let the person say `texts`, each with an answer; the last one becomes the need."""
    for text in texts:
        tracker.update(UserUttered(text, parse_data={"text": text, "decision": {"uitkomst": "sociaal"}}))
        tracker.update(SlotSet("nood", text))
        tracker.update(BotUttered(f"antwoord op {text}"))
        tracker.update(ActionExecuted("action_listen"))


def said(tracker: DialogueStateTracker | None) -> list[str]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered)] if tracker else []
