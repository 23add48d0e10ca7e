"""The corpus as the tests read it: once in a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.triage.corpus import Example, load_corpus

CORPUS = Path(__file__).parents[1] / "data" / "nlu"


@cache
def whole_corpus() -> tuple[Example, ...]:
    """All utterances of `data/nlu`, in the order of the files."""
    return tuple(load_corpus(CORPUS))
