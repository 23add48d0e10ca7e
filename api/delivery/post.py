"""One attempt to bring an event to a receiver."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import httpx

from api.delivery.envelope import headers_of
from api.delivery.safe_address import AddressNotAllowed, CheckedTransport, certificates
from api.delivery.schedule import rest_asked
from bot.trace import outgoing_headers

RESTED = (429, 503)
"""Statuses that come with a `Retry-After` (RFC 6585, 4; RFC 9110, 15.6.4)."""


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt: an HTTP status, or the class of an error; `rest` as the receiver asked."""

    status: int | None = None
    error: str | None = None
    rest: timedelta | None = None

    @property
    def is_delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Post:
    """The way to receivers. `timeout` in seconds for a whole attempt."""

    def __init__(
        self,
        timeout: float,
        private_allowed: bool,
        transport: Callable[[], httpx.AsyncBaseTransport] | None = None,
    ) -> None:
        self._timeout = timeout
        self._transport = transport or (lambda: CheckedTransport(private_allowed, certificates()))

    async def send(self, url: str, event_id: str, body: str, secrets: Sequence[str]) -> Outcome:
        """What came of one attempt. The text of an answer is neither read nor kept."""
        try:
            return await asyncio.wait_for(self._send(url, event_id, body, secrets), self._timeout)
        except (asyncio.TimeoutError, httpx.TimeoutException):  # whichever of the two clocks is first
            return Outcome(error="timeout")
        except (httpx.HTTPError, httpx.InvalidURL, AddressNotAllowed, OSError, ValueError) as error:
            return Outcome(error=type(error).__name__)

    async def _send(self, url: str, event_id: str, body: str, secrets: Sequence[str]) -> Outcome:
        now = datetime.now(timezone.utc)
        headers = headers_of(event_id, body, secrets, now)
        headers |= {"user-agent": "sociale-triage", "connection": "close", **outgoing_headers()}
        async with (
            httpx.AsyncClient(
                transport=self._transport(), timeout=self._timeout, trust_env=False, follow_redirects=False
            ) as client,
            client.stream("POST", url, content=body, headers=headers) as response,
        ):
            status = response.status_code
            asked = response.headers.get("retry-after") if status in RESTED else None
            return Outcome(status, rest=rest_asked(asked, now))
