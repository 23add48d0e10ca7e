"""A door that is open as `make run` starts the server, until somebody gets a token for it."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool

from api.access.tokens import Tokens


class OpenDoor:
    """Open while it `may_be_open` and no holder of `kind` was ever made (the rule of INTERFACE.md)."""

    def __init__(self, may_be_open: bool, kind: str, tokens: Tokens) -> None:
        self._may_be_open = may_be_open
        self._kind = kind
        self._tokens = tokens
        self._seen_open: int | None = None

    async def is_open(self) -> bool:
        """Whether nobody needs a token now. A holder that was revoked still exists.

        Looks for one only where something was written since it was last seen open: it is asked at every call.
        """
        if not self._may_be_open:
            return False
        change = self._tokens.change()
        if change is None or change != self._seen_open:
            self._may_be_open = not await run_in_threadpool(self._tokens.ever_made, self._kind)
            self._seen_open = change  # from before the look: what came after it is looked at next time
        return self._may_be_open
