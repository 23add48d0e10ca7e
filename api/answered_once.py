"""A message that is sent again because its answer was lost: which one it is."""

from __future__ import annotations

import hashlib
import json

ANSWERS_OF_A_CHAT = 2
"""A chat sends one message after the other, and repeats the last one. An answer may be 10 kB."""


def message_id(key: str | None, text: str | None, choice: str | None) -> str | None:
    """The same for the same message under the same `key` of its client; None without a key.

    A hash, so that nothing typed is kept by it. Other words under an old key are another message: a cry for
    help never gets the answer to something else.
    """
    if key is None:
        return None
    return hashlib.sha256(json.dumps([key, text, choice]).encode()).hexdigest()
