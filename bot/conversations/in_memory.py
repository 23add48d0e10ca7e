"""Conversations in memory of this process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversations.store import MOST_EARLIER, ConversationStore


@dataclass(frozen=True)
class _Kept:
    saved_at: float
    tracker: DialogueStateTracker
    earlier: tuple[Event, ...]


class InMemoryConversations(ConversationStore):
    """`clock` gives seconds.

    Holds the trackers themselves: Rasa's in-memory store writes and reads every event of the
    conversation as JSON at every turn, which took a quarter of a turn.
    """

    def __init__(
        self,
        domain: Domain | None,
        event_broker: Any = None,
        *,
        ttl: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(domain, event_broker, ttl=ttl)
        self._clock = clock
        self._kept: dict[str, _Kept] = {}

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A copy: a turn that fails half-way leaves what was saved as it was."""
        tracker = await self.read(sender_id)
        return tracker.copy() if tracker else None

    async def read(self, conversation_id: str) -> DialogueStateTracker | None:
        await self.tidy()
        kept = self._kept.get(conversation_id)
        return kept.tracker if kept else None

    async def earlier(self, conversation_id: str) -> list[Event]:
        await self.tidy()
        kept = self._kept.get(conversation_id)
        return list(kept.earlier) if kept else []

    async def keys(self) -> Iterable[str]:
        return list(self._kept)

    async def forget(self, conversation_id: str) -> None:
        self._kept.pop(conversation_id, None)

    async def tidy(self) -> None:
        """The conversations are in order of age: look only at those that are too old."""
        too_old = self._clock() - self.ttl
        while self._kept:
            oldest = next(iter(self._kept))
            if self._kept[oldest].saved_at > too_old:
                return
            del self._kept[oldest]

    def count(self) -> int:
        return len(self._kept)

    async def is_ready(self) -> bool:
        return True

    async def _write(self, tracker: DialogueStateTracker, earlier: list[Event]) -> None:
        await self.tidy()
        before = self._kept.pop(tracker.sender_id, None)
        both = (*(before.earlier if before else ()), *earlier)[-MOST_EARLIER:]
        self._kept[tracker.sender_id] = _Kept(self._clock(), tracker, both)
