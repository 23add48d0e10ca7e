"""Spelling normalisation: an unknown word is read as the nearest word of the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import simplemma
from rapidfuzz import process
from rapidfuzz.distance import OSA
from sociale_kaart.typed_words import cached_by_word

from bot.triage.lexicon import Token

KNOWN_FROM = 3
"""Utterances of the corpus in which a word must occur to be known; rarer words may be slips themselves."""

SHORTEST_CORRECTED = 5
SHORTEST_CORRECTION = 4
"""Letters; shorter words have too many neighbours ("wel", "wal", "val")."""

TWO_SLIPS_FROM = 8
"""Letters from which two slips are read past; one in a shorter word."""

CANDIDATES = 8


class Spelling:
    """Reads words as the corpus spells them. Measured worth: docs/classifier.md."""

    def __init__(self, token_lists: Iterable[list[Token]]) -> None:
        """Learn which words are known from the tokens of each utterance of the corpus."""
        counts = Counter(word for tokens in token_lists for word in {token.text for token in tokens})
        self.counts = {word: n for word, n in counts.items() if n >= KNOWN_FROM and word.isalpha()}
        self._corrections = _by_length(word for word in self.counts if len(word) >= SHORTEST_CORRECTION)
        self._remember()

    def __getstate__(self) -> dict:
        return {"counts": self.counts, "_corrections": self._corrections}

    def __setstate__(self, state: dict) -> None:
        self.counts, self._corrections = state["counts"], state["_corrections"]
        self._remember()

    def _remember(self) -> None:
        self._near = cached_by_word(20_000)(self._nearest)

    def normalise(self, tokens: list[Token]) -> list[Token]:
        """The tokens with unknown words replaced; every token keeps its place in the text."""
        return [Token(self.read(token.text), token.start, token.end) for token in tokens]

    def read(self, word: str) -> str:
        """`word` as the corpus would spell it: itself when known or without a near neighbour."""
        if self.is_known(word) or len(word) < SHORTEST_CORRECTED or not word.isalpha():
            return word
        return self._near(word)

    def is_known(self, word: str) -> bool:
        """Whether the corpus uses the word."""
        return word in self.counts

    def _nearest(self, word: str) -> str:
        if simplemma.is_known(word, lang="nl"):
            return word
        slips = 1 if len(word) < TWO_SLIPS_FROM else 2
        lengths = range(len(word) - slips, len(word) + slips + 1)
        candidates = [known for length in lengths for known in self._corrections.get(length, ())]
        near = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=slips, limit=CANDIDATES)
        return min(near, key=lambda hit: self._distance(word, hit[0], hit[1]), default=(word,))[0]

    def _distance(self, word: str, known: str, slips: int) -> tuple:
        """Fewest slips first, then the same first letter, then the commonest word."""
        return slips, known[0] != word[0], -self.counts[known]


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    by_length: dict[int, list[str]] = {}
    for word in sorted(words):
        by_length.setdefault(len(word), []).append(word)
    return by_length
