"""How long the server waits for a slow or endless request head, and how much of one it reads.

uvicorn has a time-out between requests only: a connection that sends a head byte by byte, or nothing
at all, would stay open for ever. h11 is chosen because it limits what it keeps of an unfinished head.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10
"""From the first byte of a request (or from connecting) to the end of its head."""

MAXIMUM_HEAD_BYTES = 16_384
"""The first line and all headers together; browsers send about 1,000."""


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that closes a connection whose request head takes longer than `head_seconds`."""

    head_seconds: float = HEAD_SECONDS

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._head_timer: asyncio.TimerHandle | None = None
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        if self._between_requests() and self._head_timer is None:
            self._wait_for_head()
        super().data_received(data)
        if not self._between_requests():
            self._stop_waiting()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self._between_requests():  # the next request stood ready
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _between_requests(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _wait_for_head(self) -> None:
        self._head_timer = self.loop.call_later(self.head_seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _give_up(self) -> None:
        self._head_timer = None
        if self._between_requests() and not self.transport.is_closing():
            self.transport.close()


SERVER_OPTIONS: dict[str, Any] = {
    "http": PatientProtocol,
    "h11_max_incomplete_event_size": MAXIMUM_HEAD_BYTES,
    "timeout_keep_alive": 5,
}
"""For uvicorn.Config. No limit on connections: past one, uvicorn answers without any number to call."""
