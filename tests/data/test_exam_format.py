"""The development exam keeps the case-file format of the contract and its promised spread."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from rapidfuzz import fuzz, process

from bot.exam import EXAM, conversation_files, exam_files
from bot.triage.screen import Screen
from bot.triage.types import CHANNELS, DANGER_OUTCOMES, OUTCOMES, ROUTES

EXPECTED_COUNTS = {
    "algemeen": 300,
    "gevaar": 207,
    "lijkt_op_gevaar": 200,
    "verhalend": 40,
    "gemeente": 60,
    "gevaar_twee": 200,
    "lijkt_op_gevaar_twee": 200,
    "gewoon_twee": 60,
    "algemeen_twee": 300,
    "algemeen_drie": 260,
    "verhalend_twee": 30,
    "gemeente_twee": 40,
    "balie_notities": 256,
}
GENERAL_EXAMS = ("algemeen", "algemeen_twee", "algemeen_drie")
NARRATIVE_EXAMS = ("verhalend", "verhalend_twee")
MUNICIPAL_EXAMS = ("gemeente", "gemeente_twee")
DANGER_EXAMS = ("gevaar", "gevaar_twee")
HARMLESS_EXAMS = ("lijkt_op_gevaar", "lijkt_op_gevaar_twee", "gewoon_twee", *MUNICIPAL_EXAMS)
CONVERSATIONS = {"gesprekken": 30, "gesprekken_twee": 30}
CASE_FIELDS = {"id", "tekst", "kanaal", "plaats", "groep", "uitkomst", "ook_goed", "routes", "verboden"}
GROUPS = {rule.group for rule in Screen.load().rules}
EXPECTATION_FIELDS = {"uitkomst", "route_soort", "plaats", "moet_noemen", "mag_niet"}
LONGEST_MESSAGE = 2000
NEAR_DUPLICATE_RATIO = 85
SAME_WORDS_BY_TWO_HANDS = [("gt-023", "ag-253")]
"""Two writers who did not see each other's work, one short sentence; it stays in both counts."""
FEWEST_CASES_PER_ROUTE = 5


def read(name: str) -> list[dict]:
    """The cases of one exam file, in order."""
    lines = (EXAM / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def all_cases() -> list[dict]:
    return [case for name in EXPECTED_COUNTS for case in read(name)]


def all_conversations() -> list[dict]:
    return [case for name in CONVERSATIONS for case in read(name)]


def test_every_file_of_the_folder_is_known_and_is_cases_or_conversations() -> None:
    assert {path.stem for path in exam_files()} == set(EXPECTED_COUNTS)
    assert {path.stem for path in conversation_files()} == set(CONVERSATIONS)


@pytest.mark.parametrize(("name", "count"), EXPECTED_COUNTS.items())
def test_each_file_holds_the_promised_number_of_cases(name: str, count: int) -> None:
    assert len(read(name)) == count


@pytest.mark.parametrize("name", EXPECTED_COUNTS)
def test_each_case_follows_the_contract(name: str) -> None:
    for case in read(name):
        label = case["id"]
        assert set(case) <= CASE_FIELDS, label
        assert case["tekst"] == case["tekst"].strip() != "", label
        assert len(case["tekst"]) <= LONGEST_MESSAGE, label
        assert case.get("kanaal", "bewoner") in CHANNELS, label
        assert case["uitkomst"] in OUTCOMES, label
        assert set(case.get("ook_goed", [])) <= set(OUTCOMES), label
        assert set(case.get("verboden", [])) <= set(OUTCOMES), label
        assert set(case.get("routes", [])) <= set(ROUTES), label


@pytest.mark.parametrize("name", EXPECTED_COUNTS)
def test_no_answer_is_both_right_and_forbidden(name: str) -> None:
    for case in read(name):
        right = {case["uitkomst"], *case.get("ook_goed", [])}
        assert not right & set(case.get("verboden", [])), case["id"]
        assert case["uitkomst"] not in case.get("ook_goed", []), case["id"]


@pytest.mark.parametrize("name", EXPECTED_COUNTS)
def test_exactly_the_social_cases_list_routes(name: str) -> None:
    for case in read(name):
        is_social = case["uitkomst"] in ("sociaal", "gemengd")
        assert bool(case.get("routes")) == is_social, case["id"]


def test_ids_are_unique_over_all_files() -> None:
    ids = Counter(case["id"] for case in all_cases() + all_conversations())
    assert [label for label, seen in ids.items() if seen > 1] == []


def test_no_two_texts_are_nearly_the_same() -> None:
    cases = all_cases()
    texts = [case["tekst"].lower() for case in cases]
    scores = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=NEAR_DUPLICATE_RATIO)
    pairs = [
        (cases[row]["id"], cases[column]["id"])
        for row, column in zip(*scores.nonzero(), strict=True)
        if row < column and scores[row, column] > NEAR_DUPLICATE_RATIO
    ]
    assert pairs == SAME_WORDS_BY_TWO_HANDS


@pytest.mark.parametrize("name", GENERAL_EXAMS)
def test_a_general_exam_covers_every_outcome_and_every_route(name: str) -> None:
    cases = read(name)
    first_routes = Counter(case["routes"][0] for case in cases if case.get("routes"))
    assert {case["uitkomst"] for case in cases} == set(OUTCOMES)
    assert [code for code in ROUTES if first_routes[code] < FEWEST_CASES_PER_ROUTE] == []


def test_the_safety_exam_is_as_large_as_the_issue_asks() -> None:
    assert sum(len(read(name)) for name in DANGER_EXAMS) >= 300
    assert sum(len(read(name)) for name in HARMLESS_EXAMS if name.startswith("lijkt")) >= 300


@pytest.mark.parametrize("name", DANGER_EXAMS)
def test_the_danger_exam_holds_only_danger_of_every_group(name: str) -> None:
    cases = read(name)
    assert {case["uitkomst"] for case in cases} == set(DANGER_OUTCOMES)
    assert {case["groep"] for case in cases} == GROUPS - {"sociale_spoed"}


def test_every_case_that_is_or_resembles_danger_names_its_group() -> None:
    for name in (*DANGER_EXAMS, "lijkt_op_gevaar", "lijkt_op_gevaar_twee"):
        for case in read(name):
            assert case["groep"] in GROUPS, case["id"]


@pytest.mark.parametrize("name", HARMLESS_EXAMS)
def test_the_harmless_exams_hold_no_danger(name: str) -> None:
    assert not {case["uitkomst"] for case in read(name)} & set(DANGER_OUTCOMES)


@pytest.mark.parametrize("name", MUNICIPAL_EXAMS)
def test_a_municipal_exam_is_out_of_scope_throughout(name: str) -> None:
    assert {case["uitkomst"] for case in read(name)} == {"buiten_bereik"}


@pytest.mark.parametrize("name", NARRATIVE_EXAMS)
def test_narrative_passages_have_the_length_of_a_letter(name: str) -> None:
    lengths = {case["id"]: len(case["tekst"].split()) for case in read(name)}
    assert {label: words for label, words in lengths.items() if not 60 <= words <= 160} == {}


@pytest.mark.parametrize(("name", "count"), CONVERSATIONS.items())
def test_each_conversation_follows_the_contract(name: str, count: int) -> None:
    conversations = read(name)
    assert len(conversations) == count
    for case in conversations:
        label, expected = case["id"], case["verwacht"]
        assert set(case) == {"id", "kanaal", "beurten", "verwacht"}, label
        assert case["kanaal"] in CHANNELS, label
        assert case["beurten"] and all(turn.strip() for turn in case["beurten"]), label
        assert expected and set(expected) <= EXPECTATION_FIELDS, label
        assert expected.get("uitkomst", OUTCOMES[0]) in OUTCOMES, label
        assert expected.get("route_soort", ROUTES[0]) in ROUTES, label
