"""`safety-report`: a rule that does not do what its examples say is a fault."""

from __future__ import annotations

from dataclasses import dataclass

from api.cli.safety_report import Row, check, in_words
from bot.triage.types import RuleHit, Screening


@dataclass
class FakeRule:
    id: str = "adem.geen"
    action: str = "spoed_112"
    must_fire: tuple = ("geen adem", "stik")
    must_not_fire: tuple = ("ademhalingsoefening",)
    reviewed_by: str = ""


class FakeScreen:
    """Fires on every text with 'adem'."""

    def check(self, text: str) -> Screening:
        hit = RuleHit("adem.geen", "spoed_112", "adem", "adem", 0, 4)
        return Screening((hit,) if "adem" in text else ())


def test_examples_that_go_wrong_are_named():
    row = check(FakeRule(), FakeScreen())
    assert row.silent_on == ("stik",)
    assert row.fires_on == ("ademhalingsoefening",)
    assert row.faulty


def test_the_report_counts_and_says_that_no_expert_looked():
    rule = FakeRule()
    text = "\n".join(in_words([Row(rule, (), ()), Row(rule, ("stik",), ())], "abc"))
    assert "2 regels (spoed_112 2)" in text
    assert "6 voorbeelden, waarvan 1 niet zoals bedoeld" in text
    assert "slaat niet aan op: stik" in text
    assert "0 regels nagekeken door een deskundige" in text
