"""Which fragments of a message supported an answer most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.triage.features import CONTEXT_CONCEPTS, Features, numberless
from bot.triage.lexicon import Token
from bot.triage.types import Reason

PERSON_CONCEPTS = frozenset({"ik_zelf", "partner", "ouder", "kind", "familie_overig", "buur_kennis"})
"""Concepts that say who it is about: they help the classifier and explain nothing."""

UNTOLD_CONCEPTS = PERSON_CONCEPTS | frozenset(CONTEXT_CONCEPTS) | {"grap_mop", "kanker_scheldwoord"}

TELLING_IDF = 4.5
"""A single word is a reason only when it is rarer than about one in thirty messages."""

LEAST_SHARE = 0.3
"""A reason carries at least this share of the support of the strongest one."""


@dataclass(frozen=True)
class Evidence:
    """A message, the features it was read with, what each matrix column adds to the score of `code`."""

    text: str
    features: Features
    support: dict[int, float]
    code: str


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    support: float
    points_to: str


def best_reasons(evidence: Evidence, top: int) -> list[Reason]:
    """The `top` fragments with the most support that do not overlap, concepts before single words."""
    tokens = evidence.features.read_tokens(evidence.text)
    concepts, words = list(_from_concepts(evidence, tokens)), list(_from_words(evidence, tokens))
    least = LEAST_SHARE * max((one.support for one in concepts + words), default=0.0)
    chosen: list[_Candidate] = []
    for candidates in (concepts, words):
        for one in sorted(candidates, key=lambda candidate: (-candidate.support, candidate.start)):
            free = not any(one.start < other.end and other.start < one.end for other in chosen)
            if len(chosen) < top and free and one.support > least:
                chosen.append(one)
    return [Reason(evidence.text[one.start : one.end], one.points_to) for one in chosen]


def _from_concepts(evidence: Evidence, tokens: list[Token]) -> Iterator[_Candidate]:
    first, known = evidence.features.offset("concepts"), evidence.features.concepts
    for hit in evidence.features.lexicon.find(evidence.text, tokens):
        if hit.concept not in UNTOLD_CONCEPTS and hit.concept in known:
            support = evidence.support.get(first + known[hit.concept], 0.0)
            yield _Candidate(hit.start, hit.end, support, hit.concept)


def _from_words(evidence: Evidence, tokens: list[Token]) -> Iterator[_Candidate]:
    vocabulary, rarity = evidence.features.words.vocabulary_, evidence.features.reader("words").rarity
    first = evidence.features.offset("words")
    for token, word in zip(tokens, numberless(tokens), strict=True):
        column = vocabulary.get(word)
        if column is not None and len(word) >= 4 and not word.isdigit() and rarity[column] >= TELLING_IDF:
            support = evidence.support.get(first + column, 0.0)
            yield _Candidate(token.start, token.end, support, evidence.code)
