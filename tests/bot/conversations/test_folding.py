"""A folded conversation answers as the whole one does, and a long one costs what a short one costs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from api.cli.conversation_cases import read_cases
from bot.conversations import store as stores
from bot.conversations.folding import KEPT_TURNS, MOST_TURNS, fold, said_in
from bot.conversations.in_memory import InMemoryConversations

EXAM = Path(__file__).parents[3] / "data" / "exam"
TURNS_OF_A_TALK = 12


def tracker_of(turns: int) -> DialogueStateTracker:
    tracker = DialogueStateTracker("a", [AnySlot("plaats", []), AnySlot("routes", [])])
    for number in range(turns):
        for event in (
            ActionExecuted("action_listen"),
            UserUttered(f"bericht {number}"),
            SlotSet("plaats", f"plaats {number}"),
            BotUttered(f"antwoord {number}", {"buttons": [{"title": "x", "payload": f"/x{number}"}]}),
        ):
            tracker.update(event)
    return tracker


def test_a_short_conversation_stays_as_it_is():
    tracker = tracker_of(MOST_TURNS)
    assert fold(tracker) == (tracker, [])


def test_a_long_one_keeps_its_state_and_what_was_said_goes_apart():
    whole = tracker_of(MOST_TURNS + 1)
    folded, earlier = fold(whole)
    said = [event.text for event in folded.events if isinstance(event, UserUttered)]
    assert said == [f"bericht {number}" for number in range(MOST_TURNS + 1 - KEPT_TURNS, MOST_TURNS + 1)]
    assert folded.current_slot_values() == whole.current_slot_values()
    texts = [event.text for event in earlier]
    assert texts[:2] == ["bericht 0", "antwoord 0"] and texts[-1] == f"antwoord {MOST_TURNS - KEPT_TURNS}"


def test_of_what_was_said_the_words_and_the_buttons_stay_and_not_how_it_was_understood():
    understood = {
        "text": "hoi",
        "intent": {"name": "groeten", "confidence": 1.0},
        "decision": {"reasons": ["x" * 999]},
    }
    buttons = [{"title": "Ja", "payload": "/ja"}]
    data = {"buttons": buttons, "custom": {"initiatieven": ["x" * 999]}}
    said = said_in(
        [
            UserUttered("hoi", understood["intent"], parse_data=understood, timestamp=1.0),
            BotUttered("Dag!", data, {"utter_action": "utter_begroeting", "custom": "x"}, timestamp=2.0),
        ]
    )
    assert [(one.text, one.timestamp) for one in said] == [("hoi", 1.0), ("Dag!", 2.0)]
    assert said[0].intent["name"] == "groeten" and said[1].data["buttons"] == buttons
    assert said[1].metadata["utter_action"] == "utter_begroeting"
    assert "xxx" not in str([one.as_dict() for one in said])


def test_two_hundred_turns_leave_no_more_events_than_ten():
    tracker, most = tracker_of(0), 0
    for _ in range(200):
        for event in tracker_of(1).events:
            tracker.update(event)
        tracker, _ = fold(tracker)
        most = max(most, len(tracker.events))
    assert most <= 4 * (MOST_TURNS + 1)


def test_what_was_said_is_kept_for_a_human_up_to_a_limit():
    async def talk() -> tuple[int, list]:
        store = InMemoryConversations(None, ttl=60)
        tracker = tracker_of(0)
        for _ in range(stores.MOST_EARLIER):
            for event in tracker_of(1).events:
                tracker.update(event)
            await store.save(tracker)
            tracker = await store.retrieve("a")
        return len(tracker.events), await store.earlier("a")

    events, earlier = asyncio.run(talk())
    assert events <= 4 * (MOST_TURNS + 1) and len(earlier) == stores.MOST_EARLIER


def long_talks() -> list[list[str]]:
    """The conversations of the exam one after the other, as one person with many questions."""
    cases = [case for file in sorted(EXAM.glob("gesprekken*.jsonl")) for case in read_cases(file)]
    texts = [text for case in cases if case.channel == "bewoner" for text in case.turns]
    return [texts[start : start + TURNS_OF_A_TALK] for start in range(0, len(texts), TURNS_OF_A_TALK)]


@pytest.mark.model
def test_folding_changes_no_answer(assistant, event_loop_of_session, monkeypatch):
    """Also where only the newest turn stays, in the middle of forms and check questions."""
    run = event_loop_of_session.run_until_complete

    async def answers(talk: list[str]) -> list[str]:
        await assistant.start("gevouwen", None, "bewoner")
        said = [(await assistant.say("gevouwen", text)).messages for text in talk]
        await assistant.forget("gevouwen")
        return said

    for talk in long_talks()[::3]:
        heard = []
        for kept, most in ((1, 1), (len(talk), 2 * len(talk))):
            monkeypatch.setattr(
                stores, "fold", lambda tracker, kept=kept, most=most: fold(tracker, kept, most)
            )
            heard.append(run(answers(talk)))
        assert heard[0] == heard[1]


@pytest.mark.model
def test_a_button_and_the_talk_of_long_ago_are_still_there(assistant, event_loop_of_session):
    run = event_loop_of_session.run_until_complete
    opening = run(assistant.start("lang", None, "bewoner"))
    choice = opening.messages[-1]["knoppen"][0]["id"]
    for number in range(MOST_TURNS + 5):
        run(assistant.say("lang", f"ik voel me alleen, keer {number}"))
    assert run(assistant.choose("lang", choice)).messages
    typed = [line["tekst"] for line in run(assistant.transcript("lang")) if line["van"] == "bewoner"]
    assert typed[0].endswith("keer 0") and len(typed) == MOST_TURNS + 6
    run(assistant.forget("lang"))
    assert not run(assistant._engine.earlier("lang"))
