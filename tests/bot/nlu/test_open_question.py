"""The question that is open: what the buttons of the last answer asked about."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.open_question import QUESTION, readings_asked

BUTTONS = [
    {"title": "Steun na een verlies", "payload": '/kies_route{"route": "rouw"}'},
    {"title": "Een vraag voor de huisarts", "payload": "/medisch"},
    {"title": "Ik wil een mens spreken", "payload": "/mens"},
]


def question(name=QUESTION):
    return BotUttered("Gaat het om ...?", {"buttons": BUTTONS}, metadata={"utter_action": name})


@pytest.mark.parametrize(
    ("events", "asked"),
    [
        ([question()], ("rouw", "medisch")),
        ([question(), SlotSet("misverstaan", 1)], ("rouw", "medisch")),
        ([question(), UserUttered("de eerste"), BotUttered("In welke plaats?")], ()),
        ([question("utter_begroeting")], ()),
        ([], ()),
    ],
    ids=["open", "after a slot", "answered", "other buttons", "nothing said"],
)
def test_readings_of_the_open_question(events, asked):
    assert readings_asked(DialogueStateTracker.from_events("s", events)) == asked


def test_without_a_conversation_nothing_was_asked():
    assert readings_asked(None) == ()
