"""Conversations in the Redis that replicas share: any of them answers the next message."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversations.redis_link import PREFIX, Link
from bot.conversations.redis_values import Writing
from bot.conversations.store import MOST_EARLIER, ConversationStore, StoreDown
from bot.conversations.under_way import under_way

ANY = "*"
"""The version of a conversation that this task never read: it may be overwritten whatever it is."""

AGAIN_SECONDS = 120
"""For which a message that is sent again is known as the one that was saved. It is much to keep for longer:
more than the rest of a conversation together."""

_AND_SOME = 10
"""Seconds that what was before a message outlasts its name: who finds the name finds that, too."""

_WRITE = """
local now = redis.call('get', KEYS[2]) or ''
if now ~= ARGV[2] then
  if ARGV[1] ~= '*' and now ~= ARGV[1] then return 0 end
  if ARGV[6] == '' then
    redis.call('del', KEYS[4], KEYS[5])
  elseif redis.call('get', KEYS[5]) ~= ARGV[6] then
    redis.call('del', KEYS[4])
    local before = redis.call('get', KEYS[1])
    if before then redis.call('set', KEYS[4], before) end
    redis.call('set', KEYS[5], ARGV[6])
  end
  redis.call('set', KEYS[1], ARGV[3])
  redis.call('set', KEYS[2], ARGV[2])
  for number = 9, #ARGV do redis.call('rpush', KEYS[3], ARGV[number]) end
  redis.call('ltrim', KEYS[3], -ARGV[5], -1)
end
for number = 1, 3 do redis.call('pexpire', KEYS[number], ARGV[4]) end
redis.call('pexpire', KEYS[4], ARGV[8])
redis.call('pexpire', KEYS[5], ARGV[7])
return 1
"""
"""Writes everything of a conversation in one step, unless its version is no longer the one that was read.

A write that is repeated because the line dropped after it finds its own version, and is done. Of a message
with an id it keeps what was there before it.
"""


class Overtaken(RuntimeError):
    """Another replica wrote this conversation, or forgot it, since this one read it: nothing was written."""


@dataclass(frozen=True)
class _Seen:
    """What this task knows of a conversation; `is_own` where it wrote that itself.

    `is_given` where the tracker was given to Rasa, which changes it: then it is no longer what was read.
    `is_again` where it is what was before the message that is answered, as another replica saved it already.
    """

    conversation_id: str
    version: str
    tracker: DialogueStateTracker | None
    is_own: bool = False
    is_given: bool = False
    is_again: bool = False


_seen: ContextVar[_Seen | None] = ContextVar("seen", default=None)


class RedisConversations(ConversationStore):
    """A conversation is a few keys that expire together: its events, its version, and what was said earlier.
    Where its client named its newest message, that name and the events before it are kept for AGAIN_SECONDS.
    A replica may be killed after it saved an answer and before anybody heard it: the message is sent again,
    and answered again from what was before it.

    The events are in Rasa's own form: without sealing its RedisTrackerStore reads them, under the name that
    `name_of` gives to a conversation. That store itself is not used: it blocks the event loop, reads and
    merges the whole conversation again at every turn, keeps what everybody with access to Redis can read,
    and lets a replica that was paused write an old conversation over a newer one.

    Within one task (one answer) a conversation is read from Redis once for each version, and what the task
    wrote itself is what it reads back: its answer is on its own message also where another message came
    right after it. Raises StoreDown, and Overtaken where something else was written meanwhile.
    """

    def __init__(
        self,
        domain: Domain | None,
        event_broker: Any = None,
        *,
        ttl: float,
        link: Link,
        writing: Writing,
        name_of: Callable[[str], str],
    ) -> None:
        super().__init__(domain, event_broker, ttl=ttl)
        self._link = link
        self._writing = writing
        self._name_of = name_of
        self._write_script = link.redis.register_script(_WRITE)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A tracker of one's own, as it stands in Redis now."""
        seen = await self._newest(sender_id)
        _seen.set(replace(seen, is_given=True))
        return seen.tracker

    async def read(self, conversation_id: str) -> DialogueStateTracker | None:
        seen = _seen.get()
        if seen and seen.is_own and not seen.is_given and seen.conversation_id == conversation_id:
            return seen.tracker
        return (await self._newest(conversation_id)).tracker

    async def exists(self, conversation_id: str) -> bool:
        return bool(await self._link.ask(self._link.redis.exists(self._keys(conversation_id)[0])))

    async def earlier(self, conversation_id: str) -> list[Event]:
        lines = await self._link.ask(self._link.redis.lrange(self._keys(conversation_id)[2], 0, -1))
        events = []
        for line in lines:
            if kept := self._opened(line):
                events.append(_event(kept))
        return events

    async def forget(self, conversation_id: str) -> None:
        _seen.set(None)
        await self._link.ask(self._link.redis.delete(*self._keys(conversation_id)))

    async def tidy(self) -> None:
        """Redis forgets by itself."""

    async def is_ready(self) -> bool:
        try:
            return bool(await self._link.ask(self._link.redis.ping()))
        except StoreDown:
            return False

    async def _newest(self, conversation_id: str) -> _Seen:
        data, version, _, before, message = self._keys(conversation_id)
        kept, found, saved = await self._link.ask(self._link.redis.mget(data, version, message))
        now = (found or b"").decode()
        seen, name = _seen.get(), under_way.get()
        if seen is None or seen.is_given or (seen.conversation_id, seen.version) != (conversation_id, now):
            is_own = seen is not None and seen.is_own and seen.conversation_id == conversation_id
            is_again = name is not None and saved == name.encode() and not is_own
            if is_again:
                kept = await self._link.ask(self._link.redis.get(before))
            tracker = self._tracker(conversation_id, kept)
            seen = _Seen(conversation_id, now, tracker, is_again=is_again)
            _seen.set(seen)
        return seen

    async def _write(self, tracker: DialogueStateTracker, earlier: list[Event]) -> None:
        seen, conversation_id = _seen.get(), tracker.sender_id
        is_known = seen is not None and seen.conversation_id == conversation_id
        if is_known and seen.is_again:
            earlier = []  # the other replica noted them
        keys, version = self._keys(conversation_id), secrets.token_hex(8)
        dialogue = {**tracker.as_dialogue().as_dict(), "name": self._name_of(conversation_id)}
        arguments = [
            seen.version if is_known else ANY,
            version,
            self._writing.close(dialogue),
            int(self.ttl * 1000),
            MOST_EARLIER,
            under_way.get() or "",
            *(int(min(self.ttl, seconds) * 1000) for seconds in (AGAIN_SECONDS, AGAIN_SECONDS + _AND_SOME)),
            *(self._writing.close(event.as_dict()) for event in earlier),
        ]
        if not await self._link.ask(self._write_script(keys, arguments)):
            raise Overtaken
        _seen.set(_Seen(conversation_id, version, tracker, is_own=True))

    def _tracker(self, conversation_id: str, kept: bytes | None) -> DialogueStateTracker | None:
        dialogue = self._opened(kept) if kept else None
        if dialogue is None:
            return None
        tracker = self.init_tracker(conversation_id)
        events = [_event(kept) for kept in dialogue["events"]]
        tracker.recreate_from_dialogue(Dialogue(conversation_id, events))
        return tracker

    def _opened(self, kept: bytes) -> Any:
        """What was written; None where no key opens it any more: then there is no such conversation."""
        try:
            return self._writing.open(kept)
        except ValueError:
            return None

    def _keys(self, conversation_id: str) -> tuple[str, str, str, str, str]:
        key = f"{PREFIX}:tracker:{self._name_of(conversation_id)}"
        return key, f"{key}:version", f"{key}:earlier", f"{key}:before", f"{key}:message"


def _event(kept: dict[str, Any]) -> Event:
    return Event.resolve_by_type(kept["event"])._from_parameters(kept)
