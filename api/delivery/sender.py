"""Brings events to their receivers, for certain: the work that the server does while it runs."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import anyio
from anyio.to_thread import run_sync

from api import logs
from api.delivery.claims import Claim, Claims
from api.delivery.post import Post
from api.settings import Settings
from bot import trace

ROOM = 64
"""Events under way at once in one process."""

PAUSE = 1.0
"""Seconds before the first look at the outbox, and between two looks when nothing happens."""

PAUSES_AFTER_TROUBLE = 30
"""How much longer the pause is when the database cannot be used."""

SPARE_SECONDS = 30
"""How much longer than an attempt a lease lasts, for a slow database."""

THREADS = 2
"""That use the database for the sender at once; all others are for the visitors."""


def lease_of(settings: Settings) -> timedelta:
    """How long a claim holds."""
    return timedelta(seconds=settings.delivery_timeout + SPARE_SECONDS)


class Sender:
    """Sends what `claims` hands out by `post`; `pause` in seconds."""

    def __init__(self, claims: Claims, post: Post, pause: float = PAUSE) -> None:
        self._claims = claims
        self._post = post
        self._pause = pause

    async def work(self) -> None:
        """Send until cancelled."""
        self._busy, self._done, self._threads = 0, asyncio.Event(), anyio.CapacityLimiter(THREADS)
        async with anyio.create_task_group() as group:
            while True:
                await self._a_moment()
                for claim in await self._claimed():
                    self._busy += 1
                    with trace.within(trace.of_event(claim.event_id)):
                        group.start_soon(self._bring, claim)

    async def _a_moment(self) -> None:
        """A pause, cut short when an attempt ends, as the next event of its subject may go then.

        A timer and not a time-out: in Python 3.10 a time-out can swallow that the server stops.
        """
        timer = asyncio.get_running_loop().call_later(self._pause, self._done.set)
        try:
            await self._done.wait()
        finally:
            timer.cancel()
        self._done.clear()

    async def _claimed(self) -> list[Claim]:
        try:
            return await run_sync(self._claims.claim, ROOM - self._busy, limiter=self._threads)
        except Exception as error:  # what is under way goes on
            logs.failure("delivery_failed", error)
            await asyncio.sleep(self._pause * PAUSES_AFTER_TROUBLE)
            return []

    async def _bring(self, claim: Claim) -> None:
        began = time.perf_counter()
        try:
            outcome = await self._post.send(claim.url, claim.event_id, claim.body, claim.secrets)
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
