"""What surrounds every request: safe headers, a limit on the body, and no error without an answer."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import logs
from api.problems import Problem, body_too_large, other_problem, server_error, unreadable_address

API_VERSION = "1.0.0"
"""Version of the HTTP contract (semantic versioning; the path holds the major version)."""

_HEADERS = {
    "API-Version": API_VERSION,
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


_OVER_TLS = {"Strict-Transport-Security": "max-age=31536000"}
"""A year, without subdomains: those are not ours to speak for."""

WIDGET_PATH = "/widget/sociale-triage.js"
DOCUMENT_PATHS = ("/openapi.json", "/v1/openapi.json")

_FOR_ANY_SITE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
"""The script of the chat stands on pages of other sites, also with `crossorigin` and `integrity`;
and tools on any site may read how the API works."""


_HOST = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")

MAXIMUM_ADDRESS_BYTES = 8192
"""Path and query, percent-encoded; a search is at most 200 characters."""

MAXIMUM_HEADER_BYTES = 16_384
MAXIMUM_HEADERS = 100
"""Browsers and proxies send some 30, about 2,000 bytes."""

BODY_SECONDS = 20.0
"""A body of the largest size takes 5 seconds over a line of 100 kbit/s."""


class SafeHeaders:
    """Adds the security headers and the API version to every answer.

    Answers may hold what somebody asked about, so no cache keeps them; static files
    and the script of the chat are checked against their ETag.
    """

    def __init__(self, app: ASGIApp, over_tls: bool = False) -> None:
        self.app = app
        self._always = {**_HEADERS, **(_OVER_TLS if over_tls else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_widget = scope["path"] == WIDGET_PATH
        is_file = is_widget or scope["path"].startswith("/static/")
        headers_here = {
            **self._always,
            "Cache-Control": "no-cache" if is_file else "no-store",
            **(_FOR_ANY_SITE if is_widget or scope["path"] in DOCUMENT_PATHS else {}),
        }

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in headers_here.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, send_with_headers)


class ErrorShield:
    """Answers refusals of the inner middleware, and turns any other exception into a 500 problem.

    The exception ends here: passed on, the server would log its message, which may
    hold what somebody typed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, note_start)
        except Problem as problem:
            await problem.response()(scope, receive, send)
        except Exception as error:
            logs.failure("request_failed", error, status=500)
            if not started:
                await server_error().response()(scope, receive, send)


class ReadableHead:
    """Refuses a request whose address or headers are no text or longer than any page or client needs.

    It stands outside everything that reads the address: Starlette below 1.3 makes another one of a host
    that is no host name, or of a path without a slash (CVE-2026-48710, PYSEC-2026-248), and a program that
    goes on with an address that is no UTF-8 would search for something else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = _refused_head(scope) if scope["type"] == "http" else None
        await (refused.response() if refused else self.app)(scope, receive, send)


def _refused_head(scope: Scope) -> Problem | None:
    address = (scope.get("raw_path") or b"") + b"?" + scope["query_string"]
    if len(address) > MAXIMUM_ADDRESS_BYTES:
        return other_problem(414)
    length = sum(len(name) + len(value) for name, value in scope["headers"])
    if length > MAXIMUM_HEADER_BYTES or len(scope["headers"]) > MAXIMUM_HEADERS:
        return other_problem(431)
    hosts = Headers(scope=scope).getlist("host")
    if not scope["path"].startswith("/") or not all(_HOST.fullmatch(host) for host in hosts):
        return unreadable_address()
    try:
        unquote_to_bytes(address).decode("utf-8")
    except UnicodeDecodeError:
        return unreadable_address()
    return None


class BodyLimit:
    """Reads the body before the application does; refuses more than `maximum` bytes or `seconds`."""

    def __init__(self, app: ASGIApp, maximum: int, seconds: float = BODY_SECONDS) -> None:
        self.app = app
        self.maximum = maximum
        self.seconds = seconds
        self.patience = maximum * 16
        """So many bytes are read and dropped, so that the sender sees our answer and no broken line."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdecimal() and int(declared) > self.patience:
            raise body_too_large(self.maximum)
        try:
            body = await asyncio.wait_for(self._read(receive), self.seconds)
        except asyncio.TimeoutError:
            raise other_problem(408) from None
        if body is None:
            return
        unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return unread.pop() if unread else await receive()

        await self.app(scope, replay, send)

    async def _read(self, receive: Receive) -> bytes | None:
        """The whole body; None when the sender left. Raises a 413 problem."""
        parts: list[bytes] = []
        length, more = 0, True
        while more and length <= self.patience:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            part = message.get("body", b"")
            length += len(part)
            if length <= self.maximum:
                parts.append(part)
            more = message.get("more_body", False)
        if length > self.maximum:
            raise body_too_large(self.maximum)
        return b"".join(parts)
