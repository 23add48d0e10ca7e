"""Graph component: the safety rules, on the raw text of every message and beside it written out."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.component import UntrainedComponent
from bot.nlu.message import SCREENING, is_button, written_out
from bot.triage.screen import Screen
from bot.triage.written_out import screen_both


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SafetyScreen(UntrainedComponent):
    """Puts a `Screening` on each message; knows nothing of what the model thinks."""

    def __init__(self) -> None:
        self._screen = Screen.load()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if not is_button(message):
                message.set(SCREENING, screen_both(self._screen.check, written_out(message)))
        return messages
