"""What is remembered of livechat conversations beside their text: offers of a human, and given answers."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

MOST_CONVERSATIONS = 2000
MOST_ANSWERS = 4
"""Of one conversation: a platform repeats the last message, not one of long ago."""


@dataclass
class _Record:
    touched: float
    offered: bool = False
    answers: OrderedDict[str, asyncio.Future] = field(default_factory=OrderedDict)


class Memory:
    """In this process, bounded, and forgotten after `seconds` without a message. `clock` gives seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._records: OrderedDict[str, _Record] = OrderedDict()

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
        if message_id is None:
            return await work()
        answers = self._record(conversation_id).answers
        while message_id in answers:
            known = await asyncio.shield(answers[message_id])
            if known is not None:
                return known
        pending = answers[message_id] = asyncio.get_running_loop().create_future()
        try:
            answer = await work()
        except BaseException:
            answers.pop(message_id, None)
            pending.set_result(None)
            raise
        pending.set_result(answer)
        while len(answers) > keep:
            answers.popitem(last=False)
        return answer

    async def offer(self, conversation_id: str) -> None:
        """Note that this conversation was offered a human."""
        self._record(conversation_id).offered = True

    async def was_offered(self, conversation_id: str) -> bool:
        """Whether this conversation was offered a human."""
        self._forget_expired()
        return conversation_id in self._records and self._records[conversation_id].offered

    async def begin_again(self, conversation_id: str) -> None:
        """Keep of an earlier conversation with this id only what is being answered now."""
        record = self._record(conversation_id)
        record.offered = False
        for message_id in [known for known, answer in record.answers.items() if answer.done()]:
            del record.answers[message_id]

    async def forget(self, conversation_id: str) -> None:
        """Leave nothing of the conversation."""
        self._records.pop(conversation_id, None)

    async def tidy(self) -> None:
        """Forget what is too old, also when nobody talks."""
        self._forget_expired()

    def _record(self, conversation_id: str) -> _Record:
        """The record, which is young again; the oldest ones make room."""
        self._forget_expired()
        record = self._records.setdefault(conversation_id, _Record(0.0))
        record.touched = self._clock()
        self._records.move_to_end(conversation_id)
        while len(self._records) > MOST_CONVERSATIONS:
            self._records.popitem(last=False)
        return record

    def _forget_expired(self) -> None:
        too_old = self._clock() - self._seconds
        while self._records and next(iter(self._records.values())).touched <= too_old:
            self._records.popitem(last=False)
