"""Plays a conversation case through an assistant and keeps a transcript a person can read."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field


@dataclass
class Conversation:
    """One conversation. `say` and `press` return the answer as one text; `triage` is the last one."""

    assistant: object
    loop: asyncio.AbstractEventLoop
    channel: str = "bewoner"
    municipality: str | None = None
    triage: dict | None = None
    messages: list[dict] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.id = secrets.token_hex(8)
        opening = self.loop.run_until_complete(self.assistant.start(self.id, self.municipality, self.channel))
        self._hear(opening.messages)

    def say(self, text: str) -> str:
        self.lines.append(f"bewoner:   {text}")
        return self._answer(self.assistant.say(self.id, text))

    def press(self, choice: str) -> str:
        self.lines.append(f"bewoner:   [{choice}]")
        return self._answer(self.assistant.choose(self.id, choice))

    @property
    def buttons(self) -> list[str]:
        """Ids of the buttons in the last answer."""
        return [button["id"] for message in self.messages for button in message["knoppen"]]

    @property
    def transcript(self) -> str:
        return "\n".join(self.lines)

    def _answer(self, turn_coroutine: object) -> str:
        turn = self.loop.run_until_complete(turn_coroutine)
        self.triage = turn.triage
        return self._hear(turn.messages)

    def _hear(self, messages: list[dict]) -> str:
        self.messages = messages
        text = "\n".join(message["tekst"] for message in messages)
        outcome = f" <{self.triage['uitkomst']}>" if self.triage else ""
        self.lines.append(f"assistent:{outcome} {text}")
        if self.buttons:
            self.lines.append(f"           {self.buttons}")
        return text
