"""From an utterance to numbers: words as the corpus spells them, characters, lemmas, concepts and channel."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.triage.corpus import Example
from bot.triage.lexicon import ConceptHit, Lexicon, Token, tokenize
from bot.triage.one_row import BlockReader, Values, side_by_side
from bot.triage.spelling import Spelling

KEPT_NUMBERS = frozenset({"112", "113", "144"})
"""Numbers that mean something as they are; of all others only the number of digits counts."""

CONTEXT_CONCEPTS: tuple[str, ...] = (
    "ontkenning",
    "vroeger_en_lang_geleden",
    "nu_en_plots",
    "overleden_ander",
    "figuurlijk_overdreven",
    "hypothetisch",
    "informatievraag",
    "film_nieuws_boek",
    "hersteld",
    "cursus_ehbo",
    "client_patient_balie",
    "dier",
)
"""Concepts that say when, whether and about what; they change what another concept means."""

CONTEXT_REACH = 6
"""A context concept counts for the concepts at most this many words away."""


@dataclass(frozen=True)
class _Reading:
    """One utterance: as typed (words only), its words as the corpus spells them, and its concepts."""

    typed: str
    words: list[str]
    concepts: dict[str, float]


class Features:
    """Turns utterances into one sparse matrix; `fit_transform` learns the vocabularies.

    The columns lie in blocks (`words`, `chars`, `lemmas`, `concepts`, `channel`), each scaled by its
    weight, so that no block drowns another.
    """

    def __init__(self, lexicon: Lexicon, weights: dict[str, float] | None = None) -> None:
        self.lexicon = lexicon
        self.weights = {"words": 1.0, "chars": 1.0, "lemmas": 0.5, "concepts": 0.3, "channel": 0.3}
        self.weights.update(weights or {})
        self.words = TfidfVectorizer(analyzer=word_ngrams, min_df=2, sublinear_tf=True, dtype=np.float32)
        self.chars = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True, dtype=np.float32
        )
        self.lemmas = TfidfVectorizer(analyzer=lemma_ngrams, min_df=2, sublinear_tf=True, dtype=np.float32)
        self.concepts: dict[str, int] = {}
        self.has_lemmas = False
        self._readers: dict[str, BlockReader] = {}

    def __getstate__(self) -> dict:
        return {**vars(self), "_readers": {}}

    def fit_transform(self, examples: Sequence[Example]) -> sparse.csr_matrix:
        """Learn the vocabularies from `examples`; one row per example."""
        self.has_lemmas = any(example.lemmas for example in examples)
        typed = [tokenize(example.text) for example in examples]
        self.spelling = Spelling(typed)
        readings = [
            self._reading(example.text, tokens) for example, tokens in zip(examples, typed, strict=True)
        ]
        seen = Counter(name for reading in readings for name in reading.concepts)
        names = sorted(name for name, count in seen.items() if count >= 3)
        self.concepts = {name: column for column, name in enumerate(names)}
        self._readers.clear()
        matrix = self._joined(examples, readings, TfidfVectorizer.fit_transform)
        for vectorizer in (self.words, self.chars, self.lemmas):
            vectorizer.stop_words_ = None  # the rare terms left out: a third of the model
        return matrix

    def transform(self, examples: Sequence[Example]) -> sparse.csr_matrix:
        """One row per example."""
        readings = [self._reading(example.text, tokenize(example.text)) for example in examples]
        return self._joined(examples, readings, TfidfVectorizer.transform)

    def transform_one(self, example: Example) -> sparse.csr_matrix:
        """The row that `transform` gives for `example`, for a fraction of the price."""
        reading = self._reading(example.text, tokenize(example.text))
        documents = {"words": reading.words, "chars": reading.typed, "lemmas": example.lemmas}
        blocks = []
        for name in self._used_blocks():
            if name in documents:
                values = self.reader(name).read(documents[name])
            elif name == "concepts":
                values = self._concepts_filled(reading.concepts)
            else:
                row = channel_block([example])
                values = row.indices, row.data
            blocks.append((values, self._width(name), self.weights[name]))
        return side_by_side(blocks)

    def reader(self, block: str) -> BlockReader:
        """The reader of the block `words`, `chars` or `lemmas`."""
        if block not in self._readers:
            self._readers[block] = BlockReader(getattr(self, block))
        return self._readers[block]

    def read_tokens(self, text: str) -> list[Token]:
        """The words of `text` as the corpus spells them, each with its place in `text`."""
        return self.spelling.normalise(tokenize(text))

    def _reading(self, text: str, typed: list[Token]) -> _Reading:
        tokens = self.spelling.normalise(typed)
        return _Reading(
            typed=plain_text(typed),
            words=numberless(tokens),
            concepts=concept_values(self.lexicon.find(text, tokens)),
        )

    def _joined(
        self,
        examples: Sequence[Example],
        readings: Sequence[_Reading],
        apply: Callable[[TfidfVectorizer, list], sparse.csr_matrix],
    ) -> sparse.csr_matrix:
        """All blocks side by side; `apply` is the step of the vectorizers to take."""
        blocks = {
            "words": apply(self.words, [reading.words for reading in readings]),
            "chars": apply(self.chars, [reading.typed for reading in readings]),
            "concepts": self._concept_block([reading.concepts for reading in readings]),
            "channel": channel_block(examples),
        }
        if "lemmas" in self._used_blocks():
            blocks["lemmas"] = apply(self.lemmas, [example.lemmas for example in examples])
        scaled = [blocks[name] * np.float32(self.weights[name]) for name in self._used_blocks()]
        return sparse.hstack(scaled, format="csr", dtype=np.float32)

    def offset(self, block: str) -> int:
        """Number of the first column of a block in the matrix of `transform`."""
        used = self._used_blocks()
        return sum(self._width(name) for name in used[: used.index(block)])

    def _used_blocks(self) -> list[str]:
        return [name for name in self.weights if self.weights[name] and (name != "lemmas" or self.has_lemmas)]

    def _width(self, block: str) -> int:
        if block == "concepts":
            return len(self.concepts)
        return 1 if block == "channel" else len(getattr(self, block).vocabulary_)

    def _concepts_filled(self, found: dict[str, float]) -> Values:
        known = sorted((self.concepts[name], value) for name, value in found.items() if name in self.concepts)
        columns, values = [column for column, _ in known], [value for _, value in known]
        return np.array(columns, dtype=np.int32), np.array(values, dtype=np.float32)

    def _concept_block(self, found: list[dict[str, float]]) -> sparse.csr_matrix:
        rows, columns, values = [], [], []
        for row, concepts in enumerate(found):
            for name, value in concepts.items():
                if name in self.concepts:
                    rows.append(row)
                    columns.append(self.concepts[name])
                    values.append(value)
        shape = (len(found), len(self.concepts))
        return sparse.csr_matrix((values, (rows, columns)), shape=shape, dtype=np.float32)


def numberless(tokens: list[Token]) -> list[str]:
    """The words, with every number but those of KEPT_NUMBERS reduced to its number of digits."""
    return [
        token.text if not token.text.isdigit() or token.text in KEPT_NUMBERS else "0" * len(token.text)
        for token in tokens
    ]


def plain_text(tokens: list[Token]) -> str:
    """The words in order with single spaces: the text without punctuation, accents and capitals."""
    return " ".join(numberless(tokens))


def word_ngrams(words: list[str]) -> Iterator[str]:
    """Single words, pairs and triples."""
    yield from words
    for size in (2, 3):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def lemma_ngrams(lemmas: str) -> Iterator[str]:
    """Single lemmas and pairs."""
    words = lemmas.lower().split()
    yield from words
    for first, second in zip(words, words[1:], strict=False):
        yield f"{first} {second}"


def concept_values(hits: Sequence[ConceptHit]) -> dict[str, float]:
    """How strongly each concept occurs (1 + ln count), alone and beside a context concept nearby."""
    counts = Counter(hit.concept for hit in hits)
    context = [hit for hit in hits if hit.concept in CONTEXT_CONCEPTS]
    for hit in hits:
        if hit.concept in CONTEXT_CONCEPTS:
            continue
        near = {other.concept for other in context if _distance(hit, other) <= CONTEXT_REACH}
        counts.update(f"{hit.concept}|{code}" for code in near)
    return {name: 1 + math.log(count) for name, count in counts.items()}


def channel_block(examples: Sequence[Example]) -> sparse.csr_matrix:
    """One column: 1 where a front desk writes.

    Length, punctuation and capitals have no column: they say who types, not what is meant.
    """
    return sparse.csr_matrix([[float(example.channel == "balie")] for example in examples], dtype=np.float32)


def _distance(one: ConceptHit, other: ConceptHit) -> int:
    """Words between two hits, 0 when they touch or overlap."""
    return max(one.first - other.last, other.first - one.last, 1) - 1
