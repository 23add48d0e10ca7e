"""A door that is open as `make run` starts the server, until somebody gets a token for it."""

from __future__ import annotations

from api.access.tokens import Tokens


class OpenDoor:
    """Open while it `may_be_open` and no holder of `kind` was ever made (the rule of INTERFACE.md)."""

    def __init__(self, may_be_open: bool, kind: str, tokens: Tokens) -> None:
        self._may_be_open = may_be_open
        self._kind = kind
        self._tokens = tokens

    def is_open(self) -> bool:
        """Whether nobody needs a token now; blocks. A holder that was revoked still exists."""
        if self._may_be_open and self._tokens.all(self._kind):
            self._may_be_open = False  # for good: holders are revoked, never removed
        return self._may_be_open
