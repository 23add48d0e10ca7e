"""One question between the likeliest readings, and its answer understood in the light of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from sociale_kaart.files import read_yaml

from bot.triage.lexicon import tokenize
from bot.triage.types import DANGER_OUTCOMES, SOCIAL, Prediction

ANSWERS_FILE = Path(__file__).parents[2] / "data" / "decision" / "clarify_answers.yml"

MOST_READINGS = 3
LEAST_LIKELY = 0.05
"""Readings below this probability (0..1) are not worth a button."""

ORDER = ("first", "second", "third")

OUTCOME_READINGS = ("medisch", "mens", "buiten_bereik")
"""Outcomes that are a reading by themselves; social ones are asked about by their route."""


def readings_to_ask(ranking: Sequence[tuple[str, float]], routes: Sequence[str]) -> tuple[str, ...]:
    """Two or three readings to choose between: route codes for the social ones, outcome codes for others.

    `ranking` holds (intent, probability), likeliest first; `routes` the likely routes, best first.
    """
    readings: list[str] = []
    for intent, probability in ranking:
        if probability < LEAST_LIKELY:
            break
        if intent in SOCIAL:
            readings.extend(routes[:2])
        elif intent in OUTCOME_READINGS:
            readings.append(intent)
    return tuple(dict.fromkeys(readings))[:MOST_READINGS]


def chosen_readings(text: str, asked: Sequence[str]) -> tuple[str, ...] | None:
    """Which of the readings `asked` a short answer means: "de eerste", "allebei", "geen van beide".

    An empty tuple means none of them; None that the answer has to be understood as a message.
    """
    if not asked:
        return None
    answers = _answers()
    said = _without_around(text)
    if said in answers["none"]:
        return ()
    if said in answers["all"]:
        return tuple(asked)
    if said in answers["last"]:
        return (asked[-1],)
    for name, reading in zip(ORDER, asked, strict=False):
        if said in answers[name]:
            return (reading,)
    return None


def in_the_light_of(asked: Sequence[str], prediction: Prediction, weight: float) -> Prediction:
    """The prediction when the message answers a question between the readings `asked`.

    The readings that were asked about weigh `weight` times as much; danger keeps its probability,
    so that a question never hides it. `intents` still sum to what they summed to.
    """
    if not asked:
        return prediction
    expected = {reading for reading in asked if reading in OUTCOME_READINGS}
    if any(reading not in OUTCOME_READINGS for reading in asked):
        expected |= set(SOCIAL)
    ordinary = {code: value for code, value in prediction.intents.items() if code not in DANGER_OUTCOMES}
    weighed = {code: value * (weight if code in expected else 1) for code, value in ordinary.items()}
    before, after = sum(ordinary.values()), sum(weighed.values())
    scaled = {code: value * before / after for code, value in weighed.items()} if after else weighed
    routes = {
        code: min(1.0, value * weight) if code in asked else value
        for code, value in prediction.routes.items()
    }
    return replace(prediction, intents={**prediction.intents, **scaled}, routes=routes)


def _without_around(text: str) -> str:
    around = _answers()["around"]
    words = [token.text for token in tokenize(text)]
    bare = [word for word in words if word not in around]
    whole = " ".join(words)
    return whole if whole in _answers()["none"] or not bare else " ".join(bare)


@lru_cache
def _answers(path: Path = ANSWERS_FILE) -> Mapping[str, frozenset[str]]:
    data = read_yaml(path)
    lists = {name: frozenset(str(form) for form in forms) for name, forms in data.items() if name != "around"}
    return {**lists, "around": frozenset(data["around"].split())}
