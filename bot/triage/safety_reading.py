"""Find compiled patterns in the normalised words of one text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.triage.normalise import Token
from bot.triage.patterns import FREE_FILLERS, Element, Pattern, PatternSet, Vocabulary


@dataclass(frozen=True)
class Span:
    """A match: words `start` up to (not including) `end`, and the words that were named."""

    start: int
    end: int
    named: frozenset[int]


class Reading:
    """One text read against a vocabulary: which atoms stand where.

    `candidates`: numbers of the patterns whose words all occur somewhere in the text.
    """

    def __init__(self, tokens: Sequence[Token], vocabulary: Vocabulary) -> None:
        self.tokens = tokens
        self.atoms = [vocabulary.atoms(t.form) for t in tokens]
        self._pairs = [vocabulary.joined(a.form, b.form) for a, b in zip(tokens, tokens[1:], strict=False)]
        self._pairs.append(None)
        self._filler = [t.form in vocabulary.fillers for t in tokens]
        self._vocabulary = vocabulary
        self._starts_of: dict[int, list[int]] = {}
        self._rows: dict[int, bool] = {}
        self.places: dict[int, list[int]] = {}
        for i, atoms in enumerate(self.atoms):
            for atom in atoms:
                self.places.setdefault(atom, []).append(i)
            pair = self._pairs[i]
            if pair is not None and pair not in atoms:
                self.places.setdefault(pair, []).append(i)
        self._present = frozenset(self.places)
        self.candidates = vocabulary.candidates(self._present)

    def may_match(self, patterns: PatternSet) -> bool:
        """False when no pattern of the set can occur in the text."""
        return not patterns.numbers.isdisjoint(self.candidates)

    def find_any(self, patterns: PatternSet) -> Iterator[Span]:
        """All matches of all patterns of the set."""
        possible = patterns.numbers & self.candidates
        if not possible:
            return iter(())
        patterns_found = map(self._vocabulary.pattern, sorted(possible))
        return chain.from_iterable(map(self.find, patterns_found))

    def possible(self, elements: Iterable[Element]) -> bool:
        """False when some element of the pattern cannot occur anywhere in the text."""
        return all(
            not e.atoms.isdisjoint(self._present) or any(map(self._row_possible, e.sequences))
            for e in elements
        )

    def _row_possible(self, row: tuple[Element, ...]) -> bool:
        """What `possible` says, remembered: many patterns share the rows of a word class."""
        known = self._rows.get(id(row))
        if known is None:
            known = self._rows[id(row)] = self.possible(row)
        return known

    def find(self, pattern: Pattern) -> Iterator[Span]:
        """All matches of the pattern that stay within one sentence, left to right."""
        if not self.possible(pattern.elements):
            return
        for start in self._likely_starts(pattern):
            best: Span | None = None
            for end, named in self._from(start, pattern.elements, self.tokens[start].sentence, True):
                if best is None or end < best.end:
                    best = Span(start, end, named)
            if best is not None:
                yield best

    def _likely_starts(self, pattern: Pattern) -> list[int]:
        """Places of the first word that have the rarest word of the pattern close enough behind."""
        places = [self._starts(element) for element in pattern.elements]
        rarest = min(places, key=len)
        firsts = places[0]
        if rarest is firsts:
            return firsts
        likely: list[int] = []
        for place in rarest:
            low = bisect_left(firsts, max(place - pattern.reach, likely[-1] + 1 if likely else 0))
            likely.extend(firsts[low : bisect_right(firsts, place)])
        return likely

    def _starts(self, element: Element) -> list[int]:
        known = self._starts_of.get(element.number)
        if known is None:
            known = self._starts_of[element.number] = self._find_starts(element)
        return known

    def _find_starts(self, element: Element) -> list[int]:
        starts: set[int] = set()
        for atom in element.atoms & self._present:
            starts.update(self.places[atom])
        for sequence in element.sequences:
            if self._row_possible(sequence):
                starts.update(self._starts(sequence[0]))
        return sorted(starts)

    def _from(
        self, at: int, elements: tuple[Element, ...], sentence: int, first: bool
    ) -> Iterator[tuple[int, frozenset[int]]]:
        """Ways to match `elements` from word `at` on: the word after the match and the named words."""
        states: dict[int, frozenset[int]] = {at: frozenset()}
        for number, element in enumerate(elements):
            following: dict[int, frozenset[int]] = {}
            for place, named in states.items():
                reach = self._reach(
                    place, 0 if first and number == 0 else element.gap, number > 0 or not first
                )
                for begin in reach:
                    for end, also in self._one(begin, element, sentence):
                        following.setdefault(end, named | also)
            if not following:
                return
            states = following
        yield from states.items()

    def _reach(self, place: int, gap: int, inside: bool) -> list[int]:
        """Places where the next named word may stand: after the gap, and after filler words."""
        places = list(range(place, min(place + gap, len(self.tokens) - 1) + 1))
        if inside and places:
            at, skipped = places[-1], 0
            while skipped < FREE_FILLERS and at < len(self.tokens) - 1 and self._filler[at]:
                at += 1
                skipped += 1
                places.append(at)
        return places

    def _one(self, at: int, element: Element, sentence: int) -> Iterator[tuple[int, frozenset[int]]]:
        if at >= len(self.tokens) or self.tokens[at].sentence != sentence:
            return
        if not element.atoms.isdisjoint(self.atoms[at]):
            yield at + 1, frozenset((at,))
        if self._pairs[at] in element.atoms:
            yield at + 2, frozenset((at, at + 1))
        for sequence in element.sequences:
            yield from self._from(at, sequence, sentence, True)
