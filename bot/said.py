"""What the newest turn said, by the names of its responses: a danger answer, or the way to a human."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions.answers import HUMAN_ASKED, NOT_UNDERSTOOD
from actions.danger_answers import DangerAnswers
from bot.red_flag import WHY_A_HUMAN, red_flag_json
from bot.triage.types import DANGER_OUTCOMES

_WITHOUT_DANGER = {HUMAN_ASKED: "mens_gevraagd", NOT_UNDERSTOOD: "niet_begrepen"}


def red_flag(tracker: DialogueStateTracker, triage: Mapping[str, Any], table: DangerAnswers) -> dict | None:
    """What the danger answer of the newest turn rests on, as `Turn.red_flag`; None for any other answer.

    `triage` is the Triage object of that turn. After a check question the group is that of the message
    that raised it.
    """
    fixed = table.answers_to(DANGER_OUTCOMES)
    for said in _said_last(tracker):
        if said.metadata.get("utter_action") in fixed:
            return red_flag_json(_group(tracker), said.text or "", triage)
    return None


def why_a_human(tracker: DialogueStateTracker, flag: Mapping[str, Any] | None) -> str | None:
    """Why somebody should take over after the newest turn, as `Turn.human`. Danger goes first."""
    if flag:
        return WHY_A_HUMAN
    names = (said.metadata.get("utter_action") for said in _said_last(tracker))
    return next((_WITHOUT_DANGER[name] for name in names if name in _WITHOUT_DANGER), None)


def _said_last(tracker: DialogueStateTracker) -> list[BotUttered]:
    """The utterances since the newest message, first one first."""
    said: list[BotUttered] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered):
            said.insert(0, event)
    return said


def _group(tracker: DialogueStateTracker) -> str | None:
    """The group of the newest message in which danger was seen."""
    messages = (event for event in reversed(tracker.events) if isinstance(event, UserUttered))
    decisions = ((message.parse_data or {}).get("decision") or {} for message in messages)
    return next((found.get("group") for found in decisions if found.get("outcome") in DANGER_OUTCOMES), None)
