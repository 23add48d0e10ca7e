"""An HTTP/1.1 client that costs next to nothing: what asks shares the processor with what answers."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any

LONGEST_ANSWER_SECONDS = 60.0

BROKEN = (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, ValueError)
"""What a request may raise that got no whole answer."""


@dataclass(frozen=True)
class Answer:
    """What came back and how long it took, from the first byte sent to the last one received."""

    status: int
    body: bytes
    seconds: float

    def json(self) -> Any:
        """The body as JSON values; None where it holds none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


class Connection:
    """One connection to a server of this machine, kept open, for one request after another."""

    def __init__(self, address: str) -> None:
        host, _, port = address.removeprefix("http://").partition(":")
        self._host, self._port = host, int(port)
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, content: Any = None) -> Answer:
        """Send `content` as JSON, wait for the whole answer. Status 0 where there is none in time."""
        body = b"" if content is None else json.dumps(content).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()
        began = time.perf_counter()
        try:
            status, answer = await asyncio.wait_for(self._exchange(head + body), LONGEST_ANSWER_SECONDS)
        except BROKEN:
            self.close()
            status, answer = 0, b""
        return Answer(status, answer, time.perf_counter() - began)

    async def raw(self) -> asyncio.StreamWriter:
        """A connection of its own to write anything to."""
        return (await asyncio.open_connection(self._host, self._port))[1]

    def close(self) -> None:
        """Hang up; the next request opens it again."""
        if self._writer:
            self._writer.close()
        self._reader = self._writer = None

    async def _exchange(self, request: bytes) -> tuple[int, bytes]:
        if self._reader is None or self._reader.at_eof():
            self.close()
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        answer = await self._reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return int(first.split()[1]), answer
