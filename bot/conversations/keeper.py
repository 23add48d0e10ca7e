"""Keeping what expires for as long as somebody works with it, so that it can expire soon after a kill."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from redis.exceptions import LockError as NotOurs

from bot.conversations.redis_link import TROUBLE

LIFETIME = 4.0
"""Seconds after which what a killed replica held is free; a replica that lives makes it longer."""


class Keeper:
    """Calls `longer` every third of `lifetime` seconds until it is stopped; a quick turn never gets to it.

    Where `longer` raises NotOurs it is lost, and nothing is called any more.
    """

    def __init__(self, longer: Callable[[], Awaitable[object]], lifetime: float) -> None:
        self._longer = longer
        self._pause = lifetime / 3
        self._task: asyncio.Task | None = None
        self._timer = asyncio.get_running_loop().call_later(self._pause, self._begin)

    def stop(self) -> None:
        """Let it expire."""
        self._timer.cancel()
        if self._task:
            self._task.cancel()

    def _begin(self) -> None:
        self._task = asyncio.ensure_future(self._keep())

    async def _keep(self) -> None:
        while True:
            try:
                await self._longer()
            except NotOurs:
                return
            except TROUBLE:
                pass  # the next time, perhaps
            await asyncio.sleep(self._pause)
