"""The scripts that the build makes from api/widget/src; they are committed and served as they are."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from api.problems import no_widget

BUILT = Path(__file__).parent / "widget" / "dist"


async def built_script(name: str, request: Request) -> Response:
    """The built script called `name`; browsers check its ETag every time. Raises a 404 problem."""
    try:
        found = await StaticFiles(directory=BUILT, check_dir=False).get_response(name, request.scope)
    except HTTPException:
        raise no_widget() from None
    if found.status_code == 200:
        found.headers["Content-Type"] = "text/javascript; charset=utf-8"
    return found
