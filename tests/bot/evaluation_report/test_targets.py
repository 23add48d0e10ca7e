"""Targets are held against the figures of the files they speak of."""

from __future__ import annotations

from bot.evaluation_report.targets import target_outcomes
from bot.triage.evaluation import Answer, Case


def answer(expected: str, given: str, **case) -> Answer:
    return Answer(Case("x", "tekst", expected, **case), given, (), 1.0)


def outcomes(**answered) -> dict:
    played = {"gesprekken": {"n": 3, "geslaagd": 3}, "gesprekken_twee": {"n": 2, "geslaagd": 1}}
    rows = target_outcomes(answered, played)
    return {(row["bestanden"], row["doel"]): (row["cijfer"], row["bereikt"]) for row in rows}


def test_files_whose_names_begin_alike_count_together():
    found = outcomes(
        algemeen=[answer("sociaal", "sociaal")] * 3,
        algemeen_twee=[answer("medisch", "gemengd", forbidden=("gemengd",))],
        gevaar=[answer("spoed_112", "medisch")],
    )
    assert found["algemeen*", "right"] == (0.75, False)
    assert found["algemeen*", "forbidden answers"] == (0.25, False)
    assert found["*", "danger caught"] == (0.0, False)
    assert found["*", "false alarms"] == (0.0, True)
    assert found["gesprekken*", "conversations whole"] == (0.8, True)


def test_any_danger_outcome_on_a_municipal_question_counts():
    accepted = answer("buiten_bereik", "crisis_113", also_right=("crisis_113",))
    found = outcomes(gemeente=[accepted, answer("buiten_bereik", "buiten_bereik")])
    assert found["gemeente*", "out of scope"] == (1.0, True)
    assert found["gemeente*", "danger outcomes"] == (0.5, False)


def test_a_target_without_cases_is_not_reached():
    assert outcomes()["verhalend*", "right"] == (None, False)
