"""Which readings the assistant asked to choose between in its last answer."""

from __future__ import annotations

import json

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

QUESTION = "utter_verduidelijken_keuze"
ALWAYS_OFFERED = "mens"
"""A human stands under every question; it is no reading that was asked about."""


def readings_asked(tracker: DialogueStateTracker | None) -> tuple[str, ...]:
    """Route and outcome codes of the buttons under the question that is still open; empty without one."""
    for event in reversed(tracker.events if tracker else ()):
        if isinstance(event, UserUttered):
            return ()
        if isinstance(event, BotUttered) and event.metadata.get("utter_action") == QUESTION:
            readings = (_reading(button["payload"]) for button in event.data.get("buttons") or ())
            return tuple(reading for reading in readings if reading != ALWAYS_OFFERED)
    return ()


def _reading(payload: str) -> str:
    name, _, values = payload.lstrip("/").partition("{")
    return json.loads("{" + values)["route"] if values else name
