"""Which practice a provider means."""

from __future__ import annotations

from api.access.oidc import SignInFailed
from api.access.tokens import PRACTICE, Holder, Tokens


def practice_of(tokens: Tokens, said: str) -> Holder:
    """The practice with the id `said`, or of exactly that name where one alone has it; blocks.

    Raises SignInFailed (`onbekend`).
    """
    practices = [holder for holder in tokens.all(PRACTICE) if holder.revoked_at is None]
    by_id = [holder for holder in practices if holder.id == said]
    meant = by_id or [holder for holder in practices if holder.name == said]
    if len(meant) != 1:
        raise SignInFailed("onbekend")
    return meant[0]
