"""`ask`: one message, one answer."""

from __future__ import annotations

import json

import pytest

from actions.sentences import say
from api.cli.ask import in_words
from api.cli.main import main
from bot.triage.types import OUTCOMES
from tests.cli.fakes import FakeAssessor, initiative, triage_of


@pytest.fixture(autouse=True)
def fake_assessor(monkeypatch):
    monkeypatch.setattr("api.cli.ask.open_assessor", FakeAssessor)


def test_json_is_the_triage_object(capsys):
    assert main(["ask", "eenzaam", "--plaats", "Ede", "--kanaal", "balie", "--json"]) == 0
    triage = json.loads(capsys.readouterr().out)
    assert triage["uitkomst"] == "sociaal"
    assert triage["plaats"]["naam"] == "Ede"
    assert triage["antwoord"] == "balie: eenzaam"


def test_the_readable_answer_starts_with_what_it_is(capsys):
    assert main(["ask", "ik krijg geen adem"]) == 0
    assert capsys.readouterr().out.startswith("Dit kan levensgevaar zijn: bel 112.")


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 2001])
def test_nothing_or_too_much_is_refused(text, capsys):
    assert main(["ask", text]) == 2
    assert "1 tot 2000 tekens" in capsys.readouterr().err


def test_every_outcome_has_words():
    assert all(say(f"uitkomst.{outcome}") for outcome in OUTCOMES)


def test_places_and_numbers_that_the_answer_does_not_name_follow_it():
    number = {"naam": "MIND Korrelatie", "telefoon": "0900 1450", "url": None, "openingstijden": None}
    triage = triage_of(
        "sociaal",
        antwoord="Kijk eens bij het Odensehuis.",
        initiatieven=[initiative("Odensehuis"), initiative("De Huiskamer")],
        bel=[number],
    )
    text = in_words(triage)
    assert "De Huiskamer (Assen)" in text
    assert "- Odensehuis" not in text
    assert "- MIND Korrelatie: 0900 1450" in text
