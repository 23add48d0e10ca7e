"""Names under which an address or a conversation is counted and kept in a store that others administer."""

from __future__ import annotations

import hashlib
import hmac

from api.settings import Settings


class Pseudonyms:
    """HMAC-SHA256 under the first of `OPSLAG_SLEUTELS`: the same in every replica, made by nobody else.

    Without such a key under the address of Redis, which its administrators know: who has the Redis can then
    find out which of the four billion IPv4 addresses it was. Other keys begin other names: counting starts
    again and nothing else is lost. `purpose` keeps names of one use apart from those of another.
    """

    def __init__(self, settings: Settings, purpose: str) -> None:
        secret = settings.store_keys[0] if settings.store_keys else settings.redis_url
        self._key = hashlib.sha256(f"{purpose}:{secret}".encode()).digest()

    def of(self, name: str) -> str:
        """32 hexadecimal digits instead of `name`, which may be any text."""
        return hmac.new(self._key, name.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]
