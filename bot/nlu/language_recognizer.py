"""Graph component: the language of a message that is surely not Dutch."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.component import UntrainedComponent
from bot.nlu.message import LANGUAGE, is_button, written_out
from bot.triage.other_language import other_language


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageRecognizer(UntrainedComponent):
    """Leaves the language to answer in on each message, None for Dutch."""

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if not is_button(message):
                message.set(LANGUAGE, other_language(written_out(message).text))
        return messages
