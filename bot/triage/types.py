"""The words of the domain: outcomes, routes, and what a message was found to mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from sociale_kaart.kinds import ROUTE_CODES

DANGER_OUTCOMES: tuple[str, ...] = ("spoed_112", "crisis_113", "onveilig", "huisarts_vandaag")
"""The four danger outcomes, heaviest first (order of domain/rode_vlaggen.md)."""

SOCIAL_EMERGENCY = "sociaal_spoed"
"""No danger outcome: a social question for which a human of the municipality is needed today."""

RULE_ACTIONS: tuple[str, ...] = (*DANGER_OUTCOMES, SOCIAL_EMERGENCY)
"""What a safety rule can ask for, heaviest first."""

OUTCOMES: tuple[str, ...] = DANGER_OUTCOMES + (
    "medisch",
    "sociaal",
    "gemengd",
    "verduidelijken",
    "buiten_bereik",
    "mens",
)

SOCIAL: tuple[str, ...] = ("sociaal", "gemengd")
"""The outcomes that come with routes."""

ROUTES: tuple[str, ...] = ROUTE_CODES
"""The contract's route codes; the catalogue says which initiatives serve them."""

DIALOGUE_ACTS: dict[str, str] = {
    "begroeten": "verduidelijken",
    "bedanken": "buiten_bereik",
    "afscheid": "buiten_bereik",
    "bevestigen": "verduidelijken",
    "ontkennen": "verduidelijken",
    "andere_optie": "verduidelijken",
    "iets_anders": "verduidelijken",
    "opnieuw": "verduidelijken",
    "privacy": "buiten_bereik",
    "wie_ben_je": "buiten_bereik",
    "noem_plaats": "verduidelijken",
}
"""Intents that steer the conversation, with the outcome each stands for outside one."""

CHANNELS: tuple[str, ...] = ("bewoner", "balie")


@dataclass(frozen=True)
class RuleHit:
    """One safety rule that fired on one stretch of the text.

    `soft` means: ask a check question that already shows the number, because the
    context (negation, past, a joke) makes the danger uncertain.
    `start` and `end` are character offsets in the original text.
    """

    rule_id: str
    action: str
    group: str
    fragment: str
    start: int
    end: int
    soft: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Screening:
    """All rule hits of one message, heaviest action first, hard before soft."""

    hits: tuple[RuleHit, ...] = ()

    @property
    def outcome(self) -> str | None:
        """The danger outcome that goes first, or None when no danger rule fired."""
        return self.danger[0].action if self.danger else None

    @property
    def soft(self) -> bool:
        """True when danger rules fired but every one of them is soft."""
        return bool(self.danger) and all(hit.soft for hit in self.danger)

    @property
    def danger(self) -> tuple[RuleHit, ...]:
        """The hits that ask for a danger outcome."""
        return tuple(hit for hit in self.hits if hit.action in DANGER_OUTCOMES)


@dataclass(frozen=True)
class Prediction:
    """Calibrated probabilities (0..1) of the classifier.

    `intents` sums to 1 over OUTCOMES and DIALOGUE_ACTS; `routes` are independent
    probabilities per route code.
    """

    intents: dict[str, float] = field(default_factory=dict)
    routes: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """A fragment of the text and the code (outcome, route or concept) it points to."""

    fragment: str
    points_to: str
