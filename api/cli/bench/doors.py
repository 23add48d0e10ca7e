"""The public ways in which a client talks: Rasa's REST channel, which both sides have, and our own."""

from __future__ import annotations

import secrets
from typing import Protocol

from api.cli.bench.connection import Answer, Connection


class Door(Protocol):
    """How a conversation is opened, continued and read."""

    async def open(self, connection: Connection) -> str:
        """The id of a new conversation."""

    async def say(self, connection: Connection, conversation: str, text: str) -> Answer:
        """What is answered to `text`."""

    def said(self, answer: Answer) -> str | None:
        """The words of an answer, white space as single spaces; None when nothing was said or it failed."""


class RestDoor:
    """`POST /webhooks/rest/webhook`, as any client of Rasa speaks it. The first message opens it."""

    async def open(self, connection: Connection) -> str:
        return secrets.token_hex(8)

    async def say(self, connection: Connection, conversation: str, text: str) -> Answer:
        message = {"sender": conversation, "message": text}
        return await connection.ask("POST", "/webhooks/rest/webhook", message)

    def said(self, answer: Answer) -> str | None:
        messages = answer.json() if answer.status == 200 else None
        return _words(messages, "text") if isinstance(messages, list) else None


class OwnDoor:
    """`/v1/gesprekken` of this program."""

    async def open(self, connection: Connection) -> str:
        opened = (await connection.ask("POST", "/v1/gesprekken", {})).json()
        return opened["gesprekId"] if isinstance(opened, dict) and "gesprekId" in opened else "unopened"

    async def say(self, connection: Connection, conversation: str, text: str) -> Answer:
        return await connection.ask("POST", f"/v1/gesprekken/{conversation}/berichten", {"tekst": text})

    def said(self, answer: Answer) -> str | None:
        turn = answer.json() if answer.status == 200 else None
        return _words(turn.get("berichten", []), "tekst") if isinstance(turn, dict) else None


def _words(messages: list[dict], field: str) -> str | None:
    return " ".join(" ".join(message.get(field, "") for message in messages).split()) or None
