"""The concept lexicon of `data/lexicon/`: finds what people mean by the words they use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import simplemma
from sociale_kaart.typed_words import cached_by_word
from sociale_kaart.yaml_text import read_yaml_text

LEXICON_FOLDER = Path(__file__).resolve().parents[2] / "data" / "lexicon"

GAP = 2
"""Most words that one `_` in a term may stand for."""

SHORTEST_INFLECTED = 4
"""Letters from which other forms of a word are read as that word; shorter ones are mostly function words."""

_WORD = re.compile(r"[^\W_]+(?:['’‘`´][^\W_]+)*")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_DICTIONARY = simplemma.Lemmatizer(cache_max_size=0)
"""Remembers no word itself: that would be for good."""


class LexiconError(ValueError):
    """A lexicon file is not what data/lexicon/README.md describes."""


@dataclass(frozen=True)
class Token:
    """One word: lower case, without accents and apostrophes, and where it stands in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Concept:
    """One concept: its code, a short Dutch label, a description and the terms that express it."""

    code: str
    label: str
    description: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class ConceptHit:
    """A concept found in a text; `start` and `end` are character offsets, `first` and `last` word numbers."""

    concept: str
    fragment: str
    start: int
    end: int
    first: int
    last: int


def tokenize(text: str) -> list[Token]:
    """The words of a text in order, folded as in the lexicon ("M'n" becomes "mn", "suïcide" "suicide")."""
    return [Token(fold(match.group()), match.start(), match.end()) for match in _WORD.finditer(text)]


def fold(word: str) -> str:
    """Lower case, without accents or apostrophes."""
    word = word.lower().translate(_APOSTROPHES)
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@cached_by_word(100_000)
def lemma_of(word: str) -> str:
    """The dictionary form of a word, lower case; the word itself where the dictionary has none."""
    return _DICTIONARY.lemmatize(word, lang="nl").lower()


@cached_by_word(100_000)
def _lemma(word: str) -> str | None:
    """The dictionary form of a word that takes part in inflection; None for short and unknown words."""
    if len(word) < SHORTEST_INFLECTED or not simplemma.is_known(word, lang="nl"):
        return None
    return lemma_of(word)


class _Node:
    """What may follow after the words read so far."""

    __slots__ = ("exact", "inflected", "prefixes", "suffixes", "gaps", "concepts")

    def __init__(self) -> None:
        self.exact: dict[str, _Node] = {}
        self.inflected: dict[str, list[_Node]] = {}
        self.prefixes: dict[str, _Node] = {}
        self.suffixes: dict[str, _Node] = {}
        self.gaps: dict[int, _Node] = {}
        self.concepts: tuple[str, ...] = ()

    def child(self, part: str) -> _Node:
        if part.endswith("*"):
            return self.prefixes.setdefault(part[:-1], _Node())
        if part.startswith("*"):
            return self.suffixes.setdefault(part[1:], _Node())
        if part not in self.exact:
            self.exact[part] = _Node()
            if (lemma := _lemma(part)) is not None:
                self.inflected.setdefault(lemma, []).append(self.exact[part])
        return self.exact[part]

    def after(self, word: str) -> Iterator[_Node]:
        """The nodes reached by reading `word`."""
        if word in self.exact:
            yield self.exact[word]
        elif self.inflected:
            yield from self.inflected.get(_lemma(word), ())
        if self.prefixes:
            for length in range(1, len(word) + 1):
                if (node := self.prefixes.get(word[:length])) is not None:
                    yield node
        if self.suffixes:
            for start in range(len(word)):
                if (node := self.suffixes.get(word[start:])) is not None:
                    yield node


class Lexicon:
    """All concepts, compiled so that one pass over the words of a text finds every term.

    Pickles as its concepts and is compiled again on loading.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: dict[str, Concept] = {concept.code: concept for concept in concepts}
        self._root = _Node()
        for concept in self.concepts.values():
            for term in concept.terms:
                self._add(term, concept.code)

    def __reduce__(self):
        return Lexicon, (tuple(self.concepts.values()),)

    def label(self, code: str) -> str:
        """The short Dutch label of a concept, for people to read; any other code comes back as it is."""
        concept = self.concepts.get(code)
        return concept.label if concept else code

    def find(self, text: str, tokens: list[Token] | None = None) -> list[ConceptHit]:
        """All concepts in `text`, in order; per concept the longest of overlapping hits.

        `tokens` saves the work where the caller has `tokenize(text)` already.
        """
        tokens = tokenize(text) if tokens is None else tokens
        longest: dict[tuple[str, int], int] = {}
        for first in range(len(tokens)):
            for concept, last in self._matches(self._root, tokens, first):
                key = (concept, first)
                if last > longest.get(key, -1):
                    longest[key] = last
        hits, reach = [], {}
        for (concept, first), last in longest.items():
            if first > reach.get(concept, -1):
                reach[concept] = last
                start, end = tokens[first].start, tokens[last].end
                hits.append(ConceptHit(concept, text[start:end], start, end, first, last))
        return hits

    def _matches(self, node: _Node, tokens: list[Token], position: int) -> Iterator[tuple[str, int]]:
        """(concept, number of the last word) for every term that goes on from `node` at `position`."""
        if position >= len(tokens):
            return
        for following in node.after(tokens[position].text):
            for concept in following.concepts:
                yield concept, position
            yield from self._matches(following, tokens, position + 1)
        for width, following in node.gaps.items():
            for skipped in range(width + 1):
                yield from self._matches(following, tokens, position + skipped)

    def _add(self, term: str, code: str) -> None:
        node, gap = self._root, 0
        for part in term.replace("-", " ").split():
            if part == "_":
                gap += GAP
                continue
            if gap:
                node = node.gaps.setdefault(gap, _Node())
                gap = 0
            node = node.child(fold(part))
        if node is self._root or gap:
            raise LexiconError(f"{code}: term {term!r} begins or ends with '_'; write the words only")
        if code not in node.concepts:
            node.concepts += (code,)


def load_lexicon(folder: Path) -> Lexicon:
    """The lexicon of all `*.yml` files in `folder`. Raises what load_concepts raises."""
    return Lexicon(load_concepts(folder).values())


def load_concepts(folder: Path) -> dict[str, Concept]:
    """The concepts of all `*.yml` files in `folder` by code, not compiled to find them in texts.

    Raises LexiconError that names file and concept when one lacks a field or stands twice.
    """
    concepts: dict[str, Concept] = {}
    for file in sorted(folder.glob("*.yml")):
        content = read_yaml_text(file.read_text(encoding="utf-8")) or {}
        for number, entry in enumerate(content.get("begrippen") or [], start=1):
            concept = _concept(entry, f"{file.name}, begrip {number}")
            if concept.code in concepts:
                raise LexiconError(f"{file.name}: begrip {concept.code!r} staat er al; voeg de termen samen")
            concepts[concept.code] = concept
    if not concepts:
        raise LexiconError(f"{folder}: geen begrippen gevonden; verwacht bestanden als in README.md")
    return concepts


def _concept(entry: dict, where: str) -> Concept:
    missing = [name for name in ("begrip", "omschrijving", "termen") if not entry.get(name)]
    if missing:
        raise LexiconError(f"{where} ({entry.get('begrip', '?')}): {', '.join(missing)} ontbreekt")
    description = entry["omschrijving"]
    label = entry.get("kort") or re.split(r"[,:;(]", description)[0].strip()
    return Concept(entry["begrip"], label, description, tuple(entry["termen"].splitlines()))
