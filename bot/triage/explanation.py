"""Which fragments of a message supported an answer most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bot.triage.features import CONTEXT_CONCEPTS, Features, concept_values, numberless
from bot.triage.lexicon import tokenize
from bot.triage.types import Reason

PERSON_CONCEPTS = frozenset({"ik_zelf", "partner", "ouder", "kind", "familie_overig", "buur_kennis"})
"""Concepts that say who it is about: they help the classifier and explain nothing."""

UNTOLD_CONCEPTS = PERSON_CONCEPTS | frozenset(CONTEXT_CONCEPTS)

TELLING_IDF = 4.5
"""A single word is a reason only when it is rarer than about one in thirty messages."""


@dataclass(frozen=True)
class Evidence:
    """A message, the features it was read with, the weight per feature, and the code these support."""

    text: str
    features: Features
    support: np.ndarray
    code: str


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    support: float
    points_to: str


def best_reasons(evidence: Evidence, top: int) -> list[Reason]:
    """The `top` fragments with the most support that do not overlap, concepts before single words."""
    chosen: list[_Candidate] = []
    for candidates in (_from_concepts(evidence), _from_words(evidence)):
        for one in sorted(candidates, key=lambda candidate: (-candidate.support, candidate.start)):
            if len(chosen) < top and not any(one.start < it.end and it.start < one.end for it in chosen):
                chosen.append(one)
    return [Reason(evidence.text[one.start : one.end], one.points_to) for one in chosen]


def _from_concepts(evidence: Evidence) -> Iterator[_Candidate]:
    hits = evidence.features.lexicon.find(evidence.text)
    values = concept_values(hits)
    columns = evidence.features.concept_columns()
    for hit in hits:
        if hit.concept in UNTOLD_CONCEPTS or hit.concept not in columns:
            continue
        support = float(evidence.support[columns[hit.concept]] * values[hit.concept])
        if support > 0:
            yield _Candidate(hit.start, hit.end, support, hit.concept)


def _from_words(evidence: Evidence) -> Iterator[_Candidate]:
    tokens = tokenize(evidence.text)
    vocabulary, idf = evidence.features.words.vocabulary_, evidence.features.words.idf_
    for token, word in zip(tokens, numberless(tokens), strict=False):
        column = vocabulary.get(word)
        if column is None or len(word) < 4 or word.isdigit() or idf[column] < TELLING_IDF:
            continue
        support = float(evidence.support[evidence.features.offset("words") + column] * idf[column])
        if support > 0:
            yield _Candidate(token.start, token.end, support, evidence.code)
