"""Graph component: practice shorthand written out, beside what was typed."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.component import UntrainedComponent
from bot.nlu.message import WRITTEN_OUT, channel_of, is_button
from bot.triage.shorthand import write_out


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ShorthandReader(UntrainedComponent):
    """Leaves a `WrittenOut` on each message; on a channel without shorthand it is what was typed.

    Utterances of the corpus stay as they were typed: measured in docs/shorthand.md.
    """

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        channel = channel_of(tracker)
        for message in messages:
            if not is_button(message):
                message.set(WRITTEN_OUT, write_out(message.get(TEXT) or "", channel))
        return messages
