"""Rasa's own clients and a bridge between channels, against a server of its own with the real assistant."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from rasa.core.channels import console

from tests.browser.server import running

pytestmark = pytest.mark.model

SOCIAL = "Mijn man heeft beginnende dementie, waar kunnen we samen naartoe?"
DANGER = "ik krijg ineens geen lucht en heb druk op mijn borst"
SHAPE = {"recipient_id", "text", "image", "buttons", "attachment", "custom"}
"""What `CollectingOutputChannel` of Rasa puts in a message."""


@pytest.fixture(scope="module")
def site(assistant):
    with running(assistant) as site:
        yield site


async def _streamed(url: str, sender: str, message: str) -> list[dict]:
    stream = console._send_message_receive_stream(url, "", sender, message, request_timeout=60)
    return [one async for one in stream]


def block(site, sender: str, message: str) -> list[dict]:
    """What `rasa shell` gets without streaming."""
    return asyncio.run(console.send_message_receive_block(site.url, "", sender, message))


def streamed(site, sender: str, message: str) -> list[dict]:
    """What `rasa shell` gets with streaming."""
    return asyncio.run(_streamed(site.url, sender, message))


@pytest.mark.parametrize("ask", [block, streamed])
def test_rasas_own_client_is_answered_in_rasas_shape(site, ask):
    for message in (SOCIAL, "Groningen", DANGER, "", "/restart"):
        answers = ask(site, f"shell-{ask.__name__}", message)
        assert answers
        for answer in answers:
            assert answer["recipient_id"] == f"shell-{ask.__name__}" and answer.keys() <= SHAPE
            assert isinstance(answer["text"], str) and answer["text"]
            assert all(set(button) == {"title", "payload"} for button in answer.get("buttons", ()))


def test_both_ways_of_asking_give_the_same_answer(site):
    for message in (SOCIAL, "Leiden"):
        one, other = block(site, "zelfde-1", message), streamed(site, "zelfde-2", message)
        assert [answer["text"] for answer in one] == [answer["text"] for answer in other]


class Bridge:
    """Passes on texts and buttons of a channel, as bridges do: knows nothing of us, only of Rasa."""

    def __init__(self, url: str, user: object) -> None:
        self._url = f"{url}/webhooks/rest/webhook"
        self._user = user
        self.buttons: dict[str, str] = {}

    def send(self, message: str) -> list[str]:
        """The texts that the person sees; `buttons` are the choices under them."""
        body = {"sender": self._user, "message": message, "input_channel": "whatsapp", "metadata": {"a": 1}}
        answers = httpx.post(self._url, json=body, timeout=60).raise_for_status().json()
        offered = [button for answer in answers for button in answer.get("buttons", ())]
        self.buttons = {button["title"]: button["payload"] for button in offered}
        return [answer["text"] for answer in answers if answer["recipient_id"] == str(self._user)]

    def press(self, title: str) -> list[str]:
        return self.send(self.buttons[title])


def test_a_bridge_carries_a_whole_talk_with_its_buttons(site):
    bridge = Bridge(site.url, 31612345678)
    assert "plaats" in " ".join(bridge.send(SOCIAL))
    assert any("Odensehuis" in text for text in bridge.send("Groningen"))
    more = bridge.press("Nog een andere plek")
    assert more and bridge.buttons
    assert "112" in bridge.send(DANGER)[0]


def test_the_health_of_the_channel_is_where_rasa_has_it(site):
    for path in ("/webhooks/rest", "/webhooks/rest/"):
        answer = httpx.get(site.url + path)
        assert answer.status_code == 200 and answer.json() == {"status": "ok"}
