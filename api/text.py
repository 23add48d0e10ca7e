"""Cleaning of typed text before anything else looks at it."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Characters without a shape that could hide a word from the safety screen."""


def clean(text: str) -> str:
    """`text` without control characters, lone surrogates and unseen characters, trimmed.

    Line ends become `\\n`; tabs stay. Letters and punctuation are never changed.
    """
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.isprintable():
        return text.strip()
    kept = (char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))
    return "".join(kept).strip()
