"""How a secret key is kept and compared: by its sha256 hash, in constant time.

That is enough for a secret of 256 random bits, which nobody can guess; a slow password hash would
only help against guessing.
"""

from __future__ import annotations

import hashlib
import hmac

_NO_DIGEST = "0" * 64


def digest(key: str) -> str:
    """The only form in which a key is kept: 64 hex digits."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def fits(key: str, kept: str | None) -> bool:
    """Whether `key` has the digest `kept`; takes as long where there is none to compare with."""
    same = hmac.compare_digest(digest(key), kept or _NO_DIGEST)
    return same and kept is not None
