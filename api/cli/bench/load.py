"""The clients: each says one thing after another, without pause, to a server of this machine."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from api.cli.bench.connection import LONGEST_ANSWER_SECONDS, Answer, Connection
from api.cli.bench.doors import Door
from api.cli.bench.texts import Conversation

PROBE_PAUSE_SECONDS = 0.05
"""Between two health checks while the clients talk: as often as a nervous load balancer."""


@dataclass
class Load:
    """What a group of clients went through; one entry a turn, in the order of `Talk`."""

    milliseconds: list[float] = field(default_factory=list)
    said: list[str | None] = field(default_factory=list)
    """The words of each answer; None for an error."""
    seconds: float = 0.0
    """From the first request of the first client to the last answer of the last."""
    own_seconds: float = 0.0
    """Processor time of the clients themselves."""
    health: list[float] = field(default_factory=list)
    """Milliseconds of the health checks that went on beside it."""

    @property
    def errors(self) -> int:
        """Turns without an answer: another status than 200, or nothing said."""
        return self.said.count(None)


async def talk(
    address: str, door: Door, clients: Sequence[Sequence[Conversation]], health: str | None = None
) -> Load:
    """Let each of `clients` hold its conversations. `health` is a path that is asked all the while."""
    load = Load()
    began, own = time.perf_counter(), time.process_time()
    probe = asyncio.create_task(_probe(address, health, load.health)) if health else None
    try:
        results = await asyncio.gather(*(_client(address, door, talks) for talks in clients))
    finally:
        if probe:
            probe.cancel()
    load.seconds, load.own_seconds = time.perf_counter() - began, time.process_time() - own
    for answers in results:
        load.milliseconds += [answer.seconds * 1000 for answer in answers]
        load.said += [door.said(answer) for answer in answers]
    return load


async def ask_triage(address: str, clients: Sequence[Sequence[str]]) -> Load:
    """Let each of `clients` ask `/v1/triage` about its texts. `said` holds the outcome."""
    load = Load()
    began = time.perf_counter()
    results = await asyncio.gather(*(_triage_client(address, texts) for texts in clients))
    load.seconds = time.perf_counter() - began
    for answer in (answer for answers in results for answer in answers):
        load.milliseconds.append(answer.seconds * 1000)
        load.said.append((answer.json() or {}).get("uitkomst") if answer.status == 200 else None)
    return load


async def _client(address: str, door: Door, talks: Sequence[Conversation]) -> list[Answer]:
    connection, answers = Connection(address), []
    try:
        for texts in talks:
            conversation = await door.open(connection)
            answers += [await door.say(connection, conversation, text) for text in texts]
    finally:
        connection.close()
    return answers


async def _triage_client(address: str, texts: Sequence[str]) -> list[Answer]:
    connection = Connection(address)
    try:
        return [await connection.ask("POST", "/v1/triage", {"tekst": text}) for text in texts]
    finally:
        connection.close()


async def _probe(address: str, path: str, milliseconds: list[float]) -> None:
    """Ask `path` until cancelled; a check that fails counts as the longest there is."""
    connection = Connection(address)
    try:
        while True:
            answer = await connection.ask("GET", path)
            seconds = answer.seconds if answer.status == 200 else LONGEST_ANSWER_SECONDS
            milliseconds.append(seconds * 1000)
            await asyncio.sleep(PROBE_PAUSE_SECONDS)
    finally:
        connection.close()
