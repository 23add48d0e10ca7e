"""What one message was found to mean: the Decision that the rest of the program works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from bot.triage.types import DANGER_OUTCOMES, Reason

BY_THE_MODEL = "model"
"""The `group` of danger that no rule saw."""


@dataclass(frozen=True)
class Decision:
    """What one message means.

    `outcome` is one of OUTCOMES; `act` the dialogue act it stands for, if any;
    `certainty` 0..1; `soft` marks a danger outcome that asks before it tells;
    `notices` are the tags of danger that must be named beside another outcome;
    `options` are the readings to choose between when the outcome is unclear;
    `group` says what a danger outcome comes from: the group of the rule, or BY_THE_MODEL;
    `language` is the language to answer in beside Dutch (see other_language.py);
    `alone` is what the words mean by themselves, where they were taken for a step in a conversation.
    """

    outcome: str
    certainty: float
    routes: tuple[str, ...] = ()
    act: str | None = None
    soft: bool = False
    tags: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    rules: tuple[str, ...] = ()
    group: str | None = None
    place: str | None = field(default=None)
    language: str | None = None
    alone: Decision | None = None

    @property
    def is_danger(self) -> bool:
        return self.outcome in DANGER_OUTCOMES

    @property
    def is_certain(self) -> bool:
        """False where the model saw danger and no rule did."""
        return not self.is_danger or bool(self.rules)

    @property
    def intent(self) -> str:
        """The Rasa intent: the dialogue act where there is one, the outcome otherwise."""
        return self.act or self.outcome

    def by_itself(self, channel: str) -> Decision:
        """For one message outside a conversation: a note of the front desk is no step in one."""
        return self.alone or self if channel == "balie" else self

    def as_dict(self) -> dict:
        """Plain JSON values, for the tracker."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping) -> Decision:
        """The Decision that `as_dict` wrote."""
        known = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in values.items()
            if name in cls.__dataclass_fields__
        }
        known["reasons"] = tuple(Reason(**reason) for reason in values.get("reasons", ()))
        known["alone"] = cls.from_dict(values["alone"]) if values.get("alone") else None
        return cls(**known)
