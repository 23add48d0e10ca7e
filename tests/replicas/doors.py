"""Every door at which somebody in danger can type, as one question with one answer: the outcome that came."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import Any

from tests.referral.http import FIELDS, OPENED

DANGER, OUTCOME, NUMBER = "ik wil niet meer leven", "crisis_113", "113"


def open_all(client: Any) -> str:
    """Begin where something must be begun, while the stores are up: the id of a conversation."""
    client.post("/webhooks/livechat", json={"soort": "openen", "gesprek": "deur"})
    return client.post("/v1/gesprekken", json={}).json()["gesprekId"]


def chat(client: Any, opened: str) -> dict:
    return client.post(f"/v1/gesprekken/{opened}/berichten", json={"tekst": DANGER}).json()["triage"]


def triage(client: Any, opened: str) -> dict:
    return client.post("/v1/triage", json={"tekst": DANGER}).json()


def front_desk(client: Any, opened: str) -> dict:
    return client.post("/v1/balie/vragen", json={"tekst": DANGER}).json()["triage"]


def rest_webhook(client: Any, opened: str) -> dict:
    answer = client.post("/webhooks/rest/webhook", json={"sender": "deur", "message": DANGER}).json()
    return answer[-1]["custom"]["triage"]


def livechat(client: Any, opened: str) -> dict:
    asked = {"soort": "bericht", "gesprek": "deur", "berichtId": secrets.token_hex(8), "tekst": DANGER}
    return client.post("/webhooks/livechat", json=asked).json()["triage"]


def search(client: Any, opened: str) -> dict:
    return client.request("GET", "/v1/initiatieven", params={"zoek": DANGER}).json()["waarschuwing"]


def referral(client: Any, opened: str) -> dict:
    body = {
        **FIELDS,
        "gemeente": OPENED,
        "wens": DANGER,
        "toestemming": {"akkoord": True, "versie": "onbekend"},
    }
    headers = {"Idempotency-Key": "in-gevaar-0123456789"}
    return client.post("/v1/aanmeldingen", json=body, headers=headers).json()["waarschuwing"]


def referral_form(client: Any, opened: str) -> dict:
    """The form without JavaScript gives a page: what a person can read on it."""
    form = {**FIELDS, "gemeente": OPENED, "wens": DANGER, "akkoord": "ja", "versie": "onbekend"}
    page = client.post("/aanmelden", data=form).text
    return {"uitkomst": OUTCOME, "antwoord": re.sub(r"<[^>]+>", " ", page)}


DOORS: dict[str, Callable[[Any, str], dict]] = {
    door.__name__: door
    for door in (chat, triage, front_desk, rest_webhook, livechat, search, referral, referral_form)
}


def failing_doors(client: Any, opened: str) -> dict[str, str]:
    """The doors that did not give the danger answer with its number, and what they gave instead."""
    failing = {}
    for name, door in DOORS.items():
        try:
            answer = door(client, opened)
            if answer["uitkomst"] != OUTCOME or NUMBER not in answer["antwoord"]:
                failing[name] = str(answer)[:500]
        except (KeyError, TypeError, IndexError, ValueError) as error:
            failing[name] = repr(error)
    return failing
