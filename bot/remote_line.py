"""What goes over the line between our server and a Rasa server apart, as both sides read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.shared.core.events import Event
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

CHANNEL = "sociale-triage"
"""Name of our input channel at the Rasa server; its calls are under `/webhooks/sociale-triage/`."""

LINE_VERSION = 1
"""Raised when a call or an answer changes so that the two sides no longer understand each other."""

SHORTEST_TOKEN = 16
"""Characters; whoever has the token can read every conversation."""

STORE_DOWN = "opslag"
"""The error of an answer when the server's store of conversations cannot be reached."""


def events_json(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events as JSON values."""
    return [event.as_dict() for event in events]


def events_from(values: Iterable[dict[str, Any]]) -> list[Event]:
    """Events from JSON values. Raises what Rasa raises on what are no events."""
    events = (Event.from_parameters(value) for value in values)
    return [event for event in events if event is not None]


def conversation_json(tracker: DialogueStateTracker | None) -> dict[str, Any] | None:
    """A conversation as JSON values: its events, and the value of every slot after them."""
    if tracker is None:
        return None
    slots = {name: slot.value for name, slot in tracker.slots.items()}
    return {"events": events_json(tracker.events), "slots": slots}


def conversation_from(conversation_id: str, values: dict[str, Any] | None) -> DialogueStateTracker | None:
    """The conversation, to read only: its slots can hold anything. Raises as `events_from`."""
    if values is None:
        return None
    slots = [AnySlot(name, mappings=[]) for name in values["slots"]]
    tracker = DialogueStateTracker.from_events(conversation_id, events_from(values["events"]), slots)
    for name, value in values["slots"].items():
        tracker.slots[name].value = value
    return tracker
