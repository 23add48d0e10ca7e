"""The metrics of `evaluate --json`, each worked out by hand on a few cases."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from bot.triage.evaluation import CaseFileError, metrics, read_cases, run, wrong

CASES = [
    {"id": "a", "tekst": "borst", "uitkomst": "spoed_112", "verboden": ["sociaal", "medisch"]},
    {"id": "b", "tekst": "dood", "uitkomst": "crisis_113", "verboden": ["sociaal"]},
    {"id": "c", "tekst": "alleen", "uitkomst": "sociaal", "routes": ["buddy", "rouw"], "plaats": "Ede"},
    {
        "id": "d",
        "tekst": "geheugen",
        "uitkomst": "sociaal",
        "ook_goed": ["gemengd"],
        "routes": ["odensehuis"],
    },
    {"id": "e", "tekst": "koorts", "uitkomst": "medisch", "ook_goed": ["huisarts_vandaag"]},
    {"id": "f", "tekst": "knie", "uitkomst": "medisch", "kanaal": "balie"},
]
GIVEN = {
    "borst": ("sociaal", ["buddy"]),
    "dood": ("spoed_112", []),
    "alleen": ("sociaal", ["rouw", "buddy"]),
    "geheugen": ("gemengd", ["buddy", "odensehuis"]),
    "koorts": ("huisarts_vandaag", []),
    "knie": ("spoed_112", []),
}


def write(path, cases):
    path.write_text(
        "\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n", encoding="utf-8"
    )
    return path


@pytest.fixture
def answers(tmp_path):
    def assess(text, place, channel):
        outcome, routes = GIVEN[text]
        return SimpleNamespace(outcome=outcome, routes=routes)

    return run(read_cases(write(tmp_path / "cases.jsonl", CASES)), assess)


def test_counts_right_and_forbidden(answers):
    result = metrics(answers)
    assert (result["n"], result["goed"], result["goedAandeel"]) == (6, 3, 0.5)
    assert (result["verboden"], result["verbodenAandeel"]) == (1, 0.1667)


def test_any_danger_answer_counts_as_caught(answers):
    result = metrics(answers)
    assert result["gevaarRecall"] == 0.5
    assert result["gevaarGemist"] == ["a"]


def test_allowed_danger_answer_is_no_false_alarm(answers):
    assert metrics(answers)["valsAlarm"] == 0.25


def test_first_route_counts(answers):
    assert metrics(answers)["routeTop1"] == 0.5


def test_per_outcome_and_confusion_compare_with_the_expected_outcome_alone(answers):
    result = metrics(answers)
    assert result["verwarring"]["sociaal"] == {"sociaal": 1, "gemengd": 1}
    assert result["perUitkomst"]["sociaal"] == {"n": 2, "recall": 0.5, "precisie": 0.5}
    assert result["perUitkomst"]["gemengd"] == {"n": 0, "recall": None, "precisie": 0.0}


def test_milliseconds_and_json(answers):
    result = metrics(answers)
    assert 0 <= result["ms"]["p50"] <= result["ms"]["p95"]
    json.dumps(result)


def test_lists_the_wrong_answers(answers):
    assert [answer.case.id for answer in wrong(answers)] == ["a", "b", "f"]


def test_place_and_channel_reach_the_assessor(tmp_path):
    seen = []

    def assess(text, place, channel):
        seen.append((place, channel))
        return SimpleNamespace(outcome="medisch", routes=())

    run(read_cases(write(tmp_path / "cases.jsonl", CASES)), assess)
    assert seen[2] == ("Ede", "bewoner")
    assert seen[5] == (None, "balie")


def test_shares_without_cases_are_none():
    result = metrics([])
    assert result["n"] == 0
    assert result["goedAandeel"] is result["gevaarRecall"] is result["routeTop1"] is None


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "no valid JSON"),
        ("[]", "one JSON object"),
        ('{"id": "x", "tekst": "t"}', "'uitkomst' is missing"),
        ('{"id": "x", "tekst": " ", "uitkomst": "mens"}', "'tekst' is missing"),
        ('{"id": "x", "tekst": "t", "uitkomst": "spoed"}', "'uitkomst' holds 'spoed'"),
        ('{"id": "x", "tekst": "t", "uitkomst": "mens", "kanaal": "fax"}', "'kanaal' holds 'fax'"),
        ('{"id": "x", "tekst": "t", "uitkomst": "mens", "routes": "rouw"}', "'routes' must be a list"),
        ('{"id": "x", "tekst": "t", "uitkomst": "mens", "verboden": ["x"]}', "'verboden' holds 'x'"),
        ('{"id": "a", "tekst": "t", "uitkomst": "mens"}', "id 'a' is used before"),
    ],
)
def test_faulty_lines_are_named_by_file_and_line(tmp_path, line, complaint):
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "a", "tekst": "t", "uitkomst": "mens"}\n\n' + line + "\n", encoding="utf-8")
    with pytest.raises(CaseFileError) as error:
        read_cases(path)
    assert "cases.jsonl:3" in str(error.value)
    assert complaint in str(error.value)
