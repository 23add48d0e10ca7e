"""A conversation inside a livechat platform: open, message, hand over to a human, close."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from sociale_kaart.sentences import Sentences

from api.answered_once import message_id as id_with_words
from api.livechat.remembering import Remembering
from api.problems import Problem
from api.turns import Turns
from bot.turn import Turn

TEXTS = Path(__file__).parents[2] / "data" / "livechat" / "overdracht.yml"
_NOT_FOUND = 404


class LivechatDesk:
    """What a platform can do with a conversation, which it names by our id (`Client.conversation`)."""

    def __init__(self, turns: Turns, memory: Remembering) -> None:
        self._turns = turns
        self._memory = memory
        self.consent_text = Sentences.load(TEXTS).say("toestemming")
        """What somebody must have agreed to, to the letter, before anybody reads the conversation."""

    async def open(
        self, conversation_id: str, message_id: str | None, municipality: str | None, channel: str
    ) -> dict:
        """Begin; an earlier conversation with this id is gone. Raises a 503 problem."""

        async def begin() -> dict:
            await self._leave_nothing(conversation_id)
            await self._memory.begin_again(conversation_id)
            opening = await self._turns.start(conversation_id, municipality, channel)
            return {"berichten": opening.messages, "overdracht": None}

        return await self._memory.once(conversation_id, message_id, begin)

    async def say(
        self,
        conversation_id: str,
        message_id: str | None,
        text: str | None,
        choice: str | None,
        linked: Callable[[Turn], Awaitable[Turn]],
    ) -> dict:
        """Answer a typed text or a pressed button; the same one under its id gets the same answer again.

        `linked` adds the pages to go on to, as the chat on our own pages shows them.
        Raises a 404 problem for an unknown conversation, 422 for an unknown choice, 429 for too many
        messages.
        """

        async def answer() -> dict:
            turn = await linked(await self._turns.turn(conversation_id, text, choice))
            return {"berichten": turn.messages, "triage": turn.triage, "overdracht": self._offer(turn)}

        own_id = id_with_words(message_id, text, choice)
        said = await self._memory.once(conversation_id, own_id, answer)
        if said["overdracht"]:
            await self._memory.offer(conversation_id)
        return said

    async def transcript(
        self, conversation_id: str, agreed: bool, agreed_to: str | None
    ) -> list[dict] | None:
        """The conversation for whoever takes over.

        None unless the person said yes to exactly the fixed text, after a human was offered.
        Raises a 404 problem for an unknown conversation.
        """
        lines = await self._turns.transcript(conversation_id)
        allowed = agreed and agreed_to == self.consent_text
        return lines if allowed and await self._memory.was_offered(conversation_id) else None

    async def close(self, conversation_id: str) -> None:
        """Leave nothing of the conversation, if there is one. Raises a 503 problem on failure."""
        await self._memory.forget(conversation_id)
        await self._leave_nothing(conversation_id)

    def _offer(self, turn: Turn) -> dict | None:
        """The offer of a human, where the turn gave a reason for it."""
        return {"reden": turn.human, "toestemmingstekst": self.consent_text} if turn.human else None

    async def _leave_nothing(self, conversation_id: str) -> None:
        try:
            await self._turns.forget(conversation_id)
        except Problem as problem:
            if problem.status != _NOT_FOUND:
                raise
