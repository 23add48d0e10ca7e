"""For those who run the server: alive, able to answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from api.contract import Gereed, Levend
from api.openapi import problems
from api.problems import not_ready
from api.turns import TurnsHere

router = APIRouter(tags=["Beheer"])


@router.get("/health", summary="Alive", responses={200: {"model": Levend}})
async def health() -> JSONResponse:
    """The process answers."""
    return JSONResponse({"status": "ok"})


@router.get("/ready", summary="Able to answer", responses={200: {"model": Gereed}, **problems(503)})
async def ready(
    request: Request,
    turns: TurnsHere,
    behalve: Annotated[
        tuple[str, ...], Query(description="Parts that need not work, such as `opslag`.")
    ] = (),
) -> JSONResponse:
    """Model loaded, catalogue open, stores writable; 503 names the part that is not.

    `server` is one of those parts from the moment at which it was asked to stop. A load balancer asks for
    everything `behalve` the stores that replicas share: without those each can still answer to danger.
    """
    parts = await turns.readiness()
    if "opslag" not in behalve:
        parts |= {"opslag": parts["opslag"] and await run_in_threadpool(request.app.state.database.is_ready)}
    if request.app.state.draining.began:
        parts |= {"server": False}
    if not all(able for part, able in parts.items() if part not in behalve):
        raise not_ready(parts)
    return JSONResponse({"status": "gereed", "onderdelen": parts})
