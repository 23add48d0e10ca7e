"""How the classifier learns: linear machines on noised copies, calibrated on held-out folds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import joblib
import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.svm import LinearSVC

MARGIN = 1.0
"""LinearSVC's C; chosen with whole writers held out, as all figures here: docs/classifier.md."""

NOISED_COPIES = 3
KEPT_FEATURES = 0.5
"""Intents learn from copies of the corpus in which each feature value is kept with this chance.

No single word can then carry a decision: at 5 % false alarms this finds four to five points more
danger in texts of writers that the model has not seen.
"""

NOISED_COPIES_FOR_ROUTES = 2

TOLERANCE = 0.05
"""LinearSVC's tol: five hundred times its default loses nothing measurable and halves the time."""

CALIBRATION_FOLDS = 2
CALIBRATION_STEPS = 300

PROCESSES = min(2, os.cpu_count() or 1)
"""Not threads: liblinear draws from one source per process, and the same seed must give the same model."""

SIDES: tuple[tuple[str, ...], ...] = (("medisch", "gemengd"), ("sociaal", "gemengd"))
"""A mixed question is a medical one and a social one: what both sides agree on says more than either.

Without this, a linear machine has to see "mixed" in words that belong to neither side.
"""


@dataclass(frozen=True)
class Head:
    """Scores are `row @ weights + bias`, one column per label."""

    weights: np.ndarray
    bias: np.ndarray

    def scores(self, matrix: sparse.csr_matrix) -> np.ndarray:
        return matrix @ self.weights + self.bias

    @classmethod
    def beside(cls, heads: Iterable[Head]) -> Head:
        """One head with the columns of all `heads`."""
        heads = list(heads)
        return cls(np.hstack([head.weights for head in heads]), np.concatenate([head.bias for head in heads]))


@dataclass(frozen=True)
class IntentHead:
    """A calibrated column per intent, a raw one per side; what the weaker side adds to each intent."""

    intents: Head
    sides: Head
    agreement: np.ndarray


@dataclass(frozen=True)
class Lesson:
    """What a head is learned from: parts that do not need each other, and how they become the head.

    `parts`: calls that each give a Head, those of the held-out folds first, the whole last.
    """

    parts: Sequence[tuple[Callable[..., Head], tuple]]
    finish: Callable[[Sequence[Head]], IntentHead | Head]


def learn(*lessons: Lesson) -> list[IntentHead | Head]:
    """The head of each lesson. The parts of all lessons share the processes, the largest ones first."""
    order = sorted(
        ((lesson, part) for lesson in range(len(lessons)) for part in range(len(lessons[lesson].parts))),
        key=lambda place: (-place[1], place[0]),
    )
    calls = (lessons[lesson].parts[part] for lesson, part in order)
    heads = joblib.Parallel(n_jobs=PROCESSES)(joblib.delayed(call)(*given) for call, given in calls)
    learned = dict(zip(order, heads, strict=True))
    return [
        lesson.finish([learned[number, part] for part in range(len(lesson.parts))])
        for number, lesson in enumerate(lessons)
    ]


def intent_lesson(
    matrix: sparse.csr_matrix, intents: Sequence[str], names: Sequence[str], seed: int
) -> Lesson:
    """How the IntentHead is learned for the rows of `matrix`, whose labels are `intents`.

    `names` gives the columns' order. A multinomial logistic regression turns the scores of held-out
    folds into probabilities. It is linear but for one thing, the weaker of the two sides, and is folded
    into the weights.
    """
    target = np.array([list(names).index(intent) for intent in intents])
    sides = np.array([[intent in side for side in SIDES] for intent in intents])
    folds = list(_folds(target).split(matrix, target))

    def finish(heads: Sequence[Head]) -> IntentHead:
        held_out = np.zeros((len(target), len(names) + len(SIDES)))
        for (_, test), head in zip(folds, heads[:-1], strict=True):
            held_out[test] = head.scores(matrix[test])
        calibration = LogisticRegression(max_iter=CALIBRATION_STEPS, tol=1e-3)
        calibration.fit(_with_agreement(held_out, len(names)), target)
        return _folded(heads[-1], calibration, len(names))

    parts = [*(train for train, _ in folds), np.arange(len(target))]
    return Lesson([(_raw_heads, (matrix, target, sides, rows, seed)) for rows in parts], finish)


def route_lesson(matrix: sparse.csr_matrix, present: np.ndarray, seed: int) -> Lesson:
    """How the calibrated route head is learned; `present` is examples x routes.

    All routes share one calibration, so that the order of their scores stays as it is.
    """
    folds = list(KFold(CALIBRATION_FOLDS, shuffle=True, random_state=seed).split(matrix))

    def finish(heads: Sequence[Head]) -> Head:
        raw = heads[-1]
        held_out = np.zeros(present.shape)
        for (_, test), head in zip(folds, heads[:-1], strict=True):
            held_out[test] = head.scores(matrix[test])
        calibration = LogisticRegression().fit(held_out.reshape(-1, 1), present.ravel())
        slope, shift = calibration.coef_[0, 0], calibration.intercept_[0]
        return Head(raw.weights * slope, raw.bias * slope + shift)

    parts = [*(train for train, _ in folds), np.arange(matrix.shape[0])]
    return Lesson([(_route_machines, (matrix, present, rows, seed)) for rows in parts], finish)


def _folds(target: np.ndarray) -> KFold | StratifiedKFold:
    rarest = np.bincount(target).min()
    kind = StratifiedKFold if rarest >= CALIBRATION_FOLDS else KFold
    return kind(CALIBRATION_FOLDS, shuffle=True, random_state=0)


def _raw_heads(
    matrix: sparse.csr_matrix, target: np.ndarray, sides: np.ndarray, rows: np.ndarray, seed: int
) -> Head:
    """One machine per intent, rare intents weighed up, and one per side.

    An intent without examples among `rows` scores -1.
    """
    copies = noised_copies(matrix[rows], NOISED_COPIES, seed)
    labels = np.tile(target[rows], NOISED_COPIES)
    machine = _machine(seed, balanced=True).fit(copies, labels)
    width = target.max() + 1
    weights, bias = np.zeros((matrix.shape[1], width)), np.full(width, -1.0)
    weights[:, machine.classes_], bias[machine.classes_] = machine.coef_.T, machine.intercept_
    both = [_yes_no(copies, np.tile(side[rows], NOISED_COPIES), seed, balanced=True) for side in sides.T]
    return Head.beside([Head(weights, bias), *both])


def _route_machines(matrix: sparse.csr_matrix, present: np.ndarray, rows: np.ndarray, seed: int) -> Head:
    """One machine per route, from the examples in `rows`."""
    copies = noised_copies(matrix[rows], NOISED_COPIES_FOR_ROUTES, seed)
    labels = np.tile(present[rows], (NOISED_COPIES_FOR_ROUTES, 1)).T
    return Head.beside(_yes_no(copies, wanted, seed) for wanted in labels)


def _yes_no(matrix: sparse.csr_matrix, wanted: np.ndarray, seed: int, balanced: bool = False) -> Head:
    """One column; a label that all or none of the examples have scores -1."""
    if wanted.all() or not wanted.any():
        return Head(np.zeros((matrix.shape[1], 1)), np.array([-1.0]))
    machine = _machine(seed, balanced).fit(matrix, wanted)
    return Head(machine.coef_.T, machine.intercept_)


def _machine(seed: int, balanced: bool) -> LinearSVC:
    weight = "balanced" if balanced else None
    return LinearSVC(C=MARGIN, class_weight=weight, tol=TOLERANCE, random_state=seed)


def noised_copies(matrix: sparse.csr_matrix, copies: int, seed: int) -> sparse.csr_matrix:
    """`copies` times the matrix, below each other, with each value kept at a chance of KEPT_FEATURES."""
    source = np.random.default_rng(seed)
    return sparse.vstack([_noised(matrix, source) for _ in range(copies)], format="csr")


def _noised(matrix: sparse.csr_matrix, source: np.random.Generator) -> sparse.csr_matrix:
    kept = matrix.copy()
    kept.data = kept.data * (source.random(kept.nnz) < KEPT_FEATURES)
    kept.eliminate_zeros()
    return kept


def _with_agreement(scores: np.ndarray, intents: int) -> np.ndarray:
    return np.column_stack([scores, scores[:, intents:].min(axis=1)])


def _folded(raw: Head, calibration: LogisticRegression, intents: int) -> IntentHead:
    """The calibration as weights: its last column belongs to the weaker side and stays apart."""
    linear, agreement = calibration.coef_[:, :-1], calibration.coef_[:, -1]
    head = Head(raw.weights @ linear.T, raw.bias @ linear.T + calibration.intercept_)
    sides = Head(raw.weights[:, intents:], raw.bias[intents:])
    return IntentHead(head, sides, agreement)
