"""The words by which a search text names a route or a kind (`zoekwoorden.yml`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sociale_kaart.files import SEARCH_WORDS, data_file, read_yaml
from sociale_kaart.words import similarity, tokens

ENOUGH = 1.0
"""A route is understood from this total weight of its words."""


@dataclass(frozen=True)
class Term:
    """One word or phrase; `prefix` means that the last word may go on."""

    words: tuple[str, ...]
    prefix: bool
    weight: float

    def find(self, text: Sequence[str], filler: frozenset[str]) -> range | None:
        """Where in the words of a text the term stands, or None.

        A slip of the pen is allowed, except in a word that is known as `filler` ("iets" is no "fiets").
        """
        size = len(self.words)
        for start in range(len(text) - size + 1):
            if all(self._fits(i, text[start + i], filler) for i in range(size)):
                return range(start, start + size)
        return None

    def _fits(self, index: int, word: str, filler: frozenset[str]) -> bool:
        own = self.words[index]
        if own == word or word in filler:
            return own == word
        if self.prefix and index == len(self.words) - 1 and word.startswith(own):
            return True
        return abs(len(own) - len(word)) <= 2 and similarity(own, word) > 0


@dataclass(frozen=True)
class Vocabulary:
    """All terms, read once."""

    routes: dict[str, tuple[Term, ...]]
    kinds: dict[str, tuple[Term, ...]]
    generic: frozenset[str]
    filler: frozenset[str]

    def route_weights(self, text: Sequence[str]) -> tuple[dict[str, float], set[int]]:
        """The weight of each route that has enough of it, and which words of the text were used.

        A word or phrase inside a longer phrase of the same route counts once.
        """
        weights: dict[str, float] = {}
        used: set[int] = set()
        for route, terms in self.routes.items():
            total, taken = 0.0, set()
            for term in sorted(terms, key=lambda term: (-len(term.words), -term.weight)):
                where = term.find(text, self.filler)
                if where is not None and not taken & set(where):
                    total += term.weight
                    taken |= set(where)
            if total >= ENOUGH:
                weights[route] = total
            used |= taken
        return weights, used

    def kinds_named(self, text: Sequence[str]) -> tuple[list[str], set[int]]:
        """The kinds that the text names, longest name first, and which words of the text were used."""
        hits: list[tuple[int, str, range]] = []
        for kind, terms in self.kinds.items():
            spans = [where for where in (term.find(text, self.filler) for term in terms) if where is not None]
            if spans:
                longest = max(spans, key=len)
                hits.append((len(longest), kind, longest))
        hits.sort(key=lambda hit: -hit[0])
        return [kind for _, kind, _ in hits], {index for _, _, where in hits for index in where}


def load_vocabulary(data_dir: Path | str | None = None) -> Vocabulary:
    """The search words; raises KeyError where a section is missing."""
    path = data_file(data_dir, SEARCH_WORDS)
    return _vocabulary(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _vocabulary(path: Path, _changed: int) -> Vocabulary:
    content = read_yaml(path)
    return Vocabulary(
        routes={code: _terms(entries.items()) for code, entries in content["routes"].items()},
        kinds={
            code: _terms((entry, 1.0) for entry in entries) for code, entries in content["soorten"].items()
        },
        generic=frozenset(content["algemene_woorden"]),
        filler=frozenset(content["vulwoorden"]),
    )


def _terms(entries: Iterable[tuple[str, float]]) -> tuple[Term, ...]:
    return tuple(
        Term(tuple(tokens(text)), prefix=text.endswith("*"), weight=float(number)) for text, number in entries
    )
