"""Every sentence quoted in the red-flag list gets an outcome that the list allows, capitals or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sociale_kaart.files import read_yaml

from actions.danger_answers import DangerAnswers
from actions.responses import Responses
from bot.triage.decide import decide
from bot.triage.decision import Decision
from bot.triage.screen import Screen
from bot.triage.types import RULE_ACTIONS, SOCIAL_EMERGENCY, Prediction

FOLDER = Path(__file__).parent / "quoted"
FIELDS = {
    "text", "outcomes", "soft_ok", "names", "variant", "quote", "note", "known", "known_decision",
}  # fmt: skip
VARIANTS = {"typo", "abbreviation", "English"}
SENTENCES_IN_TEST_TABLE = 25
NO_FLAG = "geen"


def read_cases() -> Iterator[dict]:
    for file in sorted(FOLDER.glob("*.yml")):
        for section, cases in read_yaml(file).items():
            for case in cases:
                yield {"section": section, **case}


def name(case: dict) -> str:
    return f"{case['section']}: {case['text']}"


CASES = list(read_cases())


def with_known_failures(cases: list[dict]) -> list:
    """The cases; those that the rules are known to fail must fail, or the mark goes."""
    return [
        pytest.param(
            case,
            id=name(case),
            marks=[pytest.mark.xfail(reason=case["known"], strict=True)] if "known" in case else [],
        )
        for case in cases
    ]


def with_known_failures_of_the_model(cases: list[dict]) -> list:
    """The cases; a newly trained model may pass where this one fails."""
    reasons = [case.get("known_decision") or case.get("known") for case in cases]
    return [
        pytest.param(
            case, id=name(case), marks=[pytest.mark.xfail(reason=reason, strict=False)] if reason else []
        )
        for case, reason in zip(cases, reasons, strict=True)
    ]


def allows(case: dict, outcome: str, soft: bool) -> bool:
    """Whether this flag is right for the case; a soft one only asks, or only shows the number."""
    return outcome in case["outcomes"] and (case.get("soft_ok", False) or not soft)


def rules_allow(case: dict, text: str) -> bool:
    hits = Screen.load().check(text).hits
    return allows(case, hits[0].action, hits[0].soft) if hits else NO_FLAG in case["outcomes"]


def decision_allowed(case: dict, decision: Decision) -> bool:
    if decision.is_danger:
        return allows(case, decision.outcome, decision.soft)
    flags = {notice: notice != SOCIAL_EMERGENCY for notice in decision.notices}
    if NO_FLAG in case["outcomes"]:
        return all(allows(case, notice, soft) for notice, soft in flags.items())
    return any(allows(case, notice, soft) for notice, soft in flags.items())


def fixed_answer(decision: Decision) -> str:
    answers = DangerAnswers.load()
    if decision.is_danger:
        answer = answers.choose(decision.outcome, decision.tags, decision.notices, soft=decision.soft)
    else:
        answer = answers.line(decision.notices[0])
    return Responses.load().text(answer.response)


def test_every_case_is_well_formed() -> None:
    for case in CASES:
        assert set(case) - {"section"} <= FIELDS, name(case)
        assert case["outcomes"], name(case)
        assert set(case["outcomes"]) <= {NO_FLAG, *RULE_ACTIONS}, name(case)
        assert case.get("variant", "typo") in VARIANTS, name(case)


@pytest.mark.parametrize("number", range(1, SENTENCES_IN_TEST_TABLE + 1))
def test_every_sentence_of_the_test_table_has_every_variant(number: int) -> None:
    variants = {case.get("variant", "as it stands") for case in CASES if case["section"] == f"9.{number}"}
    assert variants == {"as it stands", *VARIANTS}


@pytest.mark.parametrize("case", with_known_failures(CASES))
def test_rules(case: dict) -> None:
    assert rules_allow(case, case["text"])


@pytest.mark.parametrize("case", with_known_failures(CASES))
def test_rules_with_and_without_capitals(case: dict) -> None:
    assert rules_allow(case, case["text"].upper())
    assert rules_allow(case, case["text"].lower())


@pytest.mark.parametrize("case", [case for case in CASES if "names" in case], ids=name)
def test_fixed_answer_names_every_number(case: dict) -> None:
    text = fixed_answer(decide(Screen.load().check(case["text"]), Prediction()))
    assert [wanted for wanted in case["names"] if wanted not in text] == []


@pytest.mark.model
@pytest.mark.parametrize("case", with_known_failures_of_the_model(CASES))
def test_decision(case: dict, assessor) -> None:
    """Rules and model together: the answer, or the line beside it, is one that the list allows."""
    assert decision_allowed(case, assessor.assess(case["text"]))
