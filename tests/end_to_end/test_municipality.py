"""A conversation of a municipality that has a folder: its numbers, its team, its way to Welzijn op Recept."""

from __future__ import annotations

import pytest

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
