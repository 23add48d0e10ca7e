"""What an assistant in this process keeps of conversations."""

from __future__ import annotations

import asyncio

from rasa.shared.core.trackers import DialogueStateTracker


def saved(assistant, conversation_id: str) -> DialogueStateTracker | None:
    """The conversation as it was saved last."""
    return asyncio.run(assistant._engine.conversation(conversation_id))


def ids_saved(assistant) -> set[str]:
    """The ids of all conversations."""
    return set(asyncio.run(assistant._engine._store.keys()))
