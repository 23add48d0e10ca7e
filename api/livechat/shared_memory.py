"""The memory of livechat conversations that all replicas share: any of them may get the next message."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import TypeVar

from redis.asyncio import Redis

from api import logs
from api.livechat.memory import MOST_ANSWERS, Memory
from api.settings import Settings
from api.storage.pseudonyms import Pseudonyms
from api.storage.seal import Seal
from bot.conversations.keeper import LIFETIME, Keeper
from bot.conversations.redis_link import PREFIX, TROUBLE, Circuit, connect
from bot.conversations.redis_values import PlainJson
from bot.conversations.under_way import under_way

T = TypeVar("T")

LONGEST_WAIT = 0.5
"""Seconds for Redis to answer. After it the message is answered all the same, without this memory."""

LEFT_ALONE = 1.0
"""Seconds for which a Redis that did not answer is not asked again."""

LOOKS_EVERY = 0.05
"""Seconds between two looks at an answer that another replica is making."""

TURNS_OF_ONE_MESSAGE = 4
"""Opening forgets what there was and starts: three times TURN_TIMEOUT at most, and some to spare."""

_FINISH = """
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('del', KEYS[1])
redis.call('lpush', KEYS[2], ARGV[2])
redis.call('ltrim', KEYS[2], 0, ARGV[3] - 1)
redis.call('expire', KEYS[2], ARGV[4])
return 1
"""
"""Keeps an answer, unless the conversation was forgotten while it was made, or another may make it now."""


class SharedMemory:
    """In Redis under pseudonyms, sealed where there is a key, and gone when the conversation is.

    While Redis cannot be asked, this process remembers by itself: a message is answered in any case.
    """

    def __init__(self, settings: Settings, seal: Seal) -> None:
        self._redis: Redis = connect(settings.redis_url, LONGEST_WAIT)
        self._finish = self._redis.register_script(_FINISH)
        self._writing = seal if seal.is_usable else PlainJson()
        self._pseudonyms = Pseudonyms(settings, "livechat")
        self._seconds = settings.conversation_ttl_minutes * 60
        self._longest_work = int(settings.turn_timeout * TURNS_OF_ONE_MESSAGE)
        self._circuit = Circuit(failures=1, pause=LEFT_ALONE)
        self._here = Memory(self._seconds)

    async def once(
        self,
        conversation_id: str,
        message_id: str | None,
        work: Callable[[], Awaitable[dict]],
        keep: int = MOST_ANSWERS,
    ) -> dict:
        if message_id is None:
            return await work()
        message = self._pseudonyms.of(f"{conversation_id}\n{message_id}")
        while True:
            token = secrets.token_hex(16)
            found = await self._ask(lambda token=token: self._begun(conversation_id, message, token))
            if found is None:
                return await self._here.once(conversation_id, message_id, work, keep)
            answer, is_mine = found
            if answer is not None:
                return answer
            if is_mine:
                return await self._made(conversation_id, message, token, work, keep)
            await asyncio.sleep(LOOKS_EVERY)

    async def offer(self, conversation_id: str) -> None:
        offered = self._key(conversation_id, "offered")
        if await self._ask(lambda: self._redis.set(offered, 1, ex=self._seconds)) is None:
            await self._here.offer(conversation_id)

    async def was_offered(self, conversation_id: str) -> bool:
        there = await self._ask(lambda: self._redis.exists(self._key(conversation_id, "offered")))
        return bool(there) or await self._here.was_offered(conversation_id)

    async def begin_again(self, conversation_id: str) -> None:
        await self._here.begin_again(conversation_id)
        keys = [self._key(conversation_id, kind) for kind in ("offered", "answers")]
        await self._ask(lambda: self._redis.delete(*keys))

    async def forget(self, conversation_id: str) -> None:
        await self._here.forget(conversation_id)
        keys = [self._key(conversation_id, kind) for kind in ("offered", "answers", "busy")]

        async def leave_nothing() -> int:
            under_way = await self._redis.smembers(keys[-1])
            return await self._redis.delete(*keys, *under_way)

        await self._ask(leave_nothing)

    async def tidy(self) -> None:
        """Redis forgets by itself; this process may remember what was said while Redis was down."""
        await self._here.tidy()

    async def _begun(self, conversation_id: str, message: str, token: str) -> tuple[dict | None, bool]:
        """The answer where it was given before, and whether it is ours to make now, in one step."""
        busy, all_busy = self._key(conversation_id, message), self._key(conversation_id, "busy")
        async with self._redis.pipeline(transaction=True) as step:
            step.lrange(self._key(conversation_id, "answers"), 0, -1)
            step.set(busy, token, nx=True, px=int(LIFETIME * 1000))
            step.sadd(all_busy, busy)
            step.expire(all_busy, self._longest_work)
            answers, is_mine, *_ = await step.execute()
        answer = next((kept["answer"] for kept in self._read(answers) if kept["message"] == message), None)
        if answer is not None and is_mine:
            await self._redis.delete(busy)
        return answer, bool(is_mine)

    async def _made(
        self, conversation_id: str, message: str, token: str, work: Callable[[], Awaitable[dict]], keep: int
    ) -> dict:
        """The answer of `work`, kept for whoever asks again."""
        busy = self._key(conversation_id, message)
        keeper = Keeper(lambda: self._redis.pexpire(busy, int(LIFETIME * 1000)), LIFETIME)
        named = under_way.set(message)
        try:
            answer = await work()
        except BaseException:
            await asyncio.shield(self._ask(lambda: self._redis.delete(busy)))
            raise
        finally:
            keeper.stop()
            under_way.reset(named)
        kept = self._writing.close({"message": message, "answer": answer})
        keys = [busy, self._key(conversation_id, "answers")]
        await self._ask(lambda: self._finish(keys, [token, kept, keep, self._seconds]))
        return answer

    def _read(self, answers: list[bytes]) -> list[dict]:
        """What was kept; what no key opens any more counts as never given."""
        read = []
        for answer in answers:
            try:
                read.append(self._writing.open(answer))
            except ValueError as error:
                logs.failure("livechat_memory_failed", error)
        return read

    def _key(self, conversation_id: str, kind: str) -> str:
        return f"{PREFIX}:livechat:{self._pseudonyms.of(conversation_id)}:{kind}"

    async def _ask(self, question: Callable[[], Awaitable[T]]) -> T | None:
        """The answer of Redis; None where it gave none."""
        if not self._circuit.may_try():
            return None
        try:
            answer = await question()
        except TROUBLE as error:
            self._circuit.failed()
            logs.failure("livechat_memory_failed", error)
            return None
        self._circuit.worked()
        return answer
