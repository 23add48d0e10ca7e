"""What the assistant says aloud, does next and may code: for every outcome and route, and short."""

from __future__ import annotations

import itertools

import pytest
from sociale_kaart.helplines import load_helplines
from sociale_kaart.kinds import load_kinds
from sociale_kaart.store import open_catalogue

from api.desk.speech import MOST_STEPS, next_steps, say_aloud, suggested_codes
from bot.triage.types import DANGER_OUTCOMES, OUTCOMES, ROUTES
from tests.api.fakes import INITIATIVE
from tests.language.measure import sentences, too_long

REACHED = {**INITIATIVE, "actueel": True, "telefoon": "0000 000000"}
PLACE = {"naam": "Zeist", "gemeente": "Zeist", "bron": "bericht"}
NO_ROUTE = [code for code in OUTCOMES if code not in ("sociaal", "gemengd", *DANGER_OUTCOMES)]


def triage(outcome: str, *routes: str, initiatives=(), place=PLACE, reasons=()) -> dict:
    return {
        "uitkomst": outcome,
        "zekerheid": 0.9,
        "zeker": True,
        "redenen": [{"fragment": "x", "wijstOp": code} for code in reasons],
        "routes": list(routes),
        "plaats": place,
        "initiatieven": list(initiatives),
        "antwoord": "",
    }


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_has_two_sentences_and_at_most_three_steps(route):
    for outcome, initiatives in itertools.product(["sociaal", "gemengd"], [[], [INITIATIVE]]):
        has_two_sentences_and_at_most_three_steps(route, outcome, initiatives)


def has_two_sentences_and_at_most_three_steps(route, outcome, initiatives):
    one = triage(outcome, route, initiatives=initiatives)
    said = say_aloud(one)
    assert len(said) == 2 and all(len(sentences(sentence)) == 1 for sentence in said)
    assert not [fault for sentence in said for fault in too_long(sentence)]
    true_of_it = bool(initiatives) and route in load_kinds()[INITIATIVE["soort"]].routes
    assert any(INITIATIVE["naam"] in sentence for sentence in said) == true_of_it
    assert 1 <= len(next_steps(one)) <= MOST_STEPS


@pytest.mark.parametrize("outcome", NO_ROUTE)
def test_every_other_outcome_has_two_sentences_and_a_step(outcome):
    assert len(say_aloud(triage(outcome))) == 2
    assert next_steps(triage(outcome))


@pytest.mark.parametrize("outcome", DANGER_OUTCOMES)
def test_in_danger_nothing_is_said_for_the_assistant(outcome):
    assert say_aloud(triage(outcome)) == ()
    first, second, *_ = next_steps(triage(outcome))
    assert first.startswith("Volg uw eigen triageprotocol") and "huisarts" in second
    assert suggested_codes(triage(outcome, reasons=["schulden"]), "Z01") == []


def test_the_line_for_professionals_comes_from_the_list_of_help_lines():
    line = load_helplines()["113_professionals"]
    assert line.phone in next_steps(triage("crisis_113"))[-1]
    assert not any(line.phone in step for step in next_steps(triage("spoed_112")))


def test_a_mixed_question_names_the_doctor_first():
    first, second = say_aloud(triage("gemengd", "odensehuis", initiatives=[INITIATIVE]))
    assert "huisarts" in first and INITIATIVE["naam"] in second


def test_a_missing_place_is_asked_for():
    assert "plaats" in next_steps(triage("sociaal", "rouw", place=None))[0]
    assert "geen plek" in next_steps(triage("sociaal", "rouw"))[0]


def test_a_referral_and_old_data_are_named():
    one = {**INITIATIVE, "verwijzingNodig": True, "actueel": False}
    steps = next_steps(triage("sociaal", "rouw", initiatives=[one]))
    assert "verwijzing" in steps[0] and "nog klopt" in steps[-1]


def test_the_place_is_not_said_twice():
    one = {**INITIATIVE, "naam": "Odensehuis Zeist (bij de kerk)", "plaats": "Zeist"}
    assert say_aloud(triage("sociaal", "odensehuis", initiatives=[one]))[0].endswith(": Odensehuis Zeist.")


def test_sentences_stay_short_with_every_name_of_the_catalogue():
    seen = [
        {**INITIATIVE, "naam": one.name, "plaats": one.place or "", "soort": one.kind}
        for one in open_catalogue().all()
    ]
    faults = [
        fault
        for one in seen
        for route in load_kinds()[one["soort"]].routes
        for sentence in say_aloud(triage("sociaal", route, initiatives=[one]))
        for fault in too_long(sentence)
    ]
    assert faults == []


def test_codes_are_suggested_by_reasons_then_by_the_route_and_a_typed_code_goes_first():
    one = triage("sociaal", "financieel", reasons=["voedselbank"])
    assert [code["code"] for code in suggested_codes(one, "geen geld")] == ["Z02", "Z01"]
    assert suggested_codes(one, "z05 geen geld")[0]["code"] == "Z05"


def test_a_sentence_is_true_of_the_place_it_names():
    meal = {**REACHED, "naam": "Resto Nepstad", "soort": "samen_eten"}
    said = say_aloud(triage("sociaal", "welzijn_op_recept", "buurt_ontmoeting", initiatives=[meal]))
    assert said == say_aloud(triage("sociaal", "buurt_ontmoeting", initiatives=[meal]))
    assert "huisarts" not in " ".join(said)
    coach = {**REACHED, "soort": "welzijn_op_recept"}
    assert "huisarts" in " ".join(say_aloud(triage("sociaal", "welzijn_op_recept", initiatives=[coach])))
    maker = {**REACHED, "naam": "Sociaal makelaar", "soort": "sociaal_makelaar"}
    said = say_aloud(triage("sociaal", "welzijn_op_recept", initiatives=[maker]))
    assert said == say_aloud(triage("sociaal", "welzijn_op_recept"))


@pytest.mark.parametrize(
    "missing",
    [{"soort": "odensehuis"}, {"plaats": None}, {"telefoon": None, "website": None}, {"soort": "onbekend"}],
)
def test_what_the_sentence_does_not_fit_is_not_named(missing):
    one = {**REACHED, "soort": "rouwgroep", **missing}
    assert say_aloud(triage("sociaal", "rouw", initiatives=[one])) == say_aloud(triage("sociaal", "rouw"))


def test_the_first_place_that_can_be_named_is_named():
    whole_country = {**REACHED, "naam": "Landelijke vereniging", "soort": "rouwgroep", "plaats": None}
    local = {**REACHED, "naam": "Rouwcafé", "soort": "rouwgroep"}
    assert "Rouwcafé" in say_aloud(triage("sociaal", "rouw", initiatives=[whole_country, local]))[0]


@pytest.mark.parametrize(("number", "up_to_date"), [(None, True), (None, False), ("0000 000000", False)])
def test_calling_takes_a_number_and_walking_in_takes_fresh_information(number, up_to_date):
    for kind, route in [(code, route) for code, one in load_kinds().items() for route in one.routes]:
        one = {**REACHED, "soort": kind, "telefoon": number, "actueel": up_to_date}
        said = say_aloud(triage("sociaal", route, initiatives=[one]))
        if one["naam"] in said[0]:
            assert number or "bel" not in said[1].split() and "bellen" not in said[1]
            assert up_to_date or "zo binnenlopen" not in said[1] and "gewoon" not in said[1]
