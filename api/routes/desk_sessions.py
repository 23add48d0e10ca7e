"""Signing in and out at the front desk, and what its page does in the browser."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.access import cookies
from api.access.session_store import Session
from api.access.sessions import DeskOpen, LookedAt, enter, from_our_own_pages, leave
from api.access.tokens import PRACTICE
from api.contract_access import NieuweHandeling, NieuweSessie, Sessie
from api.openapi import problems
from api.problems import sign_in_failed

router = APIRouter(prefix="/v1/balie", tags=["Balie"])


@router.post(
    "/sessies",
    status_code=201,
    summary="Sign in",
    dependencies=[Depends(from_our_own_pages)],
    responses={201: {"model": Sessie}, **problems(400, 401, 403, 413, 422, 429, 503)},
)
async def sign_in(request: Request, wish: NieuweSessie) -> JSONResponse:
    """With the token of a practice. The session is in a cookie that no script can read."""
    state, host = request.app.state, request.client.host if request.client else None
    await state.attempts.check(host)
    accepted = await run_in_threadpool(state.tokens.accept, wish.token.strip(), PRACTICE)
    if accepted is None:
        await state.attempts.wrong(host)
        await run_in_threadpool(state.audit.note, None, "inloggen_mislukt")
        raise sign_in_failed()
    session, key = await enter(request, accepted.holder, accepted.token_id)
    answer = JSONResponse(_public(session), 201)
    cookies.keep(request, answer, cookies.SESSION, key)
    return answer


@router.get(
    "/sessies/huidige",
    summary="Who is signed in",
    responses={200: {"model": Sessie}, **problems(401, 429, 503)},
)
async def who_is_in(session: LookedAt) -> JSONResponse:
    """Asking this does not make the session last longer."""
    return JSONResponse(_public(session))


@router.delete(
    "/sessies/huidige",
    status_code=204,
    summary="Sign out",
    dependencies=[Depends(from_our_own_pages)],
    responses=problems(403, 429, 503),
)
async def sign_out(request: Request) -> Response:
    """Also where nobody is signed in."""
    await leave(request)
    answer = Response(status_code=204)
    cookies.drop(request, answer, cookies.SESSION)
    return answer


@router.post(
    "/handelingen",
    status_code=204,
    summary="Note what was done in the browser",
    responses=problems(400, 401, 403, 413, 422, 429, 503),
)
async def note_action(request: Request, wish: NieuweHandeling, practice: DeskOpen) -> Response:
    """For the audit: who, when and which action; nothing of a patient."""
    await run_in_threadpool(request.app.state.audit.note, practice, wish.handeling)
    return Response(status_code=204)


def _public(session: Session | None) -> dict:
    if session is None:
        return {"praktijk": None, "verlooptOp": None}
    practice = {"naam": session.holder.name, "gemeente": session.holder.municipality}
    return {"praktijk": practice, "verlooptOp": session.ends_at.isoformat(timespec="seconds")}
