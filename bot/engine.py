"""The Rasa that an assistant stands on: in this process here, elsewhere in `bot.remote_engine`.

Reading this module loads no model library: where Rasa runs elsewhere, that saves 0.3 GB of memory.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

if TYPE_CHECKING:
    from rasa.core.agent import Agent

    from bot.conversations.store import ConversationStore

WARM_UP = ("goedemorgen", "good morning, is anyone there")
"""Said once before the doors open, so that no person waits for what is loaded on first use."""

failed_actions: ContextVar[list[str]] = ContextVar("failed_actions")
"""Names of the actions that failed during this turn; who calls `handle` sets it and reads it."""


class Engine(Protocol):
    """Every method may raise StoreDown, and whatever Rasa raises."""

    async def handle(self, conversation_id: str, payload: str) -> list[dict[str, Any]]:
        """What Rasa answers to a message of a conversation, which begins with it where there was none."""

    async def decision(self, text: str, channel: str) -> dict[str, Any]:
        """The Decision on one message outside a conversation, as a dict."""

    async def conversation(self, conversation_id: str) -> DialogueStateTracker | None:
        """The newest turns of a conversation, to read only; None when there is none."""

    async def earlier(self, conversation_id: str) -> list[Event]:
        """What was said before those turns, as far as it is kept."""

    async def forget(self, conversation_id: str) -> None:
        """Leave nothing of a conversation, also of an answer to it that is still being made."""

    async def tidy(self) -> None:
        """Forget conversations that are too old."""

    def open_conversations(self) -> int | None:
        """How many conversations are in the memory of this process; None where they are elsewhere."""

    async def ready(self) -> dict[str, bool]:
        """Whether `model` and `opslag` can be used now."""


class LocalEngine:
    """Implements Engine on an agent in this process."""

    def __init__(self, agent: Agent, store: ConversationStore) -> None:
        from bot.plain_runner import PlainGraphRunner
        from bot.spared_work import one_turn, spare_rasa_what_it_can

        spare_rasa_what_it_can()
        self._one_turn = one_turn
        self._agent = agent
        agent.processor.graph_runner = PlainGraphRunner.like(agent.processor.graph_runner)
        self._store = store

    async def handle(self, conversation_id: str, payload: str) -> list[dict[str, Any]]:
        with self._one_turn():
            return await self._agent.handle_text(payload, sender_id=conversation_id) or []

    async def decision(self, text: str, channel: str) -> dict[str, Any]:
        from rasa.core.channels.channel import UserMessage

        tracker = DialogueStateTracker.from_events(
            "triage", [SlotSet("kanaal", channel)], slots=self._agent.domain.slots
        )
        parsed = await self._agent.processor.parse_message(UserMessage(text), tracker)
        return parsed["decision"]

    async def conversation(self, conversation_id: str) -> DialogueStateTracker | None:
        return await self._store.read(conversation_id)

    async def earlier(self, conversation_id: str) -> list[Event]:
        return await self._store.earlier(conversation_id)

    async def forget(self, conversation_id: str) -> None:
        async with self._agent.lock_store.lock(conversation_id):
            await self._store.forget(conversation_id)

    async def tidy(self) -> None:
        await self._store.tidy()

    def open_conversations(self) -> int | None:
        return self._store.count()

    async def ready(self) -> dict[str, bool]:
        return {"model": self._agent.is_ready(), "opslag": await self._store.is_ready()}
