"""A Rasa server apart without a server or a model: every call is answered as the test says."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx

from bot.remote_channel import CALLS
from bot.remote_engine import RemoteEngine
from bot.remote_line import LINE_VERSION

URL = "http://rasa.example:5005"
CONVERSATION = {"events": [], "slots": {"kanaal": "bewoner", "gemeente": None, "plaats": None}}
SOCIAL = {"outcome": "sociaal", "certainty": 0.9, "routes": ["buurt_ontmoeting"]}

GOOD: dict[str, Any] = {
    "handle": {"answers": [{"text": "Een antwoord."}], "failed": [], "conversation": CONVERSATION},
    "decision": {"decision": SOCIAL},
    "conversation": {"conversation": CONVERSATION},
    "earlier": {"events": []},
    "forget": {},
    "ready": {"model": True, "opslag": True, "version": "nep-1", "line": LINE_VERSION},
}
"""An answer to every call."""

Answer = Callable[[], httpx.Response]


class Line:
    """`answers` has for a call what it gives; any other call is answered well. `asked` has every call."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.headers = httpx.Headers()

    def everywhere(self, answer: Answer) -> None:
        """Give that answer to every call."""
        self.answers = dict.fromkeys((call.__name__ for call in CALLS), answer)

    def engine(self, **options: Any) -> RemoteEngine:
        transport = httpx.MockTransport(self._answer)
        return RemoteEngine(URL, "geheim", 0.2, transport=transport, **options)

    def calls(self) -> list[str]:
        return [call for call, _ in self.asked]

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        call = request.url.path.removeprefix("/webhooks/sociale-triage/")
        self.headers = request.headers
        self.asked.append((call, json.loads(request.content)))
        if call in self.answers:
            answer = self.answers[call]()
            return await answer if hasattr(answer, "__await__") else answer
        return httpx.Response(200, json=GOOD[call])
