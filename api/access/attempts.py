"""How many wrong tokens one client address may try."""

from __future__ import annotations

from limits import parse_many
from limits.aio.strategies import MovingWindowRateLimiter

from api.limiter import Limiter
from api.problems import too_many_attempts
from api.rates import client_group
from api.settings import Settings

_WRONG = "token"


class Attempts:
    """Counts wrong tokens by client address, at every door together.

    While an address is locked, a right token from it is refused, too: otherwise whoever guesses would
    simply go on. Nothing is locked by practice: a token has 256 random bits, so guessing leads nowhere,
    and a lock by practice would let anybody lock a practice out.
    """

    def __init__(self, settings: Settings) -> None:
        self._limiter = Limiter(MovingWindowRateLimiter, settings, "attempts")
        self._limits = parse_many(settings.rate_limit_login)

    async def check(self, host: str | None) -> None:
        """Raise a 429 problem with Retry-After while the address `host` is locked; counts nothing."""
        for limit in self._limits:
            if not await self._limiter.test(limit, _WRONG, client_group(host)):
                raise too_many_attempts(await self._limiter.wait(limit, _WRONG, client_group(host)))

    async def wrong(self, host: str | None) -> None:
        """Count one wrong token from the address `host`.

        Raises the same problem where others that came at the same moment have locked it by now.
        """
        for limit in self._limits:
            if not await self._limiter.hit(limit, _WRONG, client_group(host)):
                raise too_many_attempts(await self._limiter.wait(limit, _WRONG, client_group(host)))
