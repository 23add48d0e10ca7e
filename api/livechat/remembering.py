"""What the livechat desk asks of its memory, wherever that is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from api.livechat.memory import MOST_ANSWERS


class Remembering(Protocol):
    """Offers of a human and given answers, for as long as a conversation lasts."""

    async def once(
        self,
        conversation_id: str,
        message_id: str | None,
        work: Callable[[], Awaitable[dict]],
        keep: int = MOST_ANSWERS,
    ) -> dict:
        """The answer of `work`, which runs once for one `message_id`, also where two ask at the same time.

        Work that raises leaves nothing, so the same message may be tried again. Without an id it always runs.
        Of a conversation the newest `keep` answers are kept.
        """

    async def offer(self, conversation_id: str) -> None:
        """Note that this conversation was offered a human."""

    async def was_offered(self, conversation_id: str) -> bool:
        """Whether this conversation was offered a human."""

    async def begin_again(self, conversation_id: str) -> None:
        """Keep of an earlier conversation with this id only what is being answered now."""

    async def forget(self, conversation_id: str) -> None:
        """Leave nothing of the conversation."""

    async def tidy(self) -> None:
        """Forget what is too old, also when nobody talks."""
