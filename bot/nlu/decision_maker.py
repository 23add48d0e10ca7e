"""Graph component: turns what the others found into one Decision, which becomes the intent."""

from __future__ import annotations

from collections.abc import Sequence

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    INTENT,
    INTENT_NAME_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.component import UntrainedComponent
from bot.nlu.message import DECISION, GIBBERISH, LANGUAGE, PLACES, PREDICTION, REASONS, SCREENING, is_button
from bot.nlu.open_question import readings_asked
from bot.triage.clarify import chosen_readings
from bot.triage.decide import decide
from bot.triage.decision import Decision
from bot.triage.place_question import is_place_question_open, read_place
from bot.triage.types import Prediction, Screening


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DecisionMaker(UntrainedComponent):
    """The last word of the pipeline. A danger Decision names no place: no form may run on."""

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        asking_place = tracker is not None and is_place_question_open(tracker.get_slot("requested_slot"))
        asked = readings_asked(tracker)
        for message in messages:
            if not is_button(message):
                _put(message, _decide(message, asking_place, asked))
        return messages


def _decide(message: Message, asking_place: bool, asked: Sequence[str]) -> Decision:
    text = message.get(TEXT) or ""
    reading = read_place(text, message.get(PLACES) or [], asked=asking_place)
    return decide(
        message.get(SCREENING) or Screening(),
        message.get(PREDICTION) or Prediction(),
        reasons=message.get(REASONS) or (),
        place=reading.name,
        expecting_place=asking_place,
        is_place_answer=reading.is_answer,
        is_gibberish=bool(message.get(GIBBERISH)),
        language=message.get(LANGUAGE),
        asked=asked,
        chosen=chosen_readings(text, asked),
    )


def _put(message: Message, decision: Decision) -> None:
    message.set(DECISION, decision.as_dict(), add_to_output=True)
    message.set(
        INTENT,
        {INTENT_NAME_KEY: decision.intent, PREDICTED_CONFIDENCE_KEY: decision.certainty},
        add_to_output=True,
    )
    entities = []
    if decision.place and not decision.is_danger:
        entities.append({ENTITY_ATTRIBUTE_TYPE: "plaats", ENTITY_ATTRIBUTE_VALUE: decision.place})
    message.set(ENTITIES, entities, add_to_output=True)
