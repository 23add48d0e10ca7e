"""An id for every request, by which an answer, its problem and its log lines can be laid side by side.

The header is `X-Request-ID`, as proxies and other programs commonly send and expect it.
"""

from __future__ import annotations

import re
import uuid
from contextvars import ContextVar

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "X-Request-ID"

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}", re.IGNORECASE)
"""A UUID (RFC 9562), or the 32 hex digits that proxies make: no name, phone number or token looks so."""

_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def current() -> str | None:
    """The id of the request that is being answered; None outside a request."""
    return _current.get()


def as_urn() -> str | None:
    """The same as a URN, for the `instance` of a problem (RFC 9457)."""
    found = current()
    return uuid.UUID(found).urn if found else None


class RequestIds:
    """Middleware that gives every request an id and says it in the answer.

    The id that the sender gives is kept when it is a UUID; anything else may be what somebody
    typed, which must not get into a log, and is replaced.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        request_id = given if _UUID.fullmatch(given) else str(uuid.uuid4())

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        before = _current.set(request_id)
        try:
            await self.app(scope, receive, send_with_id)
        finally:
            _current.reset(before)
