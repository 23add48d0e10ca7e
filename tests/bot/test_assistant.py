"""The real assistant: outside conversations, as Rasa's REST channel, and when parts of it fail."""

from __future__ import annotations

import asyncio

import pytest

from api import contract
from bot.turn import UnknownChoice, UnknownConversation
from tests.saved import ids_saved

pytestmark = pytest.mark.model

SOCIAL = "Mijn man heeft beginnende dementie, waar kunnen we samen naartoe?"
DANGER = "ik krijg ineens geen lucht en heb druk op mijn borst"


@pytest.fixture
def run(event_loop_of_session: asyncio.AbstractEventLoop):
    return event_loop_of_session.run_until_complete


def say(assistant, run, sender: str, message: str) -> list[dict]:
    """What a client of Rasa's REST channel gets back."""
    return run(assistant.rest(f"rest:{sender}", message, sender))


@pytest.fixture
def conversation(assistant, run) -> str:
    run(assistant.start("gesprek", None, "bewoner"))
    yield "gesprek"
    run(assistant.forget("gesprek"))


def test_triage_names_an_initiative_in_the_given_place(assistant, run):
    triage = contract.Triage.parse_obj(run(assistant.triage(SOCIAL, "Groningen", "bewoner")))
    assert triage.uitkomst == "sociaal" and triage.plaats.naam == "Groningen"
    assert any("Odensehuis" in i.naam and i.plaats == "Groningen" for i in triage.initiatieven)


def test_triage_in_danger_gives_numbers_and_no_initiative(assistant, run):
    triage = contract.Triage.parse_obj(run(assistant.triage(DANGER, "Groningen", "bewoner")))
    assert triage.uitkomst == "spoed_112" and triage.initiatieven == []
    assert triage.bel[0].telefoon == "112"


def test_a_conversation_that_is_not_there(assistant, run):
    with pytest.raises(UnknownConversation):
        run(assistant.say("nooit begonnen", "hallo"))


def test_a_choice_that_was_never_offered(assistant, run, conversation):
    with pytest.raises(UnknownChoice):
        run(assistant.choose(conversation, "kies_route:bestaat_niet"))


def test_forgetting_leaves_nothing(assistant, run):
    run(assistant.start("weg", None, "bewoner"))
    run(assistant.say("weg", SOCIAL))
    run(assistant.forget("weg"))
    assert not run(assistant.exists("weg"))
    locks = assistant._engine._agent.lock_store.conversation_locks
    assert "weg" not in ids_saved(assistant) and "weg" not in locks


def test_a_rest_client_is_answered_and_told_once_that_this_is_a_computer(assistant, run):
    first = say(assistant, run, "klant-1", SOCIAL)
    second = say(assistant, run, "klant-1", "Groningen")
    assert "computer" in first[-1]["text"].lower()
    assert any("Odensehuis Groningen" in answer["text"] for answer in second)
    assert all(answer["recipient_id"] == "klant-1" for answer in first + second)
    assert "computer" not in second[-1]["text"].lower()


def test_a_rest_client_presses_a_button_by_its_payload(assistant, run):
    say(assistant, run, "klant-2", SOCIAL)
    found = say(assistant, run, "klant-2", "Groningen")
    button = next(b for b in found[-1]["buttons"] if b["payload"] == "iets_anders")
    answer = say(assistant, run, "klant-2", button["payload"])
    assert "waar wilt u het nu over hebben" in answer[0]["text"].lower()


def test_a_rest_client_in_danger_hears_the_number_first(assistant, run):
    answer = say(assistant, run, "klant-3", DANGER)
    assert "112" in answer[0]["text"] and answer[0]["custom"]["triage"]["uitkomst"] == "spoed_112"


def test_when_rasa_fails_danger_is_still_answered(assistant, run, conversation, monkeypatch):
    async def broken(*args, **kwargs):
        raise RuntimeError(DANGER)

    monkeypatch.setattr(assistant._engine, "handle", broken)
    turn = run(assistant.say(conversation, DANGER))
    assert "112" in turn.messages[0]["tekst"] and turn.triage["uitkomst"] == "spoed_112"


def test_when_rasa_gives_nothing_the_fixed_text_names_the_numbers(
    assistant, run, conversation, monkeypatch, caplog
):
    async def silent(*args, **kwargs):
        return []

    monkeypatch.setattr(assistant._engine, "handle", silent)
    turn = run(assistant.say(conversation, "mijn geheime vraag"))
    for number in ("112", "113", "huisarts"):
        assert number in turn.messages[0]["tekst"]
    assert turn.action_errors and "geheime" not in caplog.text


def test_when_an_action_fails_the_person_still_gets_the_numbers(assistant, run, conversation, monkeypatch):
    from actions import answers

    def broken(*args, **kwargs):
        raise RuntimeError("stuk")

    monkeypatch.setattr(answers, "social", broken)
    turn = run(assistant.say(conversation, SOCIAL + " In Groningen."))
    assert "113" in turn.messages[-1]["tekst"]
    assert turn.action_errors == ("action_toon_initiatieven",)


def test_no_typed_slash_reaches_an_intent(assistant, run, conversation):
    turn = run(assistant.say(conversation, "/restart"))
    assert turn.triage["uitkomst"] not in ("spoed_112", "crisis_113")
    assert run(assistant.exists(conversation))


def test_the_version_names_model_catalogue_and_rules(assistant):
    assert set(assistant.version) == {"model", "catalogus", "regels"}
    assert all(assistant.version.values()) and assistant.version["model"] != "onbekend"


def test_the_last_outcome_is_read_and_leaves_the_conversation_as_it_was(assistant, run, conversation):
    assert run(assistant.last_outcome(conversation)) is None
    turn = run(assistant.say(conversation, SOCIAL))
    kept = assistant._engine._store._kept
    before = kept[conversation], len(kept[conversation].tracker.events)
    assert run(assistant.last_outcome(conversation)) == turn.triage["uitkomst"] == "sociaal"
    assert before == (kept[conversation], len(kept[conversation].tracker.events))
    with pytest.raises(UnknownConversation):
        run(assistant.last_outcome("nooit begonnen"))


def test_danger_is_answered_as_who_typed_it_reads_it(assistant):
    resident, front_desk = (assistant.warn(DANGER, channel) for channel in ("bewoner", "balie"))
    assert assistant.warn(DANGER) == resident
    assert resident["uitkomst"] == front_desk["uitkomst"] == "spoed_112"
    assert "Bel nu 112" in resident["antwoord"] and "triageprotocol" in front_desk["antwoord"]
