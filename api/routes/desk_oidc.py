"""Signing in at the front desk through an OpenID Connect provider: away to it, and back."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from api import logs
from api.access import cookies
from api.access.oidc import Begun, Provider, SignInFailed
from api.access.oidc_memory import COOKIE, KEPT
from api.access.oidc_practice import practice_of
from api.access.sessions import enter
from api.access.tokens import Holder
from api.problems import Problem

DESK, AWAY, BACK = "/balie", "/balie/inloggen", "/balie/inloggen/terug"

_FOR_THE_OPERATOR = ("ongeldig", "onbekend", "onbereikbaar")
"""What goes in the log; the others are of whoever signs in."""

router = APIRouter(include_in_schema=False)


@router.get(AWAY)
async def away(request: Request) -> RedirectResponse:
    """To the provider. What must be remembered goes along in a cookie of ten minutes.

    That cookie is `SameSite=Lax`, because the provider, another site, sends the browser back: a strict
    one would stay behind. It is sealed, and of use only to the browser that began.
    """
    try:
        address, begun = await _provider(request).begin(_back_address(request))
    except SignInFailed as failure:
        return _failed(failure)
    answer = RedirectResponse(address, 303)
    sealed = request.app.state.sign_in_memory.close(begun)
    cookies.keep(request, answer, COOKIE, sealed, int(KEPT.total_seconds()), "lax")
    return answer


@router.get(BACK)
async def back(request: Request) -> RedirectResponse:
    """From the provider to the front desk, with a session or with the code of what went wrong.

    The browser counts that first request for the front desk as the provider's, so the strict cookie of the
    session does not come along with it; it does with everything that the page then asks.
    """
    try:
        practice = await _practice(request)
    except SignInFailed as failure:
        answer = _failed(failure)
    else:
        _, key = await enter(request, practice)
        answer = RedirectResponse(DESK, 303)
        cookies.keep(request, answer, cookies.SESSION, key)
    cookies.drop(request, answer, COOKIE)
    return answer


async def _practice(request: Request) -> Holder:
    """The practice that signed in. Raises SignInFailed."""
    state, host = request.app.state, request.client.host if request.client else None
    begun = state.sign_in_memory.open(cookies.read(request, COOKIE))
    if begun is None:
        raise SignInFailed("verlopen")
    try:
        await state.attempts.check(host)
        return await _named_by_provider(request, begun, host)
    except Problem:
        raise SignInFailed("te-vaak") from None


async def _named_by_provider(request: Request, begun: Begun, host: str | None) -> Holder:
    """The practice that the provider names. Raises SignInFailed; what cannot be trusted counts as wrong."""
    state = request.app.state
    try:
        said = await _provider(request).finish(begun, request.query_params)
        return await run_in_threadpool(practice_of, state.tokens, said)
    except SignInFailed as failure:
        if failure.reason == "ongeldig":
            await state.attempts.wrong(host)
        if failure.reason in ("ongeldig", "onbekend"):
            await run_in_threadpool(state.audit.note, None, "inloggen_mislukt")
        raise


def _provider(request: Request) -> Provider:
    provider: Provider | None = request.app.state.provider
    if provider is None:
        raise HTTPException(404)
    return provider


def _back_address(request: Request) -> str:
    """Where the provider sends the browser; it must know this address."""
    public = request.app.state.settings.public_address
    return f"{public or f'{request.url.scheme}://{request.url.netloc}'}{BACK}"


def _failed(failure: SignInFailed) -> RedirectResponse:
    if failure.reason in _FOR_THE_OPERATOR:
        logs.failure("sign_in_failed", failure.__cause__ or failure)
    return RedirectResponse(f"{DESK}?fout={failure.reason}", 303)
