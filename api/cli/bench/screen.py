"""How fast the safety screen is, which runs before everything else."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from api.cli.bench.figures import spread

if TYPE_CHECKING:
    from bot.triage.corpus import Example

SCREENED_CHARACTERS = 200
LENGTHS = (200, 2_000, 20_000, 200_000)
"""Lengths (characters) at which the screen is measured: its cost may grow with length, no faster."""


def measure_screen(examples: Sequence[Example], lengths: Sequence[int] = LENGTHS) -> dict:
    """How long the safety screen takes (ms) for messages of 200 characters, and per character as they grow.

    The messages are utterances of the corpus, cut or joined to length.
    """
    from bot.triage.screen import Screen

    screen = Screen.load()
    texts = [example.text for example in examples[::7]]
    long_ones = [text[:SCREENED_CHARACTERS] for text in texts if len(text) >= SCREENED_CHARACTERS][:300]
    milliseconds = [_timed(screen.check, text) for text in long_ones]
    everything = ". ".join(texts)
    per_character = {size: _timed(screen.check, everything[:size]) / size for size in lengths}
    shortest = sum(milliseconds) / len(milliseconds) / SCREENED_CHARACTERS
    return {
        "characters": SCREENED_CHARACTERS,
        **spread(milliseconds),
        "perCharacterAgainstShortest": {
            str(size): round(ms / shortest, 2) for size, ms in per_character.items()
        },
    }


def _timed(work: Callable[[str], object], text: str) -> float:
    before = time.perf_counter()
    work(text)
    return (time.perf_counter() - before) * 1000
