"""The trained classifier: one head for what a message is, one for where it could lead."""

from __future__ import annotations

import pickle
from collections.abc import Container, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse

from bot.triage.corpus import INTENTS, Example
from bot.triage.explanation import Evidence, best_reasons
from bot.triage.features import Features
from bot.triage.lexicon import LEXICON_FOLDER, Lexicon, load_lexicon
from bot.triage.machines import SIDES, Head, intent_lesson, learn, route_lesson
from bot.triage.types import ROUTES, SOCIAL, Prediction, Reason

FILE_NAME = "classifier.pickle"


class NotTrainedError(RuntimeError):
    """Asked to predict before `train` or `load`."""


class TwoHeadClassifier:
    """Linear support vector machines, calibrated to probabilities.

    Both heads see the same features. The intent head is one machine per intent, with the
    rare intents weighed up, and one for each side of a mixed question; a multinomial logistic
    regression turns their scores into probabilities that sum to 1. The route head is one machine
    per route, trained on the routed examples only: its probabilities hold given that the message
    is social or mixed. How they learn stands in machines.py; what is kept is one matrix.
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        """`lexicon`: the concepts to use; the one of data/lexicon when None."""
        self.features = Features(lexicon or load_lexicon(LEXICON_FOLDER))
        self._head: Head | None = None
        self._agreement = np.zeros(0)
        self._intents: tuple[str, ...] = ()
        self._routes: tuple[str, ...] = ()

    def train(self, examples: Sequence[Example], seed: int = 0) -> TwoHeadClassifier:
        """Learn from `examples`; the same examples and seed give the same model. Returns itself."""
        matrix = self.features.fit_transform(examples)
        intents = [example.intent for example in examples]
        self._intents = tuple(intent for intent in INTENTS if intent in set(intents))
        routed = [i for i, example in enumerate(examples) if example.intent in SOCIAL]
        self._routes = tuple(r for r in ROUTES if any(r in examples[i].routes for i in routed))

        lessons = [intent_lesson(matrix, intents, self._intents, seed)]
        if self._routes:
            present = np.array([[route in examples[i].routes for route in self._routes] for i in routed])
            lessons.append(route_lesson(matrix[routed], present, seed))
        learned, *route_head = learn(*lessons)
        joined = Head.beside([learned.intents, learned.sides, *route_head])
        self._head = Head(joined.weights.astype(np.float32), joined.bias)
        self._agreement = learned.agreement
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
        weights, (intents, routes) = self._head.weights[row.indices], self._columns()
        support = weights[:, self._intents.index(intent)] - weights[:, intents].mean(axis=1)
        code = intent
        if intent in SOCIAL and self._routes:
            code = max(self._routes, key=prediction.routes.get)
            support = support + weights[:, routes.start + self._routes.index(code)]
        given = dict(zip(row.indices, (support * row.data).tolist(), strict=True))
        return best_reasons(Evidence(text, self.features, given, code), top)

    def save(self, folder: Path) -> None:
        """Write the model to one file in `folder`, which is made when missing.

        Not compressed: the archive that Rasa puts it in is.
        """
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / FILE_NAME).open("wb") as file:
            pickle.dump(self, file, protocol=pickle.HIGHEST_PROTOCOL)

    @classmethod
    def load(cls, folder: Path) -> TwoHeadClassifier:
        """The model that `save` wrote; FileNotFoundError when there is none. Load only models of your own."""
        with (folder / FILE_NAME).open("rb") as file:
            return pickle.load(file)

    def _row(self, text: str, lemmas: str, channel: str) -> sparse.csr_matrix:
        if self._head is None:
            raise NotTrainedError("the classifier is not trained: call train() or load() first")
        return self.features.transform_one(Example(text, "", (), channel, lemmas))

    def _prediction(self, row: sparse.csr_matrix) -> Prediction:
        scores = self._head.scores(row)[0]
        in_intents, in_routes = self._columns()
        agreement = scores[in_intents.stop : in_routes.start].min()
        intents = dict.fromkeys(INTENTS, 0.0)
        likely = _softmax(scores[in_intents] + agreement * self._agreement)
        intents.update(zip(self._intents, likely.tolist(), strict=True))
        routes = dict.fromkeys(ROUTES, 0.0)
        routes.update(zip(self._routes, _sigmoid(scores[in_routes]).tolist(), strict=True))
        return Prediction(intents=intents, routes=routes)

    def _columns(self) -> tuple[slice, slice]:
        """The columns of the intents and of the routes; those of the two sides lie in between."""
        intents = len(self._intents)
        first_route = intents + len(SIDES)
        return slice(0, intents), slice(first_route, first_route + len(self._routes))


def _softmax(scores: np.ndarray) -> np.ndarray:
    exponents = np.exp(scores - scores.max())
    return exponents / exponents.sum()


def _sigmoid(scores: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-scores))
