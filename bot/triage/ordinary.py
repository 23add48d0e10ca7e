"""What a message means that holds no danger: one reading, or a question between readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.triage.clarify import readings_to_ask
from bot.triage.decision import Decision
from bot.triage.types import DANGER_OUTCOMES, DIALOGUE_ACTS, OUTCOMES, SOCIAL, Prediction

MAX_ROUTES = 3
_ONE_MESSAGE = frozenset(OUTCOMES) - frozenset(DANGER_OUTCOMES)
UNREAD_PLACE = "?"
"""What the place slot gets when the answer to the place question names no known place."""


def ordinary_decision(
    prediction: Prediction,
    *,
    expecting_place: bool,
    is_place_answer: bool,
    thresholds: Mapping[str, float],
) -> Decision:
    """The likeliest reading that is no danger, or a question where two readings are too close.

    `expecting_place`: the place question is open; `is_place_answer`: the message is little more
    than a place.
    """
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
            options=readings_to_ask(ranking, routes),
        )
    return Decision(
        outcome=best,
        certainty=round(probability, 3),
        routes=routes if best in SOCIAL else (),
    )


def beside_the_act(
    decision: Decision, prediction: Prediction, thresholds: Mapping[str, float]
) -> Decision | None:
    """The reading of a message as if it were no step in a conversation; None where it holds nothing else."""
    if decision.act is None:
        return None
    rest = {code: p for code, p in prediction.intents.items() if code in _ONE_MESSAGE}
    total = sum(rest.values())
    if max(rest.values(), default=0.0) < thresholds["reading_beside_act"]:
        return None
    shares = replace(prediction, intents={code: probability / total for code, probability in rest.items()})
    return ordinary_decision(shares, expecting_place=False, is_place_answer=False, thresholds=thresholds)


def of_choice(readings: Sequence[str]) -> Decision:
    """The Decision of somebody who chose between readings (clarify.py); none of them: something else."""
    if not readings:
        return Decision(outcome=DIALOGUE_ACTS["iets_anders"], certainty=1.0, act="iets_anders")
    routes = tuple(reading for reading in readings if reading not in OUTCOMES)
    others = [reading for reading in readings if reading in OUTCOMES]
    if not routes:
        return Decision(outcome=others[0], certainty=1.0)
    return Decision(outcome="gemengd" if "medisch" in others else "sociaal", certainty=1.0, routes=routes)


def unread_place(decision: Decision, expecting_place: bool) -> tuple[Decision, str | None]:
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


def likely_routes(prediction: Prediction, thresholds: Mapping[str, float]) -> tuple[str, ...]:
    """The best route first, and at most two more that are likely enough."""
    ranked = sorted(prediction.routes.items(), key=lambda item: -item[1])[:MAX_ROUTES]
    return tuple(
        route
        for position, (route, probability) in enumerate(ranked)
        if position == 0 or probability >= thresholds["extra_route"]
    )
