"""The Triage object of one turn in a conversation: this message, in the light of the talk so far."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions.context import ActionContext
from actions.triage_object import assemble, place_named
from bot.triage.decision import Decision
from bot.triage.types import DIALOGUE_ACTS

ABOUT_US = ("privacy", "wie_ben_je")


def conversation_triage(
    tracker: DialogueStateTracker, messages: list[dict], context: ActionContext, version: dict[str, str]
) -> dict | None:
    """Outcome and routes of the newest message, or of the topic it goes on with; None after a start."""
    outcome, routes = _outcome_and_routes(tracker)
    if outcome is None:
        return None
    decision = _decision(tracker)
    return assemble(
        outcome=outcome,
        certainty=decision.certainty if decision else 1.0,
        certain=decision.is_certain if decision else True,
        reasons=[vars(reason) for reason in decision.reasons] if decision else [],
        routes=routes,
        place=place_named(tracker.get_slot("plaats"), "gesprek", context),
        messages=messages,
        version=version,
    )


def outcome_of(tracker: DialogueStateTracker) -> str | None:
    """The outcome code of the newest message, as in its Triage object; None after a start."""
    return _outcome_and_routes(tracker)[0]


def _outcome_and_routes(tracker: DialogueStateTracker) -> tuple[str | None, tuple[str, ...]]:
    remembered: Any = tracker.get_slot("uitkomst")
    remembered_routes = tuple(tracker.get_slot("routes") or ())
    decision = _decision(tracker)
    intent = _newest(tracker).intent.get("name")
    if intent in ("start", None):
        return None, ()
    if intent == "verduidelijken" and remembered == "mens":
        return "mens", ()
    if intent == "mens" or (decision and decision.act is None):
        return (decision.outcome if decision else "mens"), (decision.routes if decision else ())
    if intent in ABOUT_US or not remembered:
        return DIALOGUE_ACTS.get(intent, intent), ()
    return remembered, remembered_routes


def _decision(tracker: DialogueStateTracker) -> Decision | None:
    values = (_newest(tracker).parse_data or {}).get("decision")
    return Decision.from_dict(values) if values else None


def _newest(tracker: DialogueStateTracker) -> UserUttered:
    """The newest message. (Rasa's own look-ups skip what a form has read.)"""
    messages = (event for event in reversed(tracker.events) if isinstance(event, UserUttered))
    return next(messages, UserUttered.empty())
