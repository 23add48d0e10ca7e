"""The Decision: one outcome from rule hits, classifier probabilities and where we are in the talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import yaml

from bot.triage.types import (
    DANGER_OUTCOMES,
    DIALOGUE_ACTS,
    OUTCOMES,
    SOCIAL_EMERGENCY,
    Prediction,
    Reason,
    RuleHit,
    Screening,
)

THRESHOLDS_FILE = Path(__file__).parents[2] / "data" / "decision" / "thresholds.yml"
MAX_ROUTES = 3
SOCIAL = ("sociaal", "gemengd")
ROUTES_IN_SOCIAL_EMERGENCY = ("financieel", "dorpsondersteuner")
UNREAD_PLACE = "?"
"""What the place slot gets when the answer to the place question names no known place."""


@dataclass(frozen=True)
class Decision:
    """What one message means.

    `outcome` is one of OUTCOMES; `act` the dialogue act it stands for, if any;
    `certainty` 0..1; `soft` marks a danger outcome that asks before it tells;
    `notices` are the tags of danger that must be named beside another outcome;
    `options` are the readings to choose between when the outcome is unclear.
    """

    outcome: str
    certainty: float
    routes: tuple[str, ...] = ()
    act: str | None = None
    soft: bool = False
    tags: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    rules: tuple[str, ...] = ()
    place: str | None = field(default=None)

    @property
    def is_danger(self) -> bool:
        return self.outcome in DANGER_OUTCOMES

    @property
    def intent(self) -> str:
        """The Rasa intent: the dialogue act where there is one, the outcome otherwise."""
        return self.act or self.outcome

    def as_dict(self) -> dict:
        """Plain JSON values, for the tracker."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping) -> Decision:
        """The Decision that `as_dict` wrote."""
        known = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in values.items()
            if name in cls.__dataclass_fields__
        }
        known["reasons"] = tuple(Reason(**reason) for reason in values.get("reasons", ()))
        return cls(**known)


@lru_cache
def load_thresholds(path: Path = THRESHOLDS_FILE) -> Mapping[str, float]:
    """The thresholds of data/decision/thresholds.yml, by name."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def decide(
    screening: Screening,
    prediction: Prediction,
    *,
    reasons: Sequence[Reason] = (),
    place: str | None = None,
    expecting_place: bool = False,
    is_place_answer: bool = False,
    is_gibberish: bool = False,
    thresholds: Mapping[str, float] | None = None,
) -> Decision:
    """Combine what the rules saw and what the classifier believes into one Decision.

    Rules go first and are never overruled towards less danger; the classifier may only add.
    `place` is the place named in the message; `expecting_place` is true while the place
    question is open and `is_place_answer` when the message is little more than a place;
    `is_gibberish` when it has no word that anybody knows.
    """
    thresholds = thresholds or load_thresholds()
    danger = _by_rule(screening, prediction, thresholds)
    if not screening.hits and is_gibberish and not is_place_answer:
        return Decision(outcome="verduidelijken", certainty=1.0)
    suspected = _by_classifier(prediction, thresholds)
    danger = danger or (None if _is_social_emergency(screening) else suspected)
    if danger:
        return replace(danger, reasons=_rule_reasons(screening) or tuple(reasons), place=place)
    ordinary = _ordinary(prediction, expecting_place, is_place_answer, thresholds)
    if ordinary.act == "noem_plaats" and not place:
        ordinary, place = _unread_place(ordinary, expecting_place)
    named = _with_notices(_at_least_social(ordinary, screening), screening)
    if suspected:  # a social emergency explains the alarm: name the number beside the answer
        named = replace(named, notices=tuple(dict.fromkeys((suspected.outcome, *named.notices))))
    return replace(named, reasons=_rule_reasons(screening) + tuple(reasons), place=place)


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
    )


def _by_classifier(prediction: Prediction, thresholds: Mapping[str, float]) -> Decision | None:
    probability = danger_probability(prediction)
    if probability < thresholds["danger_soft"]:
        return None
    return Decision(
        outcome=_likeliest_danger(prediction),
        certainty=round(probability, 3),
        soft=probability < thresholds["danger_hard"],
    )


def _ordinary(
    prediction: Prediction,
    expecting_place: bool,
    is_place_answer: bool,
    thresholds: Mapping[str, float],
) -> Decision:
    ranking = _ordinary_ranking(prediction)
    best, probability = ranking[0]
    if is_place_answer or (
        expecting_place
        and best in ("verduidelijken", "buiten_bereik", "noem_plaats", "begroeten")
        and probability < thresholds["new_subject_while_asking_place"]
    ):
        return Decision(
            outcome=DIALOGUE_ACTS["noem_plaats"], certainty=round(probability, 3), act="noem_plaats"
        )
    if best in DIALOGUE_ACTS:
        return Decision(outcome=DIALOGUE_ACTS[best], certainty=round(probability, 3), act=best)
    routes = likely_routes(prediction, thresholds)
    if expecting_place and best in SOCIAL and not _names_a_subject(prediction, thresholds):
        return Decision(outcome=best, certainty=round(probability, 3))
    if _unclear(ranking, thresholds):
        return Decision(
            outcome="verduidelijken",
            certainty=round(probability, 3),
            options=_options(ranking, routes),
        )
    return Decision(
        outcome=best,
        certainty=round(probability, 3),
        routes=routes if best in SOCIAL else (),
    )


def _unread_place(decision: Decision, expecting_place: bool) -> tuple[Decision, str | None]:
    """It sounds like a place, but which? Ask again while the place question is open."""
    if expecting_place:
        return decision, UNREAD_PLACE
    return replace(decision, act=None), None


def _ordinary_ranking(prediction: Prediction) -> list[tuple[str, float]]:
    """The readings that are no danger, likeliest first."""
    ordinary = {
        intent: probability
        for intent, probability in prediction.intents.items()
        if intent not in DANGER_OUTCOMES and (intent in OUTCOMES or intent in DIALOGUE_ACTS)
    }
    if not ordinary:
        return [("verduidelijken", 0.0)]
    return sorted(ordinary.items(), key=lambda item: -item[1])


def _names_a_subject(prediction: Prediction, thresholds: Mapping[str, float]) -> bool:
    """Whether the message points to a route by itself; else it goes on about the one we were at."""
    return max(prediction.routes.values(), default=0.0) >= thresholds["new_subject_while_asking_place"]


def _unclear(ranking: Sequence[tuple[str, float]], thresholds: Mapping[str, float]) -> bool:
    best, probability = ranking[0]
    if best == "verduidelijken" or probability < thresholds["act_on_reading"]:
        return True
    if len(ranking) < 2:
        return False
    second, runner_up = ranking[1]
    related = {best, second} <= {*SOCIAL, "medisch"}
    return not related and probability - runner_up < thresholds["too_close"]


def _options(ranking: Sequence[tuple[str, float]], routes: Sequence[str]) -> tuple[str, ...]:
    """Two or three readings to offer: route codes for the social ones, outcome codes for others."""
    options: list[str] = []
    for intent, probability in ranking[:4]:
        if probability < 0.05:
            continue
        if intent in SOCIAL:
            options.extend(routes[:2])
        elif intent in ("medisch", "mens"):
            options.append(intent)
    return tuple(dict.fromkeys(options))[:3]


def likely_routes(prediction: Prediction, thresholds: Mapping[str, float]) -> tuple[str, ...]:
    """The best route first, and at most two more that are likely enough."""
    ranked = sorted(prediction.routes.items(), key=lambda item: -item[1])[:MAX_ROUTES]
    return tuple(
        route
        for position, (route, probability) in enumerate(ranked)
        if position == 0 or probability >= thresholds["extra_route"]
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
