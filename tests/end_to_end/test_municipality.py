"""A conversation of a municipality that has a folder: its numbers, its team, its way to Welzijn op Recept."""

from __future__ import annotations

import pytest
from sociale_kaart.colours import WIDGET_DATA
from sociale_kaart.files import read_yaml
from sociale_kaart.municipality import load_municipalities
from sociale_kaart.municipality_site_check import LONGEST_GREETING

from bot.greeting import HELLO
from tests.dialogue.conversation import Conversation

pytestmark = pytest.mark.model


@pytest.fixture
def talk(assistant, event_loop_of_session):
    return lambda municipality=None: Conversation(assistant, event_loop_of_session, municipality=municipality)


def numbers(talk: Conversation) -> list[str | None]:
    return [call["telefoon"] for message in talk.messages for call in message["bel"]]


def test_a_human_of_the_municipality_that_the_caller_names(talk):
    here = talk("Schouwen-Duiveland")
    said = here.say("ik wil een mens spreken")
    assert "(0111) 452 000" in said and "(0111) 452 280" in said
    assert "(0111) 452 000" in numbers(here)


def test_a_human_of_the_place_that_was_named(talk):
    here = talk()
    here.say("ik zoek mensen om koffie mee te drinken")
    here.say("Terneuzen")
    assert "14 0115" in here.say("ik wil een mens spreken")


def test_no_number_of_another_municipality(talk):
    here = talk("Groningen")
    said = here.say("ik wil een mens spreken")
    assert "0111" not in said and "0115" not in said


def test_the_out_of_hours_number_of_a_municipality_that_the_service_is_for(talk):
    here = talk()
    here.say("ik zoek mensen om koffie mee te drinken")
    here.say("Hulst")
    assert "0115 643 000" in here.say("ik heb sinds gisteren jeuk en uitslag op mijn arm")
    assert "0115 643 000" in numbers(here)
    here.say("ik heb al dagen hevige buikpijn en hoge koorts")
    assert here.triage["uitkomst"] == "huisarts_vandaag" and "0115 643 000" in numbers(here)


def test_welzijn_op_recept_without_referral_where_the_municipality_opened_it(talk):
    here = talk("Schouwen-Duiveland")
    said = here.say("kan ik welzijn op recept krijgen?")
    assert "U kunt zelf bij SMWO om een gesprek vragen." in said
    cards = [card for message in here.messages for card in message["initiatieven"]]
    opened = [card for card in cards if card["soort"] == "welzijn_op_recept"]
    assert opened and all(card["verwijzingNodig"] is False for card in opened)
    assert all("zelf bij SMWO" in card["hoeVraagtU"] for card in opened)


def opened(assistant, loop, municipality: str | None, channel: str = "bewoner"):
    return loop.run_until_complete(assistant.start(f"open-{municipality}-{channel}", municipality, channel))


def test_an_opening_of_a_municipality_has_its_greeting_name_and_number(assistant, event_loop_of_session):
    opening = opened(assistant, event_loop_of_session, "Terneuzen")
    assert opening.municipality == {
        "naam": "Terneuzen",
        "logotekst": "Gemeente Terneuzen",
        "telefoon": "14 0115",
        "website": "https://www.terneuzen.nl",
        "openingstijden": None,
        "kleuren": {},
    }
    said = "\n".join(message["tekst"] for message in opening.messages)
    assert said.startswith("Goedendag, welkom bij de gemeente Terneuzen. Ik ben een computer, geen mens.")
    assert "112" in said and "113" in said and HELLO not in said


def test_nothing_but_the_greeting_differs_from_an_opening_without_municipality(
    assistant, event_loop_of_session
):
    plain = opened(assistant, event_loop_of_session, None)
    own = opened(assistant, event_loop_of_session, "Terneuzen")
    assert plain.municipality is None and plain.messages[0]["tekst"].startswith(HELLO)
    greeting = load_municipalities().named("Terneuzen").site.greeting
    first = {**own.messages[0], "tekst": own.messages[0]["tekst"].replace(greeting, HELLO)}
    assert [first, *own.messages[1:]] == plain.messages


def test_the_longest_greeting_leaves_the_first_bubble_within_sixty_words(assistant, event_loop_of_session):
    first = opened(assistant, event_loop_of_session, None).messages[0]["tekst"]
    bubble = first.removeprefix(HELLO).split("\n\n")[0]
    assert len(bubble.split()) + LONGEST_GREETING <= 60


def test_nothing_changes_for_a_front_desk(assistant, event_loop_of_session):
    plain = opened(assistant, event_loop_of_session, None, "balie")
    own = opened(assistant, event_loop_of_session, "Terneuzen", "balie")
    assert own.messages == plain.messages and own.suggestions == plain.suggestions == []


@pytest.mark.parametrize("one", read_yaml(WIDGET_DATA / "suggesties.yml"), ids=lambda one: one["route"])
def test_a_default_suggestion_leads_to_its_route(assessor, one):
    decision = assessor.assess(one["tekst"])
    assert decision.outcome == "sociaal" and decision.routes[0] == one["route"]


def test_every_suggestion_of_a_municipality_leads_to_a_place(assessor):
    for folder in load_municipalities():
        for text in folder.site.suggestions:
            assert assessor.assess(text).outcome == "sociaal", text
