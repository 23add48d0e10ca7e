"""Which receiver of events asks, by its bearer token: the dependency of the routes for receivers."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from api.access.bearer import by_bearer_token
from api.access.tokens import RECEIVER, Holder

_documented = HTTPBearer(
    scheme_name="Ontvanger", auto_error=False, description="Token of a receiver of events."
)


async def _receiver(request: Request, _: Annotated[object, Depends(_documented)]) -> Holder:
    tokens = request.app.state.tokens
    return await by_bearer_token(request, lambda token: tokens.holder_of(token, RECEIVER))


ReceiverHere = Annotated[Holder, Depends(_receiver)]
"""Dependency: the receiver whose token was sent; raises a 401 problem, or 429 after too many wrong ones."""
