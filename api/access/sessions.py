"""Who may in at the front desk: the dependencies of its routes, and how one goes in and out.

The dependencies also refuse, with a 403 problem, a change that the page of another site asks for.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie
from starlette.concurrency import run_in_threadpool

from api.access import cookies
from api.access.other_sites import is_from_another_site
from api.access.session_store import Session
from api.access.tokens import Holder
from api.problems import another_site, sign_in_needed

_documented = APIKeyCookie(
    name=f"__Host-{cookies.SESSION}",
    scheme_name="Balie",
    auto_error=False,
    description=f"Session of a practice; over plain http the cookie is called `{cookies.SESSION}`.",
)


async def from_our_own_pages(request: Request) -> None:
    """Raise a 403 problem where the page of another site asks for a change."""
    if is_from_another_site(request):
        raise another_site()


async def enter(request: Request, holder: Holder, token_id: str | None = None) -> tuple[Session, str]:
    """A new session with its key instead of the one that the browser had; noted in the audit."""
    state = request.app.state
    session, key = await run_in_threadpool(state.sessions.start, holder, token_id)
    await run_in_threadpool(state.audit.note, holder, "ingelogd")
    await _end(request)
    return session, key


async def leave(request: Request) -> None:
    """End the session of the browser, if it has one; noted in the audit."""
    ended = await _end(request)
    if ended:
        await run_in_threadpool(request.app.state.audit.note, ended.holder, "uitgelogd")


async def _end(request: Request) -> Session | None:
    key = cookies.read(request, cookies.SESSION)
    return await run_in_threadpool(request.app.state.sessions.end, key) if key else None


async def _session(
    request: Request,
    _own: Annotated[None, Depends(from_our_own_pages)],
    _cookie: Annotated[str | None, Depends(_documented)],
) -> Session | None:
    key = cookies.read(request, cookies.SESSION)
    return await run_in_threadpool(request.app.state.sessions.use, key) if key else None


async def _desk_session(
    request: Request, session: Annotated[Session | None, Depends(_session)]
) -> Session | None:
    return session or await _nobody(request)


async def _looked_at(
    request: Request, _cookie: Annotated[str | None, Depends(_documented)]
) -> Session | None:
    key = cookies.read(request, cookies.SESSION)
    session = await run_in_threadpool(request.app.state.sessions.look, key) if key else None
    return session or await _nobody(request)


async def _nobody(request: Request) -> None:
    """Nobody is signed in; raises a 401 problem unless the desk is open."""
    if not await request.app.state.open_desk.is_open():
        raise sign_in_needed()


async def _practice(session: Annotated[Session | None, Depends(_session)]) -> Holder:
    if session is None:
        raise sign_in_needed()
    return session.holder


async def _practice_or_open(session: Annotated[Session | None, Depends(_desk_session)]) -> Holder | None:
    return session.holder if session else None


SessionHere = Annotated[Holder, Depends(_practice)]
"""Dependency: the practice that is signed in; raises a 401 problem when none is."""

DeskOpen = Annotated[Holder | None, Depends(_practice_or_open)]
"""Dependency: like SessionHere, but None at an open desk (`api.access.open_door`) where nobody signed in."""

DeskSession = Annotated[Session | None, Depends(_desk_session)]
"""Dependency: like DeskOpen, but the session itself, for `Audit.note_question`."""

LookedAt = Annotated[Session | None, Depends(_looked_at)]
"""Dependency: like DeskSession, but without using the session: it does not last longer for it."""
