"""The safety rules against their own examples."""

from __future__ import annotations

from dataclasses import dataclass

from bot.triage.safety_rules import Rule
from bot.triage.screen import Screen


@dataclass(frozen=True)
class CheckedRule:
    """One rule, and the examples on which it does not do what they say."""

    rule: Rule
    silent_on: tuple[str, ...]
    fires_on: tuple[str, ...]

    @property
    def faulty(self) -> bool:
        return bool(self.silent_on or self.fires_on)

    def as_dict(self) -> dict:
        """The rule in the report's JSON; `nagekekenDoor` is None until a clinician has signed."""
        return {
            "id": self.rule.id,
            "groep": self.rule.group,
            "actie": self.rule.action,
            "bronnen": list(self.rule.source),
            "nagekekenDoor": self.rule.reviewed_by or None,
            "nagekekenOp": self.rule.reviewed_on or None,
            "voorbeeldenWel": len(self.rule.must_fire),
            "voorbeeldenNiet": len(self.rule.must_not_fire),
            "fouten": [*self.silent_on, *self.fires_on],
        }


def check_rules(screen: Screen) -> list[CheckedRule]:
    """Every rule of the screen, put to its own examples."""
    return [check(rule, screen) for rule in screen.rules]


def check(rule: Rule, screen: Screen) -> CheckedRule:
    """Put the rule's own examples to the whole screen."""

    def fires(text: str) -> bool:
        return any(hit.rule_id == rule.id for hit in screen.check(text).hits)

    return CheckedRule(
        rule=rule,
        silent_on=tuple(text for text in rule.must_fire if not fires(text)),
        fires_on=tuple(text for text in rule.must_not_fire if fires(text)),
    )
