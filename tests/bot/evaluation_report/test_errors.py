"""Which errors are shown, and in which order."""

from __future__ import annotations

from bot.evaluation_report.errors import LONGEST_TEXT, instructive_errors
from bot.triage.evaluation import Answer, Case

SURE = {"a": 0.9, "b": 0.3, "c": 0.6, "d": 0.8, "e": 0.7, "f": 0.5}


def answer(name: str, expected: str, given: str, text: str = "tekst", **case) -> Answer:
    return Answer(Case(name, text, expected, **case), given, (), 1.0)


def shown(*answers: Answer) -> list[str]:
    return [one["id"] for one in instructive_errors(answers, lambda case: SURE.get(case.id, 0.1))]


def test_missed_danger_goes_first_then_forbidden_answers_then_the_surest():
    assert shown(
        answer("a", "sociaal", "medisch"),
        answer("b", "crisis_113", "sociaal", forbidden=("sociaal",)),
        answer("c", "sociaal", "spoed_112", forbidden=("spoed_112",)),
        answer("d", "sociaal", "gemengd"),
        answer("right", "sociaal", "sociaal"),
        answer("right too", "sociaal", "mens", also_right=("mens",)),
    ) == ["b", "c", "a", "d"]


def test_one_danger_for_another_is_no_missed_danger():
    assert shown(answer("a", "huisarts_vandaag", "spoed_112"), answer("b", "onveilig", "buiten_bereik")) == [
        "b",
        "a",
    ]


def test_a_pair_stands_three_times_with_the_surest():
    assert shown(*(answer(name, "sociaal", "medisch") for name in "abcdef")) == ["a", "d", "e"]


def test_no_kind_takes_the_places_of_another():
    expected = ("spoed_112", "crisis_113", "onveilig", "huisarts_vandaag")
    given = ("medisch", "sociaal", "gemengd", "buiten_bereik")
    missed = [
        answer(f"{one}-{other}-{number}", one, other)
        for one in expected
        for other in given
        for number in range(3)
    ]
    found = shown(*missed, answer("a", "sociaal", "mens"), answer("b", "medisch", "mens"))
    assert len(found) == 30 and found[-2:] == ["a", "b"]


def test_a_long_text_is_cut_and_lines_are_joined():
    [one] = instructive_errors([answer("a", "sociaal", "mens", "woord\n" * 100)], lambda case: 0.5)
    assert len(one["tekst"]) <= LONGEST_TEXT
    assert one["tekst"].startswith("woord woord") and one["tekst"].endswith("…")
    assert (one["zekerheid"], one["soort"]) == (0.5, "sure")
