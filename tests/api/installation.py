"""An installation with everything: a key, a signed-in practice, a client of the webhook and a receiver."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import FastAPI

from api.access.tokens import CLIENT, PRACTICE
from api.app import create_app
from api.delivery.events import EVENT_TYPES
from api.delivery.receivers import Receivers
from api.provider import Assistant
from api.storage.seal import new_key
from tests.own_settings import own_settings

NO_LIMITS = dict.fromkeys(
    (
        "RATE_LIMIT_ADRES",
        "RATE_LIMIT_NIEUW",
        "RATE_LIMIT_MELDING",
        "RATE_LIMIT_GESPREK",
        "RATE_LIMIT_KOPPELING",
        "RATE_LIMIT_INLOGGEN",
        "RATE_LIMIT_AANMELDING",
    ),
    "1000000/second",
)
MUNICIPALITY = "Schouwen-Duiveland"
"""Residents can apply for Welzijn op Recept themselves here (data/gemeenten)."""

NOWHERE = "https://127.0.0.1:9"
"""The receiver's address: on this machine, to which nothing is sent."""


@dataclass(frozen=True)
class Installation:
    """`session` is the key of a session at the front desk, as its cookie holds it."""

    app: FastAPI
    practice: str
    session: str
    client: str
    receiver: str

    @property
    def keys(self) -> dict[str, str]:
        """What opens each security scheme of the OpenAPI document."""
        return {"Balie": self.session, "Ontvanger": self.receiver, "Koppeling": self.client}


def installation(assistant: Assistant, **environ: str) -> Installation:
    """`environ`: settings by environment name, over those of production without limits."""
    settings = own_settings(
        **{
            "OMGEVING": "productie",
            "OPSLAG_SLEUTELS": new_key(),
            "PUBLIEK_ADRES": "https://hulp.example.nl",
            **NO_LIMITS,
            **environ,
        }
    )
    app = create_app(settings, assistant)
    state = app.state
    holder, practice = state.tokens.make(PRACTICE, "Huisartsenpraktijk Nepstad", MUNICIPALITY)
    _, session = state.sessions.start(holder)
    _, client = state.tokens.make(CLIENT, "Kiosk Nepstad")
    receivers = Receivers(state.database, state.seal)
    _, receiver, _ = receivers.add("Welzijn Nepstad", NOWHERE, EVENT_TYPES, MUNICIPALITY)
    return Installation(app, practice, session, client, receiver)
