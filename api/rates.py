"""How often one address and one conversation may ask."""

from __future__ import annotations

import ipaddress

from limits import RateLimitItem, parse_many
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.limiter import Limiter
from api.problems import too_many_requests
from api.settings import Settings


def client_group(host: str | None) -> str:
    """The unit that is counted: an IPv4 address, or the /64 network that one IPv6 customer gets."""
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def client_of(request: Request) -> str:
    """The unit that a request counts for."""
    return client_group(request.client.host if request.client else None)


class Rates:
    """Counts for all replicas together where they share a Redis."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = Limiter(SlidingWindowCounterRateLimiter, settings, "rates")
        self._limits: dict[str, list[RateLimitItem]] = {
            "address": parse_many(settings.rate_limit_address),
            "start": parse_many(settings.rate_limit_start),
            "report": parse_many(settings.rate_limit_report),
            "conversation": parse_many(settings.rate_limit_conversation),
            "client": parse_many(settings.rate_limit_client),
            "referral": parse_many(settings.rate_limit_referral),
            "withdrawal": parse_many(settings.rate_limit_referral),
        }

    async def count(self, kind: str, key: str) -> None:
        """Count one request of `key`; raise a 429 problem with Retry-After when it is one too many.

        `kind`: `address`, `start`, `report`, `conversation`, `client`, `referral` or `withdrawal`.
        """
        for limit in self._limits[kind]:
            if not await self._limiter.hit(limit, kind, key):
                raise too_many_requests(await self._limiter.wait(limit, kind, key))


_COUNTED = ("/v1/", "/webhooks/", "/balie", "/aanmelden")
_ONLY_READ = ("GET", "HEAD")


def is_counted(method: str, path: str) -> bool:
    """Whether a request counts for its address: one that may change something, and all of the API and forms.

    Reading the other pages, files and figures is free.
    """
    return method not in _ONLY_READ or path.startswith(_COUNTED)


class AddressLimit:
    """Middleware that counts requests by client address."""

    def __init__(self, app: ASGIApp, rates: Rates) -> None:
        self.app = app
        self.rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_counted(scope["method"], scope["path"]):
            host = scope["client"][0] if scope.get("client") else None
            await self.rates.count("address", client_group(host))
        await self.app(scope, receive, send)
