"""Conversations in memory, forgotten after a while and on request."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


class ExpiringTrackerStore(TrackerStore):
    """Forgets a conversation `ttl` seconds after its last message. `clock` gives seconds.

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
        super().__init__(domain or Domain.empty(), event_broker)
        self._ttl = ttl
        self._clock = clock
        self._trackers: dict[str, tuple[float, DialogueStateTracker]] = {}

    async def save(self, tracker: DialogueStateTracker) -> None:
        self._forget_expired()
        self.forget(tracker.sender_id)
        self._trackers[tracker.sender_id] = (self._clock(), tracker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A copy: a turn that fails half-way leaves what was saved as it was."""
        tracker = self.peek(sender_id)
        return tracker.copy() if tracker else None

    def peek(self, conversation_id: str) -> DialogueStateTracker | None:
        """The saved tracker itself, to read only."""
        self._forget_expired()
        return self._trackers.get(conversation_id, (0.0, None))[1]

    async def exists(self, conversation_id: str) -> bool:
        return self.peek(conversation_id) is not None

    async def keys(self) -> Iterable[str]:
        return self._trackers.keys()

    def forget(self, conversation_id: str) -> None:
        """Leave nothing of the conversation; no error when there was none."""
        self._trackers.pop(conversation_id, None)

    def count(self) -> int:
        """How many conversations are held; Rasa takes a store with a length of 0 for none."""
        return len(self._trackers)

    def _forget_expired(self) -> None:
        """The trackers are in order of age: look only at those that are too old."""
        too_old = self._clock() - self._ttl
        while self._trackers:
            oldest = next(iter(self._trackers))
            if self._trackers[oldest][0] > too_old:
                return
            self.forget(oldest)
