"""Which client calls a webhook, by its bearer token: the dependency of the webhooks."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from api.access.bearer import by_bearer_token
from api.access.clients import NOBODY_IN_PARTICULAR, Client

_documented = HTTPBearer(
    scheme_name="Koppeling",
    auto_error=False,
    description="Token of a webhook client; `CLIENT_TOKENS` holds its hash, or the command line made it.",
)


async def _client(request: Request, _: Annotated[object, Depends(_documented)]) -> Client:
    state = request.app.state
    if not await state.clients.need_token():
        return NOBODY_IN_PARTICULAR
    client = await by_bearer_token(request, state.clients.client_of)
    await state.turns.rates.count("client", client.id)
    return client


ClientHere = Annotated[Client, Depends(_client)]
"""Dependency: the client that calls. Raises a 401 problem without a right token, a 429 problem after too
many wrong ones or for a client that asks too often."""
