"""What the assistant asks of a store of conversations, wherever it keeps them."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversations.folding import fold

MOST_EARLIER = 400
"""Events of folded turns that are kept for a human who takes over: about 150 turns, the newest."""


class StoreDown(RuntimeError):
    """The store cannot be reached now."""


class ConversationStore(TrackerStore):
    """Forgets a conversation `ttl` seconds after its last message, and folds a long one.

    Every method raises StoreDown where the store cannot be reached.
    """

    def __init__(self, domain: Domain | None, event_broker: Any = None, *, ttl: float) -> None:
        super().__init__(domain or Domain.empty(), event_broker)
        self.ttl = ttl

    async def save(self, tracker: DialogueStateTracker) -> None:
        folded, earlier = fold(tracker)
        await self._write(folded, earlier)

    async def exists(self, conversation_id: str) -> bool:
        return await self.read(conversation_id) is not None

    @abstractmethod
    async def read(self, conversation_id: str) -> DialogueStateTracker | None:
        """The saved conversation, to read only; None when there is none."""

    @abstractmethod
    async def earlier(self, conversation_id: str) -> list[Event]:
        """What was said in the turns that were folded away, oldest first, at most MOST_EARLIER."""

    @abstractmethod
    async def forget(self, conversation_id: str) -> None:
        """Leave nothing of the conversation; no error when there was none."""

    @abstractmethod
    async def tidy(self) -> None:
        """Forget what is too old, also when nobody asks for it."""

    def count(self) -> int | None:
        """How many conversations are in the memory of this process; None where they are elsewhere."""
        return None

    @abstractmethod
    async def is_ready(self) -> bool:
        """Whether conversations can be kept now; never raises."""

    @abstractmethod
    async def _write(self, tracker: DialogueStateTracker, earlier: list[Event]) -> None:
        """Keep `tracker` for `ttl` seconds in the place of what was there, and `earlier` after what was."""
