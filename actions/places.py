"""The place slot and the gazetteer."""

from __future__ import annotations

from rasa_sdk import Tracker
from sociale_kaart.model import Place

from actions.context import ActionContext, current

UNKNOWN_PLACE = "onbekend"


def place_in_slot(value: str | None, context: ActionContext) -> Place | None:
    """The place that a filled slot names; None when the person could not or would not say."""
    if not value or value == UNKNOWN_PLACE:
        return None
    match = context.gazetteer.lookup(value)
    return match.place if match else None


def here(tracker: Tracker, context: ActionContext | None = None) -> ActionContext:
    """The context (by default of this process) for the municipality and the place of this conversation."""
    context = context or current()
    return context.at(tracker.get_slot("gemeente"), place_in_slot(tracker.get_slot("plaats"), context))
