"""Graph component: places named in a message, as read by the catalogue's gazetteer."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from sociale_kaart.places import Gazetteer

from bot.nlu.component import UntrainedComponent
from bot.nlu.message import PLACES, is_button
from bot.triage.place_question import is_place_question_open


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PlaceExtractor(UntrainedComponent):
    """Reads places more freely while the place question is open."""

    def __init__(self) -> None:
        self._gazetteer = Gazetteer.load()

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        expected = tracker is not None and is_place_question_open(tracker.get_slot("requested_slot"))
        for message in messages:
            if not is_button(message):
                places = self._gazetteer.find_in_text(message.get(TEXT) or "", expected=expected)
                message.set(PLACES, places)
        return messages
