"""Encryption at rest: what is sealed can be read only with a key of the settings."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class NoKey(ValueError):
    """There is no key, or none that fits what was sealed."""


class Seal:
    """Seals JSON values with the first of `keys` (Fernet: AES-128-CBC and HMAC-SHA256), opens with any."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys]) if keys else None

    @property
    def is_usable(self) -> bool:
        """Whether there is a key."""
        return self._fernet is not None

    def close(self, value: object) -> bytes:
        """`value` (JSON) sealed. Raises NoKey."""
        return self._with_key().encrypt(json.dumps(value).encode())

    def open(self, sealed: bytes) -> object:
        """What was sealed. Raises NoKey when no key fits."""
        try:
            return json.loads(self._with_key().decrypt(bytes(sealed)))
        except InvalidToken:
            raise NoKey from None

    def renewed(self, sealed: bytes) -> bytes:
        """The same under the first key, for when keys change. Raises NoKey when no key fits."""
        try:
            return self._with_key().rotate(bytes(sealed))
        except InvalidToken:
            raise NoKey from None

    def _with_key(self) -> MultiFernet:
        if self._fernet is None:
            raise NoKey
        return self._fernet


def new_key() -> str:
    """A new random key for `OPSLAG_SLEUTELS`."""
    return Fernet.generate_key().decode()
