"""Keeps a conversation short, so that its two hundredth turn costs what its fifth costs.

Rasa copies, replays and hands over every event of a conversation at every turn. What a person said they
need stands in slots; of the talk itself only the newest turns matter.
"""

from __future__ import annotations

from collections.abc import Sequence

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

KEPT_TURNS = 1
"""Turns that stay when a conversation is folded: enough for every answer, and a test holds that."""

MOST_TURNS = 2
"""Turns at which it is folded. Rasa's policies look at every turn that is left, again at every action."""


def fold(
    tracker: DialogueStateTracker, kept: int = KEPT_TURNS, most: int = MOST_TURNS
) -> tuple[DialogueStateTracker, list[Event]]:
    """The tracker with its newest `kept` turns and the state before them, and what was said before those.

    A tracker of at most `most` turns comes back as it is, with nothing said before.
    """
    events = list(tracker.events)
    turns = [number for number, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(turns) <= most:
        return tracker, []
    cut = turns[-kept]
    before = _replayed(tracker, events[:cut])
    return _replayed(tracker, [*_state(before), *events[cut:]]), said_in(events[:cut])


def said_in(events: Sequence[Event]) -> list[Event]:
    """What somebody could read of these events, and where the person began again.

    How a message was understood, and the cards under an answer, are not kept with it: most of its size.
    """
    return [
        _as_read(event)
        for event in events
        if isinstance(event, UserUttered | BotUttered)
        or (isinstance(event, ActionExecuted) and event.action_name == BEGIN_AGAIN)
    ]


def _as_read(event: Event) -> Event:
    if isinstance(event, UserUttered):
        intent = {"name": event.intent.get("name")}
        return UserUttered(event.text, intent, timestamp=event.timestamp)
    if isinstance(event, BotUttered):
        buttons = event.data.get("buttons")
        action = event.metadata.get("utter_action")
        return BotUttered(
            event.text,
            {"buttons": buttons} if buttons else {},
            {"utter_action": action} if action else {},
            timestamp=event.timestamp,
        )
    return event


BEGIN_AGAIN = "action_opnieuw"
"""The action after which what was said before counts no longer."""


def _replayed(tracker: DialogueStateTracker, events: Sequence[Event]) -> DialogueStateTracker:
    replayed = tracker.init_copy()
    for event in events:
        replayed.update(event)
    return replayed


def _state(tracker: DialogueStateTracker) -> list[Event]:
    """Events that lead an empty tracker to the same slots and the same open form, waiting for a message."""
    moment = tracker.events[-1].timestamp
    state: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME, timestamp=moment), SessionStarted(moment)]
    for name, slot in tracker.slots.items():
        if slot.value != slot.initial_value:
            state.append(SlotSet(name, slot.value, timestamp=moment))
    if tracker.active_loop_name:
        state += [
            ActionExecuted(tracker.active_loop_name, timestamp=moment),
            ActiveLoop(tracker.active_loop_name, timestamp=moment),
        ]
    return [*state, ActionExecuted(ACTION_LISTEN_NAME, timestamp=moment)]
