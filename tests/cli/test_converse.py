"""`converse`: play conversations and judge where they ended."""

from __future__ import annotations

import asyncio
import json

import pytest

from api.cli.conversation_cases import Case, CaseFileError, Played, faults, play, read_cases, shown
from api.cli.converse import in_words, play_all
from api.cli.main import main
from bot.turn import Turn
from tests.cli.fakes import FakeAssistant, initiative, message, triage_of

ASK_PLACE = Turn([message("In welke plaats?")], triage_of("sociaal", ["odensehuis"]))
HOUSE = Turn(
    [message("Ga eens kijken.", initiatieven=[initiative("Odensehuis Assen")])],
    triage_of("sociaal", ["odensehuis"], "Assen", initiatieven=[initiative("Odensehuis Assen")]),
)
CASE = Case("1", ("vergeetachtig", "Assen"), outcome="sociaal", route="odensehuis", place="assen")


def played(case: Case, *turns: Turn) -> Played:
    return asyncio.run(play(case, FakeAssistant(*turns)))


def test_a_conversation_that_ends_as_expected_has_no_faults():
    assert faults(CASE, played(CASE, ASK_PLACE, HOUSE)) == []


def test_every_turn_is_typed_and_the_conversation_forgotten():
    assistant = FakeAssistant(ASK_PLACE, HOUSE)
    asyncio.run(play(CASE, assistant))
    assert assistant.typed == ["vergeetachtig", "Assen"]
    assert len(assistant.forgotten) == 1


def test_a_turn_without_a_decision_keeps_the_one_before():
    thanks = Turn([message("Graag gedaan.")], None)
    case = Case("1", ("a", "b", "c"), outcome="sociaal", place="Assen")
    assert faults(case, played(case, ASK_PLACE, HOUSE, thanks)) == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"outcome": "medisch"}, "uitkomst is sociaal, verwacht medisch"),
        ({"route": "rouw"}, "route is odensehuis, verwacht rouw"),
        ({"place": "Meppel"}, "plaats is Assen, verwacht Meppel"),
        ({"must_name": ("Odensehuis Meppel",)}, "noemt nergens 'Odensehuis Meppel'"),
        ({"may_not": ("odensehuis",)}, "noemt 'odensehuis' in het laatste antwoord"),
    ],
)
def test_each_expectation_is_judged(changes, why):
    case = Case("1", ("a", "b"), **changes)
    assert faults(case, played(case, ASK_PLACE, HOUSE)) == [why]


def test_must_name_looks_at_every_answer_and_may_not_at_the_last_only():
    case = Case("1", ("a", "b"), must_name=("WELKE PLAATS", "odensehuis assen"), may_not=("welke plaats",))
    assert faults(case, played(case, ASK_PLACE, HOUSE)) == []


def test_the_greeting_is_no_answer():
    case = Case("1", ("a",), must_name=("112",))
    assert faults(case, played(case, HOUSE)) == ["noemt nergens '112'"]


def test_what_is_shown_holds_cards_numbers_and_buttons():
    line = {"naam": "113", "telefoon": "0800-0113", "url": None, "openingstijden": "altijd"}
    text = shown(
        message(
            "Tekst.",
            initiatieven=[initiative("De Huiskamer")],
            bel=[line],
            knoppen=[{"id": "ja", "tekst": "Ja graag"}],
        )
    )
    for part in ("Tekst.", "De Huiskamer", "0800-0113", "[Ja graag]"):
        assert part in text


def test_the_report_has_counts_and_a_readable_transcript():
    failing = Case("2", ("a",), outcome="medisch")
    outcome = asyncio.run(play_all([CASE, failing], FakeAssistant(ASK_PLACE, HOUSE, HOUSE)))
    assert (outcome["n"], outcome["geslaagd"]) == (2, 1)
    [failed] = outcome["gezakt"]
    assert failed["id"] == "2"
    assert "gebruiker: a" in failed["verloop"]
    assert "gebruiker: a" in in_words(outcome)
    assert in_words(outcome).endswith("1 van 2 gesprekken geslaagd")
    json.dumps(outcome)


def test_cases_are_read_as_the_contract_has_them(tmp_path):
    file = tmp_path / "cases.jsonl"
    fields = {
        "id": "g1",
        "kanaal": "balie",
        "beurten": ["hallo"],
        "verwacht": {"route_soort": "rouw", "moet_noemen": ["x"], "mag_niet": ["y"]},
    }
    file.write_text(json.dumps(fields) + "\n\n", encoding="utf-8")
    assert read_cases(file) == [
        Case("g1", ("hallo",), channel="balie", route="rouw", must_name=("x",), may_not=("y",))
    ]


@pytest.mark.parametrize(
    "line",
    [
        "geen json",
        "[]",
        '{"id": "a"}',
        '{"id": "a", "beurten": []}',
        '{"id": "a", "beurten": [1]}',
        '{"id": "a", "beurten": ["x"], "kanaal": "fax"}',
        '{"id": "a", "beurten": ["x"], "verwacht": []}',
    ],
)
def test_a_faulty_case_names_file_and_line(tmp_path, line, capsys):
    file = tmp_path / "cases.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(CaseFileError, match="cases.jsonl:1"):
        read_cases(file)
    assert main(["converse", str(file)]) == 2
