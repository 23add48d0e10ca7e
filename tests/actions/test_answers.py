"""The answers: fixed texts, numbers from the allow-list, never a social offer in danger."""

from __future__ import annotations

import json
import re

import pytest
from sociale_kaart.helplines import load_forbidden_numbers, load_helplines, unknown_numbers

from actions import answers
from actions.context import Municipality, build_context
from actions.triage_object import render, triage_object
from bot.triage.types import DANGER_OUTCOMES, ROUTES

VERSION = {"model": "m", "catalogus": "c", "regels": "r"}


@pytest.fixture(scope="module")
def context():
    return build_context()


def triage(context, given=None, channel="bewoner", **decision) -> dict:
    return triage_object(
        {"certainty": 0.9, **decision}, place=given, channel=channel, context=context, version=VERSION
    )


@pytest.mark.parametrize("channel", ["bewoner", "balie"])
@pytest.mark.parametrize("soft", [False, True], ids=["hard", "soft"])
@pytest.mark.parametrize("outcome", DANGER_OUTCOMES)
def test_danger_gives_numbers_and_no_initiatives(context, outcome, soft, channel):
    answer = triage(context, "Groningen", channel, outcome=outcome, soft=soft, routes=("odensehuis",))
    assert answer["bel"] and answer["initiatieven"] == [] and answer["routes"] == []
    assert not re.search(r"odensehuis|inloophuis|welzijn|koffie", answer["antwoord"], re.IGNORECASE)


@pytest.mark.parametrize("outcome", DANGER_OUTCOMES)
def test_the_number_for_professionals_never_reaches_a_resident(context, outcome):
    assert "020-3113" not in json.dumps(triage(context, outcome=outcome))


def test_a_second_danger_is_named_in_the_same_answer(context):
    answer = triage(context, outcome="spoed_112", notices=("crisis_113",))
    assert "112" in answer["antwoord"] and "113" in answer["antwoord"]


@pytest.mark.parametrize("place", ["Groningen", "Zeist", None])
@pytest.mark.parametrize("route", ROUTES)
def test_every_route_has_an_answer_that_helps(context, route, place):
    answer = triage(context, place, outcome="sociaal", routes=(route,))
    assert len(answer["antwoord"]) > 80
    assert len(answer["initiatieven"]) <= 3
    assert answer["initiatieven"] or re.search(r"[Vv]raag|[Bb]el|[Kk]ijk|zelf", answer["antwoord"])


@pytest.mark.parametrize("route", ROUTES)
def test_every_number_in_a_social_answer_has_a_source(context, route):
    answer = triage(context, "Rotterdam", outcome="sociaal", routes=(route,))
    allowed = {line.phone for line in load_helplines().values() if line.phone}
    allowed |= {initiative["telefoon"] for initiative in answer["initiatieven"] if initiative["telefoon"]}
    assert unknown_numbers(answer["antwoord"], allowed) == []
    shown = re.sub(r"\D", "", " ".join(str(call["telefoon"] or "") for call in answer["bel"]))
    assert not any(number in shown for number in load_forbidden_numbers() if len(number) > 4)


@pytest.mark.parametrize("soft", [False, True], ids=["hard", "soft"])
@pytest.mark.parametrize("second", DANGER_OUTCOMES)
@pytest.mark.parametrize("outcome", DANGER_OUTCOMES)
def test_every_second_danger_is_named_in_the_answer(context, outcome, second, soft):
    answer = triage(context, outcome=outcome, notices=(second,), soft=soft)
    named = {"spoed_112": "112", "crisis_113": "113", "onveilig": "0800-2000", "huisarts_vandaag": "huisarts"}
    assert named[second] in answer["antwoord"] and named[outcome] in answer["antwoord"]


def test_welzijn_op_recept_says_how_to_ask(context):
    answer = triage(context, "Leiden", outcome="sociaal", routes=("welzijn_op_recept",))
    assert "Vraag uw huisarts" in answer["antwoord"]


def test_a_mixed_question_names_the_gp_first(context):
    answer = triage(context, "Leiden", outcome="gemengd", routes=("welzijn_op_recept",))
    assert answer["antwoord"].startswith("Voor uw lichamelijke klacht")


def test_an_old_source_says_check_first(context):
    answer = triage(context, "Ede", outcome="sociaal", routes=("odensehuis",))
    assert not answer["initiatieven"][0]["actueel"]
    assert "Controleer eerst of dit nog klopt" in answer["antwoord"]


def test_without_a_place_the_answer_asks_for_one(context):
    assert "In welke plaats" in triage(context, outcome="sociaal", routes=("odensehuis",))["antwoord"]


def test_a_regional_line_is_only_shown_in_its_region(context):
    def names(place):
        answer = triage(context, place, outcome="sociaal", routes=("mantelzorg",))
        return [call["naam"] for call in answer["bel"]]

    assert any("Mantelfoon" in name for name in names("Rotterdam"))
    assert not any("Mantelfoon" in name for name in names("Groningen"))


def test_a_place_beside_the_message_goes_before_one_in_it(context):
    answer = triage(context, "Ede", outcome="sociaal", routes=("odensehuis",), place="Zeist")
    assert answer["plaats"] == {"naam": "Ede", "gemeente": "Ede", "bron": "opgegeven"}


def test_the_contact_of_the_municipality_is_never_invented():
    assert not re.search(r"\d", Municipality().contact_sentence())
    known = Municipality(name="Zeist", phone="14 030", opening_hours="werkdagen 9-17 uur")
    assert "14 030. Open: werkdagen 9-17 uur." in known.contact_sentence()


def test_the_out_of_hours_number_is_the_configured_one():
    context = build_context(municipality=Municipality(out_of_hours_gp_phone="0900 1234"))
    answer = triage(context, outcome="medisch")
    assert "0900 1234" in answer["antwoord"]
    assert any(call["telefoon"] == "0900 1234" for call in answer["bel"])


def test_clarifying_offers_exactly_the_readings_and_a_human(context):
    utterance = answers.clarify(("rouw", "medisch"), context)
    assert [button.payload for button in utterance.buttons] == [
        '/kies_route{"route": "rouw"}',
        "/medisch",
        "/mens",
    ]


def test_every_answer_fits_its_named_response(context):
    for utterance in (
        answers.greeting("bewoner", context),
        answers.human(context),
        answers.out_of_scope(context),
    ):
        assert "{" not in render(utterance, "bewoner", context)
