"""Graph component: the lemmas of a message, from spaCy.

Rasa's own spaCy components keep a whole document per utterance and read them in one process:
90 seconds and four gigabytes for 35,000 utterances, of which the classifier uses one string each.
"""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import UntrainedComponent
from bot.nlu.message import LEMMAS, is_button, written_out
from bot.triage.language import lemmas_of, lemmas_of_all, load_language


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class DutchLemmatizer(UntrainedComponent):
    """Leaves the lemmas on each message, joined by spaces."""

    def __init__(self) -> None:
        self._language = load_language()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        examples = training_data.intent_examples
        for message, lemmas in zip(
            examples, lemmas_of_all([message.get(TEXT) for message in examples]), strict=True
        ):
            message.set(LEMMAS, lemmas)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if not is_button(message):
                message.set(LEMMAS, lemmas_of(written_out(message).text, self._language))
        return messages
