"""A server that takes referrals in, for tests over HTTP."""

from __future__ import annotations

from collections.abc import Collection

from fastapi.testclient import TestClient

from api.access.tokens import PRACTICE
from api.delivery.events import EVENT_TYPES
from api.delivery.receivers import Receivers
from api.storage.seal import new_key

PATH, DESK = "/v1/aanmeldingen", "/v1/balie/aanmeldingen"
OPENED = "Schouwen-Duiveland"
"""A municipality whose folder says that residents may apply themselves."""
CLOSED = "Zeist"

SETTINGS = {"OPSLAG_SLEUTELS": new_key(), "RATE_LIMIT_AANMELDING": "1000000/second"}

FIELDS = {
    "naam": "A. Jansen",
    "telefoon": "06 12345678",
    "moment": "ochtend",
    "wens": "Ik wil weer onder de mensen komen.",
}


def add_receiver(
    client: TestClient, municipality: str | None = OPENED, event_types: Collection[str] = EVENT_TYPES
) -> dict[str, str]:
    """A receiver of events; the header with its token."""
    state = client.app.state
    receivers = Receivers(state.database, state.seal)
    _, token, _ = receivers.add("Welzijn Nepstad", "https://127.0.0.1:9/events", event_types, municipality)
    return {"Authorization": f"Bearer {token}"}


def sign_in(client: TestClient, municipality: str = CLOSED) -> None:
    """Let a new practice sign in; the client keeps its cookie."""
    _, token = client.app.state.tokens.make(PRACTICE, "Praktijk De Linde", municipality)
    assert client.post("/v1/balie/sessies", json={"token": token}).status_code == 201


def consent(client: TestClient, municipality: str = OPENED, channel: str = "bewoner") -> dict:
    answer = client.get(f"{PATH}/toestemming", params={"gemeente": municipality, "kanaal": channel})
    assert answer.status_code == 200
    return answer.json()


def body(client: TestClient, municipality: str = OPENED, **changes: object) -> dict:
    """What a resident sends."""
    agreed = {"akkoord": True, "versie": consent(client, municipality)["versie"] or "1"}
    return {"gemeente": municipality, **FIELDS, "toestemming": agreed, **changes}


def desk_body(client: TestClient, municipality: str = CLOSED, **changes: object) -> dict:
    """What a practice sends."""
    version = consent(client, municipality, "balie")["versie"] or "1"
    agreed = {"akkoord": True, "versie": version, "gevraagdDoor": "praktijk"}
    return {"gemeente": municipality, **FIELDS, "toestemming": agreed, **changes}


def key(name: str = "a") -> dict[str, str]:
    return {"Idempotency-Key": f"{name:_<20}"}
