"""How values are written in Redis: sealed where there is a key for it, as plain JSON where there is none."""

from __future__ import annotations

import json
from typing import Protocol


class Writing(Protocol):
    """Turns JSON values into bytes and back (api.storage.seal.Seal does)."""

    def close(self, value: object) -> bytes:
        """`value` as bytes."""

    def open(self, sealed: bytes) -> object:
        """What was written. Raises ValueError where it cannot be read (any more)."""


class PlainJson:
    """Writes JSON as it is: whoever has the Redis can read it."""

    def close(self, value: object) -> bytes:
        """`value` as JSON."""
        return json.dumps(value).encode()

    def open(self, sealed: bytes) -> object:
        """The value. Raises ValueError where it is no JSON."""
        return json.loads(sealed)
