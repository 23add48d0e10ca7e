"""A blank line in a text starts a new bubble: short messages one after another, instead of one long one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BLANK_LINE = re.compile(r"\n\s*\n")


def in_bubbles(messages: Iterable[dict]) -> list[dict]:
    """`messages` (Bericht objects), each text with blank lines as several messages.

    The numbers to call stay with the first bubble, the buttons come with the last. A list of
    initiatives stays whole: a page shows it as cards, with `kort` above them.
    """
    return [bubble for message in messages for bubble in _bubbles(message)]


def _bubbles(message: dict) -> list[dict]:
    texts = [text for text in _BLANK_LINE.split(message["tekst"]) if text.strip()]
    if message["initiatieven"] or message.get("kort") or len(texts) < 2:
        return [message]
    bubbles = [{**message, "tekst": text.strip(), "knoppen": [], "bel": []} for text in texts]
    bubbles[0]["bel"], bubbles[-1]["knoppen"] = message["bel"], message["knoppen"]
    return bubbles
