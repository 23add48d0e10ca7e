"""The livechat webhook: open, message, hand over after consent, close."""

from __future__ import annotations

import pytest

from api.contract_livechat import LivechatBeurt, LivechatGeopend, LivechatVerslag
from tests.api.conftest import assert_problem
from tests.api.fakes import triage_of

PATH = "/webhooks/livechat"
SECRET = "Mijn nummer is 06-12345678"


@pytest.fixture
def ask(client):
    """Ask something about the conversation `chat`; gives the JSON."""

    def ask(kind: str, conversation: str = "chat", **fields) -> dict:
        answer = client.post(PATH, json={"soort": kind, "gesprek": conversation, **fields})
        assert answer.status_code == 200, answer.text
        return answer.json()

    return ask


@pytest.fixture
def offered(ask) -> str:
    """An open conversation in which something was said and a human was offered; the text of consent."""
    ask("openen")
    ask("bericht", tekst=SECRET)
    return ask("bericht", keuze="mens")["overdracht"]["toestemmingstekst"]


def test_a_conversation_opens_with_the_first_messages(ask, assistant):
    opened = ask("openen", gemeente="Terneuzen", kanaal="balie")
    assert LivechatGeopend.parse_obj(opened).overdracht is None and opened["berichten"]
    assert assistant.started == [("Terneuzen", "balie")]


def test_a_message_is_answered_as_elsewhere(ask, assistant):
    ask("openen")
    answer = ask("bericht", tekst="  hoi\x00 ")
    assert LivechatBeurt.parse_obj(answer).overdracht is None and answer["triage"]["uitkomst"] == "sociaal"
    assert assistant.heard == ["hoi"]


def test_danger_and_a_wish_for_a_human_offer_one_with_the_text_to_agree_to(ask, client):
    ask("openen")
    danger = ask("bericht", tekst="druk op mijn borst")
    assert danger["overdracht"]["reden"] == "gevaar" and danger["triage"]["bel"]
    human = ask("bericht", keuze="mens")["overdracht"]
    assert human == {
        "reden": "mens_gevraagd",
        "toestemmingstekst": client.app.state.livechat.consent_text,
    }


def test_after_consent_the_transcript_is_as_it_was_typed(ask, offered):
    agreed = {"akkoord": True, "tekst": offered}
    for _ in range(2):
        answer = LivechatVerslag.parse_obj(ask("overdracht", toestemming=agreed))
        assert [line.tekst for line in answer.verslag] == [SECRET]


@pytest.mark.parametrize(
    "consent",
    [
        {},
        {"toestemming": None},
        {"toestemming": {"akkoord": False, "tekst": "{}"}},
        {"toestemming": {"akkoord": True, "tekst": ""}},
        {"toestemming": {"akkoord": True, "tekst": "Ja, ik ga akkoord."}},
        {"toestemming": {"akkoord": True, "tekst": "{} "}},
    ],
)
def test_without_consent_to_exactly_that_text_there_is_no_transcript(ask, offered, consent):
    if consent.get("toestemming"):
        consent["toestemming"]["tekst"] = consent["toestemming"]["tekst"].format(offered)
    assert ask("overdracht", **consent) == {"verslag": None}


@pytest.mark.parametrize("consent", [{"akkoord": "true", "tekst": "x"}, {"akkoord": 1, "tekst": "x"},
                                     {"tekst": "x"}, {"akkoord": True}, True, "ja"])  # fmt: skip
def test_consent_is_never_read_into_something_else(client, offered, consent):
    body = {"soort": "overdracht", "gesprek": "chat", "toestemming": consent}
    assert_problem(client.post(PATH, json=body), 422, "invoer")


def test_without_an_offer_there_is_no_transcript(ask, client):
    agreed = {"akkoord": True, "tekst": client.app.state.livechat.consent_text}
    ask("openen")
    ask("bericht", tekst=SECRET)
    assert ask("overdracht", toestemming=agreed) == {"verslag": None}
    ask("bericht", keuze="mens")
    assert ask("overdracht", toestemming=agreed)["verslag"]
    ask("openen")
    assert ask("overdracht", toestemming=agreed) == {"verslag": None}


def test_after_closing_nothing_remains_and_closing_twice_is_no_error(ask, client, assistant, offered):
    assert ask("sluiten") == ask("sluiten") == {"berichten": []}
    assert not assistant.open and not client.app.state.livechat._memory._records
    agreed = {"akkoord": True, "tekst": offered}
    for body in ({"soort": "bericht", "tekst": "hoi"}, {"soort": "overdracht", "toestemming": agreed}):
        assert_problem(client.post(PATH, json={"gesprek": "chat", **body}), 404, "gesprek-onbekend")


def test_a_message_that_is_delivered_twice_is_one_turn(ask, assistant):
    ask("openen", berichtId="0")
    first = ask("bericht", tekst="hoi", berichtId="1")
    assert ask("bericht", tekst="hoi", berichtId="1") == first
    assert assistant.heard == ["hoi"]
    ask("openen", berichtId="0")
    ask("bericht", tekst="hoi", berichtId="2")
    assert assistant.heard == ["hoi", "hoi"] and len(assistant.started) == 1


def test_other_words_under_an_old_id_are_another_message(ask, assistant):
    """A cry for help never gets the answer to something else."""
    ask("openen", berichtId="1")
    ask("bericht", tekst="hoi", berichtId="1")
    answer = ask("bericht", tekst="ik wil niet meer leven", berichtId="1")
    assert assistant.heard == ["hoi", "ik wil niet meer leven"]
    assert ask("bericht", tekst="ik wil niet meer leven", berichtId="1") == answer


def test_an_id_is_of_one_conversation(ask, assistant):
    for name in ("chat", "ander"):
        ask("openen", name)
        ask("bericht", name, tekst="hoi", berichtId="1")
    assert assistant.heard == ["hoi", "hoi"]


def test_a_refused_message_may_be_sent_again_with_the_same_id(ask, client):
    ask("openen")
    wrong = {"soort": "bericht", "gesprek": "chat", "keuze": "nooit aangeboden", "berichtId": "1"}
    assert_problem(client.post(PATH, json=wrong), 422, "keuze-onbekend")
    assert ask("bericht", keuze="mens", berichtId="1")["overdracht"]


def test_when_the_assistant_fails_the_fixed_text_is_the_answer(ask, assistant):
    ask("openen")
    assistant.break_with = ValueError("stuk")
    answer = ask("bericht", tekst="hoi")
    assert "112" in answer["berichten"][0]["tekst"] and answer["triage"] is answer["overdracht"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "soort"),
        ({"soort": "slopen", "gesprek": "a"}, "soort"),
        ({"soort": "bericht", "tekst": "hoi"}, "gesprek"),
        ({"soort": "bericht", "gesprek": "", "tekst": "hoi"}, "gesprek"),
        ({"soort": "openen", "gesprek": "x" * 256}, "gesprek"),
        ({"soort": "openen", "gesprek": 3}, "gesprek"),
        ({"soort": "openen", "gesprek": "a", "kanaal": "kiosk"}, "kanaal"),
        ({"soort": "openen", "gesprek": "a", "anders": 1}, None),
        ({"soort": "sluiten", "gesprek": "a", "tekst": "hoi"}, None),
    ],
)
def test_what_cannot_be_read_is_refused_by_field(client, body, field):
    problem = assert_problem(client.post(PATH, json=body), 422, "invoer")
    assert [fault["veld"] for fault in problem["fouten"]] == [field]


@pytest.mark.parametrize("body", [{}, {"tekst": "hoi", "keuze": "mens"}])
def test_a_message_is_a_text_or_a_choice(client, body):
    answer = client.post(PATH, json={"soort": "bericht", "gesprek": "a", **body})
    assert_problem(answer, 422, "invoer")


@pytest.mark.parametrize(
    ("text", "code"), [("", "tekst-leeg"), (" \x00", "tekst-leeg"), ("x" * 2001, "tekst-te-lang")]
)
def test_an_empty_or_too_long_text_is_refused_as_elsewhere(client, text, code):
    answer = client.post(PATH, json={"soort": "bericht", "gesprek": "a", "tekst": text})
    assert_problem(answer, 422, code)


def test_a_conversation_is_counted_here_too(serve):
    client = serve(RATE_LIMIT_GESPREK="1/hour")
    client.post(PATH, json={"soort": "openen", "gesprek": "a"})
    say = {"soort": "bericht", "gesprek": "a", "tekst": "hoi"}
    assert [client.post(PATH, json=say).status_code for _ in range(2)] == [200, 429]


def test_an_answer_about_welzijn_op_recept_has_the_link_of_the_chat(ask, monkeypatch):
    about = {**triage_of("iets"), "routes": ["welzijn_op_recept"]}
    monkeypatch.setattr("tests.api.fakes.triage_of", lambda text: about)
    ask("openen")
    [link] = ask("bericht", tekst="iets")["berichten"][-1]["links"]
    assert link["tekst"].startswith("Zo vraagt u") and link["url"] == "/aanmelden"
