"""The words by which a search text names a route or a kind (`zoekwoorden.yml`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from sociale_kaart.files import SEARCH_WORDS, data_file, read_yaml
from sociale_kaart.matching.weights import (
    ENOUGH_FOR_ROUTE,
    JOINED_WORDS_ALIKE,
    KNOWN_WORD_ALIKE,
    SHORTEST_PART,
)
from sociale_kaart.matching.words import KnownWords, similarity, tokens
from sociale_kaart.typed_words import cached_by_word


@dataclass(frozen=True)
class Term:
    """One word or phrase; `prefix` means that the last word may go on, or be part of a compound."""

    words: tuple[str, ...]
    prefix: bool
    weight: float
    joined: bool = False
    """True for a phrase written as one word."""


TermsByWord = dict[tuple[str, bool], list[tuple[str, int, Term]]]
"""By the first word of a term and whether it may go on: the code, the place in its list, the term."""


@dataclass(frozen=True)
class Vocabulary:
    """All terms, read once."""

    routes: dict[str, tuple[Term, ...]]
    kinds: dict[str, tuple[Term, ...]]
    generic: frozenset[str]
    filler: frozenset[str]

    def knows(self, word: str) -> bool:
        """Whether a word, spelled right, stands in a term."""
        plain, prefixes = self._term_sets
        return word in plain or word in prefixes

    def spells(self, word: str) -> bool:
        """Whether a word is in a term or begins with one that may go on, without a slip."""
        return self.knows(word) or any(word.startswith(own) for own in self._term_words[1])

    def route_weights(self, text: Sequence[str]) -> tuple[dict[str, float], set[int]]:
        """The weight of each route that has enough of it, and which words of the text were used.

        A word or phrase inside a longer phrase of the same route counts once.
        """
        weights: dict[str, float] = {}
        used: set[int] = set()
        spotted = self._spotted(text)
        for route, terms in self._terms_of(self._routes_by_word, spotted).items():
            total, taken = 0.0, set()
            for _, term in sorted(terms.items()):
                where = self._find(term, spotted)
                if where is not None and not taken & set(where):
                    total += term.weight
                    taken |= set(where)
            if total >= ENOUGH_FOR_ROUTE:
                weights[route] = total
            used |= taken
        return weights, used

    def kinds_named(self, text: Sequence[str]) -> tuple[list[str], set[int]]:
        """The kinds that the text names, longest name first, and which words of the text were used."""
        hits: list[tuple[int, str, range]] = []
        spotted = self._spotted(text)
        for kind, terms in self._terms_of(self._kinds_by_word, spotted).items():
            spans = [where for term in terms.values() if (where := self._find(term, spotted)) is not None]
            if spans:
                longest = max(spans, key=len)
                hits.append((len(longest), kind, longest))
        hits.sort(key=lambda hit: (-hit[0], self._order_of_kinds[hit[1]]))
        return [kind for _, kind, _ in hits], {index for _, _, where in hits for index in where}

    def _terms_of(
        self, by_word: TermsByWord, spotted: Iterable[tuple[str, bool]]
    ) -> dict[str, dict[int, Term]]:
        """By code: the terms that begin with a word that was spotted, by their place in the list."""
        found: dict[str, dict[int, Term]] = defaultdict(dict)
        for word in spotted:
            for code, at, term in by_word.get(word, ()):
                found[code][at] = term
        return found

    @cached_property
    def _routes_by_word(self) -> TermsByWord:
        return _by_first_word(self.routes)

    @cached_property
    def _kinds_by_word(self) -> TermsByWord:
        return _by_first_word(self.kinds)

    @cached_property
    def _order_of_kinds(self) -> dict[str, int]:
        return {kind: at for at, kind in enumerate(self.kinds)}

    def _spotted(self, text: Sequence[str]) -> dict[tuple[str, bool], list[range]]:
        """Where each word of a term stands in the text."""
        found: dict[tuple[str, bool], list[range]] = defaultdict(list)
        for at, word in enumerate(text):
            for own in self._words_fitting(word):
                found[own].append(range(at, at + 1))
        for at in range(len(text) - 1):
            joined = text[at] + text[at + 1]
            both = text[at] and text[at + 1] and not {text[at], text[at + 1]} <= self.filler
            if both and len(joined) > SHORTEST_PART:
                longest = max(len(text[at]), len(text[at + 1]))
                for own, prefix in self._words_fitting(joined, JOINED_WORDS_ALIKE):
                    if len(own) > longest:
                        found[own, prefix].append(range(at, at + 2))
        return found

    def _find(self, term: Term, spotted: dict[tuple[str, bool], list[range]]) -> range | None:
        """Where the words of a term stand one after the other, or None."""
        last = len(term.words) - 1
        ends = None
        for index, word in enumerate(term.words):
            places = spotted.get((word, term.prefix and index == last), ())
            if index == 0:
                ends = {where.stop: where.start for where in places}
            else:
                ends = {where.stop: ends[where.start] for where in places if where.start in ends}
            if not ends:
                return None
        stop = min(ends)
        return range(ends[stop], stop)

    def _words_fitting(self, word: str, least: float = KNOWN_WORD_ALIKE) -> frozenset[tuple[str, bool]]:
        """The words of terms that a word of a text may stand for, each with whether it is a prefix.

        A slip of the pen is allowed down to a likeness of `least`, except in a word known as `filler`
        ("iets" is no "fiets") and in one that is itself in a term.
        """
        return self._fitting(word, least)

    @cached_property
    def _fitting(self) -> Callable[[str, float], frozenset[tuple[str, bool]]]:
        return cached_by_word(_REMEMBERED)(lambda word, least: frozenset(self._fits_of(word, least)))

    def _fits_of(self, word: str, least: float) -> Iterator[tuple[str, bool]]:
        plain, prefixes = self._term_sets
        yield from [(word, False)] if word in plain else []
        yield from [(word, True)] if word in prefixes else []
        if word in self.filler:
            return
        yield from ((own, True) for own in self._parts_of(word, least))
        if self.knows(word):
            return
        for own in self._all_words.alike(word, least):
            if own not in self._joined_phrases or similarity(own, word) >= JOINED_WORDS_ALIKE:
                yield from [(own, False)] if own in plain else []
                yield from [(own, True)] if own in prefixes else []

    def _parts_of(self, word: str, least: float) -> Iterator[str]:
        """The words that may go on, which a word begins with (a slip allowed in a long one) or has inside."""
        for size, known in self._prefixes_by_size.items():
            if size > len(word):
                continue
            last = len(word) - size if size >= SHORTEST_PART else 0
            parts = {word[at : at + size] for at in range(last + 1)}
            yield from known & parts
            if size >= SHORTEST_PART and word[:size] not in known:
                slips = process.extract(
                    word[:size], known, scorer=fuzz.ratio, score_cutoff=100 * least, limit=None
                )
                yield from (own for own, *_ in slips)

    @cached_property
    def _all_words(self) -> KnownWords:
        plain, prefixes = self._term_words
        return KnownWords((*plain, *prefixes))

    @cached_property
    def _prefixes_by_size(self) -> dict[int, frozenset[str]]:
        sizes: dict[int, set[str]] = defaultdict(set)
        for own in self._term_words[1]:
            sizes[len(own)].add(own)
        return {size: frozenset(known) for size, known in sizes.items()}

    @cached_property
    def _joined_phrases(self) -> frozenset[str]:
        terms = [term for group in (self.routes, self.kinds) for terms in group.values() for term in terms]
        return frozenset(term.words[0] for term in terms if term.joined) - frozenset(
            term.words[0] for term in terms if len(term.words) == 1 and not term.joined
        )

    @cached_property
    def _term_sets(self) -> tuple[frozenset[str], frozenset[str]]:
        plain, prefixes = self._term_words
        return frozenset(plain), frozenset(prefixes)

    @cached_property
    def _term_words(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words of all terms: those that must stand whole, and those that may go on."""
        found: dict[bool, dict[str, None]] = {False: {}, True: {}}
        for terms in (*self.routes.values(), *self.kinds.values()):
            for term in terms:
                for index, word in enumerate(term.words):
                    found[term.prefix and index == len(term.words) - 1][word] = None
        return tuple(found[False]), tuple(found[True])


def _by_first_word(groups: dict[str, tuple[Term, ...]]) -> TermsByWord:
    found: TermsByWord = defaultdict(list)
    for code, terms in groups.items():
        for at, term in enumerate(terms):
            found[term.words[0], term.prefix and len(term.words) == 1].append((code, at, term))
    return dict(found)


_REMEMBERED = 50_000
"""Words whose terms are kept at most, until they are forgotten."""


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
        generic=frozenset(content["algemene_woorden"]) | frozenset(content["vulwoorden"]),
        filler=frozenset(content["vulwoorden"]),
    )


def _terms(entries: Iterable[tuple[str, float]]) -> tuple[Term, ...]:
    """The terms, longest phrase first, then the most telling; phrases also written as one word."""
    found: dict[Term, None] = {}
    for text, number in entries:
        term = Term(tuple(tokens(text)), text.endswith("*"), float(number))
        found[term] = None
        joined = "".join(term.words)
        if len(term.words) > 1 and len(joined) >= SHORTEST_PART:
            found[replace(term, words=(joined,), joined=True)] = None
    return tuple(sorted(found, key=lambda term: (-len(term.words), -term.weight)))
