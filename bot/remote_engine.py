"""A Rasa server apart as an Engine, over HTTP; `bot.remote_channel` is the other end of the line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextvars import ContextVar
from types import NoneType
from typing import Any

import httpx
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.circuit import Circuit
from bot.engine import failed_actions
from bot.remote_errors import (
    RemoteDown,
    RemoteFailed,
    RemoteFailure,
    RemoteNonsense,
    RemoteRefused,
    RemoteStoreDown,
)
from bot.remote_line import CHANNEL, LINE_VERSION, STORE_DOWN, conversation_from, events_from
from bot.trace import outgoing_headers

MOST_BYTES = 4_000_000
"""The longest answer that is read: some ten times the longest conversation that is kept."""

READY_SECONDS = 2.0
"""The longest wait for a sign of life: `/ready` is asked by probes that do not wait long either."""

_answered: ContextVar[tuple[str, Any] | None] = ContextVar("answered", default=None)
"""The conversation as the answer of this task left it: a later message of somebody else is not in it."""


class RemoteEngine:
    """Implements Engine. Every method but `ready` may raise RemoteFailure or StoreDown.

    `seconds` is the longest wait for one answer. A message is never sent twice, as it may have been
    answered. After three waits without an answer to a message between them calls fail at once, until a
    look every few seconds finds the server back. `on_model` is told the version of the model there.
    """

    def __init__(
        self,
        url: str,
        token: str,
        seconds: float,
        on_model: Callable[[str], None] = lambda version: None,
        transport: httpx.AsyncBaseTransport | None = None,
        circuit: Circuit | None = None,
    ) -> None:
        self._seconds = seconds
        self._on_model = on_model
        self._circuit = circuit or Circuit()
        self._look: asyncio.Task[bool] | None = None
        self._http = httpx.AsyncClient(
            base_url=f"{url.rstrip('/')}/webhooks/{CHANNEL}/",
            headers={
                "Authorization": f"Bearer {token}".strip(),
                "Content-Type": "application/json",
                "Accept-Encoding": "identity",
            },
            timeout=seconds,
            transport=transport,
            trust_env=False,
        )

    async def handle(self, conversation_id: str, payload: str) -> list[dict[str, Any]]:
        _answered.set(None)
        body = await self._ask("handle", {"conversation": conversation_id, "message": payload})
        self._circuit.worked()
        answers = _part(body, "answers", list)
        failed_actions.get([]).extend(str(name) for name in _part(body, "failed", list))
        _answered.set((conversation_id, _part(body, "conversation", (dict, NoneType))))
        return answers

    async def decision(self, text: str, channel: str) -> dict[str, Any]:
        body = await self._ask("decision", {"text": text, "channel": channel}, again=True)
        self._circuit.worked()
        return _part(body, "decision", dict)

    async def conversation(self, conversation_id: str) -> DialogueStateTracker | None:
        answered = _answered.get()
        if answered and answered[0] == conversation_id:
            _answered.set(None)
            return _conversation(conversation_id, answered[1])
        body = await self._ask("conversation", {"conversation": conversation_id}, again=True)
        return _conversation(conversation_id, _part(body, "conversation", (dict, NoneType)))

    async def earlier(self, conversation_id: str) -> list[Event]:
        body = await self._ask("earlier", {"conversation": conversation_id}, again=True)
        try:
            return events_from(_part(body, "events", list))
        except Exception as error:
            raise RemoteNonsense from error

    async def forget(self, conversation_id: str) -> None:
        _answered.set(None)
        await self._ask("forget", {"conversation": conversation_id}, again=True)

    async def tidy(self) -> None:
        """The server forgets by itself what is too old."""

    def open_conversations(self) -> int | None:
        return None

    async def ready(self) -> dict[str, bool]:
        try:
            return await self.check()
        except RemoteFailure:
            return {"model": False, "opslag": False}

    async def check(self) -> dict[str, bool]:
        """As `ready`, also while calls fail at once. Raises RemoteFailure, which says what is wrong."""
        body = await self._call("ready", {}, again=False, seconds=min(READY_SECONDS, self._seconds))
        if body.get("line") != LINE_VERSION:
            raise RemoteNonsense
        self._circuit.worked()
        self._on_model(_part(body, "version", str))
        return {name: _part(body, name, bool) for name in ("model", "opslag")}

    async def close(self) -> None:
        """Close the connections."""
        if self._look:
            self._look.cancel()
        await self._http.aclose()

    async def _ask(self, call: str, values: dict[str, Any], again: bool = False) -> dict[str, Any]:
        if self._circuit.is_open:
            if self._circuit.look_is_due():
                self._look = asyncio.create_task(self.ready())
            raise RemoteDown
        return await self._call(call, values, again, self._seconds)

    async def _call(self, call: str, values: dict[str, Any], again: bool, seconds: float) -> dict[str, Any]:
        """The answer to one call, as a JSON object. `again`: once more after a lost line."""
        try:
            status, content = await asyncio.wait_for(self._exchange(call, values, again), seconds)
        except (httpx.TransportError, asyncio.TimeoutError) as error:
            self._circuit.failed()
            raise RemoteDown from error
        except asyncio.CancelledError:  # who asked waits no longer
            self._circuit.failed()
            raise
        except httpx.HTTPError as error:
            raise RemoteNonsense from error
        return _body(status, content)

    async def _exchange(self, call: str, values: dict[str, Any], again: bool) -> tuple[int, bytes]:
        try:
            return await self._send(call, values)
        except httpx.TimeoutException:
            raise
        except httpx.TransportError:
            if not again:
                raise
        return await self._send(call, values)

    async def _send(self, call: str, values: dict[str, Any]) -> tuple[int, bytes]:
        content = bytearray()
        asked = json.dumps(values).encode()  # in ASCII: half a surrogate pair is no UTF-8
        async with self._http.stream("POST", call, content=asked, headers=outgoing_headers()) as answer:
            if "Content-Encoding" in answer.headers:  # a few packed bytes may be a full memory
                raise RemoteNonsense
            async for piece in answer.aiter_bytes():
                content += piece
                if len(content) > MOST_BYTES:
                    raise RemoteNonsense
            return answer.status_code, bytes(content)


def _body(status: int, content: bytes) -> dict[str, Any]:
    """The JSON object of an answer. Raises RemoteFailure, or StoreDown."""
    if status in (401, 403):
        raise RemoteRefused
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        body = None
    if status >= 500:
        if isinstance(body, dict) and body.get("error") == STORE_DOWN:
            raise RemoteStoreDown
        raise RemoteFailed
    if status != 200 or not isinstance(body, dict):
        raise RemoteNonsense
    return body


def _part(body: dict[str, Any], name: str, kind: type | tuple[type, ...]) -> Any:
    """A part of the answer of that kind. Raises RemoteNonsense."""
    if name not in body or not isinstance(body[name], kind):
        raise RemoteNonsense
    return body[name]


def _conversation(conversation_id: str, values: Any) -> DialogueStateTracker | None:
    try:
        return conversation_from(conversation_id, values)
    except Exception as error:
        raise RemoteNonsense from error
