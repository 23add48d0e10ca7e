"""Between what Rasa's output channel collects and the messages of the contract."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from rasa.shared.core.events import BotUttered, Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.bubbles import in_bubbles
from bot.payload import button_id


def as_messages(output: Sequence[Mapping[str, Any]]) -> list[dict]:
    """Bericht objects of the contract, in bubbles; a `custom` part belongs to the text before it."""
    messages: list[dict] = []
    for part in output:
        if "text" in part:
            messages.append(_message(part))
        if isinstance(part.get("custom"), Mapping) and messages:
            messages[-1]["initiatieven"].extend(part["custom"].get("initiatieven", ()))
            messages[-1]["bel"].extend(part["custom"].get("bel", ()))
            for name in ("kort", "taal"):
                if part["custom"].get(name):
                    messages[-1][name] = part["custom"][name]
    return in_bubbles(messages)


def offered(events: Iterable[Event], choice_id: str, unseen: Collection[str] = ()) -> str | None:
    """The payload of the button with that id that stood under any answer among `events`.

    `unseen` are names of responses that were never shown, and so offer nothing.
    """
    for event in events:
        if isinstance(event, BotUttered) and event.metadata.get("utter_action") not in unseen:
            for button in event.data.get("buttons") or ():
                if button_id(button["payload"]) == choice_id:
                    return button["payload"]
    return None


def offered_now(tracker: DialogueStateTracker, title: str) -> str | None:
    """The payload of the button with that title under the last answer."""
    said_something = False
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            said_something = True
            for button in event.data.get("buttons") or ():
                if _same(button["title"], title):
                    return button["payload"]
        elif said_something and event.type_name == "user":
            return None
    return None


def _message(part: Mapping[str, Any]) -> dict:
    return {
        "van": "assistent",
        "tekst": part["text"].strip(),
        "knoppen": [
            {"id": button_id(button["payload"]), "tekst": button["title"]}
            for button in part.get("buttons", ())
        ],
        "initiatieven": [],
        "bel": [],
    }


def _same(one: str, other: str) -> bool:
    return one.casefold().strip(" .!?") == other.casefold().strip(" .!?\n")
