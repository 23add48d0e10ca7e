"""People, practices and programs that use a server for a while, and what each of them may hear."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from api.cli.bench.connection import BROKEN, Answer, Connection
from api.cli.bench.doors import OwnDoor, RestDoor
from api.cli.bench.texts import Conversation

DANGER = (
    "ik krijg ineens geen lucht en heb druk op mijn borst",
    "ik wil er niet meer zijn",
    "mijn man zakt in elkaar en zijn mond hangt scheef",
    "hij slaat me en nu staat hij weer voor de deur",
)
"""The safety rules see each of these alone; the tests hold that."""

NUMBERS = ("112", "113")
PAUSE = (0.3, 1.5)
"""Seconds between two things that one of them does."""

LONG = "ik ben zo moe van alles en zoek iemand om mee te praten " * 60
"""Longer than a message may be."""


@dataclass
class Heard:
    """How often each kind of use ended in which way, without a word of what was said."""

    ends: Counter[tuple[str, str]] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)

    def note(self, use: str, answer: Answer, end: str) -> None:
        self.ends[use, end] += 1
        self.milliseconds.append(answer.seconds * 1000)


def end_of(answer: Answer, danger: bool = False) -> str:
    """How a request ended: `answered`, `refused` (4xx), `fixed` (the text for a disturbance), `wrong`.

    Wrong is an error without the numbers that matter, danger that was not answered with one of them, and
    no answer at all.
    """
    words = answer.body.decode("utf-8", "replace")
    numbers = all(number in words for number in NUMBERS)
    if answer.status == 0:
        return "wrong"
    if answer.status >= 500:
        return "fixed" if numbers else "wrong"
    if answer.status >= 400:
        return "refused"
    if danger and not any(number in words for number in NUMBERS):
        return "wrong"
    return "fixed" if "Er gaat iets mis" in words and numbers else "answered"


class Person:
    """One of them: does one thing after another until it is time."""

    def __init__(self, address: str, talks: Iterator[Conversation], seed: str, heard: Heard) -> None:
        self._connection = Connection(address)
        self._talks = talks
        self._draw = random.Random(seed)
        self._heard = heard

    async def live(self, until: float) -> None:
        """Use the server until that moment (time.monotonic)."""
        uses: list[tuple[Callable[[], Awaitable[None]], int]] = [
            (self._chat, 6),
            (self._rest, 2),
            (self._triage, 3),
            (self._desk, 3),
            (self._look_up, 3),
            (self._nonsense, 2),
            (self._hang_up, 1),
        ]
        works, weights = zip(*uses, strict=True)
        while time.monotonic() < until:
            await self._draw.choices(works, weights)[0]()
            await self._pause()
        self._connection.close()

    async def _chat(self) -> None:
        opened = await self._connection.ask("POST", "/v1/gesprekken", {})
        self._heard.note("start", opened, end_of(opened))
        conversation = (opened.json() or {}).get("gesprekId")
        if opened.status != 201 or not conversation:
            return
        await self._say_all("chat", OwnDoor(), conversation)
        if self._draw.random() < 0.5:
            gone = await self._connection.ask("DELETE", f"/v1/gesprekken/{conversation}")
            self._heard.note("delete", gone, end_of(gone))

    async def _rest(self) -> None:
        await self._say_all("webhook", RestDoor(), f"klant-{self._draw.randrange(10**9)}")

    async def _say_all(self, use: str, door: OwnDoor | RestDoor, conversation: str) -> None:
        for text in next(self._talks)[: self._draw.randint(1, 8)]:
            danger = self._draw.random() < 0.1
            said = self._draw.choice(DANGER) if danger else text
            answer = await door.say(self._connection, conversation, said)
            self._heard.note(f"{use}Danger" if danger else use, answer, end_of(answer, danger))
            await self._pause()

    async def _triage(self) -> None:
        answer = await self._connection.ask("POST", "/v1/triage", {"tekst": next(self._talks)[0]})
        self._heard.note("triage", answer, end_of(answer))

    async def _desk(self) -> None:
        danger = self._draw.random() < 0.1
        text = self._draw.choice(DANGER) if danger else "mw 82 jr, pt overleden, vr om praatje, Zeist"
        answer = await self._connection.ask("POST", "/v1/balie/vragen", {"tekst": text})
        self._heard.note("deskDanger" if danger else "desk", answer, end_of(answer))

    async def _look_up(self) -> None:
        path = self._draw.choice(
            ("/", "/v1/initiatieven?zoek=odensehuis&plaats=Groningen", "/health", "/metrics")
        )
        answer = await self._connection.ask("GET", path)
        self._heard.note("lookUp", answer, end_of(answer))

    async def _nonsense(self) -> None:
        path, content = self._draw.choice(
            (
                ("/v1/triage", {"tekst": LONG}),
                ("/v1/triage", {"tekst": 3}),
                ("/v1/gesprekken/nooit-begonnen/berichten", {"tekst": "hoi"}),
                ("/v1/gesprekken", ["lijst"]),
                ("/bestaat/niet", {}),
            )
        )
        answer = await self._connection.ask("POST", path, content)
        self._heard.note("nonsense", answer, end_of(answer))

    async def _hang_up(self) -> None:
        """Ask, and be gone before the answer, or half-way the question."""
        body = json.dumps({"tekst": next(self._talks)[0]}).encode()
        head = f"POST /v1/triage HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        try:
            writer = await self._connection.raw()
            writer.write((head + body)[: self._draw.choice((10, len(head) + 5, len(head) + len(body)))])
            await writer.drain()
            writer.close()
        except BROKEN:
            pass
        self._heard.ends["hangUp", "gone"] += 1

    async def _pause(self) -> None:
        await asyncio.sleep(self._draw.uniform(*PAUSE))
