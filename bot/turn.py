"""What one turn of a conversation gives back, and what can be wrong with the request for it."""

from __future__ import annotations

from dataclasses import dataclass, field

NO_ANSWER = "turn"
"""What the metrics call a turn in which Rasa gave no answer at all."""

NUMBER_WITHHELD = "number_withheld"
"""What the metrics call a turn in which a number stood that may not go out."""

MISSED_DANGER = "remote_missed_danger"
"""What the metrics call a turn in which our rules saw danger and a Rasa elsewhere saw none."""


@dataclass(frozen=True)
class Turn:
    """The answer to one message.

    `messages`: Bericht objects of the contract, in the order in which they are read.
    `triage`: the Triage object of the contract, or None when nothing was decided.
    `channel`: the channel the conversation was started on, or None when unknown.
    `action_errors`: names of the actions that failed during this turn, for the metrics.
    `red_flag`: for a danger answer `{"groep", "actie", "tekst", "bel"}`: the group of the rule that saw it
    or `model`, the outcome code, the fixed text and the numbers. None for any other answer.
    `human`: why somebody should take over now: `gevaar`, `mens_gevraagd` or `niet_begrepen`; else None.
    `municipality`: the one the conversation was started for, as its starter called it.
    """

    messages: list[dict]
    triage: dict | None = None
    channel: str | None = None
    action_errors: tuple[str, ...] = ()
    red_flag: dict | None = None
    human: str | None = None
    municipality: str | None = None


@dataclass(frozen=True)
class Opening:
    """How a conversation begins.

    `messages`: Bericht objects of the contract. `municipality`: the object `gemeente` of the contract, or
    None when nothing is known of it. `suggestions`: what a resident can start with; empty for a front desk.
    """

    messages: list[dict]
    municipality: dict | None = None
    suggestions: list[str] = field(default_factory=list)


class UnknownConversation(LookupError):
    """The conversation never existed, has expired, or was forgotten on request."""


class UnknownChoice(LookupError):
    """The choice is not one of the buttons that this conversation offers now."""
