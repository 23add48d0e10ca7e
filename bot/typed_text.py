"""What a person typed, made safe to hand to Rasa."""

from __future__ import annotations

import re

NOTHING_SAID = "?"

_LEADING_COMMAND = re.compile(r"^[\s/\u200b-\u200f\u2060\ufeff]+")


def harmless(text: str) -> str:
    """`text` without a leading `/`, which Rasa would read as one of our intents; never empty."""
    return _LEADING_COMMAND.sub("", text) or NOTHING_SAID
