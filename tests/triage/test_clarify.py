"""Which readings are asked about, and how the answer is understood."""

from __future__ import annotations

import pytest

from actions.readings import either_or, load_readings
from bot.triage.clarify import OUTCOME_READINGS, chosen_readings, in_the_light_of, readings_to_ask
from bot.triage.decide import decide
from bot.triage.types import ROUTES, Prediction, RuleHit, Screening

ASKED = ("rouw", "medisch")


def test_the_question_is_about_the_likeliest_readings_only():
    ranking = [("medisch", 0.4), ("sociaal", 0.38), ("verduidelijken", 0.1), ("mens", 0.02)]
    assert readings_to_ask(ranking, ["rouw"]) == ("medisch", "rouw")


def test_at_most_three_readings_are_asked_about():
    ranking = [("sociaal", 0.3), ("medisch", 0.3), ("mens", 0.2), ("buiten_bereik", 0.2)]
    assert readings_to_ask(ranking, ["rouw", "buddy"]) == ("rouw", "buddy", "medisch")


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("de eerste", ("rouw",)),
        ("Doe maar het eerste graag.", ("rouw",)),
        ("1", ("rouw",)),
        ("nummer twee", ("medisch",)),
        ("het laatste denk ik", ("medisch",)),
        ("allebei", ASKED),
        ("eigenlijk allebei een beetje", ASKED),
        ("geen van beide", ()),
        ("iets anders", ()),
        ("mijn man is net overleden", None),
        ("ja", None),
        ("", None),
        ("de derde", None),
    ],
)
def test_a_short_answer_chooses(text, chosen):
    assert chosen_readings(text, ASKED) == chosen


def test_without_a_question_there_is_nothing_to_choose():
    assert chosen_readings("de eerste", ()) is None


def test_an_answer_in_free_text_leans_to_what_was_asked():
    prediction = Prediction(
        {"sociaal": 0.3, "medisch": 0.2, "buiten_bereik": 0.5}, {"rouw": 0.2, "buddy": 0.3}
    )
    read = in_the_light_of(ASKED, prediction, weight=4)
    assert max(read.intents, key=read.intents.get) == "sociaal"
    assert max(read.routes, key=read.routes.get) == "rouw"
    assert sum(read.intents.values()) == pytest.approx(1.0)


def test_a_question_never_hides_danger():
    prediction = Prediction({"sociaal": 0.1, "crisis_113": 0.9}, {})
    assert in_the_light_of(ASKED, prediction, weight=4).intents["crisis_113"] == 0.9
    assert decide(Screening(), prediction, asked=ASKED).outcome == "crisis_113"


def test_danger_goes_before_a_choice():
    hit = RuleHit("groep.regel", "spoed_112", "groep", "fragment", 0, 8)
    assert decide(Screening((hit,)), Prediction(), asked=ASKED, chosen=("rouw",)).outcome == "spoed_112"


@pytest.mark.parametrize(
    ("chosen", "outcome", "routes"),
    [
        (("rouw",), "sociaal", ("rouw",)),
        (("medisch",), "medisch", ()),
        (ASKED, "gemengd", ("rouw",)),
        (("rouw", "buddy"), "sociaal", ("rouw", "buddy")),
        (("mens",), "mens", ()),
        ((), "verduidelijken", ()),
    ],
)
def test_a_choice_is_a_decision(chosen, outcome, routes):
    decision = decide(Screening(), Prediction({"buiten_bereik": 1.0}), asked=ASKED, chosen=chosen)
    assert (decision.outcome, decision.routes) == (outcome, routes)


def test_every_reading_has_a_button_and_a_phrase():
    assert set(load_readings()) == {*ROUTES, *OUTCOME_READINGS}
    assert all(len(reading.button) <= 45 for reading in load_readings().values())


def test_the_question_names_its_readings():
    assert either_or(("rouw", "medisch")) == "steun na een verlies? Of om een vraag voor de huisarts"
