"""Whether the page of another site asks for a change (cross-site request forgery).

Beside `SameSite=Strict` of the cookie, which lets the pages of a sister host through.
"""

from __future__ import annotations

from starlette.requests import Request

_CHANGES_NOTHING = ("GET", "HEAD", "OPTIONS")


def is_from_another_site(request: Request) -> bool:
    """Whether a request that can change something comes from a page that is not ours.

    Browsers say so themselves in `Sec-Fetch-Site` (over https and on loopback) or in `Origin`. A request
    with neither comes from no browser that a page could misuse.
    """
    if request.method in _CHANGES_NOTHING:
        return False
    said = request.headers.get("sec-fetch-site")
    if said is not None:
        return said not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and origin not in _own_origins(request)


def _own_origins(request: Request) -> set[str]:
    public: str = request.app.state.settings.public_address
    return {f"{request.url.scheme}://{request.url.netloc}", "/".join(public.split("/")[:3])}
