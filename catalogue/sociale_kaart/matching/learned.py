"""The route that a whole sentence asks for, by words learned from the corpus (`zoekwoorden_geleerd.csv`).

A multinomial logistic regression over words and pairs of words, learned by `sociale-triage
learn-search-words`; here it is only added up. Used where the reviewed search words say nothing.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sociale_kaart.files import LEARNED_WORDS, data_file
from sociale_kaart.matching.weights import LEARNED_WORD_ALIKE
from sociale_kaart.matching.words import KnownWords

NO_ROUTE = "geen"
"""The class of texts that ask for nothing social."""

BIAS = "*"
"""Stands in the file for what a class weighs before any word."""


@dataclass(frozen=True)
class LearnedWords:
    """`weights`: by word or pair of words, what it adds to each class; `singles`: the known words."""

    weights: dict[str, dict[str, float]]
    singles: KnownWords

    def knows(self, word: str) -> bool:
        """Whether a word is one that people use in their questions."""
        return word in self.weights

    def route(self, words: Sequence[str]) -> tuple[str | None, float]:
        """The likeliest route with its probability (0..1); None for a text that asks for nothing social."""
        totals: dict[str, float] = defaultdict(float, self.weights.get(BIAS, {}))
        if not totals:
            return None, 0.0
        for feature in features_of([self._as_known(word) for word in words]):
            for name, weight in self.weights.get(feature, {}).items():
                totals[name] += weight
        best = max(totals, key=totals.__getitem__)
        probability = 1 / sum(math.exp(total - totals[best]) for total in totals.values())
        return (None if best == NO_ROUTE else best), probability

    def _as_known(self, word: str) -> str:
        if word in self.weights or len(word) < 5:
            return word
        return next(iter(self.singles.alike(word, LEARNED_WORD_ALIKE)), word)


def features_of(words: Sequence[str]) -> Iterator[str]:
    """What a text is learned and read by: its words and its pairs of neighbours, each once."""
    yield from dict.fromkeys(words)
    yield from dict.fromkeys(f"{left} {right}" for left, right in zip(words, words[1:], strict=False))


def load_learned_words(data_dir: Path | str | None = None) -> LearnedWords:
    """The learned words; none where the file is missing. Raises KeyError or ValueError on a broken file."""
    path = data_file(data_dir, LEARNED_WORDS)
    return _learned(path, path.stat().st_mtime_ns) if path.exists() else LearnedWords({}, KnownWords(()))


@lru_cache(maxsize=4)
def _learned(path: Path, _changed: int) -> LearnedWords:
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            weights[row["woorden"]][row["route"]] = float(row["gewicht"])
    singles = KnownWords(word for word in weights if " " not in word and len(word) >= 5)
    return LearnedWords(dict(weights), singles)
