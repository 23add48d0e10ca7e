"""The conversation for whoever takes over: as it was said, and nothing that was never shown."""

from __future__ import annotations

import asyncio
import re

import pytest

from bot.turn import UnknownConversation

pytestmark = pytest.mark.model

TYPED = "Ik ben Jan, bel mij op 06-12345678. Ik zorg voor mijn vrouw."


@pytest.fixture
def run(event_loop_of_session: asyncio.AbstractEventLoop):
    return event_loop_of_session.run_until_complete


@pytest.fixture
def talk(assistant, run) -> str:
    run(assistant.start("verslag", None, "bewoner"))
    yield "verslag"
    run(assistant.forget("verslag"))


def test_what_was_typed_stays_as_it_was_typed_and_a_button_has_its_title(assistant, run, talk):
    answers = [run(assistant.say(talk, text)) for text in (TYPED, "Groningen")]
    offered = {button["id"]: button["tekst"] for button in answers[-1].messages[-1]["knoppen"]}
    run(assistant.choose(talk, "iets_anders"))
    lines = run(assistant.transcript(talk))
    assert [line["tekst"] for line in lines if line["van"] == "bewoner"] == [
        TYPED,
        "Groningen",
        offered["iets_anders"],
    ]
    assert lines[0]["van"] == "assistent" and "computer" in lines[0]["tekst"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line["tijd"]) for line in lines)
    assert not any(line["tekst"].startswith("/") for line in lines)


def test_who_begins_again_leaves_what_was_said_before(assistant, run, talk):
    run(assistant.say(talk, TYPED))
    run(assistant.say(talk, "ik wil opnieuw beginnen"))
    lines = run(assistant.transcript(talk))
    assert "Jan" not in str(lines) and lines[0]["van"] == "assistent"


def test_a_front_desk_is_named_as_such(assistant, run):
    run(assistant.start("verslag-balie", None, "balie"))
    run(assistant.say("verslag-balie", "mevrouw zoekt aanspraak"))
    assert {line["van"] for line in run(assistant.transcript("verslag-balie"))} == {"assistent", "balie"}
    run(assistant.forget("verslag-balie"))


def test_there_is_none_of_a_conversation_that_is_gone(assistant, run):
    with pytest.raises(UnknownConversation):
        run(assistant.transcript("nooit begonnen"))
