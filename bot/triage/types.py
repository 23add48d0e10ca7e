"""The words of the domain: outcomes, routes, and what a message was found to mean."""

from __future__ import annotations

from dataclasses import dataclass, field

DANGER_OUTCOMES: tuple[str, ...] = ("spoed_112", "crisis_113", "onveilig", "huisarts_vandaag")
"""The four danger outcomes, heaviest first (order of domain/rode_vlaggen.md)."""

OUTCOMES: tuple[str, ...] = DANGER_OUTCOMES + (
    "medisch",
    "sociaal",
    "gemengd",
    "verduidelijken",
    "buiten_bereik",
    "mens",
)

ROUTES: tuple[str, ...] = (
    "odensehuis",
    "ipso_inloophuis",
    "welzijn_op_recept",
    "alzheimer_cafe",
    "mantelzorg",
    "respijtzorg",
    "rouw",
    "jongeren",
    "financieel",
    "buurt_ontmoeting",
    "bewegen",
    "valpreventie",
    "leefstijl",
    "zwanger_ouder",
    "kopp_kov",
    "psychische_kwetsbaarheid",
    "vrijwilligerswerk",
    "buddy",
    "voorzorgcirkel",
    "nieuwkomers",
    "dorpsondersteuner",
    "lotgenoten_chronisch",
)

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
        """The heaviest danger outcome, or None when no rule fired."""
        return self.hits[0].action if self.hits else None

    @property
    def soft(self) -> bool:
        """True when rules fired but every one of them is soft."""
        return bool(self.hits) and all(hit.soft for hit in self.hits)


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
