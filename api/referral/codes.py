"""Ids of referrals and the codes with which somebody withdraws: random, and fit to be typed from paper."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 characters without 0 and O, 1 and I, which look alike on paper."""

_ID = re.compile(rf"aan_[{_ALPHABET.lower()}]{{12}}")


def new_id() -> str:
    """An id with 60 random bits. It opens nothing: that takes a token or a code."""
    return f"aan_{_random(12).lower()}"


def is_id(text: str) -> bool:
    """Whether `text` can be an id of a referral."""
    return bool(_ID.fullmatch(text))


def new_code() -> str:
    """A withdrawal code with 60 random bits, as `7KQM-2XRD-9HFA`."""
    code = _random(12)
    return "-".join(code[start : start + 4] for start in range(0, 12, 4))


def code_digest(code: str) -> str:
    """The sha256 hash of a code; case, spaces and hyphens do not count. Enough for a random secret."""
    return hashlib.sha256(re.sub(r"[\s\-]", "", code).upper().encode("utf-8", "replace")).hexdigest()


def request_digest(practice_id: str | None, key: str) -> str:
    """The sha256 hash of an Idempotency-Key of a practice, or of a resident (None)."""
    return hashlib.sha256(f"{practice_id or ''}\n{key}".encode()).hexdigest()


def content_digest(key: str, content: dict) -> str:
    """The sha256 HMAC of JSON values under an Idempotency-Key, which is kept nowhere."""
    written = json.dumps(content, sort_keys=True).encode()
    return hmac.new(key.encode(), written, hashlib.sha256).hexdigest()


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
