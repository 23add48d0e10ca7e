"""Where the front desk opens without signing in: the rule of INTERFACE.md for the webhook."""

from __future__ import annotations

from api.access.tokens import PRACTICE, Tokens
from api.settings import Settings


class OpenDesk:
    """The desk is open while the server is bound to the loopback address, no practice exists and
    `OMGEVING` is not `productie`: as `make run` starts it."""

    def __init__(self, settings: Settings, tokens: Tokens) -> None:
        self._may_be_open = settings.bound_to_loopback and settings.environment != "productie"
        self._tokens = tokens

    def is_open(self) -> bool:
        """Whether nobody needs to sign in now; blocks. A practice that was revoked still exists."""
        if self._may_be_open and self._tokens.all(PRACTICE):
            self._may_be_open = False  # for good: practices are revoked, never removed
        return self._may_be_open
