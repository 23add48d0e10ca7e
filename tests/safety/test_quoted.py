"""Every sentence quoted in the red-flag list gets an outcome that the list allows, capitals or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from operator import itemgetter
from pathlib import Path

import pytest
from sociale_kaart.files import read_yaml

from actions.danger_answers import DangerAnswers
from actions.responses import Responses
from bot.triage.decide import decide
from bot.triage.decision import Decision
from bot.triage.screen import Screen
from bot.triage.types import RULE_ACTIONS, SOCIAL_EMERGENCY, Prediction
from tests.cases import together

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


by_section = partial(together, CASES, group=itemgetter("section"), name=name)


def known_to_the_rules(case: dict) -> str | None:
    return case.get("known")


def known_to_the_model(case: dict) -> str | None:
    return case.get("known_decision") or case.get("known")


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


@pytest.mark.parametrize("written", [str, str.upper, str.lower], ids=["as typed", "capitals", "no capitals"])
@pytest.mark.parametrize("cases", by_section(known=known_to_the_rules))
def test_rules(cases: list[dict], written: Callable[[str], str]) -> None:
    assert [name(case) for case in cases if not rules_allow(case, written(case["text"]))] == []


@pytest.mark.parametrize("case", [case for case in CASES if "names" in case], ids=name)
def test_fixed_answer_names_every_number(case: dict) -> None:
    text = fixed_answer(decide(Screen.load().check(case["text"]), Prediction()))
    assert [wanted for wanted in case["names"] if wanted not in text] == []


@pytest.mark.model
@pytest.mark.parametrize("cases", by_section(known=known_to_the_model, strict=False))
def test_decision(cases: list[dict], assessor) -> None:
    """Rules and model together: the answer, or the line beside it, is one that the list allows."""
    wrong = [name(case) for case in cases if not decision_allowed(case, assessor.assess(case["text"]))]
    assert wrong == []
