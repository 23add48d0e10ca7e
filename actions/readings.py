"""The readings of data/decision/readings.yml: what stands on a button and in the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sociale_kaart.files import read_yaml

from actions.sentences import say

READINGS_FILE = Path(__file__).parents[1] / "data" / "decision" / "readings.yml"


@dataclass(frozen=True)
class Reading:
    """`button` is what a person presses, `phrase` what follows "Gaat het om"."""

    button: str
    phrase: str


@lru_cache
def load_readings(path: Path = READINGS_FILE) -> Mapping[str, Reading]:
    """All readings by route or outcome code."""
    data = read_yaml(path)
    return {code: Reading(entry["knop"], entry["vraag"]) for code, entry in data.items()}


def either_or(codes: Sequence[str]) -> str:
    """The phrases of two or three readings as the rest of "Gaat het om ...?": "a? Of om b"."""
    phrases = [load_readings()[code].phrase for code in codes]
    return say("tussen_lezingen").join(phrases)
