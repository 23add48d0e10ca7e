"""Cookies of the front desk: no script reads them, and over https no other host can set them."""

from __future__ import annotations

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

SESSION = "balie"
"""Name of the cookie of a session, without `__Host-`."""


def over_https(request: Request) -> bool:
    """Whether the browser reaches us over https, possibly through a proxy."""
    public: str = request.app.state.settings.public_address
    return request.url.scheme == "https" or public.startswith("https://")


def read(request: Request, name: str) -> str | None:
    """The value of our cookie `name`."""
    return request.cookies.get(_full(request, name))


def keep(
    request: Request,
    response: Response,
    name: str,
    value: str,
    seconds: int | None = None,
    same_site: Literal["strict", "lax"] = "strict",
) -> None:
    """Let the browser keep a cookie: for `seconds`, or until it closes."""
    secure = over_https(request)
    response.set_cookie(
        _full(request, name),
        value,
        max_age=seconds,
        path="/",
        secure=secure,
        httponly=True,
        samesite=same_site,
    )


def drop(request: Request, response: Response, name: str) -> None:
    """Let the browser forget a cookie."""
    response.delete_cookie(_full(request, name), path="/", secure=over_https(request), httponly=True)


def _full(request: Request, name: str) -> str:
    """`__Host-` makes browsers refuse the cookie unless it is Secure, of this host alone, for every path."""
    return f"__Host-{name}" if over_https(request) else name
