"""Bearer tokens of webhook clients. Only their sha256 hashes are known here."""

from __future__ import annotations

import hashlib
import hmac

from starlette.requests import Request

from api.problems import token_needed
from api.settings import Settings


def is_known(token: str, hashes: tuple[str, ...]) -> bool:
    """Whether `token` hashes to one of `hashes`; takes as long for every wrong token."""
    digest = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
    return any([hmac.compare_digest(digest, known) for known in hashes])


async def require_client(request: Request) -> None:
    """Raise a 401 problem unless the caller may use the webhook (rule: INTERFACE.md)."""
    settings: Settings = request.app.state.settings
    if not settings.webhook_needs_token:
        return
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not is_known(token.strip(), settings.client_tokens):
        raise token_needed()
