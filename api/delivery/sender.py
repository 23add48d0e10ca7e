"""Brings events to their receivers, for certain: the work that the server does while it runs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import anyio
import httpx
from anyio.to_thread import run_sync

from api import logs
from api.delivery.claims import Claim, Claims, Outcome
from api.delivery.envelope import headers_of
from api.delivery.safe_address import AddressNotAllowed, CheckedTransport, certificates
from api.delivery.schedule import rest_asked
from api.settings import Settings

ROOM = 64
"""Events under way at once in one process."""

PAUSE = 1.0
"""Seconds between two looks at the outbox when nothing happens."""

SPARE_SECONDS = 30
"""How much longer than an attempt a lease lasts, for a slow database."""

RESTED = (429, 503)
"""Statuses that come with a `Retry-After` (RFC 9110, 15.6.4; RFC 6585, 4)."""


def lease_of(settings: Settings) -> timedelta:
    """How long a claim holds."""
    return timedelta(seconds=settings.delivery_timeout + SPARE_SECONDS)


class Sender:
    """Sends what `claims` hands out. `transport` makes the way to a receiver, for one attempt."""

    def __init__(
        self,
        claims: Claims,
        timeout: float,
        private_allowed: bool,
        transport: Callable[[], httpx.AsyncBaseTransport] | None = None,
        pause: float = PAUSE,
    ) -> None:
        self._claims = claims
        self._timeout = timeout
        self._pause = pause
        self._transport = transport or _checked(private_allowed)
        self._busy = 0

    async def work(self) -> None:
        """Send until cancelled."""
        self._busy, self._done, self._threads = 0, asyncio.Event(), anyio.CapacityLimiter(2)
        async with anyio.create_task_group() as group:
            while True:
                self._done.clear()
                for claim in await self._claimed():
                    self._busy += 1
                    group.start_soon(self._bring, claim)
                with anyio.move_on_after(self._pause):
                    await self._done.wait()

    async def attempt(self, claim: Claim) -> Outcome:
        """One attempt. Never raises; the answer's text is neither read nor kept."""
        try:
            return await asyncio.wait_for(self._post(claim), self._timeout)
        except asyncio.TimeoutError:
            return Outcome(error="timeout")
        except (httpx.HTTPError, httpx.InvalidURL, AddressNotAllowed, OSError, ValueError) as error:
            return Outcome(error=type(error).__name__)

    async def _claimed(self) -> list[Claim]:
        try:
            return await run_sync(self._claims.claim, ROOM - self._busy, limiter=self._threads)
        except Exception as error:  # what is under way goes on
            logs.failure("delivery_failed", error)
            return []

    async def _bring(self, claim: Claim) -> None:
        began = time.perf_counter()
        try:
            outcome = await self.attempt(claim)
            milliseconds = (time.perf_counter() - began) * 1000
            logs.delivery(
                "delivery", claim.receiver_id, claim.event_type, outcome.status, outcome.error, milliseconds
            )
            await run_sync(self._claims.settle, claim, outcome, limiter=self._threads)
        except Exception as error:  # the lease ends by itself, and then it is tried again
            logs.failure("delivery_failed", error)
        finally:
            self._busy -= 1
            self._done.set()

    async def _post(self, claim: Claim) -> Outcome:
        now = datetime.now(timezone.utc)
        headers = headers_of(claim.event_id, claim.body, claim.secrets, now)
        headers |= {"user-agent": "sociale-triage", "connection": "close"}
        async with (
            httpx.AsyncClient(
                transport=self._transport(), timeout=self._timeout, trust_env=False, follow_redirects=False
            ) as client,
            client.stream("POST", claim.url, content=claim.body, headers=headers) as response,
        ):
            status = response.status_code
            asked = response.headers.get("retry-after") if status in RESTED else None
            return Outcome(status, rest=rest_asked(asked, now))


def _checked(private_allowed: bool) -> Callable[[], httpx.AsyncBaseTransport]:
    trusted = certificates()
    return lambda: CheckedTransport(private_allowed, trusted)
