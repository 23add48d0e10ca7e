"""Which pages of other sites may call this API from a browser."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import site_not_allowed
from api.request_ids import HEADER as REQUEST_ID

_OPEN, _DESK = "/v1/", "/v1/balie/"


def is_for_other_sites(path: str) -> bool:
    """Whether pages of named sites may call `path`. The front desk is for pages of this server alone."""
    return path.startswith(_OPEN) and not path.startswith(_DESK)


class AllowList(CORSMiddleware):
    """Lets pages of the named origins call `/v1`; never with cookies."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Content-Type", "Authorization", "Idempotency-Key", REQUEST_ID],
            expose_headers=["API-Version", "Retry-After", REQUEST_ID],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_for_other_sites(scope["path"]):
            await super().__call__(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def preflight_response(self, request_headers: Headers) -> Response:
        """What is allowed, or a problem."""
        answer = super().preflight_response(request_headers)
        return answer if answer.status_code == 200 else site_not_allowed().response()
