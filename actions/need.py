"""What the person needs, read from the tracker: the newest Decision, else what was remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rasa_sdk import Tracker

SOCIAL = ("sociaal", "gemengd")


@dataclass(frozen=True)
class Need:
    """`outcome` sociaal or gemengd; `routes` best first; `notices` what must be named beside it."""

    outcome: str | None = None
    routes: tuple[str, ...] = ()
    notices: tuple[str, ...] = field(default=(), compare=False)


def decision_of(tracker: Tracker) -> Mapping:
    """The Decision on the newest message, or {} after a button."""
    return tracker.latest_message.get("decision") or {}


def need_of(tracker: Tracker) -> Need:
    """The need in the newest message or chosen button, else the one remembered in the slots."""
    decision = decision_of(tracker)
    if decision.get("outcome") in SOCIAL and decision.get("routes"):
        return Need(decision["outcome"], tuple(decision["routes"]), tuple(decision.get("notices", ())))
    chosen = chosen_route(tracker)
    if chosen:
        return Need("sociaal", (chosen,))
    return remembered(tracker)


def remembered(tracker: Tracker) -> Need:
    """The need in the slots, as the answer to an earlier message left it."""
    return Need(tracker.get_slot("uitkomst"), tuple(tracker.get_slot("routes") or ()))


def chosen_route(tracker: Tracker) -> str | None:
    """The route of a pressed button, if this turn is one."""
    return next(tracker.get_latest_entity_values("route"), None)


def channel_of(tracker: Tracker) -> str:
    return tracker.get_slot("kanaal") or "bewoner"
