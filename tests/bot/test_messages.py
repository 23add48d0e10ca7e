"""Between Rasa's output and the contract; typed text can never be an instruction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.messages import as_messages, offered, offered_now
from bot.payload import button_id
from bot.rest_channel import as_rest
from bot.turn import Turn
from bot.typed_text import harmless

BUTTON = {"title": "Nog een andere plek", "payload": "/andere_optie"}
ROUTE_BUTTON = {"title": "Rouw", "payload": '/kies_route{"route": "rouw"}'}


@pytest.mark.parametrize("text", ["/spoed_112", "  //mens", "\u200b/opnieuw", "\n/ /restart", "/"])
def test_a_leading_slash_is_taken_off(text):
    assert not harmless(text).lstrip().startswith("/")


@given(st.text(max_size=80))
def test_no_text_at_all_reaches_rasa_as_an_intent_or_empty(text):
    assert harmless(text).strip() and not harmless(text).strip().startswith("/")


def test_a_slash_inside_stays():
    assert harmless("en/of iets") == "en/of iets"


def test_a_button_has_a_readable_id():
    assert (button_id(BUTTON["payload"]), button_id(ROUTE_BUTTON["payload"])) == (
        "andere_optie",
        "kies_route:rouw",
    )


def test_cards_and_numbers_belong_to_the_text_before_them():
    [first, second] = as_messages(
        [
            {"text": "Dit vond ik:", "buttons": [BUTTON]},
            {"custom": {"initiatieven": [{"id": "x"}], "bel": [{"naam": "112"}]}},
            {"text": "Nog iets"},
        ]
    )
    assert first["initiatieven"] == [{"id": "x"}] and first["bel"] == [{"naam": "112"}]
    assert first["knoppen"] == [{"id": "andere_optie", "tekst": "Nog een andere plek"}]
    assert second["initiatieven"] == []


def test_a_rest_client_gets_ids_as_payloads_never_intents():
    messages = as_messages([{"text": "Kies:", "buttons": [ROUTE_BUTTON]}])
    [answer] = as_rest("klant", Turn(messages))
    assert answer["buttons"] == [{"title": "Rouw", "payload": "kies_route:rouw"}]
    assert answer["recipient_id"] == "klant"


def test_a_danger_answer_says_so_on_its_first_message_and_another_does_not():
    flag = {"groep": "hart", "actie": "spoed_112", "tekst": "Bel 112.", "bel": []}
    messages = as_messages([{"text": "Bel 112."}, {"text": "Ik ben een computer."}])
    first, second = as_rest("klant", Turn(messages, {"uitkomst": "spoed_112"}, red_flag=flag))
    assert first["custom"]["rode_vlag"] == flag and "triage" not in first["custom"]
    assert "rode_vlag" not in second["custom"]
    [only] = as_rest("klant", Turn(messages[:1], {"uitkomst": "sociaal"}))
    assert "rode_vlag" not in only["custom"]


def talk(*events) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("x", [ActionExecuted("action_listen"), *events])


def test_an_offered_button_is_found_by_id_in_the_whole_talk():
    tracker = talk(BotUttered("a", {"buttons": [ROUTE_BUTTON]}), UserUttered("ja"), BotUttered("b"))
    assert offered(tracker.events, "kies_route:rouw") == ROUTE_BUTTON["payload"]


def test_a_button_is_found_by_its_title_only_in_the_last_answer():
    earlier = talk(BotUttered("a", {"buttons": [BUTTON]}), UserUttered("ja"), BotUttered("b"))
    assert offered_now(earlier, "nog een andere plek") is None
    last = talk(BotUttered("a", {"buttons": [BUTTON]}))
    assert offered_now(last, "nog een andere plek.") == BUTTON["payload"]


def test_a_response_that_was_never_shown_offers_nothing():
    greeting = BotUttered("a", {"buttons": [ROUTE_BUTTON]}, {"utter_action": "utter_begroeting"})
    asked = talk(greeting, UserUttered("ja"), BotUttered("b", {"buttons": [BUTTON]}))
    seen = lambda choice: offered(asked.events, choice, unseen=("utter_begroeting",))  # noqa: E731
    assert seen("kies_route:rouw") is None and seen("andere_optie") == BUTTON["payload"]


def test_what_was_never_offered_is_no_choice():
    assert offered(talk(BotUttered("a")).events, "andere_optie") is None


def test_a_text_with_a_blank_line_comes_in_bubbles():
    messages = as_messages(
        [
            {"text": "Bel 112.\n\nIk ben een computer.", "buttons": [BUTTON]},
            {"custom": {"bel": [{"naam": "112"}], "taal": "nl"}},
        ]
    )
    assert [(m["tekst"], len(m["bel"]), len(m["knoppen"]), m["taal"]) for m in messages] == [
        ("Bel 112.", 1, 0, "nl"),
        ("Ik ben een computer.", 0, 1, "nl"),
    ]
