"""The application in a server of its own on 127.0.0.1, and an assistant that can be told to misbehave."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from api.cli.local_server import serving
from api.provider import Assistant
from bot.turn import Turn
from tests.api.fakes import FakeAssistant
from tests.own_settings import own_settings


class ScriptedAssistant(FakeAssistant):
    """The fake of the HTTP tests, with what a browser test wants to provoke.

    `delay`: seconds before every answer. `script`: the turns to give to exact texts (other texts get
    the fake's own answer: danger on "druk op mijn borst", else a card). `restart()`: every
    conversation is gone. `break_with`, `hang`, `silent`: see FakeAssistant.
    """

    def __init__(self) -> None:
        super().__init__()
        self.delay = 0.0
        self.script: dict[str, Turn] = {}

    def restart(self) -> None:
        """Forget every conversation, as a server does that was started again or let them expire."""
        self.open.clear()

    async def say(self, conversation_id: str, text: str) -> Turn:
        turn = await super().say(conversation_id, text)
        return self.script.get(text, turn)

    async def _trouble(self) -> None:
        await asyncio.sleep(self.delay)
        await super()._trouble()


@dataclass(frozen=True)
class Site:
    """A running server: its address without a slash at the end, and the assistant behind it."""

    url: str
    assistant: Assistant


@contextmanager
def running(assistant: Assistant, **environ: str) -> Iterator[Site]:
    """Serve the application on a free port of 127.0.0.1; stopped at the end.

    `environ`: settings by environment name; none are taken from the real environment.
    """
    with serving(own_settings(**environ), assistant) as address:
        yield Site(address, assistant)
