"""The place slot and the gazetteer."""

from __future__ import annotations

from sociale_kaart.model import Place

from actions.context import ActionContext

UNKNOWN_PLACE = "onbekend"


def place_in_slot(value: str | None, context: ActionContext) -> Place | None:
    """The place that a filled slot names; None when the person could not or would not say."""
    if not value or value == UNKNOWN_PLACE:
        return None
    match = context.gazetteer.lookup(value)
    return match.place if match else None
