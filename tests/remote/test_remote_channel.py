"""The end of the line at the Rasa server: who may ask, and what an answer holds."""

from __future__ import annotations

import asyncio
import json
from contextvars import ContextVar
from types import SimpleNamespace

import pytest
from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig

from bot.conversations.store import StoreDown
from bot.remote_channel import Conversations, EngineChannel, Served, served_by

TOKEN = "0123456789abcdef"
SECRET = "wat iemand typte"

_left_behind: ContextVar[str] = ContextVar("left_behind", default="nothing")


def ask(call, token: str | None = f"Bearer {TOKEN}", body: bytes = b"{}", note=lambda error: None):
    """Status and body of the answer to one request; `token` is the whole header."""
    return asyncio.run(_ask(EngineChannel(TOKEN, note), call, token, body))


async def _ask(channel: EngineChannel, call, token: str | None, body: bytes):
    headers = {} if token is None else {"Authorization": token}
    app = SimpleNamespace(ctx=SimpleNamespace(served=Served(None, "nep-1")))
    answer = await channel._route(call)(SimpleNamespace(headers=headers, body=body, app=app))
    return answer.status, json.loads(answer.body)


async def fine(served: Served, asked: dict) -> dict:
    before = _left_behind.get()
    _left_behind.set("something")
    return {"asked": asked, "before": before}


@pytest.mark.parametrize("token", [None, "", TOKEN, f"Bearer {TOKEN}x", "Bearer ", "Bearer één"])
def test_nobody_without_the_token(token):
    assert ask(fine, token) == (401, {"error": "token"})


def test_half_a_surrogate_pair_comes_over_the_line_and_goes_back():
    status, body = ask(fine, body=b'{"text": "\\ud800"}')
    assert (status, body["asked"]) == (200, {"text": "\ud800"})


def test_a_request_knows_nothing_of_the_one_before_it_on_the_same_connection():
    async def twice():
        channel = EngineChannel(TOKEN)
        return [await _ask(channel, fine, f"Bearer {TOKEN}", b"{}") for _ in range(2)]

    assert [body["before"] for _, body in asyncio.run(twice())] == ["nothing", "nothing"]


@pytest.mark.parametrize(
    ("error", "status", "name"), [(StoreDown(), 503, "opslag"), (KeyError(SECRET), 500, "KeyError")]
)
def test_an_exception_is_answered_by_its_name(error, status, name):
    async def fails(served, asked):
        raise error

    assert ask(fails) == (status, {"error": name})


def test_what_is_no_request_is_answered_and_noted():
    noted: list[BaseException] = []
    status, _ = ask(fine, body=b"geen json", note=noted.append)
    assert status == 500 and [type(error) for error in noted] == [json.JSONDecodeError]


@pytest.mark.parametrize("credentials", [None, {}, {"token": ""}, {"token": "kort"}])
def test_no_server_without_a_token(credentials):
    with pytest.raises(RasaException, match="token"):
        EngineChannel.from_credentials(credentials)


def test_the_store_of_the_files_for_rasa_run():
    config = EndpointConfig(type="bot.remote_channel.Conversations", ttl=60)
    store = TrackerStore.create(config, Domain.empty())
    assert isinstance(store, Conversations) and store.ttl == 60


def test_an_agent_whose_store_never_forgets_is_refused():
    with pytest.raises(RasaException, match="tracker_store"):
        served_by(Agent(tracker_store=InMemoryTrackerStore(Domain.empty())))


def test_an_agent_without_a_model_is_refused():
    with pytest.raises(RasaException, match="model"):
        served_by(Agent(tracker_store=Conversations(Domain.empty())))
