"""Actions in this process: answered in time or with the fixed text, never with nothing."""

from __future__ import annotations

import asyncio
import contextvars
import json
import time

import pytest
from rasa.utils.endpoints import ClientResponseError
from rasa_sdk import Action
from rasa_sdk.interfaces import ActionExecutionRejection

from bot import stages, trace
from bot.action_endpoint import FAILED_ACTION, InProcessActions, RemoteActions, failed_actions
from tests.delivery.servers import receiving


class Says(Action):
    def name(self) -> str:
        return "action_test_says"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="dag")
        return []


class Breaks(Action):
    def name(self) -> str:
        return "action_test_breaks"

    def run(self, dispatcher, tracker, domain):
        raise RuntimeError("mijn geheim staat hier")


class Sleeps(Action):
    def name(self) -> str:
        return "action_test_sleeps"

    def run(self, dispatcher, tracker, domain):
        time.sleep(0.5)
        return []


class Rejects(Action):
    def name(self) -> str:
        return "action_test_rejects"

    def run(self, dispatcher, tracker, domain):
        raise ActionExecutionRejection(self.name())


@pytest.fixture(scope="module")
def endpoint() -> InProcessActions:
    endpoint = InProcessActions(timeout=0.1)
    for action in (Says, Breaks, Sleeps, Rejects):
        endpoint._executor.register_action(action)
    return endpoint


def call(endpoint: InProcessActions, name: str) -> tuple[dict, list[str]]:
    tracker = {"sender_id": "x", "slots": {}, "latest_message": {}, "events": [], "paused": False}
    failures: list[str] = []

    async def run() -> dict:
        failed_actions.set(failures)
        return await endpoint.request(json={"next_action": name, "tracker": tracker, "domain": {}})

    return asyncio.run(run()), failures


def test_an_action_answers(endpoint):
    answer, failures = call(endpoint, "action_test_says")
    assert answer["responses"][0]["text"] == "dag" and failures == []


@pytest.mark.parametrize("name", ["action_test_breaks", "action_test_sleeps", "action_unknown"])
def test_a_failing_or_slow_action_gives_the_fixed_text_and_is_counted(endpoint, name, caplog):
    answer, failures = call(endpoint, name)
    assert answer == FAILED_ACTION and failures == [name]
    assert "geheim" not in caplog.text


def test_a_slow_action_holds_up_nobody_else():
    """Others wait a moment for it, once; then their own actions are answered while it goes on."""
    endpoint = InProcessActions(timeout=5)
    for action in (Says, Sleeps):
        endpoint._executor.register_action(action)
    tracker = {"sender_id": "x", "slots": {}, "latest_message": {}, "events": [], "paused": False}
    ended = []

    async def ask(name: str) -> None:
        await endpoint.request(json={"next_action": name, "tracker": tracker, "domain": {}})
        ended.append(name)

    async def all_at_once() -> None:
        slow = asyncio.create_task(ask("action_test_sleeps"))
        await asyncio.sleep(0)  # it begins
        assert not slow.done()
        for _ in range(20):
            await ask("action_test_says")
        assert not slow.done()
        await slow
        await ask("action_test_says")

    asyncio.run(all_at_once())
    assert ended == [*["action_test_says"] * 20, "action_test_sleeps", "action_test_says"]
    assert not endpoint._late


def test_a_rejection_reaches_rasa_as_one(endpoint):
    with pytest.raises(ClientResponseError) as caught:
        call(endpoint, "action_test_rejects")
    assert caught.value.status == 400 and "action_test_rejects" in caught.value.text


def test_the_time_of_an_action_is_measured_also_when_it_fails(endpoint):
    def turn() -> stages.Timings:
        timings = stages.begin()
        for name in ("action_test_says", "action_test_sleeps"):
            call(endpoint, name)
        return timings

    timings = contextvars.copy_context().run(turn)
    assert timings.actions.keys() == {"action_test_says", "action_test_sleeps"}
    assert timings.stages.keys() == {stages.ACTION}


def test_an_action_server_hears_the_trace():
    heard = []

    def answer(path, headers, body):
        heard.append((path, headers["traceparent"], json.loads(body)["next_action"]))
        return 200, {"Content-Type": "application/json"}, b'{"events": [], "responses": []}'

    here = trace.new()
    with receiving(answer) as port, trace.within(here):
        answered, failures = call(RemoteActions(f"http://127.0.0.1:{port}"), "action_test_says")
    [(path, header, name)] = heard
    assert (path, name) == ("/webhook", "action_test_says") and trace.read(header).id == here.id
    assert answered == {"events": [], "responses": []} and failures == []


@pytest.mark.parametrize(("status", "counted"), [(500, ["action_test_says"]), (400, [])])
def test_a_failure_of_an_action_server_is_counted_and_a_rejection_is_not(status, counted):
    with receiving(lambda *_: status) as port:
        failures = failures_of(RemoteActions(f"http://127.0.0.1:{port}"))
    assert failures == counted


def test_an_action_server_that_is_away_is_counted():
    assert failures_of(RemoteActions("http://127.0.0.1:9")) == ["action_test_says"]


def failures_of(endpoint: RemoteActions) -> list[str]:
    """The failures counted in a call that raises."""
    failures: list[str] = []

    async def run() -> None:
        failed_actions.set(failures)
        with pytest.raises(Exception):  # noqa: B017 - Rasa answers any of them in the same way
            await endpoint.request(json={"next_action": "action_test_says"})

    asyncio.run(run())
    return failures
