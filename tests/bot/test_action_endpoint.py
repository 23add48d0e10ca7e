"""Actions in this process: answered in time or with the fixed text, never with nothing."""

from __future__ import annotations

import asyncio
import time

import pytest
from rasa.utils.endpoints import ClientResponseError
from rasa_sdk import Action
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.action_endpoint import FAILED_ACTION, InProcessActions, failed_actions


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


def test_a_rejection_reaches_rasa_as_one(endpoint):
    with pytest.raises(ClientResponseError) as caught:
        call(endpoint, "action_test_rejects")
    assert caught.value.status == 400 and "action_test_rejects" in caught.value.text
