"""What surrounds every request: safe headers, a limit on the body, and no error without an answer."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import logs
from api.problems import Problem, body_too_large, server_error, unreadable_address

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


class ReadableAddress:
    """Refuses an address that is no UTF-8: a program that goes on with it would search for something else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            address = scope.get("raw_path", b"") + b"?" + scope["query_string"]
            try:
                unquote_to_bytes(address).decode("utf-8")
            except UnicodeDecodeError:
                raise unreadable_address() from None
        await self.app(scope, receive, send)


class BodyLimit:
    """Reads the body before the application does, and refuses one of more than `maximum` bytes."""

    def __init__(self, app: ASGIApp, maximum: int) -> None:
        self.app = app
        self.maximum = maximum
        self.patience = maximum * 16
        """So many bytes are read and dropped, so that the sender sees our answer and no broken line."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdecimal() and int(declared) > self.patience:
            raise body_too_large(self.maximum)
        body = await self._read(receive)
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
