"""Rules before the classifier, never overruled towards less danger; one question when unsure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.triage.decide import decide, load_thresholds
from bot.triage.decision import Decision
from bot.triage.ordinary import UNREAD_PLACE
from bot.triage.types import (
    DANGER_OUTCOMES,
    DIALOGUE_ACTS,
    OUTCOMES,
    ROUTES,
    Prediction,
    Reason,
    RuleHit,
    Screening,
)


def hit(action: str, soft: bool = False, tags: tuple[str, ...] = (), group: str = "groep") -> RuleHit:
    return RuleHit(f"{group}.regel", action, group, "fragment", 0, 8, soft, tags)


def believes(**intents: float) -> Prediction:
    return Prediction(intents=intents, routes={"rouw": 0.7, "buddy": 0.5, "bewegen": 0.1})


def test_a_hard_rule_wins_from_a_certain_classifier():
    decision = decide(Screening((hit("crisis_113"),)), believes(sociaal=0.99))
    assert (decision.outcome, decision.soft, decision.certainty) == ("crisis_113", False, 1.0)


def test_the_heaviest_rule_gives_the_outcome_and_the_other_is_named_beside_it():
    decision = decide(Screening((hit("huisarts_vandaag"), hit("spoed_112", tags=("ook_113",)))), believes())
    assert decision.outcome == "spoed_112"
    assert decision.notices == ("huisarts_vandaag",)
    assert decision.tags == ("ook_113",)


def test_the_group_is_that_of_the_rule_that_gave_the_outcome():
    hits = (hit("spoed_112", group="hart"), hit("huisarts_vandaag", group="infectie"))
    assert decide(Screening(hits), believes()).group == "hart"
    lighter_but_hard = (hit("huisarts_vandaag", group="infectie"), hit("spoed_112", soft=True, group="hart"))
    assert decide(Screening(lighter_but_hard), believes()).group == "infectie"


def test_danger_that_only_the_classifier_sees_has_the_model_for_a_group():
    assert decide(Screening(), believes(onveilig=0.99)).group == "model"
    another_kind = decide(Screening((hit("onveilig", soft=True),)), believes(crisis_113=0.99))
    assert (another_kind.outcome, another_kind.group) == ("crisis_113", "model")


def test_what_is_no_danger_has_no_group():
    assert decide(Screening(), believes(sociaal=0.99)).group is None
    assert decide(Screening((hit("sociaal_spoed", group="sociale_spoed"),)), believes()).group is None


def test_danger_offers_no_routes():
    assert decide(Screening((hit("spoed_112"),)), believes(sociaal=1.0)).routes == ()


@pytest.mark.parametrize(
    ("probability", "soft"), [("danger_hard", False), ("danger_soft", True)], ids=["sure", "asks"]
)
def test_the_classifier_adds_a_flag_that_no_rule_saw(probability, soft):
    decision = decide(Screening(), believes(onveilig=load_thresholds()[probability] + 0.01, sociaal=0.3))
    assert (decision.outcome, decision.soft) == ("onveilig", soft)


def test_danger_probabilities_add_up():
    assert decide(Screening(), believes(onveilig=0.3, crisis_113=0.31, sociaal=0.39)).outcome == "crisis_113"


def test_a_soft_rule_that_the_classifier_confirms_asks():
    decision = decide(Screening((hit("crisis_113", soft=True),)), believes(crisis_113=0.3, sociaal=0.7))
    assert (decision.outcome, decision.soft) == ("crisis_113", True)


def test_a_soft_rule_asks_about_the_kind_that_the_classifier_is_sure_of_and_keeps_its_own_number():
    decision = decide(Screening((hit("spoed_112", soft=True),)), believes(crisis_113=0.9, spoed_112=0.05))
    assert (decision.outcome, decision.soft, decision.notices) == ("crisis_113", True, ("spoed_112",))


def test_a_soft_rule_keeps_its_own_kind_where_the_classifier_is_not_sure():
    decision = decide(Screening((hit("spoed_112", soft=True),)), believes(crisis_113=0.5, spoed_112=0.3))
    assert (decision.outcome, decision.soft, decision.notices) == ("spoed_112", True, ())


def test_a_soft_rule_that_nobody_confirms_is_named_beside_the_social_answer():
    decision = decide(Screening((hit("crisis_113", soft=True),)), believes(crisis_113=0.02, sociaal=0.9))
    assert (decision.outcome, decision.notices) == ("sociaal", ("crisis_113",))


def test_a_social_answer_has_its_best_route_first_and_only_likely_others():
    assert decide(Screening(), believes(sociaal=0.9)).routes == ("rouw", "buddy")


def test_two_close_readings_become_one_question_that_separates_them():
    decision = decide(Screening(), believes(mens=0.33, sociaal=0.34))
    assert decision.outcome == "verduidelijken"
    assert set(decision.options) == {"rouw", "buddy", "mens"}


def test_medical_and_social_close_together_is_no_question():
    assert decide(Screening(), believes(gemengd=0.36, sociaal=0.35)).outcome == "gemengd"


def test_a_dialogue_act_is_the_intent_and_has_an_outcome_of_its_own():
    decision = decide(Screening(), believes(bedanken=0.8))
    assert (decision.intent, decision.outcome) == ("bedanken", DIALOGUE_ACTS["bedanken"])


def test_a_place_answer_is_one_whatever_the_classifier_thinks():
    decision = decide(Screening(), believes(buiten_bereik=0.9), place="Ede", is_place_answer=True)
    assert (decision.act, decision.place) == ("noem_plaats", "Ede")


def test_an_unread_place_is_asked_again_while_the_place_question_is_open():
    decision = decide(Screening(), believes(noem_plaats=0.9), expecting_place=True)
    assert (decision.act, decision.place) == ("noem_plaats", UNREAD_PLACE)


def test_an_unread_place_outside_the_place_question_is_unclear():
    decision = decide(Screening(), believes(noem_plaats=0.9))
    assert (decision.act, decision.outcome) == (None, "verduidelijken")


def test_without_any_belief_the_decision_is_to_ask():
    assert decide(Screening(), Prediction()).outcome == "verduidelijken"


def test_a_decision_survives_the_tracker():
    decision = Decision("sociaal", 0.8, routes=("rouw",), reasons=(Reason("mijn man", "rouw"),), place="Ede")
    assert Decision.from_dict(decision.as_dict()) == decision


probabilities = st.floats(0, 1)


@given(
    intents=st.dictionaries(st.sampled_from((*OUTCOMES, *DIALOGUE_ACTS)), probabilities),
    routes=st.dictionaries(st.sampled_from(ROUTES), probabilities),
    hits=st.lists(st.builds(hit, st.sampled_from(DANGER_OUTCOMES), st.booleans()), max_size=4),
    expecting=st.booleans(),
)
def test_whatever_is_believed_a_hard_rule_stays_danger(intents, routes, hits, expecting):
    decision = decide(
        Screening(tuple(hits)),
        Prediction(intents, routes),
        expecting_place=expecting,
        is_place_answer=expecting,
    )
    assert decision.outcome in OUTCOMES
    if any(not h.soft for h in hits):
        heaviest = min((h.action for h in hits if not h.soft), key=DANGER_OUTCOMES.index)
        assert decision.outcome == heaviest


def test_a_social_emergency_is_social_with_its_own_line():
    decision = decide(Screening((hit("sociaal_spoed"),)), believes(buiten_bereik=0.9))
    assert (decision.outcome, decision.routes[0]) == ("sociaal", "financieel")
    assert decision.notices == ("sociaal_spoed",)


def test_a_social_emergency_never_hides_danger():
    decision = decide(Screening((hit("crisis_113"), hit("sociaal_spoed"))), believes())
    assert decision.outcome == "crisis_113"


def test_gibberish_asks_whatever_the_classifier_thinks():
    assert decide(Screening(), believes(onveilig=0.8), is_gibberish=True).outcome == "verduidelijken"


def test_gibberish_never_silences_a_rule():
    assert decide(Screening((hit("crisis_113"),)), believes(), is_gibberish=True).outcome == "crisis_113"


def test_while_the_place_is_asked_a_remark_without_a_subject_keeps_the_routes():
    remark = Prediction(intents={"sociaal": 0.9}, routes={"mantelzorg": 0.3})
    assert decide(Screening(), remark, expecting_place=True).routes == ()
    assert decide(Screening(), remark).routes == ("mantelzorg",)


def test_a_social_emergency_that_alarms_the_classifier_names_the_number_beside_the_answer():
    decision = decide(Screening((hit("sociaal_spoed"),)), believes(crisis_113=0.7, sociaal=0.2))
    assert decision.outcome == "sociaal"
    assert decision.notices == ("crisis_113", "sociaal_spoed")


def test_gibberish_keeps_the_line_of_a_soft_rule_in_sight():
    soft = Screening((hit("crisis_113", soft=True),))
    assert decide(soft, believes(sociaal=0.9), is_gibberish=True).notices == ("crisis_113",)


def test_a_note_that_sounds_like_a_step_in_a_talk_keeps_what_it_means_by_itself():
    decision = decide(Screening(), believes(noem_plaats=0.8, sociaal=0.15), place="Goes")
    assert (decision.outcome, decision.act, decision.routes) == ("verduidelijken", "noem_plaats", ())
    note = decision.by_itself("balie")
    assert (note.outcome, note.act, note.routes, note.place) == ("sociaal", None, ("rouw", "buddy"), "Goes")
    assert decision.by_itself("bewoner") is decision
    assert Decision.from_dict(decision.as_dict()) == decision


def test_what_means_nothing_else_stays_a_step_in_a_talk():
    greeting = decide(Screening(), believes(begroeten=0.96, sociaal=0.04))
    place = decide(Screening(), believes(noem_plaats=0.5, sociaal=0.4), place="Goes", is_place_answer=True)
    assert greeting.alone is place.alone is None


def test_the_reading_of_a_note_loses_no_number():
    soft = Screening((hit("crisis_113", soft=True),))
    assert decide(soft, believes(noem_plaats=0.8, sociaal=0.2)).by_itself("balie").notices == ("crisis_113",)


def test_danger_that_no_rule_saw_is_not_certain():
    assert not decide(Screening(), believes(crisis_113=0.99)).is_certain
    assert decide(Screening((hit("crisis_113"),)), believes()).is_certain
    assert decide(Screening(), believes(sociaal=0.99)).is_certain
