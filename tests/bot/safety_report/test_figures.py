"""Shares with their intervals, and the rows of the report."""

from __future__ import annotations

import pytest

from bot.safety_report.figures import exam_figures, share
from bot.triage.evaluation import Answer, Case


def answer(case_id: str, expected: str, given: str, group: str | None = None, **case) -> Answer:
    return Answer(Case(case_id, "tekst", expected, group=group, **case), given, (), 1.0)


def test_a_share_has_its_wilson_interval():
    nine_of_ten = share(9, 10)
    assert nine_of_ten["aandeel"] == 0.9
    assert (nine_of_ten["van95"], nine_of_ten["tot95"]) == pytest.approx((0.596, 0.982), abs=0.001)
    assert share(0, 0) is None


def test_figures_tell_caught_right_and_alarms_apart():
    figures = exam_figures(
        {
            "deel": [
                answer("a", "spoed_112", "spoed_112", "hart"),
                answer("b", "spoed_112", "huisarts_vandaag", "hart"),
                answer("c", "crisis_113", "sociaal", "suicidaliteit"),
                answer("d", "sociaal", "crisis_113", "suicidaliteit"),
                answer("e", "sociaal", "crisis_113", "suicidaliteit", also_right=("crisis_113",)),
                answer("f", "medisch", "medisch", "hart"),
            ]
        }
    )
    assert figures["totaal"]["herkend"]["aantal"] == 2 and figures["totaal"]["herkend"]["van"] == 3
    assert figures["totaal"]["juisteUitkomst"]["aantal"] == 1
    assert figures["totaal"]["valsAlarm"]["aantal"] == 1 and figures["totaal"]["valsAlarm"]["van"] == 3
    assert figures["perGroep"]["hart"]["herkend"]["aandeel"] == 1.0
    assert figures["gemist"] == ["c"] and figures["valsAlarm"] == ["d"]
    assert figures["perUitkomst"]["onveilig"]["herkend"] is None
