"""How much of a name stands in a text, word by word, also where words are split or joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from sociale_kaart.matching.names import weight
from sociale_kaart.matching.sounds import sound_of
from sociale_kaart.matching.words import LENGTH_SLACK, similarity

SHORTEST_JOINED = 6
"""Letters that two neighbouring words must have together before they are tried as one."""

JOINED_ALIKE = 0.85
"""Least likeness of words that are split or joined differently: many pairs look like one word."""

Hit = tuple[float, frozenset[int]]
_NO_HIT: Hit = (0.0, frozenset())


@dataclass(frozen=True)
class Coverage:
    """How much of a name (0..1) is in the text, the weight of the whole name, and by which words."""

    share: float
    size: float
    positions: frozenset[int]


class TextWords:
    """The words of a search text, ready to be compared with many names.

    `exact_only` are the positions of words that already mean something else (a route, a
    place, filler): they count only when spelled exactly as in the name.
    """

    def __init__(self, words: Sequence[str], exact_only: frozenset[int], generic: frozenset[str]):
        self.words = list(words)
        self._generic = generic
        self._exact: dict[str, frozenset[int]] = {}
        for position, word in enumerate(self.words):
            self._exact[word] = self._exact.get(word, frozenset()) | {position}
        self._free = [
            (word, frozenset({position}))
            for position, word in enumerate(self.words)
            if position not in exact_only and word not in generic and len(word) > 1
        ]
        self._joined = [
            (whole, frozenset(range(at, at + size)))
            for size in (2, 3)
            for at in range(len(self.words) - size + 1)
            if len(whole := "".join(self.words[at : at + size])) >= SHORTEST_JOINED
            and not set(range(at, at + size)) <= exact_only
        ]
        self._seen: dict[str, Hit] = {}
        self._seen_joined: dict[str, Hit] = {}
        self._spelled = " ".join(self.words)
        self._heard = " ".join(map(sound_of, self.words))

    def coverage(self, name: Sequence[str]) -> Coverage:
        """How much of the name stands in the text."""
        size = sum(weight(word, self._generic) for word in name)
        total, positions = 0.0, set()
        at = 0
        while at < len(name):
            likeness, where = self._find(name[at])
            taken = 1
            if at + 1 < len(name):
                pair = self._find_joined(name[at] + name[at + 1])
                if pair[0] > max(likeness, self._find(name[at + 1])[0]):
                    (likeness, where), taken = pair, 2
            total += likeness * sum(weight(word, self._generic) for word in name[at : at + taken])
            positions |= where
            at += taken
        if len(name) > 2:
            likeness, where = self._find_joined("".join(name))
            if likeness > total / size:
                return Coverage(likeness, size, where)
        return Coverage(total / size, size, frozenset(positions))

    def likeness(self, words: str, heard: str) -> float:
        """How much the whole text looks like these words, or sounds like `heard` (their sounds), 0..1."""
        return (
            max(
                fuzz.ratio(self._spelled, words),
                fuzz.token_sort_ratio(self._spelled, words),
                fuzz.ratio(self._heard, heard),
                fuzz.token_sort_ratio(self._heard, heard),
            )
            / 100
        )

    def _find(self, word: str) -> Hit:
        """The words of the text that stand for one word of a name."""
        if word in self._exact:
            return 1.0, self._exact[word]
        if word not in self._seen:
            best = _NO_HIT
            if word not in self._generic:
                for own, where in _of_like_length(self._free, word):
                    likeness = similarity(word, own)
                    if likeness > best[0]:
                        best = (likeness, where)
            for own, where in _of_like_length(self._joined, word):
                likeness = similarity(word, own)
                if likeness >= JOINED_ALIKE and likeness > best[0]:
                    best = (likeness, where)
            self._seen[word] = best
        return self._seen[word]

    def _find_joined(self, word: str) -> Hit:
        """A name's words written as one in the text."""
        if len(word) < SHORTEST_JOINED:
            return _NO_HIT
        if word in self._exact:
            return 1.0, self._exact[word]
        if word not in self._seen_joined:
            hits = [(similarity(word, own), where) for own, where in _of_like_length(self._free, word)]
            best = max(hits, key=lambda hit: hit[0], default=_NO_HIT)
            self._seen_joined[word] = best if best[0] >= JOINED_ALIKE else _NO_HIT
        return self._seen_joined[word]


def _of_like_length(
    words: list[tuple[str, frozenset[int]]], word: str
) -> Iterator[tuple[str, frozenset[int]]]:
    return (one for one in words if abs(len(one[0]) - len(word)) <= LENGTH_SLACK)
