"""The fixed texts: chosen by channel, filled in, and fit for the people who read them."""

from __future__ import annotations

import re

import pytest

from actions.responses import Responses, tidy

RESPONSES = Responses.load()
ASKED_OF_SOMEBODY_ELSE = "denk je aan zelfmoord?"


def test_a_text_is_chosen_by_channel_and_filled_in():
    responses = Responses(
        {
            "utter_dag": [
                {"text": "balie {naam}", "condition": [{"type": "slot", "name": "kanaal", "value": "balie"}]},
                {"text": "dag {naam}"},
            ]
        }
    )
    assert responses.text("utter_dag", "balie", naam="Zeist") == "balie Zeist"
    assert responses.text("utter_dag", "bewoner", naam="Zeist") == "dag Zeist"


def test_an_empty_value_leaves_no_gap():
    assert tidy("een \n\n\n\n twee  drie \n") == "een\n\ntwee drie"


def test_an_unknown_response_is_an_error():
    with pytest.raises(KeyError):
        RESPONSES.text("utter_bestaat_niet")


DUTCH = sorted(name for name in RESPONSES.names() if not re.match(r"utter_(taal|nummers)_", name))


@pytest.mark.parametrize("name", DUTCH)
def test_residents_are_addressed_with_u_and_never_reassured(name):
    text = RESPONSES.text(name).replace(ASKED_OF_SOMEBODY_ELSE, "")
    assert not re.search(r"\b(je|jij|jou|jouw)\b", text, re.IGNORECASE)
    assert not re.search(r"maak u geen zorgen|kan geen kwaad|niets ernstigs|triage", text, re.IGNORECASE)


def test_the_greeting_says_it_is_a_computer_and_shows_both_numbers():
    text = RESPONSES.text("utter_begroeting")
    assert all(word in text for word in ("computer", "112", "113"))
