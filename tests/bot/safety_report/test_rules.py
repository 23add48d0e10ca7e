"""A rule is checked against its own examples."""

from __future__ import annotations

from dataclasses import dataclass

from bot.safety_report.rules import check
from bot.triage.types import RuleHit, Screening


@dataclass
class FakeRule:
    id: str = "adem.geen"
    must_fire: tuple = ("geen adem", "stik")
    must_not_fire: tuple = ("ademhalingsoefening",)


class FakeScreen:
    """Fires on every text with 'adem'."""

    def check(self, text: str) -> Screening:
        hit = RuleHit("adem.geen", "spoed_112", "adem", "adem", 0, 4)
        return Screening((hit,) if "adem" in text else ())


def test_examples_that_go_wrong_are_named():
    checked = check(FakeRule(), FakeScreen())
    assert checked.silent_on == ("stik",)
    assert checked.fires_on == ("ademhalingsoefening",)
    assert checked.faulty
