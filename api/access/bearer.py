"""Whose bearer token a request brings, with the lock-out for wrong ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.problems import token_needed

T = TypeVar("T")


async def by_bearer_token(request: Request, find: Callable[[str], T | None]) -> T:
    """What `find` (which may block) gives for the token of the request.

    Raises a 401 problem without a right token, a 429 problem after too many wrong ones from one address.
    """
    attempts = request.app.state.attempts
    host = request.client.host if request.client else None
    await attempts.check(host)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip() if scheme.lower() == "bearer" else ""
    if not token:
        raise token_needed()
    found = await run_in_threadpool(find, token)
    if found is None:
        await attempts.wrong(host)
        raise token_needed()
    return found
