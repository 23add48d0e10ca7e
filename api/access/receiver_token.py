"""Which receiver of events asks, by its bearer token: the dependency of the routes for receivers."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from starlette.concurrency import run_in_threadpool

from api.access.tokens import RECEIVER, Holder
from api.problems import token_needed

_documented = HTTPBearer(
    scheme_name="Ontvanger", auto_error=False, description="Token of a receiver of events."
)


async def _receiver(request: Request, _: Annotated[object, Depends(_documented)]) -> Holder:
    state, host = request.app.state, request.client.host if request.client else None
    await state.attempts.check(host)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip() if scheme.lower() == "bearer" else ""
    holder = await run_in_threadpool(state.tokens.holder_of, token, RECEIVER)
    if holder is None:
        if token:
            await state.attempts.wrong(host)
        raise token_needed()
    return holder


ReceiverHere = Annotated[Holder, Depends(_receiver)]
"""Dependency: the receiver whose token was sent; raises a 401 problem, or 429 after too many wrong ones."""
