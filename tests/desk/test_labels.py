"""Only what carries the outcome or its routes has a label; no code ever stands on the card."""

from __future__ import annotations

import pytest

from api.desk.labels import label
from bot.triage.types import DIALOGUE_ACTS, OUTCOMES, RULE_ACTIONS


@pytest.mark.parametrize("code", [*DIALOGUE_ACTS, "verduidelijken", "buiten_bereik", "onbekend"])
def test_what_nobody_named_has_no_label(code):
    assert all(label(code, outcome, ["rouw"]) is None for outcome in OUTCOMES)


def test_every_danger_and_the_own_outcome_have_one():
    assert all(label(code, "sociaal", []) for code in RULE_ACTIONS)
    assert label("medisch", "medisch", []) == "medisch"
    assert label("medisch", "sociaal", []) is None


def test_a_route_explains_only_itself():
    assert label("rouw", "sociaal", ["rouw"]) and label("rouw", "sociaal", ["buddy"]) is None


def test_a_complaint_is_called_medical_and_no_more():
    assert label("gewicht", "gemengd", []) == label("mond_tand", "medisch", []) == "medisch"
    assert label("gewicht", "sociaal", []) is None


def test_a_subject_explains_a_social_question_and_none_out_of_scope():
    assert label("weduwe_partner_overleden", "sociaal", []) == "verlies van de partner"
    assert label("rekeningen_post", "buiten_bereik", []) is None


def test_doubtful_danger_marks_no_word_that_the_model_weighed():
    assert label("crisis_113", "crisis_113", []) and label("crisis_113", "crisis_113", [], False) is None
