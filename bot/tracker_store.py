"""Conversations in memory, forgotten after a while and on request."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


class ExpiringTrackerStore(InMemoryTrackerStore):
    """Forgets a conversation `ttl` seconds after its last message. `clock` gives seconds."""

    def __init__(
        self,
        domain: Domain | None,
        event_broker: Any = None,
        *,
        ttl: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(domain or Domain.empty(), event_broker)
        self._ttl = ttl
        self._clock = clock
        self._last_message: dict[str, float] = {}

    async def save(self, tracker: DialogueStateTracker) -> None:
        self._forget_expired()
        self._last_message.pop(tracker.sender_id, None)
        self._last_message[tracker.sender_id] = self._clock()
        await super().save(tracker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        self._forget_expired()
        return await super().retrieve(sender_id)

    async def exists(self, conversation_id: str) -> bool:
        self._forget_expired()
        return conversation_id in self.store

    def forget(self, conversation_id: str) -> None:
        """Leave nothing of the conversation; no error when there was none."""
        self.store.pop(conversation_id, None)
        self._last_message.pop(conversation_id, None)

    def _forget_expired(self) -> None:
        """`_last_message` is in order of age: look only at those that are too old."""
        too_old = self._clock() - self._ttl
        while self._last_message:
            oldest = next(iter(self._last_message))
            if self._last_message[oldest] > too_old:
                return
            self.forget(oldest)
