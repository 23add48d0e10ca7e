"""The municipality's own greeting, in the place of ours; what the first message must say stays."""

from __future__ import annotations

HELLO = "Hallo."
"""The sentence that the opening to residents begins with (`utter_begroeting` in data/answers)."""


def greeted(messages: list[dict], greeting: str | None) -> list[dict]:
    """The first messages with `greeting` for HELLO; as they were where they begin in another way.

    So nothing changes for a front desk, and nothing when the opening failed.
    """
    if not greeting or not messages or not messages[0]["tekst"].startswith(HELLO):
        return messages
    first = {**messages[0], "tekst": greeting + messages[0]["tekst"].removeprefix(HELLO)}
    return [first, *messages[1:]]
