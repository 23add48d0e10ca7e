"""Graph component: our two-headed classifier (outcome or dialogue act, and routes).

Rasa has no classifier that predicts several routes beside an intent; the model itself is
pure scikit-learn in bot/triage/classifier.py, so that it outlives Rasa.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.lemmatizer import DutchLemmatizer
from bot.nlu.message import (
    GIBBERISH,
    LEMMAS,
    PREDICTION,
    REASONS,
    channel_of,
    is_button,
    written_out,
)
from bot.triage.classifier import TwoHeadClassifier
from bot.triage.corpus import Example
from bot.triage.gibberish import is_gibberish
from bot.triage.written_out import typed_reasons


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent):
    """Trains on the corpus with its lemmas; leaves a Prediction and Reasons on each message."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: TwoHeadClassifier | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"seed": 0}

    @classmethod
    def required_components(cls) -> list[type]:
        return [DutchLemmatizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, TwoHeadClassifier.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        examples = [_as_example(message) for message in training_data.intent_examples]
        self._classifier = TwoHeadClassifier().train(examples, seed=self._config["seed"])
        with self._model_storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
        return self._resource

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        channel = channel_of(tracker)
        for message in messages:
            if is_button(message) or self._classifier is None:
                continue
            text, lemmas = written_out(message), message.get(LEMMAS) or ""
            prediction, reasons = self._classifier.understand(text.text, lemmas=lemmas, channel=channel)
            message.set(PREDICTION, prediction)
            message.set(REASONS, typed_reasons(reasons, text))
            message.set(GIBBERISH, is_gibberish(text.text, self._classifier.known_words))
        return messages


def _as_example(message: Message) -> Example:
    metadata = (message.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return Example(
        text=message.get(TEXT),
        intent=message.get(INTENT),
        routes=tuple(metadata.get("routes", ())),
        channel=metadata.get("kanaal", "bewoner"),
        lemmas=message.get(LEMMAS) or "",
    )
