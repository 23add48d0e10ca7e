"""A whole conversation on a livechat platform, with the real assistant; what is said leaves no trace."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.log_capture import logging_as_served
from tests.own_settings import own_settings
from tests.saved import ids_saved

pytestmark = pytest.mark.model

CANARY = "Kanariegeel"
STORY = f"Ik ben {CANARY} en bel mij op 06-12345678. Ik wil een mens spreken."


@pytest.fixture
def logged():
    """Everything that was logged."""
    with logging_as_served() as stream:
        yield stream


def test_open_talk_hand_over_and_close(assistant, logged):
    before = ids_saved(assistant)
    with TestClient(create_app(own_settings(), assistant)) as client:

        def ask(kind: str, **fields: object) -> dict:
            body = {"soort": kind, "gesprek": f"chat-{CANARY}", **fields}
            answer = client.post("/webhooks/livechat", json=body)
            assert answer.status_code == 200, answer.text
            return answer.json()

        assert "computer" in ask("openen", gemeente="Terneuzen")["berichten"][0]["tekst"]
        assert ask("bericht", tekst="Ik zorg voor mijn vrouw.", berichtId="1")["overdracht"] is None
        once = ask("bericht", tekst=STORY, berichtId="2")
        assert ask("bericht", tekst=STORY, berichtId="2") == once
        offer = once["overdracht"]
        assert offer["reden"] == "mens_gevraagd"
        assert ask("overdracht") == {"verslag": None}
        lines = ask("overdracht", toestemming={"akkoord": True, "tekst": offer["toestemmingstekst"]})[
            "verslag"
        ]
        assert [line["tekst"] for line in lines if line["van"] == "bewoner"] == [
            "Ik zorg voor mijn vrouw.",
            STORY,
        ]
        assert ask("sluiten") == {"berichten": []}
        assert client.get("/metrics").text.count(CANARY) == 0
    assert ids_saved(assistant) == before
    assert '"turn"' in logged.getvalue() and CANARY not in logged.getvalue()


def test_after_two_misunderstandings_a_human_is_offered(assistant):
    with TestClient(create_app(own_settings(), assistant)) as client:
        ask = lambda **body: client.post("/webhooks/livechat", json={"gesprek": "b", **body}).json()  # noqa: E731
        ask(soort="openen")
        answers = [ask(soort="bericht", tekst="qwe") for _ in range(3)]
        reasons = [answer["overdracht"] and answer["overdracht"]["reden"] for answer in answers]
        assert reasons == [None, None, "niet_begrepen"]
        ask(soort="sluiten")
