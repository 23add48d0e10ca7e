"""For those who run the server: alive, able to answer."""

from __future__ import annotations

from fastapi import APIRouter, Request
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
async def ready(request: Request, turns: TurnsHere) -> JSONResponse:
    """Model loaded, catalogue open, stores writable; 503 names the part that is not."""
    parts = await turns.readiness()
    parts |= {"opslag": parts["opslag"] and await run_in_threadpool(request.app.state.database.is_ready)}
    if not all(parts.values()):
        raise not_ready(parts)
    return JSONResponse({"status": "gereed", "onderdelen": parts})
