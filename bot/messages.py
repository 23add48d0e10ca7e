"""Between what Rasa's output channel collects and the messages of the contract."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.bubbles import in_bubbles
from bot.payload import button_id
from bot.turn import Turn


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


def as_rest(sender: str, turn: Turn) -> list[dict]:
    """A turn as Rasa's REST channel answers it, to `sender`. A button's payload is its public id.

    The first message of a danger answer says so in `custom.rode_vlag`.
    """
    answers = []
    for message in turn.messages:
        answer: dict[str, Any] = {"recipient_id": sender, "text": message["tekst"]}
        if message["knoppen"]:
            answer["buttons"] = [{"title": b["tekst"], "payload": b["id"]} for b in message["knoppen"]]
        if message["initiatieven"] or message["bel"]:
            answer["custom"] = {"initiatieven": message["initiatieven"], "bel": message["bel"]}
        answers.append(answer)
    if answers and turn.red_flag:
        answers[0].setdefault("custom", {})["rode_vlag"] = turn.red_flag
    if answers and turn.triage:
        answers[-1].setdefault("custom", {})["triage"] = turn.triage
    return answers


def find_choice(
    tracker: DialogueStateTracker,
    *,
    choice_id: str | None = None,
    title: str | None = None,
    unseen: Collection[str] = (),
) -> str | None:
    """The payload of an offered button: by its id in the whole talk, by its title in the last answer.

    `unseen` are names of responses that were never shown, and so offer nothing.
    """
    for button in _offered(tracker, title is not None, unseen):
        if choice_id is not None and button_id(button["payload"]) == choice_id:
            return button["payload"]
        if title is not None and _same(button["title"], title):
            return button["payload"]
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


def _offered(
    tracker: DialogueStateTracker, only_last_turn: bool, unseen: Collection[str]
) -> Iterable[Mapping[str, str]]:
    said_something = False
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            said_something = True
            if event.metadata.get("utter_action") not in unseen:
                yield from event.data.get("buttons") or ()
        elif only_last_turn and said_something and event.type_name == "user":
            return


def _same(one: str, other: str) -> bool:
    return one.casefold().strip(" .!?") == other.casefold().strip(" .!?\n")
