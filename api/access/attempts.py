"""How many wrong tokens one client address may try."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse_many
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from api.problems import Problem, too_many_attempts
from api.rates import client_group
from api.settings import Settings


class Attempts:
    """Counts wrong tokens by client address, at every door together, in memory of this process.

    While an address is locked, a right token from it is refused, too: otherwise whoever guesses would
    simply go on. Nothing is locked by practice: a token has 256 random bits, so guessing leads nowhere,
    and a lock by practice would let anybody lock a practice out.
    """

    def __init__(self, settings: Settings) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limits = parse_many(settings.rate_limit_login)

    async def check(self, host: str | None) -> None:
        """Raise a 429 problem with Retry-After while the address `host` is locked; counts nothing."""
        for limit in self._limits:
            if not await self._limiter.test(limit, client_group(host)):
                raise await self._refusal(limit, host)

    async def wrong(self, host: str | None) -> None:
        """Count one wrong token from the address `host`.

        Raises the same problem where others that came at the same moment have locked it by now.
        """
        for limit in self._limits:
            if not await self._limiter.hit(limit, client_group(host)):
                raise await self._refusal(limit, host)

    async def _refusal(self, limit: RateLimitItem, host: str | None) -> Problem:
        stats = await self._limiter.get_window_stats(limit, client_group(host))
        return too_many_attempts(max(1, math.ceil(stats.reset_time - time.time())))
