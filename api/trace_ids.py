"""Every request belongs to a trace: that of the sender when it names one properly, else a new one."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import trace


class TraceIds:
    """Middleware that reads `traceparent` (W3C Trace Context).

    The answer carries no `traceresponse`, which is no standard yet: `X-Request-ID` is in every answer,
    and a log line has both.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).getlist(trace.HEADER)
        found = trace.read(given[0].strip(" \t")) if len(given) == 1 else None
        with trace.within(found or trace.new()):
            await self.app(scope, receive, send)
