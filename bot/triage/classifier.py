"""The trained classifier: one head for what a message is, one for where it could lead."""

from __future__ import annotations

from collections.abc import Container, Sequence
from pathlib import Path

import joblib
import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.svm import LinearSVC

from bot.triage.corpus import INTENTS, Example
from bot.triage.explanation import Evidence, best_reasons
from bot.triage.features import Features
from bot.triage.lexicon import Lexicon, load_lexicon
from bot.triage.types import ROUTES, SOCIAL, Prediction, Reason

LEXICON_FOLDER = Path(__file__).resolve().parents[2] / "data" / "lexicon"

MARGIN = 0.3
"""LinearSVC's C for routes; chosen by cross-validation, see docs/classifier.md."""

INTENT_MARGIN = 0.6
"""LinearSVC's C for intents, which learn from noised copies."""

NOISED_COPIES = 2
KEPT_FEATURES = 0.5
"""Intents learn from two copies of the corpus in which each feature value is kept with this chance.

No single word can then carry a decision: at 5 % false alarms this finds four to five points more
danger in texts of writers that the model has not seen (docs/classifier.md).
"""

TOLERANCE = 0.05
"""LinearSVC's tol: five hundred times its default loses nothing measurable and halves the time."""

CALIBRATION_FOLDS = 3
CALIBRATION_STEPS = 200

_FILE_NAME = "classifier.joblib"


class NotTrainedError(RuntimeError):
    """Asked to predict before `train` or `load`."""


class TwoHeadClassifier:
    """Linear support vector machines, calibrated to probabilities.

    Both heads see the same features. The intent head is one machine per intent, with the
    rare intents weighed up, whose scores a multinomial logistic regression turns into
    probabilities that sum to 1. The route head is one machine per route, trained on the
    routed examples only: its probabilities hold given that the message is social or mixed.
    Calibration learns from scores on held-out folds. It is linear, so it is folded into the
    weights; what is kept is one matrix.
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        """`lexicon`: the concepts to use; the one of data/lexicon when None."""
        self.features = Features(lexicon or load_lexicon(LEXICON_FOLDER))
        self._weights: np.ndarray | None = None
        self._bias = np.zeros(0)
        self._intents: tuple[str, ...] = ()
        self._routes: tuple[str, ...] = ()

    def train(self, examples: Sequence[Example], seed: int = 0) -> TwoHeadClassifier:
        """Learn from `examples`; the same examples and seed give the same model. Returns itself."""
        matrix = self.features.fit_transform(examples)
        intents = np.array([example.intent for example in examples])
        self._intents = tuple(intent for intent in INTENTS if intent in set(intents))
        routed = np.array([i for i, example in enumerate(examples) if example.intent in SOCIAL], dtype=int)
        self._routes = tuple(r for r in ROUTES if any(r in examples[i].routes for i in routed))
        present = np.array([[route in examples[i].routes for route in self._routes] for i in routed])

        heads = [_intent_head(matrix, intents, self._intents, seed)]
        if self._routes:
            heads.append(_route_head(matrix[routed], present, seed))
        self._weights = np.hstack([weights for weights, _ in heads]).astype(np.float32)
        self._bias = np.concatenate([bias for _, bias in heads])
        return self

    @property
    def known_words(self) -> Container[str]:
        """The words of the corpus, lower case, among the word pairs that are features as well."""
        return self.features.words.vocabulary_

    def predict(self, text: str, lemmas: str = "", channel: str = "bewoner") -> Prediction:
        """Calibrated probabilities for one message.

        `intents` sums to 1; `routes` are probabilities given that the message is social or mixed.
        """
        return self._prediction(self._row(text, lemmas, channel))

    def explain(self, text: str, top: int = 3, lemmas: str = "", channel: str = "bewoner") -> list[Reason]:
        """At most `top` fragments of `text`, as typed, that most supported the likeliest intent.

        Where that is social or mixed, the support for the likeliest route counts as well.
        `points_to` is the code of the concept, or the predicted code where no concept was found.
        """
        return self.understand(text, top, lemmas, channel)[1]

    def understand(
        self, text: str, top: int = 3, lemmas: str = "", channel: str = "bewoner"
    ) -> tuple[Prediction, list[Reason]]:
        """What `predict` and `explain` say, for the price of reading the text once."""
        row = self._row(text, lemmas, channel)
        prediction = self._prediction(row)
        return prediction, self._reasons(text, row, prediction, top)

    def _reasons(self, text: str, row: sparse.csr_matrix, prediction: Prediction, top: int) -> list[Reason]:
        intent = max(prediction.intents, key=prediction.intents.get)
        split = len(self._intents)
        support = self._weights[:, self._intents.index(intent)] - self._weights[:, :split].mean(axis=1)
        code = intent
        if intent in SOCIAL and self._routes:
            code = max(self._routes, key=prediction.routes.get)
            support = support + self._weights[:, split + self._routes.index(code)]
        given = {
            column: float(support[column] * value)
            for column, value in zip(row.indices, row.data, strict=True)
        }
        return best_reasons(Evidence(text, self.features, given, code), top)

    def save(self, folder: Path) -> None:
        """Write the model to one file in `folder`, which is made when missing."""
        folder.mkdir(parents=True, exist_ok=True)
        joblib.dump(self, folder / _FILE_NAME, compress=3)

    @classmethod
    def load(cls, folder: Path) -> TwoHeadClassifier:
        """The model that `save` wrote; FileNotFoundError when there is none."""
        return joblib.load(folder / _FILE_NAME)

    def _row(self, text: str, lemmas: str, channel: str) -> sparse.csr_matrix:
        if self._weights is None:
            raise NotTrainedError("the classifier is not trained: call train() or load() first")
        return self.features.transform([Example(text, "", (), channel, lemmas)])

    def _prediction(self, row: sparse.csr_matrix) -> Prediction:
        scores = (row @ self._weights)[0] + self._bias
        split = len(self._intents)
        intents = dict.fromkeys(INTENTS, 0.0)
        intents.update(zip(self._intents, _softmax(scores[:split]).tolist(), strict=False))
        routes = dict.fromkeys(ROUTES, 0.0)
        routes.update(zip(self._routes, _sigmoid(scores[split:]).tolist(), strict=False))
        return Prediction(intents=intents, routes=routes)


def _intent_head(
    matrix: sparse.csr_matrix, intents: np.ndarray, names: tuple[str, ...], seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Weights (features x intents) and bias of the calibrated intent head."""
    target = np.array([names.index(intent) for intent in intents])
    rarest = np.bincount(target).min()
    folds = StratifiedKFold if rarest >= CALIBRATION_FOLDS else KFold
    held_out = np.full((len(target), len(names)), -1.0)
    for train, test in folds(CALIBRATION_FOLDS, shuffle=True, random_state=seed).split(matrix, target):
        machine = _intent_machine(matrix[train], target[train], seed)
        held_out[np.ix_(test, machine.classes_)] = machine.decision_function(matrix[test])
    calibration = LogisticRegression(max_iter=CALIBRATION_STEPS, tol=1e-3).fit(held_out, target)
    machine = _intent_machine(matrix, target, seed)
    weights = machine.coef_.T @ calibration.coef_.T
    bias = machine.intercept_ @ calibration.coef_.T + calibration.intercept_
    return weights, bias


def _intent_machine(matrix: sparse.csr_matrix, target: np.ndarray, seed: int) -> LinearSVC:
    """One machine per intent, rare intents weighed up, trained on noised copies of the examples."""
    source = np.random.default_rng(seed)
    copies = sparse.vstack([_noised(matrix, source) for _ in range(NOISED_COPIES)], format="csr")
    machine = LinearSVC(C=INTENT_MARGIN, class_weight="balanced", tol=TOLERANCE, random_state=seed)
    return machine.fit(copies, np.tile(target, NOISED_COPIES))


def _noised(matrix: sparse.csr_matrix, source: np.random.Generator) -> sparse.csr_matrix:
    """The matrix with each value kept at a chance of KEPT_FEATURES."""
    kept = matrix.copy()
    kept.data = kept.data * (source.random(kept.nnz) < KEPT_FEATURES)
    kept.eliminate_zeros()
    return kept


def _route_head(matrix: sparse.csr_matrix, present: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights (features x routes) and bias of the calibrated route head; `present` is examples x routes.

    All routes share one calibration, so that the order of their scores stays as it is.
    """
    held_out = np.zeros(present.shape)
    for train, test in KFold(CALIBRATION_FOLDS, shuffle=True, random_state=seed).split(matrix):
        weights, bias = _route_machines(matrix[train], present[train], seed)
        held_out[test] = matrix[test] @ weights + bias
    calibration = LogisticRegression().fit(held_out.reshape(-1, 1), present.ravel())
    slope = calibration.coef_[0, 0]
    weights, bias = _route_machines(matrix, present, seed)
    return weights * slope, bias * slope + calibration.intercept_[0]


def _route_machines(
    matrix: sparse.csr_matrix, present: np.ndarray, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """One machine per route; a route that is absent from this part of the examples scores -1."""
    weights = np.zeros((matrix.shape[1], present.shape[1]))
    bias = np.full(present.shape[1], -1.0)
    for column, labels in enumerate(present.T):
        if labels.any() and not labels.all():
            machine = LinearSVC(C=MARGIN, tol=TOLERANCE, random_state=seed).fit(matrix, labels)
            weights[:, column], bias[column] = machine.coef_[0], machine.intercept_[0]
    return weights, bias


def _softmax(scores: np.ndarray) -> np.ndarray:
    exponents = np.exp(scores - scores.max())
    return exponents / exponents.sum()


def _sigmoid(scores: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-scores))
