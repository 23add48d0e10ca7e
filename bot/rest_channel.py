"""A turn as Rasa's REST channel answers it."""

from __future__ import annotations

from typing import Any

from bot.turn import Turn


def as_rest(sender: str, turn: Turn) -> list[dict]:
    """The answers to `sender`. A button's payload is its public id.

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
