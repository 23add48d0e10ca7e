"""What the browser keeps between the two steps of signing in through a provider."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta, timezone

from api.access.oidc import Begun
from api.storage.seal import NoKey, Seal, new_key

COOKIE = "balie-inloggen"

KEPT = timedelta(minutes=10)


class SignInMemory:
    """Seals it with the keys of the settings, so that any server of ours can finish what another began.

    Without keys there, with a key of this process: then the same server must finish it.
    """

    def __init__(self, seal: Seal, now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)) -> None:
        self._seal = seal if seal.is_usable else Seal([new_key()])
        self._now = now

    def close(self, begun: Begun) -> str:
        """`begun`, unreadable and unchangeable, for a cookie."""
        until = (self._now() + KEPT).timestamp()
        return self._seal.close({"for": COOKIE, "until": until, "begun": asdict(begun)}).decode()

    def open(self, kept: str | None) -> Begun | None:
        """What was kept; None when it is not ours, or too old."""
        try:
            found = self._seal.open((kept or "").encode())
        except NoKey:
            return None
        if not isinstance(found, dict) or found.get("for") != COOKIE:
            return None
        return Begun(**found["begun"]) if found["until"] > self._now().timestamp() else None
