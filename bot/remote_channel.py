"""The input channel of a Rasa server apart, by which `bot.remote_engine` uses the model there.

Its calls are those of Engine and no others: Rasa's own HTTP API (`--enable-api`) stays off, which lets
whoever has its token load any model, has no way to forget a conversation, and parses without a channel.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.quiet import silence_rasa

silence_rasa()

from rasa.core.agent import Agent  # noqa: E402
from rasa.core.channels.channel import InputChannel  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.exceptions import RasaException  # noqa: E402
from sanic import Blueprint, Sanic  # noqa: E402
from sanic.request import Request  # noqa: E402
from sanic.response import HTTPResponse, raw  # noqa: E402

from bot import trace  # noqa: E402
from bot.conversations.in_memory import InMemoryConversations  # noqa: E402
from bot.conversations.store import ConversationStore, StoreDown  # noqa: E402
from bot.engine import WARM_UP, Engine, LocalEngine, failed_actions  # noqa: E402
from bot.model_files import find_model, versions  # noqa: E402
from bot.remote_line import (  # noqa: E402
    CHANNEL,
    LINE_VERSION,
    SHORTEST_TOKEN,
    STORE_DOWN,
    conversation_json,
    events_json,
)

TIDY_SECONDS = 60
"""Between two looks for conversations that are too old, which on a quiet server nobody else finds."""


@dataclass(frozen=True)
class Served:
    """What the channel serves: an engine, and the version of its model."""

    engine: Engine
    model_version: str


class EngineChannel(InputChannel):
    """Answers the calls of RemoteEngine with `app.ctx.served`, to who has `token`.

    Where nobody set `served`, it is the agent of `rasa run`. `note` is told of every exception.
    """

    def __init__(self, token: str, note: Callable[[BaseException], None] = lambda error: None) -> None:
        if len(token) < SHORTEST_TOKEN:
            raise RasaException(f"{CHANNEL}: set a token of at least {SHORTEST_TOKEN} characters.")
        self._token = token
        self._note = note

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> EngineChannel:
        """For `rasa run --credentials`. Raises RasaException without a `token`."""
        return cls(str((credentials or {}).get("token") or ""))

    def blueprint(self, on_new_message: Callable[..., Awaitable[Any]]) -> Blueprint:
        """The calls, each a POST of a JSON object: paths and queries hold no conversation and no text."""
        blueprint = Blueprint(CHANNEL)
        for call in CALLS:
            blueprint.add_route(self._route(call), call.__name__, methods=["POST"], name=call.__name__)
        blueprint.listener("after_server_start")(_begin)
        return blueprint

    def _route(self, call: Call) -> Callable[[Request], Awaitable[HTTPResponse]]:
        async def answer(request: Request) -> HTTPResponse:
            if not self._may(request):
                return _json({"error": "token"}, 401)
            with trace.within(trace.read(request.headers.get(trace.HEADER)) or trace.new()):
                return await self._answer(call, request)

        return answer

    async def _answer(self, call: Call, request: Request) -> HTTPResponse:
        try:  # as a task of its own: Sanic has one for all requests on a connection
            asked = json.loads(request.body)
            return _json(await asyncio.create_task(call(request.app.ctx.served, asked)))
        except StoreDown:
            return _json({"error": STORE_DOWN}, 503)
        except Exception as error:
            self._note(error)
            return _json({"error": type(error).__name__}, 500)

    def _may(self, request: Request) -> bool:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode())


class Conversations(InMemoryConversations):
    """The store for the file of `rasa run --endpoints`, which gives it a `host`. `ttl` in seconds."""

    def __init__(
        self, domain: Domain | None, event_broker: Any = None, host: str | None = None, ttl: float = 1800
    ) -> None:
        super().__init__(domain, event_broker, ttl=ttl)


def served_by(agent: Agent) -> Served:
    """The agent of `rasa run` as an engine. Raises RasaException when it has no store that forgets."""
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    if not isinstance(store, ConversationStore):
        raise RasaException(f"{CHANNEL}: set `tracker_store: type: bot.remote_channel.Conversations`.")
    if not agent.is_ready():
        raise RasaException(f"{CHANNEL}: there is no model.")
    return Served(LocalEngine(agent, store), versions(find_model(agent.processor.model_path), "")["model"])


async def handle(served: Served, asked: dict[str, Any]) -> dict[str, Any]:
    """The answers, the actions that failed, and the conversation as this answer leaves it."""
    failures: list[str] = []
    failed_actions.set(failures)
    answers = await served.engine.handle(asked["conversation"], asked["message"])
    left = await served.engine.conversation(asked["conversation"])
    return {"answers": answers, "failed": failures, "conversation": conversation_json(left)}


async def decision(served: Served, asked: dict[str, Any]) -> dict[str, Any]:
    return {"decision": await served.engine.decision(asked["text"], asked["channel"])}


async def conversation(served: Served, asked: dict[str, Any]) -> dict[str, Any]:
    return {"conversation": conversation_json(await served.engine.conversation(asked["conversation"]))}


async def earlier(served: Served, asked: dict[str, Any]) -> dict[str, Any]:
    return {"events": events_json(await served.engine.earlier(asked["conversation"]))}


async def forget(served: Served, asked: dict[str, Any]) -> dict[str, Any]:
    await served.engine.forget(asked["conversation"])
    return {}


async def ready(served: Served, asked: dict[str, Any]) -> dict[str, Any]:
    """Also which model this is, and whether both sides understand each other."""
    return {**await served.engine.ready(), "version": served.model_version, "line": LINE_VERSION}


Call = Callable[[Served, dict[str, Any]], Awaitable[dict[str, Any]]]

CALLS: tuple[Call, ...] = (handle, decision, conversation, earlier, forget, ready)


async def _begin(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
    if not hasattr(app.ctx, "served"):
        app.ctx.served = served_by(app.ctx.agent)
    for text in WARM_UP:
        await app.ctx.served.engine.decision(text, "bewoner")
    app.add_task(_keep_tidy(app.ctx.served.engine))


async def _keep_tidy(engine: Engine) -> None:
    while True:
        await asyncio.sleep(TIDY_SECONDS)
        await engine.tidy()


def _json(body: dict[str, Any], status: int = 200) -> HTTPResponse:
    """`body` in ASCII: half a surrogate pair, which a client may send, is no UTF-8."""
    return raw(json.dumps(body).encode(), status=status, content_type="application/json")
