"""The Decision: one outcome from rule hits, classifier probabilities and where we are in the talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from sociale_kaart.files import read_yaml

from bot.triage.clarify import in_the_light_of
from bot.triage.decision import BY_THE_MODEL, Decision
from bot.triage.ordinary import beside_the_act, of_choice, ordinary_decision, unread_place
from bot.triage.types import (
    DANGER_OUTCOMES,
    SOCIAL,
    SOCIAL_EMERGENCY,
    Prediction,
    Reason,
    RuleHit,
    Screening,
)

THRESHOLDS_FILE = Path(__file__).parents[2] / "data" / "decision" / "thresholds.yml"
ROUTES_IN_SOCIAL_EMERGENCY = ("financieel", "dorpsondersteuner")


@lru_cache
def load_thresholds(path: Path = THRESHOLDS_FILE) -> Mapping[str, float]:
    """The thresholds of data/decision/thresholds.yml, by name."""
    return read_yaml(path)


def decide(
    screening: Screening,
    prediction: Prediction,
    *,
    reasons: Sequence[Reason] = (),
    place: str | None = None,
    expecting_place: bool = False,
    is_place_answer: bool = False,
    is_gibberish: bool = False,
    language: str | None = None,
    asked: Sequence[str] = (),
    chosen: Sequence[str] | None = None,
    thresholds: Mapping[str, float] | None = None,
) -> Decision:
    """Combine what the rules saw and what the classifier believes into one Decision.

    Rules go first and are never overruled towards less danger; the classifier may only add.
    `place` is the place named in the message; `expecting_place` is true while the place
    question is open and `is_place_answer` when the message is little more than a place;
    `is_gibberish` when it has no word that anybody knows; `language` is the language of a
    message that is surely not in Dutch. `asked` are the readings between which the assistant
    asked just before, `chosen` those that a short answer named (see clarify.py).
    """
    thresholds = thresholds or load_thresholds()
    danger = _by_rule(screening, prediction, thresholds)
    if is_gibberish and not (screening.hits or language or is_place_answer or chosen is not None):
        return Decision(outcome="verduidelijken", certainty=1.0)
    suspected = _by_classifier(prediction, thresholds)
    danger = danger or (None if _is_social_emergency(screening) else suspected)
    if danger:
        return replace(
            danger, reasons=_rule_reasons(screening) or tuple(reasons), place=place, language=language
        )
    if chosen is not None:
        ordinary = of_choice(chosen)
    elif language and not is_place_answer:
        ordinary = Decision(outcome="buiten_bereik", certainty=1.0, language=language)
    else:
        ordinary = ordinary_decision(
            in_the_light_of(asked, prediction, thresholds["asked_reading_weight"]),
            expecting_place=expecting_place,
            is_place_answer=is_place_answer,
            thresholds=thresholds,
        )
    alone = None if is_place_answer else beside_the_act(ordinary, prediction, thresholds)
    if ordinary.act == "noem_plaats" and not place:
        ordinary, place = unread_place(ordinary, expecting_place)

    def complete(decision: Decision) -> Decision:
        named = _with_notices(_at_least_social(decision, screening), screening)
        if suspected:  # a social emergency explains the alarm: name the number beside the answer
            named = replace(named, notices=tuple(dict.fromkeys((suspected.outcome, *named.notices))))
        return replace(named, reasons=_rule_reasons(screening) + tuple(reasons), place=place)

    return replace(complete(ordinary), alone=complete(alone) if alone else None)


def danger_probability(prediction: Prediction) -> float:
    """The summed probability (0..1) of the four danger outcomes."""
    return sum(prediction.intents.get(outcome, 0.0) for outcome in DANGER_OUTCOMES)


def _by_rule(
    screening: Screening, prediction: Prediction, thresholds: Mapping[str, float]
) -> Decision | None:
    hits = screening.danger
    hard = [hit for hit in hits if not hit.soft]
    if hard:
        return _danger(_heaviest(hard), hits, certainty=1.0, soft=False)
    probability = danger_probability(prediction)
    if hits and probability >= thresholds["danger_confirms_soft_rule"]:
        outcome = _sure_kind(prediction, probability, thresholds) or _heaviest(hits)
        return _danger(outcome, hits, certainty=max(0.5, probability), soft=True)
    return None


def _likeliest_danger(prediction: Prediction) -> str:
    return max(DANGER_OUTCOMES, key=lambda code: prediction.intents.get(code, 0.0))


def _sure_kind(prediction: Prediction, probability: float, thresholds: Mapping[str, float]) -> str | None:
    """The kind of danger of which the classifier is sure, as it is of danger itself; else None."""
    likeliest = _likeliest_danger(prediction)
    sure_of_danger = probability >= thresholds["danger_soft"]
    sure_of_kind = prediction.intents.get(likeliest, 0.0) >= thresholds["sure_of_the_kind"] * probability
    return likeliest if sure_of_danger and sure_of_kind else None


def _heaviest(hits: Sequence[RuleHit]) -> str:
    return min((hit.action for hit in hits), key=DANGER_OUTCOMES.index)


def _danger(outcome: str, hits: Sequence[RuleHit], certainty: float, soft: bool) -> Decision:
    tags = tuple(dict.fromkeys(tag for hit in hits for tag in hit.tags))
    heaviest = _heaviest(hits)
    beside = tuple(
        hit.action
        for hit in hits
        if hit.action != outcome and (not hit.soft or (soft and hit.action == heaviest))
    )
    return Decision(
        outcome=outcome,
        certainty=round(certainty, 3),
        soft=soft,
        tags=tags,
        notices=tuple(dict.fromkeys(beside)),
        rules=tuple(dict.fromkeys(hit.rule_id for hit in hits)),
        group=next((hit.group for hit in hits if hit.action == outcome), BY_THE_MODEL),
    )


def _by_classifier(prediction: Prediction, thresholds: Mapping[str, float]) -> Decision | None:
    probability = danger_probability(prediction)
    if probability < thresholds["danger_soft"]:
        return None
    return Decision(
        outcome=_likeliest_danger(prediction),
        certainty=round(probability, 3),
        soft=probability < thresholds["danger_hard"],
        group=BY_THE_MODEL,
    )


def _is_social_emergency(screening: Screening) -> bool:
    return any(hit.action == SOCIAL_EMERGENCY and not hit.soft for hit in screening.hits)


def _at_least_social(decision: Decision, screening: Screening) -> Decision:
    """A social emergency is a social question, whatever else the message was taken for."""
    if not _is_social_emergency(screening) or decision.outcome == "mens":
        return decision
    outcome = decision.outcome if decision.outcome in SOCIAL else "sociaal"
    return replace(decision, outcome=outcome, act=None, options=(), routes=ROUTES_IN_SOCIAL_EMERGENCY)


def _with_notices(decision: Decision, screening: Screening) -> Decision:
    """Beside an ordinary answer, the numbers that soft or social-emergency rules ask for."""
    if not screening.hits:
        return decision
    return replace(
        decision,
        notices=tuple(dict.fromkeys(hit.action for hit in screening.hits)),
        rules=tuple(dict.fromkeys(hit.rule_id for hit in screening.hits)),
    )


def _rule_reasons(screening: Screening) -> tuple[Reason, ...]:
    return tuple(Reason(hit.fragment, hit.action) for hit in screening.hits[:3])
